import Calendar
import Ledger
package import Records
package import Values

/// The record of an item's owner.
package struct RecordOwner: Sendable {
  /// The school or enterprise.
  package var record: Record

  /// Wraps a record.
  package init(_ record: Record) { self.record = record }
}

/// An item as somebody hands it in to be matched: as poor as a title.
package struct MatchRequest: Sendable {
  /// The item.
  package var item: ExchangeItem

  /// Reads an item from JSON by the names of `exchange.md` §4.1; only `title` is needed.
  ///
  /// Names it does not know are left aside; a value of the wrong type is a problem.
  ///
  /// - Returns: the request, or what is wrong.
  package static func read(_ json: JSON, city: any CityRules) -> (
    request: MatchRequest?, problems: [Problem]
  ) {
    guard let members = json.members else {
      return (nil, [Problem("REC-E-014", "", "一条供需应为一个 JSON 对象，例如 {\"title\": \"数控车工实习岗位\"}。")])
    }
    let kind = kind
    var values = kind.fields.map(\.fallback)
    var problems: [Problem] = []
    for member in members {
      for (name, value) in expanded(member) {
        guard let place = kind.place(of: name) else { continue }
        let field = kind.fields[place]
        do throws(Refusal) {
          values[place] = try field.parse(value, city: city)
        } catch {
          problems.append(Problem(error.code, name, error.sentence(about: field.label)))
        }
      }
    }
    let item = ExchangeItem(values: values)
    if item.title.isEmpty, !problems.contains(where: { $0.path == "title" }) {
      problems.append(Problem("REC-E-001", "title", "请填写标题。"))
    }
    return problems.block ? (nil, problems) : (MatchRequest(item: item), problems)
  }

  private static let kind = Kind(ExchangeItem.self)

  /// `period` and `lonLat` stand for two fields each; titles longer than a form allows are cut.
  private static func expanded(_ member: JSON.Member) -> [(String, JSON)] {
    switch member.name {
    case "period":
      let value = member.value
      return [
        ("periodStart", value["start"] ?? value["from"] ?? .null),
        ("periodEnd", value["end"] ?? value["to"] ?? .null),
      ]
    case "lonLat":
      let value = member.value
      let pair = value.array ?? []
      return [
        ("longitude", value["lon"] ?? pair.first ?? .null),
        ("latitude", value["lat"] ?? pair.dropFirst().first ?? .null),
      ]
    case "title", "description":
      let most = member.name == "title" ? 60 : 2000
      let flat = member.value.string.map { text in
        member.name == "title"
          ? String(text.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(most))
          : String(
            String(text.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" })
              .prefix(most)
          )
      }
      return [(member.name, flat.map(JSON.string) ?? member.value)]
    default: return [(member.name, member.value)]
    }
  }
}

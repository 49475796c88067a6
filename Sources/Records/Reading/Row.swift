import Calendar
import Storage
import Values

extension Kind {
  /// The columns of some fields and those of the stamp, as a select lists them.
  func columns(of places: [Int]) -> String {
    (places.map { fields[$0].name } + Self.stampColumns).map { "\"\($0)\"" }.joined(separator: ", ")
  }

  /// The record of a row with the columns of some fields, all when `nil`; the others, and what is
  /// sealed, are left empty.
  func plainRecord(_ row: [Stored], _ places: [Int]?) -> Record {
    var values = Array(repeating: Value.none, count: fields.count)
    for (index, place) in (places ?? Array(fields.indices)).enumerated()
    where !fields[place].isSealed {
      values[place] = fields[place].value(of: row[index])
    }
    let stamp = row.suffix(Self.stampColumns.count)
    let first = stamp.startIndex
    return Record(
      kind: self,
      values: values,
      version: stamp[first].integer ?? 0,
      stamp: Stamp(
        createdAt: Instant(seconds: stamp[first + 1].integer ?? 0),
        updatedAt: Instant(seconds: stamp[first + 2].integer ?? 0),
        updatedBy: stamp[first + 3].text ?? "",
        source: Source(rawValue: stamp[first + 4].text ?? "") ?? .manual,
        document: stamp[first + 5].text ?? ""
      )
    )
  }
}

extension FieldShape {
  /// The value of what the store keeps.
  func value(of stored: Stored) -> Value {
    switch stored {
    case .null: return .none
    case .integer(let number):
      switch type {
      case .boolean: return .boolean(number != 0)
      case .money: return .money(Fen(number))
      default: return .integer(number)
      }
    case .text(let text):
      switch type {
      case .date: return CivilDate(text).map(Value.date) ?? .none
      case .list, .choices, .references: return .list(Self.texts(text))
      case .rows(let columns):
        guard let elements = (try? JSON(parsing: text.utf8))?.array else { return .none }
        return .rows(
          elements.map { element in columns.map { element[$0.name]?.string ?? "" } }
        )
      default: return .text(text)
      }
    }
  }

  /// The texts of a JSON list; the common plain ones without a parser.
  private static func texts(_ json: String) -> [String] {
    if !json.utf8.contains(UInt8(ascii: "\\")), json.hasPrefix("[\""), json.hasSuffix("\"]") {
      return json.dropFirst(2).dropLast(2).split(separator: "\",\"").map(String.init)
    }
    return (try? JSON(parsing: json.utf8))?.array?.compactMap(\.string) ?? []
  }
}

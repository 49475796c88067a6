import Sheets
import Values

/// Which kind of record the rows of a file are.
enum KindGuess {
  /// One kind and no other.
  case certain(Kind)
  /// One of these, it can't be told which.
  case unclear([Kind])

  /// Guesses by the header, and between equals by which kind takes the rows.
  ///
  /// Fields that an export leaves out are not looked for: what was given out comes in again.
  static func of(
    _ head: TableHead,
    _ said: [String: [String: String]],
    in register: RecordStore
  ) -> KindGuess {
    let header = head.headings
    var scored: [(kind: Kind, score: Int)] = []
    for kind in register.kinds {
      let known = kind.uses(of: header, said[kind.name] ?? [:]).compactMap(\.place)
      let wanted = kind.needed.filter { Reader.officer.maySee(kind.fields[$0], of: kind) }
      guard !known.isEmpty, wanted.allSatisfy({ known.contains($0) }) else { continue }
      scored.append((kind, known.count * 1000 / max(1, header.count)))
    }
    let best = scored.map(\.score).max() ?? 0
    let candidates = scored.filter { $0.score * 10 >= best * 6 }
    guard !candidates.isEmpty else {
      let partial = register.kinds.filter { !$0.columns(of: header).compactMap { $0 }.isEmpty }
      return .unclear(partial.isEmpty ? register.kinds : partial)
    }
    if candidates.count == 1 { return .certain(candidates[0].kind) }
    let sample = Array(head.first.prefix(40))
    let judged = candidates.map { kind, score in
      (kind: kind, good: kind.taking(sample, under: header, city: register.city), score: score)
    }
    let top = judged.max { ($0.good, $0.score) < ($1.good, $1.score) }
    let equals = judged.filter { $0.good == top?.good && $0.score == top?.score }
    if equals.count == 1, let top { return .certain(top.kind) }
    return .unclear(candidates.map(\.kind))
  }
}

extension Kind {
  /// How many of some rows have cells this kind can hold.
  fileprivate func taking(_ rows: [SheetRow], under header: [String], city: any CityRules) -> Int {
    let columns = columns(of: header)
    return rows.count { row in
      zip(columns, row.cells).allSatisfy { place, cell in
        place.map { takes(cell.text, at: $0, city: city) } ?? true
      }
    }
  }

  private func takes(_ cell: String, at place: Int, city: any CityRules) -> Bool {
    do throws(Refusal) {
      let value = try fields[place].parse(cell, city: city)
      return !(value.isNone && fields[place].isRequired) && fits(value, at: place)
    } catch {
      return false
    }
  }

  /// Whether an identifier has the shape this kind's identifiers have.
  private func fits(_ value: Value, at place: Int) -> Bool {
    guard place == identifier, let shape = identifierShape, let text = value.text else {
      return true
    }
    return shape(text)
  }
}

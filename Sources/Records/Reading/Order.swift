import Storage
import Values

/// One field that orders a list.
package struct SortKey: Hashable, Sendable {
  /// The field.
  package var field: String
  /// Whether the order is turned round; what is not filled in stands last either way.
  package var isDescending: Bool

  /// Names a field.
  package init(_ field: String, isDescending: Bool = false) {
    self.field = field
    self.isDescending = isDescending
  }

  /// Reads keys such as `locationRegionCode,-enrolled`, the minus turning the order round.
  package static func all(_ text: String) -> [SortKey] {
    text.split(separator: ",").map { part in
      let name = Text.trimmed(String(part))
      return name.hasPrefix("-")
        ? SortKey(String(name.dropFirst()), isDescending: true) : SortKey(name)
    }
  }

  /// The key as it is written.
  package var text: String { (isDescending ? "-" : "") + field }
}

/// The place in a list behind a record: where the next page begins, however far in it is.
package struct Cursor: Hashable, Sendable {
  /// The fields that order the list.
  var order: [SortKey]
  /// What the record holds in them.
  var values: [Stored]
  /// The record.
  var id: String

  /// The place behind a record in the order of a query.
  package init(after record: Record, in query: Query) {
    order = query.sortKeys(of: record.kind)
    values = order.map { key in
      guard let place = record.kind.place(of: key.field) else { return .null }
      return record.kind.fields[place].stored(record.values[place])
    }
    id = record.id
  }

  /// Reads a place as it was given out; `nil` for anything else, and for a place in another order.
  package init?(_ text: String, in query: Query, of kind: Kind) {
    guard let bytes = Self.bytes(text), let json = try? JSON(parsing: bytes),
      let order = json["o"]?.string, let values = json["v"]?.array, let id = json["i"]?.string
    else { return nil }
    self.order = SortKey.all(order)
    guard self.order == query.sortKeys(of: kind), values.count == self.order.count else {
      return nil
    }
    self.values = values.map { value in
      switch value {
      case .integer(let number): .integer(number)
      case .string(let text): .text(text)
      default: .null
      }
    }
    self.id = id
  }

  /// The place as it is given out: a text that means something here only.
  package var text: String {
    let json = JSON.object([
      "o": .string(order.map(\.text).joined(separator: ",")),
      "v": .array(
        values.map { value in
          switch value {
          case .null: .null
          case .integer(let number): .integer(number)
          case .text(let text): .string(text)
          }
        }
      ), "i": .string(id),
    ])
    return json.text.utf8.map { byte in
      let hex = String(byte, radix: 16)
      return hex.count == 1 ? "0" + hex : hex
    }.joined()
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard !digits.isEmpty, digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      let pair = String(decoding: digits[place..<(place + 2)], as: UTF8.self)
      guard let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}

extension Query {
  /// The fields that order it; the title when nothing was said or nothing of it is a field.
  func sortKeys(of kind: Kind) -> [SortKey] {
    let known = order.filter { key in
      kind.place(of: key.field).map { !kind.fields[$0].isSealed } ?? false
    }
    return known.isEmpty ? [SortKey(kind.fields[kind.title].name)] : known
  }
}

/// A select in the order of a query, in two parts: what the first field is filled in for, then the rest.
///
/// So either part is a walk along an index, whatever page is asked for.
struct OrderedSelect {
  private let kind: Kind
  private let keys: [SortKey]
  private let identifier: String
  private let cursor: Cursor?
  /// Whether it is read from the end.
  let isFromEnd: Bool

  init(_ kind: Kind, _ query: Query) {
    self.kind = kind
    isFromEnd = query.isFromEnd
    keys = query.sortKeys(of: kind)
    identifier = kind.fields[kind.identifier].name
    cursor = query.after
  }

  /// Whether some records may lack the first field.
  var hasTail: Bool {
    guard let place = kind.place(of: keys[0].field) else { return false }
    let field = kind.fields[place]
    return !(field.isRequired && field.condition == nil) && place != kind.identifier
  }

  /// Whether the place to begin behind lies in the tail.
  var beginsInTail: Bool { cursor.map { $0.values[0] == .null } ?? false }

  /// What must hold of the records of a part.
  func condition(isTail: Bool, _ arguments: inout [Stored]) -> String {
    var parts: [String] = []
    if hasTail { parts.append("\"\(keys[0].field)\" IS \(isTail ? "" : "NOT ")NULL") }
    if let cursor, cursor.values[0] == .null, isTail {
      parts.append(after(cursor, from: 1, &arguments))
    } else if let cursor, cursor.values[0] != .null, !isTail {
      parts.append(afterFirst(cursor, &arguments))
    }
    return parts.joined(separator: " AND ")
  }

  /// The order within a part.
  func order(isTail: Bool) -> String {
    var parts = keys.enumerated().flatMap { index, key -> [String] in
      if index == 0 { return isTail ? [] : ["\"\(key.field)\" \(direction(key))"] }
      let nulls = isFromEnd ? " DESC" : ""
      return ["\"\(key.field)\" IS NULL\(nulls)", "\"\(key.field)\" \(direction(key))"]
    }
    parts.append("\"\(identifier)\" \(direction(keys[0]))")
    return parts.joined(separator: ", ")
  }

  /// The order of both parts together, read from the beginning.
  var wholeOrder: String {
    let parts = keys.flatMap { key in
      ["\"\(key.field)\" IS NULL", "\"\(key.field)\" \(key.isDescending ? "DESC" : "ASC")"]
    }
    let last = "\"\(identifier)\" \(keys[0].isDescending ? "DESC" : "ASC")"
    return (parts + [last]).joined(separator: ", ")
  }

  private func direction(_ key: SortKey) -> String {
    key.isDescending != isFromEnd ? "DESC" : "ASC"
  }

  private func mark(_ value: Stored, _ arguments: inout [Stored]) -> String {
    arguments.append(value)
    return "$\(arguments.count)"
  }

  /// Behind the cursor, when the first field is filled in.
  private func afterFirst(_ cursor: Cursor, _ arguments: inout [Stored]) -> String {
    let key = keys[0]
    let sign = key.isDescending ? "<" : ">"
    let first = mark(cursor.values[0], &arguments)
    if keys.count == 1 {
      let id = mark(.text(cursor.id), &arguments)
      return "(\"\(key.field)\", \"\(identifier)\") \(sign) (\(first), \(id))"
    }
    let rest = after(cursor, from: 1, &arguments)
    return """
      "\(key.field)" \(sign)= \(first) AND \
      ("\(key.field)" \(sign) \(first) OR ("\(key.field)" = \(first) AND \(rest)))
      """
  }

  /// Behind the cursor in the fields from one on, those before being equal.
  private func after(_ cursor: Cursor, from index: Int, _ arguments: inout [Stored]) -> String {
    guard index < keys.count else {
      let sign = keys[0].isDescending ? "<" : ">"
      return "\"\(identifier)\" \(sign) \(mark(.text(cursor.id), &arguments))"
    }
    let column = "\"\(keys[index].field)\""
    guard cursor.values[index] != .null else {
      return "(\(column) IS NULL AND \(after(cursor, from: index + 1, &arguments)))"
    }
    let sign = keys[index].isDescending ? "<" : ">"
    let value = mark(cursor.values[index], &arguments)
    let rest = after(cursor, from: index + 1, &arguments)
    return "(\(column) \(sign) \(value) OR \(column) IS NULL OR (\(column) = \(value) AND \(rest)))"
  }
}

import Calendar
import Ciphers
import Storage
import Values

/// A register has no keys and was to write, or read, what is sealed: a fault of who made it.
package struct NoKeys: Error, Hashable, Sendable {}

/// A command of a sealed field that only a plain one can follow, such as to order by it.
package struct SealedField: Error, Hashable, Sendable {
  /// The kind.
  package var kind: String
  /// What the field is called.
  package var label: String
}

extension FieldShape {
  /// Whether the store holds it sealed only: it is sensitive (compliance.md §11.3, 数据保密性).
  package var isSealed: Bool { privacy >= .sensitive }
}

extension Kind {
  /// What stands before a sealed value of which the reader may see a mask only.
  static let maskSign = "~"

  /// What is sealed in the column of a field and bound to its place: it can't be moved elsewhere.
  func context(_ field: FieldShape, _ id: String) -> String { "\(name).\(field.name).\(id)" }
}

extension RecordStore {
  /// The value of a field as its column holds it: sealed where it is sensitive.
  ///
  /// - Throws: `NoKeys`; `CipherFailure`.
  func column(_ kind: Kind, _ field: FieldShape, _ value: Value, _ id: String) throws -> Stored {
    let plain = field.stored(value)
    guard field.isSealed, plain != .null else { return plain }
    guard let ring else { throw NoKeys() }
    let text = plain.text ?? plain.integer.map(String.init) ?? ""
    return .text(try ring.seal(text, context: kind.context(field, id)))
  }

  /// The value of a sealed field as it is, or the mask of it that the column asks for.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - field: the field.
  ///   - stored: what the column holds.
  ///   - id: the record.
  /// - Returns: the value.
  /// - Throws: `NoKeys`; `CipherFailure`.
  func opened(_ kind: Kind, _ field: FieldShape, _ stored: Stored, _ id: String) throws -> Value {
    guard var text = stored.text else { return field.value(of: stored) }
    let isMasked = text.hasPrefix(Kind.maskSign)
    if isMasked { text.removeFirst() }
    // What is not sealed is from before there were keys.
    if SealedText(text) != nil {
      guard let ring else { throw NoKeys() }
      text = try ring.open(text, context: kind.context(field, id))
    }
    if isMasked { return .text(field.mask?.applied(to: text) ?? "") }
    return field.value(
      of: field.type.isKeptAsNumber ? Int(text).map(Stored.integer) ?? .null : .text(text)
    )
  }

  /// What the audit log holds of a value: of a sealed one a keyed digest, never what it was.
  func audited(_ kind: Kind, _ field: FieldShape, _ value: Value) -> JSON {
    guard field.isSealed, !value.isNone else { return field.json(value) }
    let text = field.json(value).text
    let digest = ring?.blindIndex(text, context: "audit \(kind.name).\(field.name)") ?? ""
    return .string("摘要 " + digest.prefix(16))
  }

  /// The whole row as it is stored, by column; the form in which former versions are kept.
  ///
  /// - Throws: `NoKeys`; `CipherFailure`.
  func storedForm(of record: Record) throws -> JSON {
    let stamp = record.stamp
    var members: [JSON.Member] = []
    for (field, value) in zip(record.kind.fields, record.values) where !value.isNone {
      members.append(
        JSON.Member(field.name, try column(record.kind, field, value, record.id).json)
      )
    }
    members += [
      JSON.Member("version", .integer(record.version)),
      JSON.Member("createdAt", .integer(stamp.createdAt.seconds)),
      JSON.Member("updatedAt", .integer(stamp.updatedAt.seconds)),
      JSON.Member("updatedBy", .string(stamp.updatedBy)),
      JSON.Member("sourceSystem", .string(stamp.source.rawValue)),
      JSON.Member("sourceDocument", .string(stamp.document)),
    ]
    return .object(members)
  }

  /// The record of a row in its stored form; `nil` when it is none.
  ///
  /// - Throws: `NoKeys`; `CipherFailure`.
  func record(_ kind: Kind, stored text: String) throws -> Record? {
    guard let json = try? JSON(parsing: text.utf8) else { return nil }
    return try record(
      kind,
      of: (kind.fields.map(\.name) + Kind.stampColumns).map { Stored(json[$0]) }
    )
  }

  /// The record of a row.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - row: the columns of the fields, then those of the stamp.
  ///   - places: the fields whose columns there are, all when `nil`; the others are left empty.
  /// - Returns: the record, opened.
  /// - Throws: `NoKeys`; `CipherFailure`.
  func record(_ kind: Kind, of row: [Stored], _ places: [Int]? = nil) throws -> Record {
    var record = kind.plainRecord(row, places)
    guard !kind.sealed.isEmpty else { return record }
    let id = record.id
    for place in kind.sealed {
      guard let index = places.map({ $0.firstIndex(of: place) }) ?? place else { continue }
      record.values[place] = try opened(kind, kind.fields[place], row[index], id)
    }
    return record
  }
}

extension Stored {
  /// The value in a stored form.
  var json: JSON {
    switch self {
    case .null: .null
    case .integer(let number): .integer(number)
    case .text(let text): .string(text)
    }
  }

  /// What a stored form says of a column.
  init(_ json: JSON?) {
    switch json {
    case .integer(let number)?: self = .integer(number)
    case .string(let text)?: self = .text(text)
    default: self = .null
    }
  }
}

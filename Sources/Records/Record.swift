package import Calendar
import Values

/// One record: its values and what is known of its last change.
package struct Record: Sendable {
  /// The kind it is of.
  package var kind: Kind
  /// The values, in the order of the kind's fields.
  package var values: [Value]
  /// How often it was written; 1 for a new one.
  package var version: Int
  /// When and by whom it was last written.
  package var stamp: Stamp

  /// Makes a record.
  package init(kind: Kind, values: [Value], version: Int, stamp: Stamp) {
    self.kind = kind
    self.values = values
    self.version = version
    self.stamp = stamp
  }

  /// The value of a field by its name; `.none` when there is no such field.
  package subscript(_ name: String) -> Value {
    kind.place(of: name).map { values[$0] } ?? .none
  }

  /// What identifies it for ever.
  package var id: String { values[kind.identifier].text ?? "" }

  /// What people call it; its identifier when it has no name.
  package var title: String { values[kind.title].text ?? id }

  /// The values by field name.
  package var named: [String: Value] {
    Dictionary(uniqueKeysWithValues: zip(kind.fields.map(\.name), values))
  }

  /// The record as a reader may see it: what is not theirs to see is taken out.
  package func visible(to reader: Reader) -> Record {
    var copy = self
    for (index, field) in kind.fields.enumerated() where !reader.maySee(field, of: kind) {
      copy.values[index] = .none
    }
    return copy
  }
}

/// When, by whom and from where a record was written.
package struct Stamp: Hashable, Sendable {
  /// When it was first written.
  package var createdAt: Instant
  /// When it was last written.
  package var updatedAt: Instant
  /// Who wrote it last.
  package var updatedBy: String
  /// The way it came in.
  package var source: Source
  /// The document or file it came from; may be empty.
  package var document: String
}

/// The way a record came in.
package enum Source: String, Sendable, CaseIterable {
  /// Typed into a form.
  case manual
  /// Read from a file.
  case imported = "import"
  /// Sent by a program.
  case api
  /// Part of the city's folder.
  case city
  /// Made up to show how it works.
  case demo

  /// What users read.
  package var label: String {
    switch self {
    case .manual: "人工录入"
    case .imported: "文件导入"
    case .api: "接口写入"
    case .city: "城市基础数据"
    case .demo: "演示数据"
    }
  }
}

/// Who writes.
package struct Actor: Hashable, Sendable {
  /// The name the audit keeps.
  package var name: String
  /// The way the change comes in.
  package var source: Source
  /// The document or file it comes from.
  package var document: String
  /// The import it is part of; `nil` for anything else.
  package var importRun: Int?
  /// As what they act; empty as long as nobody signs in.
  package var role: String
  /// For which organisation they act; may be empty.
  package var organisation: String
  /// The network address they act from; empty on the machine itself.
  package var address: String

  /// Makes an actor.
  package init(
    name: String,
    source: Source,
    document: String = "",
    importRun: Int? = nil,
    role: String = "",
    organisation: String = "",
    address: String = ""
  ) {
    self.name = name
    self.source = source
    self.document = document
    self.importRun = importRun
    self.role = role
    self.organisation = organisation
    self.address = address
  }
}

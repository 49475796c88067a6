package import Records
import Rules
import Synchronization

/// The kinds of record as formulas speak of them: each the list of its records, by its name and its label.
///
/// A field that refers to a record is that record: `x.学校.学校类型`.
package struct RecordSets: Sendable {
  private let byName: [String: Kind]
  /// The types that were asked for, which are long.
  private let known = KnownTypes()

  /// Takes the kinds.
  package init(_ kinds: [Kind]) {
    var byName: [String: Kind] = [:]
    for kind in kinds { byName[kind.label] = kind }
    for kind in kinds { byName[kind.name] = kind }
    self.byName = byName
  }

  /// The kind a name means.
  package func kind(_ name: String) -> Kind? { byName[name] }

  /// The field of a kind a name means; none for one that is sealed.
  static func field(_ name: String, of kind: Kind) -> FieldShape? {
    if let place = kind.place(of: name) {
      return kind.fields[place].isSealed ? nil : kind.fields[place]
    }
    return kind.fields.first { $0.label == name && !$0.isSealed }
  }

  /// The types of those of some names that are sets of records.
  func types(_ names: some Sequence<String>) -> [String: RuleType] {
    var types: [String: RuleType] = [:]
    for name in names {
      guard let kind = kind(name) else { continue }
      types[name] = known.type(of: kind.name) { .list(element(kind, depth: 2)) }
    }
    return types
  }

  /// The type of a record, and so deep of the records it refers to.
  private func element(_ kind: Kind, depth: Int) -> RuleType {
    var fields = RecordVariables(kind, hasUnits: true).types
    for field in kind.fields where !field.isSealed {
      guard case .reference(let name) = field.type, let other = self.kind(name) else { continue }
      let type = depth > 0 ? element(other, depth: depth - 1) : .record(other.label, [:])
      for name in [field.name, field.label] { fields[name] = type }
    }
    return .record(kind.label, fields)
  }

  /// All names there are, for a near miss.
  var names: [String] { byName.keys.sorted() }
}

/// The types of sets of records by the name of the kind, each made once.
private final class KnownTypes: Sendable {
  private let types = Mutex<[String: RuleType]>([:])

  func type(of name: String, _ make: () -> RuleType) -> RuleType {
    if let known = types.withLock({ $0[name] }) { return known }
    let made = make()
    types.withLock { $0[name] = made }
    return made
  }
}

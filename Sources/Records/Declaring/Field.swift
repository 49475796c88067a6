/// The declaration of one field of a kind of record.
///
/// Names in storage, files and the API are given explicitly, so that they never follow a rename in
/// Swift.
package struct Field<Root: Sendable>: Sendable {
  /// What the generic surfaces know of the field.
  package var shape: FieldShape
  /// Reads the field from a typed record.
  package var get: @Sendable (Root) -> Value
  /// Writes the field of a typed record.
  package var set: @Sendable (inout Root, Value) -> Void

  /// Declares a field.
  ///
  /// - Parameters:
  ///   - path: where it lives in the typed record.
  ///   - name: its name in storage, files and the API.
  ///   - label: what users read.
  ///   - type: what it holds.
  package init<Held: FieldValue>(
    _ path: any WritableKeyPath<Root, Held> & Sendable,
    _ name: String,
    _ label: String,
    _ type: FieldType
  ) {
    shape = FieldShape(name: name, label: label, type: type)
    get = { $0[keyPath: path].value }
    set = { root, value in
      if let held = Held(value) { root[keyPath: path] = held }
    }
  }

  /// Must be filled in.
  package func required() -> Field { with { $0.isRequired = true } }
  /// No two records may share it.
  package func unique() -> Field { with { $0.isUnique = true } }
  /// Who may see it; public unless said.
  package func privacy(_ privacy: Privacy) -> Field { with { $0.privacy = privacy } }
  /// How it is shown to those who may not see it as it is; hidden altogether unless said.
  package func masked(as mask: Mask) -> Field { with { $0.mask = mask } }
  /// What the form says under the label.
  package func help(_ text: String) -> Field { with { $0.help = text } }
  /// What the form shows in grey.
  package func example(_ text: String) -> Field { with { $0.example = text } }
  /// The unit, shown after the label.
  package func unit(_ text: String) -> Field { with { $0.unit = text } }
  /// Former and foreign column headings accepted on import.
  package func formerly(_ labels: String...) -> Field { with { $0.formerLabels = labels } }
  /// The section of the form and the detail page it stands in.
  package func section(_ title: String) -> Field { with { $0.section = title } }
  /// The problem code told when a code or reference is unknown.
  package func unknown(_ code: String) -> Field { with { $0.unknownCode = code } }
  /// Computed by the record itself; shown, never asked.
  package func derived() -> Field { with { $0.isDerived = true } }
  /// What it is when nobody says.
  package func fallback(_ value: Value) -> Field { with { $0.fallback = value } }
  /// Exists only while another field has one of some values.
  package func only(when name: String, is values: String...) -> Field {
    with { $0.condition = .init(field: name, values: Set(values)) }
  }
  /// Exists only while another field has one of some values.
  package func only(when name: String, in values: [String]) -> Field {
    with { $0.condition = .init(field: name, values: Set(values)) }
  }

  private func with(_ change: (inout FieldShape) -> Void) -> Field {
    var copy = self
    change(&copy.shape)
    return copy
  }
}

extension Array {
  /// The fields in a section of the form and the detail page.
  package func section<Root>(_ title: String) -> [Field<Root>] where Element == Field<Root> {
    map { $0.section(title) }
  }
}

/// What the generic surfaces know of a field: everything but where it lives in Swift.
package struct FieldShape: Sendable {
  /// When a field exists at all.
  package struct Condition: Sendable {
    /// The field that decides.
    package var field: String
    /// The values with which this field exists.
    package var values: Set<String>
  }

  /// The name in storage, files and the API.
  package var name: String
  /// What users read.
  package var label: String
  /// What it holds.
  package var type: FieldType
  /// Whether it must be filled in.
  package var isRequired = false
  /// Whether no two records may share it.
  package var isUnique = false
  /// Who may see it.
  package var privacy = Privacy.public
  /// How it is shown to those who may not see it as it is.
  package var mask: Mask?
  /// What the form says under the label.
  package var help = ""
  /// What the form shows in grey.
  package var example = ""
  /// The unit.
  package var unit = ""
  /// Other column headings accepted on import.
  package var formerLabels: [String] = []
  /// The section it stands in.
  package var section = ""
  /// The problem code for an unknown code or reference.
  package var unknownCode: String?
  /// Whether it is computed.
  package var isDerived = false
  /// What it is when nobody says.
  package var fallback = Value.none
  /// When it exists at all; always if `nil`.
  package var condition: Condition?

  /// The label with its unit, as table heads show it.
  package var heading: String { unit.isEmpty ? label : "\(label)（\(unit)）" }
}

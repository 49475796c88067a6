import Records
import Values

/// What a form shows: the record as it stands, what somebody typed, what is wrong.
struct FormState {
  let kind: Kind
  var record: Record?
  /// What was typed, by field name; wins over the record.
  var typed: [String: String] = [:]
  var problems: [Problem] = []
  var conflict: Record?
  /// The version the form was made from, when somebody saved another since.
  var base: Record?

  /// The text in a field.
  func text(_ field: FieldShape) -> String {
    if let text = typed[field.name] { return text }
    guard let place = kind.place(of: field.name) else { return "" }
    return field.plain(record?.values[place] ?? field.fallback)
  }

  /// The rows of a field that is a small table.
  func rows(_ field: FieldShape) -> [[String]] {
    guard case .rows(let columns) = field.type else { return [] }
    if let text = typed[field.name] {
      let objects = (try? JSON(parsing: text.utf8))?.array ?? []
      return objects.map { object in columns.map { object[$0.name]?.string ?? "" } }
    }
    return kind.place(of: field.name).flatMap { record?.values[$0].rows } ?? []
  }

  /// Whether the visitor fills a field in: of a record that is there only what they see of it, else an
  /// empty box would take away what they can't know.
  static func takes(_ field: FieldShape, of kind: Kind, isNew: Bool) -> Bool {
    let reader = Site.visitor.reader
    return reader.mayFill(field, of: kind) && (isNew || reader.maySee(field, of: kind))
  }

  /// Whether a field is in the form: fields of other kinds of thing stay out, and the number that
  /// records get by themselves.
  func isShown(_ field: FieldShape) -> Bool {
    guard !field.isDerived, Self.takes(field, of: kind, isNew: record == nil) else { return false }
    let isNumbered = record == nil && kind.prefix != nil && typed[field.name] == nil
    if isNumbered, field.name == kind.fields[kind.identifier].name { return false }
    guard let condition = field.condition else { return true }
    if problems.contains(where: { $0.path == field.name }) { return true }
    let place = kind.place(of: condition.field)
    guard let decider = place.map({ kind.fields[$0] }) else { return false }
    let value = text(decider)
    if value.isEmpty { return kind.fields.count { $0.condition != nil } <= 8 }
    return value.split(separator: "|").contains { condition.values.contains(String($0)) }
  }
}

/// A posted form, read by the declaration of its kind.
struct PostedForm {
  /// The fields for a draft.
  private(set) var inputs: [String: Draft.Input] = [:]
  /// What to show again when it is refused.
  private(set) var shown: [String: String] = [:]
  /// The version the form was made for.
  private(set) var version: Int?

  init(_ kind: Kind, _ pairs: [(name: String, value: String)], isNew: Bool) {
    var values: [String: [String]] = [:]
    for pair in pairs { values[pair.name, default: []].append(pair.value) }
    version = values["version"]?.first.flatMap { Int($0) }
    for field in kind.fields
    where !field.isDerived && FormState.takes(field, of: kind, isNew: isNew) {
      if !isNew, field.name == kind.fields[kind.identifier].name { continue }
      if values["pick.\(field.name)"]?.first == "theirs" { continue }
      if case .rows(let columns) = field.type {
        readRows(field, columns, values)
      } else if let given = values[field.name] {
        let text = given.filter { !$0.isEmpty }.joined(separator: "|")
        inputs[field.name] = .text(text)
        shown[field.name] = text
      } else if case .choices = field.type, values["\(field.name).shown"] != nil {
        inputs[field.name] = .text("")
        shown[field.name] = ""
      }
    }
  }

  private mutating func readRows(
    _ field: FieldShape,
    _ columns: [Column],
    _ values: [String: [String]]
  ) {
    let numbers = Set(
      values.keys.compactMap { name -> Int? in
        let parts = name.split(separator: ".")
        return parts.count == 3 && parts[0] == field.name ? Int(parts[1]) : nil
      }
    )
    guard !numbers.isEmpty else { return }
    let rows: [JSON] = numbers.sorted().compactMap { number in
      let members = columns.compactMap { column -> JSON.Member? in
        let text = values["\(field.name).\(number).\(column.name)"]?.first ?? ""
        return text.isEmpty ? nil : JSON.Member(column.name, .string(text))
      }
      return members.isEmpty ? nil : .object(members)
    }
    inputs[field.name] = .json(.array(rows))
    shown[field.name] = rows.isEmpty ? "" : JSON.array(rows).text
  }
}

package import Values

/// What somebody wants a record to be: values as they were typed, by field name.
///
/// A field that is not named keeps its value; one that is named and empty loses it.
package struct Draft: Sendable {
  /// One value as it came in.
  package enum Input: Sendable {
    /// From a form or a file.
    case text(String)
    /// From the API.
    case json(JSON)
    /// From our own code: already a value.
    case value(Value)
  }

  /// The values, by field name.
  package var inputs: [String: Input]
  /// The version the writer saw; `nil` when it does not matter or the record is new.
  package var version: Int?
  /// The record meant, when it is known from the address.
  package var id: String?
  /// The line of the file it came from.
  package var line: Int?
  /// Whether a record that is there already must not be changed by it.
  package var isNew = false
  /// Whether a record that nothing names is looked for by everything the draft fills in.
  package var findsAlike = false
  /// What was wrong before it became a draft, such as a cell that holds the failure of a formula.
  package var faults: [Problem] = []
  /// What files for people say beside a code or identifier, by field: its name, to be held against it.
  package var companions: [String: String] = [:]

  /// Makes a draft.
  package init(
    _ inputs: [String: Input] = [:],
    id: String? = nil,
    version: Int? = nil,
    line: Int? = nil
  ) {
    self.inputs = inputs
    self.id = id
    self.version = version
    self.line = line
  }

  /// Makes a draft of typed texts.
  package init(texts: [String: String], id: String? = nil, version: Int? = nil) {
    self.init(texts.mapValues(Input.text), id: id, version: version)
  }

  /// Makes a draft of a typed record.
  package init<Root: DeclaredRecord>(_ record: Root) {
    var inputs: [String: Input] = [:]
    for field in Root.fields {
      let value = field.get(record)
      if !value.isNone { inputs[field.shape.name] = .value(value) }
    }
    self.init(inputs)
  }

  /// Makes a draft of a JSON object.
  ///
  /// - Throws: a `Problem` list when it is not an object.
  package static func json(_ json: JSON, id: String? = nil, version: Int? = nil) -> (
    draft: Draft, problems: [Problem]
  ) {
    guard let members = json.members else {
      return (Draft(), [Problem("REC-E-014", "", "请求内容应为一个 JSON 对象。")])
    }
    var inputs: [String: Input] = [:]
    for member in members { inputs[member.name] = .json(member.value) }
    return (Draft(inputs, id: id, version: version), [])
  }
}

/// What would become of a draft.
package struct Outcome: Sendable {
  /// The verdict.
  package enum Verdict: Sendable, Equatable {
    /// A new record.
    case new
    /// An existing record with other values.
    case changed
    /// An existing record as it is.
    case unchanged
    /// Nothing is written.
    case refused
  }

  /// The verdict.
  package var verdict: Verdict
  /// What is wrong or worth knowing.
  package var problems: [Problem]
  /// The values it would have; the best known when refused.
  package var values: [Value]
  /// The record as it stands; `nil` for a new one.
  package var former: Record?
  /// The line of the file it came from.
  package var line: Int?
}

/// A write that was refused, with everything that is wrong.
package struct Refused: Error, Sendable {
  /// What is wrong, by field.
  package var problems: [Problem]
  /// The record as it stands now, when somebody else changed it meanwhile.
  package var conflict: Record?

  /// Makes a refusal.
  package init(problems: [Problem], conflict: Record? = nil) {
    self.problems = problems
    self.conflict = conflict
  }
}

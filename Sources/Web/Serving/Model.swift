import Mustache

/// A page model: names with values; a name without a value is absent, never empty.
struct Model: MustacheParent, ExpressibleByDictionaryLiteral, Sendable {
  private var members: [String: any Sendable] = [:]

  init(dictionaryLiteral elements: (String, (any Sendable)?)...) {
    for (name, value) in elements { if let value { members[name] = value } }
  }

  func child(named name: String) -> Any? { members[name] }

  subscript(_ name: String) -> (any Sendable)? {
    get { members[name] }
    set { members[name] = newValue }
  }

  /// The names it has; a test holds templates against them.
  var names: [String] { members.keys.sorted() }
}

extension [Model] {
  /// The models as `{rows: […]}`, or nothing when there are none.
  var asRows: Model? { isEmpty ? nil : ["rows": self] }
}

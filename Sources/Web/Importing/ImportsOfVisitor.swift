import Values

/// The import desk as a visitor may use it: their own jobs, and all of them for the city's bureau.
struct ImportsOfVisitor {
  private let desk: ImportDesk
  private let visitor: Visitor

  init(_ desk: ImportDesk, _ visitor: Visitor) {
    self.desk = desk
    self.visitor = visitor
  }

  var all: [ImportJob] { desk.all.filter { $0.owner.admits(visitor) } }

  func job(_ id: String) -> ImportJob? {
    desk.job(id).flatMap { $0.owner.admits(visitor) ? $0 : nil }
  }

  func receive(_ path: String, name: String, kind: String) throws -> ImportJob {
    try desk.receive(path, name: name, kind: kind, by: .init(visitor))
  }

  func recheck(
    _ id: String,
    kind: String?,
    headings: [String: [String: String]],
    keepsBlanks: Bool? = nil
  ) throws {
    guard job(id) != nil else { return }
    try desk.recheck(id, kind: kind, headings: headings, keepsBlanks: keepsBlanks)
  }

  func commit(_ id: String, isWhole: Bool) throws {
    guard job(id) != nil else { return }
    try desk.commit(id, isWhole: isWhole)
  }

  func cancel(_ id: String) throws {
    guard job(id) != nil else { return }
    try desk.cancel(id)
  }

  func returned(_ id: String, isOnlyFlawed: Bool) throws -> String? {
    guard job(id) != nil else { return nil }
    return try desk.returned(id, isOnlyFlawed: isOnlyFlawed)
  }
}

extension Site {
  /// The imports of the visitor; `nil` where no files are taken.
  var imports: ImportsOfVisitor? { importDesk.map { ImportsOfVisitor($0, Self.visitor) } }
}

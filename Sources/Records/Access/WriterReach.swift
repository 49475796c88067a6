import Storage
import Values

/// What somebody who writes may not do with a draft.
struct WriterReach {
  private let register: RecordStore
  private let kind: Kind
  private let writer: Reader
  private let reading: any Reading

  init(_ register: RecordStore, _ kind: Kind, _ writer: Reader, _ reading: any Reading) {
    self.register = register
    self.kind = kind
    self.writer = writer
    self.reading = reading
  }

  /// What is wrong with a draft: the act, the record it changes, what it would become, its fields.
  ///
  /// - Parameters:
  ///   - values: the record as it would be.
  ///   - former: the record as it is; `nil` for a new one.
  ///   - given: what the draft fills in, by field.
  /// - Returns: the problems; none when all of it is allowed.
  /// - Throws: the store's errors.
  func problems(_ values: [Value], _ former: Record?, _ given: [Int: Value]) throws -> [Problem] {
    let act: Act = former == nil ? .create : .update
    let grants = writer.grants(of: kind, for: act)
    guard !grants.isEmpty else { return [.notAllowed(act, kind, writer)] }
    if let former, try !register.mayReach(.update, kind, former.id, in: reading) {
      // What one may not see is not there.
      return try register.mayReach(.read, kind, former.id, in: reading)
        ? [.outOfReach(act, kind, former.id, writer)] : [.notThere(kind, former.id)]
    }
    let fitting = try grants.filter { try holds($0.scope, values) }
    guard let clearance = fitting.map(\.clearance).max() else {
      let path = grants.lazy.flatMap(\.scope.paths).first ?? ""
      let name = String(path.prefix { $0 != "." })
      let label = kind.place(of: name).map { kind.fields[$0].label } ?? kind.label
      return [Problem("ACC-E-003", name, "\(label)不在你管理的范围内，请填你自己单位或本地区的。")]
    }
    return given.keys.sorted().compactMap { place in
      let field = kind.fields[place]
      guard field.privacy > clearance, former?.values[place] ?? .none != values[place] else {
        return nil
      }
      return Problem("ACC-E-004", field.name, "以“\(writer.role.label)”的身份不能填写\(field.label)。")
    }
  }

  /// Whether a record would lie in a scope.
  private func holds(_ scope: Grant.Scope, _ values: [Value]) throws -> Bool {
    switch scope {
    case .everything: true
    case .open: kind.publicWhen.allSatisfy { holds($0, $1, values) }
    case .having(let wanted): wanted.allSatisfy { holds($0, $1, values) }
    case .region(let path): try holds(path, values) { self.writer.isIn(region: $0) }
    case .person(let path): try holds(path, values) { $0 == self.writer.account }
    case .own(let path):
      try register.owns(path, kind, writer)
        && holds(path, values) { $0 == self.writer.organisation }
    }
  }

  private func holds(_ name: String, _ wanted: [String], _ values: [Value]) -> Bool {
    kind.place(of: name).map { wanted.contains(values[$0].text ?? "") } ?? false
  }

  private func holds(_ path: String, _ values: [Value], _ test: (String) -> Bool) throws -> Bool {
    let steps = path.split(separator: ".", maxSplits: 1).map(String.init)
    guard let place = kind.place(of: steps[0]) else { return false }
    let texts = values[place].text.map { [$0] } ?? values[place].list
    guard steps.count == 2 else { return texts.contains(where: test) }
    guard let other = kind.fields[place].type.referredKind.flatMap(register.kind) else {
      return false
    }
    return try texts.contains { id in
      guard let record = try register.unrestricted.record(other, id, in: reading) else {
        return false
      }
      return try WriterReach(register, other, writer, reading).holds(steps[1], record.values, test)
    }
  }
}

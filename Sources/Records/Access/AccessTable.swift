/// What each role may do with each kind, as the declarations say it: for the security administrator to
/// read, and for tests to hold against the surfaces.
package struct AccessTable: Sendable {
  /// One line of it: a role, a kind, and what it may do with which records.
  package struct Row: Hashable, Sendable {
    /// The role.
    package var role: Role
    /// The kind.
    package var kind: String
    /// The acts.
    package var acts: [Act]
    /// With which records, in words.
    package var scope: String
    /// The most private fields.
    package var clearance: Privacy
    /// The most private fields that are shown for a purpose; `nil` for none.
    package var reveals: Privacy?

    /// The row as a line, its parts set apart by tabs.
    package var line: String {
      let seen = reveals.map { "\(clearance)（用途 \($0)）" } ?? "\(clearance)"
      return [role.rawValue, kind, acts.map(\.rawValue).joined(separator: ","), scope, seen]
        .joined(separator: "\t")
    }
  }

  /// The rows, by role, then kind.
  package let rows: [Row]

  /// Writes down what kinds declare.
  package init(_ kinds: [Kind]) {
    rows = Role.allCases.flatMap { role in
      kinds.flatMap { kind in
        kind.grants.filter { $0.isFor(role) }.map { grant in
          Row(
            role: role,
            kind: kind.name,
            acts: Act.allCases.filter(grant.acts.contains),
            scope: grant.scope.sentence(of: kind),
            clearance: grant.clearance,
            reveals: grant.reveals
          )
        }
      }
    }
  }

  /// The rows as lines of text.
  package var text: String { rows.map { $0.line + "\n" }.joined() }
}

extension Grant.Scope {
  /// The records it is about, in words.
  fileprivate func sentence(of kind: Kind) -> String {
    func label(_ path: String) -> String {
      kind.place(of: String(path.prefix { $0 != "." })).map { kind.fields[$0].label } ?? path
    }
    switch self {
    case .everything: return "全部"
    case .open: return kind.publicWhen.isEmpty ? "全部公开" : "公开的"
    case .having(let values):
      return values.sorted { $0.key < $1.key }.map { "\(label($0))为\($1.joined(separator: "、"))" }
        .joined(separator: "，")
    case .region(let path): return "\(label(path))在本地区"
    case .person(let path): return "\(label(path))是本人"
    case .own(let path): return "\(label(path))是本单位"
    }
  }
}

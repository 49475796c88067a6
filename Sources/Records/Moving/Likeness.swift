import Storage
import Values

/// Recognises rows that name no record: by identifier or key they could not be found again.
///
/// Such a row is a record of the register when every field it fills in has the value it has there; a
/// row whose record would be the same as that of an earlier row is that row once more.
struct Likeness {
  private let register: RecordStore
  private let kind: Kind

  /// A row that names no record.
  private struct Row {
    /// Its place among the drafts.
    var index: Int
    /// The fields it fills in.
    var given: [Int]
    /// What would become of it as a new record.
    var outcome: Outcome

    func key(_ places: [Int]) -> [Value] { places.map { outcome.values[$0] } }
  }

  init(_ register: RecordStore, _ kind: Kind) {
    self.register = register
    self.kind = kind
  }

  /// Gives drafts the identifiers of the records they are.
  ///
  /// - Returns: the drafts, and what becomes of those that need no saving: they repeat an earlier one or
  ///   are refused.
  /// - Throws: the store's errors.
  func settle(_ drafts: [Draft]) throws -> (drafts: [Draft], decided: [Int: Outcome]) {
    let rows = try nameless(drafts)
    guard !rows.isEmpty else { return (drafts, [:]) }
    let found = try find(rows)
    var settled = drafts
    var decided: [Int: Outcome] = [:]
    var seen: [[Value]: Int] = [:]
    for row in rows {
      if let id = found[row.index] {
        settled[row.index].id = id
        settled[row.index].inputs = drafts[row.index].inputs.filter { !$0.value.isBlank }
      } else if row.outcome.verdict == .refused {
        decided[row.index] = row.outcome
      } else if let first = seen[row.outcome.values] {
        decided[row.index] = repeated(row.outcome, line: drafts[first].line ?? first + 1)
      } else {
        seen[row.outcome.values] = row.index
      }
    }
    return (settled, decided)
  }

  private func repeated(_ outcome: Outcome, line: Int) -> Outcome {
    var outcome = outcome
    outcome.verdict = .unchanged
    outcome.problems = [
      Problem("REC-W-022", "", "与第 \(line) 行是同一条记录，已保留前一行，本行没有导入。")
    ]
    return outcome
  }

  /// The rows without identifier and key, as far as they fill in what a record must have.
  private func nameless(_ drafts: [Draft]) throws -> [Row] {
    guard kind.prefix != nil else { return [] }
    let names = [kind.fields[kind.identifier].name] + kind.keys.compactMap(\.first)
    let needed = kind.needed.map { kind.fields[$0].name }
    let indices = drafts.indices.filter { index in
      !names.contains { drafts[index].fills($0) } && needed.allSatisfy(drafts[index].fills)
    }
    guard !indices.isEmpty else { return [] }
    let outcomes = try register.plan(kind, drafts)
    return indices.map { index in
      let given = kind.fields.indices.filter { place in
        !kind.fields[place].isDerived && drafts[index].fills(kind.fields[place].name)
      }
      return Row(index: index, given: given, outcome: outcomes[index])
    }
  }

  /// The identifiers of the records that rows are, by the place of the row.
  ///
  /// One pass over the records: rows are kept by the fields all of them fill in, then by all they fill in.
  private func find(_ rows: [Row]) throws -> [Int: String] {
    let shared = rows.dropFirst().reduce(into: Set(rows[0].given)) { $0.formIntersection($1.given) }
      .sorted()
    var wanted: [[Value]: [[Int]: [[Value]: [Int]]]] = [:]
    for row in rows {
      wanted[row.key(shared), default: [:]][row.given, default: [:]][
        row.key(row.given),
        default: []
      ].append(row.index)
    }
    var found: [Int: String] = [:]
    try register.store.read { reading in
      try register.each(kind, in: reading) { record in
        for (given, byValues) in wanted[shared.map { record.values[$0] }] ?? [:] {
          for index in byValues[given.map { record.values[$0] }] ?? [] where found[index] == nil {
            found[index] = record.id
          }
        }
      }
    }
    return found
  }
}

extension Kind {
  /// The fields a new record must be given, whatever else it holds.
  var needed: [Int] {
    fields.indices.filter { place in
      let field = fields[place]
      return field.isRequired && field.condition == nil && field.fallback.isNone
        && !field.isDerived && !(place == identifier && prefix != nil)
    }
  }
}

extension Draft {
  /// Whether it says something of a field.
  fileprivate func fills(_ name: String) -> Bool { inputs[name].map { !$0.isBlank } ?? false }
}

extension Draft.Input {
  /// Whether it says nothing.
  fileprivate var isBlank: Bool {
    switch self {
    case .text(let text): Text.trimmed(text).isEmpty
    case .json(let json): json == .null
    case .value(let value): value.isNone
    }
  }
}

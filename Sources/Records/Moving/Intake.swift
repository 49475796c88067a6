import Values

/// The taking in of one file.
struct Intake {
  private let register: RecordStore
  private let file: Importer.File
  private let actor: Actor
  private let isCity: Bool

  /// Prepares the taking in of a file by somebody.
  init(_ register: RecordStore, _ file: Importer.File, _ actor: Actor, isCity: Bool) {
    self.register = register
    self.file = file
    self.actor = Actor(name: actor.name, source: actor.source, document: file.document)
    self.isCity = isCity
  }

  /// Takes in the good rows and tells what became of each.
  func take(as known: Kind?) throws -> ImportReport {
    let table: [CSV.Row]
    do throws(CSV.Unreadable) {
      table = try CSV.rows(of: try file.content.get(), comments: isCity)
    } catch {
      return refused(error.problem, line: error.line)
    }
    guard let header = table.first else {
      return refused(Problem("REC-E-031", "", "文件是空的，第一行应为表头。"))
    }
    let body = Array(table.dropFirst())
    switch known.map(KindGuess.certain) ?? .of(header.cells, body, in: register) {
    case .certain(let kind): return try take(body, under: header, as: kind)
    case .unclear(let candidates):
      let names = candidates.map { "\($0.name)（\($0.label)）" }.joined(separator: "、")
      return refused(
        Problem("REC-E-032", "", "从表头看不出是哪类记录，请用 --kind 指明。可能是：\(names)。"),
        line: header.line
      )
    }
  }

  private func take(_ body: [CSV.Row], under header: CSV.Row, as kind: Kind) throws -> ImportReport
  {
    let columns = kind.columns(of: header.cells)
    guard columns.contains(where: { $0 != nil }) else {
      let labels = kind.fields.map(\.label).prefix(8).joined(separator: "、")
      return refused(
        Problem("REC-E-033", "", "表头没有一列属于\(kind.label)。可用的列名如：\(labels)。"),
        line: header.line
      )
    }
    var report = ImportReport()
    for (heading, place) in zip(header.cells, columns) where place == nil {
      guard let problem = strange(heading, kind) else { continue }
      report.problems.append(
        .init(file: file.name, row: header.line, column: heading, problem: problem)
      )
    }
    let outcomes = try save(body.map { draft($0, kind, columns) }, kind)
    for (outcome, row) in zip(outcomes, body) {
      report.count(outcome.verdict)
      report.problems += outcome.problems.map { problem in
        let place = kind.place(of: problem.path)
        let column = place.map { place in
          zip(header.cells, columns).first { $0.1 == place }?.0 ?? kind.fields[place].label
        }
        return .init(file: file.name, row: row.line, column: column ?? "", problem: problem)
      }
    }
    return report
  }

  /// Writes the good ones and tells what became of each.
  private func save(_ drafts: [Draft], _ kind: Kind) throws -> [Outcome] {
    let (settled, decided) = try Likeness(register, kind).settle(drafts)
    let open = settled.indices.filter { decided[$0] == nil }
    var saved = try register.saveAll(kind, open.map { settled[$0] }, by: actor, isWhole: false)
      .makeIterator()
    return settled.indices.compactMap { decided[$0] ?? saved.next() }
  }

  /// The draft of a row; an empty cell of a field with a default says nothing.
  private func draft(_ row: CSV.Row, _ kind: Kind, _ columns: [Int?]) -> Draft {
    var inputs: [String: Draft.Input] = [:]
    for (place, cell) in zip(columns, row.cells) {
      guard let field = place.map({ kind.fields[$0] }) else { continue }
      if field.fallback.isNone || !Text.trimmed(cell).isEmpty { inputs[field.name] = .text(cell) }
    }
    return Draft(inputs, line: row.line)
  }

  /// What is told of a column that was not taken in; nothing of one that belongs to something else.
  private func strange(_ heading: String, _ kind: Kind) -> Problem? {
    guard !Text.trimmed(heading).isEmpty else { return nil }
    if kind.columns(of: [heading]) != [nil] {
      return Problem("REC-W-035", "", "列“\(heading)”与前面的一列是同一项，这一列没有导入。请只留一列。")
    }
    let near = NearMiss.suggestion(heading, among: kind.fields.flatMap { [$0.label, $0.name] })
    guard isCity || !near.isEmpty else { return nil }
    let hint = near.isEmpty ? "请改用\(kind.label)的列名，或删去这一列。" : near
    return Problem("REC-W-034", "", "不认识列“\(heading)”，这一列没有导入。\(hint)")
  }

  private func refused(_ problem: Problem, line: Int? = nil) -> ImportReport {
    var report = ImportReport()
    report.problems = [.init(file: file.name, row: line, column: "", problem: problem)]
    return report
  }
}

extension ImportReport {
  fileprivate mutating func count(_ verdict: Outcome.Verdict) {
    switch verdict {
    case .new: new += 1
    case .changed: changed += 1
    case .unchanged: unchanged += 1
    case .refused: refused += 1
    }
  }
}

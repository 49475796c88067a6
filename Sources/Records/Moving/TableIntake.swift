import Sheets
import Storage
import Values

/// The taking in of one table: every row is checked and the good ones are written as they come, so that
/// no more than a few rows are held.
struct TableIntake {
  private let register: RecordStore
  private let rows: any RowReader
  private let file: String
  private let sheet: String
  private let isTemplate: Bool
  private let actor: Actor
  private let order: Importer.Order
  private let number: Int

  /// How often rows that wait for others are tried one by one.
  private static let mostRounds = 20
  /// How many rows are taken in between two words about how far it is.
  private static let step = 200

  init(
    _ register: RecordStore,
    _ rows: any RowReader,
    file: String,
    sheet: String,
    isTemplate: Bool,
    _ actor: Actor,
    _ order: Importer.Order,
    number: Int
  ) {
    self.register = register
    self.rows = rows
    self.file = file
    self.sheet = sheet
    self.isTemplate = isTemplate
    self.actor = actor
    self.order = order
    self.number = number
  }

  /// Takes the table in.
  ///
  /// - Parameter isOnly: whether it is the only table of its file: then it can't be passed over.
  /// - Returns: what happened; why the table was passed over, if it was.
  /// - Throws: `Unreadable`; the store's errors; what the order's calls throw.
  func take(isOnly: Bool) throws -> (report: ImportReport, passedOver: Problem?) {
    guard let head = try TableHead.read(rows, as: order.kind, order, register.kinds) else {
      return try over(Problem("REC-E-031", "", "文件是空的，第一行应为表头。"), nil, isOnly)
    }
    let kind: Kind
    switch order.kind.map(KindGuess.certain) ?? .of(head, order.headings, in: register) {
    case .certain(let certain): kind = certain
    case .unclear(let candidates):
      let names = candidates.map { "\($0.name)（\($0.label)）" }.joined(separator: "、")
      let problem = Problem("REC-E-032", "", "从表头看不出是哪类记录，请用 --kind 指明。可能是：\(names)。")
      return try over(problem, head.line, isOnly)
    }
    let uses = kind.uses(of: head.headings, order.headings[kind.name] ?? [:])
    guard uses.contains(where: { $0.place != nil }) else {
      let labels = kind.fields.map(\.label).prefix(8).joined(separator: "、")
      let problem = Problem("REC-E-033", "", "表头没有一列属于\(kind.label)。可用的列名如：\(labels)。")
      return try over(problem, head.line, isOnly)
    }
    return (try take(head, kind, uses), nil)
  }

  private func over(_ problem: Problem, _ line: Int?, _ isOnly: Bool) throws -> (
    report: ImportReport, passedOver: Problem?
  ) {
    var report = ImportReport()
    guard isOnly, sheet.isEmpty else { return (report, problem) }
    let told = ImportReport.CellProblem(file: file, row: line, column: "", problem: problem)
    try order.onProblem(told)
    report.tell(told)
    return (report, nil)
  }

  // MARK: Rows

  private func take(_ head: TableHead, _ kind: Kind, _ uses: [ColumnUse]) throws -> ImportReport {
    var report = ImportReport()
    report.tables = [
      .init(
        sheet: sheet,
        kind: kind.name,
        headings: head.headings,
        fields: uses.map { use in
          switch use {
          case .field(let place), .companion(let place): kind.fields[place].name
          case .version, .none: ""
          }
        }
      )
    ]
    for (index, heading) in head.headings.enumerated() {
      guard let problem = strange(heading, uses[index], kind) else { continue }
      try tell(problem, head.line, heading, &report)
    }
    let table = Table(kind: kind, head: head, uses: uses)
    try register.store.write { transaction in
      var planner = Planner(register: register, kind: kind, reading: transaction)
      try planner.beginWriting()
      var waiting: [Draft] = []
      var tally = RowTally()
      func settle(_ outcome: Outcome) throws {
        report.count(outcome.verdict)
        try note(outcome, kind, &report)
        for problem in outcome.problems { try tell(problem, outcome.line, table, &report) }
        guard outcome.verdict == .new || outcome.verdict == .changed else { return }
        try register.apply(kind, outcome, by: actor, in: transaction)
      }
      func take(_ row: SheetRow) throws {
        tally.count(row)
        if kind.isExample(row, uses, isFirst: isTemplate && tally.rows == 1) {
          let told = Problem("REC-I-046", "", "这是模板里的示例行，没有导入。")
          return try tell(told, row.line, "", &report)
        }
        let draft = draft(row, table)
        // What a row of the own kind may mean is looked for when all rows are known.
        planner.givesHints = !kind.refersToItself
        let outcome = try planner.plan([draft])[0]
        planner.givesHints = true
        if outcome.waitsForOthers(kind) {
          waiting.append(draft)
        } else if outcome.verdict == .refused, kind.refersToItself {
          try settle(try planner.plan([draft])[0])
        } else {
          try settle(outcome)
        }
        if tally.rows % Self.step == 0 { try progress(tally.rows) }
      }
      for row in head.first { try take(row) }
      while let row = try rows.next() { try take(row) }
      // Those named by what they are called must be there first; the rest may refer to each other.
      planner.givesHints = false
      for _ in 0..<Self.mostRounds {
        var left: [Draft] = []
        for draft in waiting {
          let outcome = try planner.plan([draft])[0]
          if outcome.verdict == .refused { left.append(draft) } else { try settle(outcome) }
        }
        let isStill = left.count == waiting.count
        waiting = left
        if isStill { break }
      }
      planner.givesHints = true
      for outcome in try planner.plan(waiting) { try settle(outcome) }
      for told in tally.notes { try tell(told, nil, "", &report) }
      try progress(tally.rows)
    }
    return report
  }

  private func progress(_ count: Int) throws {
    try order.onProgress(.init(rows: count, part: rows.progress, file: number))
  }

  /// What a dry run shows of a changed record.
  private func note(_ outcome: Outcome, _ kind: Kind, _ report: inout ImportReport) throws {
    if outcome.verdict == .new, order.isDry, report.newcomers.count < ImportReport.mostChanges {
      report.newcomers.append(
        .init(line: outcome.line, kind: kind.name, values: outcome.values)
      )
    }
    guard outcome.verdict == .changed, let former = outcome.former else { return }
    for (place, field) in former.kind.fields.enumerated()
    where !field.isDerived && former.values[place] != outcome.values[place] {
      report.changedFields[field.label, default: 0] += 1
      if outcome.values[place].isNone { report.cleared += 1 }
    }
    guard order.isDry, report.changes.count < ImportReport.mostChanges else { return }
    report.changes.append(
      .init(
        line: outcome.line,
        id: former.id,
        title: former.title,
        fields: former.kind.fields.enumerated().compactMap { place, field in
          guard !field.isDerived, former.values[place] != outcome.values[place] else { return nil }
          return FieldChange(
            field: field,
            before: former.values[place],
            after: outcome.values[place]
          )
        }
      )
    )
  }

  private func tell(
    _ problem: Problem,
    _ line: Int?,
    _ column: String,
    _ report: inout ImportReport
  )
    throws
  {
    let told = ImportReport.CellProblem(
      file: file,
      sheet: sheet,
      row: line,
      column: column,
      problem: problem
    )
    try order.onProblem(told)
    report.tell(told)
  }

  private func tell(_ problem: Problem, _ line: Int?, _ table: Table, _ report: inout ImportReport)
    throws
  {
    let column = table.kind.place(of: problem.path).map { place in
      table.uses.firstIndex { $0.place == place }.map { table.head.headings[$0] }
        ?? table.kind.fields[place].label
    }
    try tell(problem, line, column ?? "", &report)
  }

  /// What is known of the table while its rows are read.
  private struct Table {
    let kind: Kind
    let head: TableHead
    let uses: [ColumnUse]
  }

  /// The draft of a row; an empty cell of a field with a default says nothing.
  private func draft(_ row: SheetRow, _ table: Table) -> Draft {
    var draft = Draft(line: row.line)
    draft.findsAlike = true
    for (number, use) in table.uses.enumerated() {
      // Workbooks do not store what is empty at the end of a row.
      let cell = number < row.cells.count ? row.cells[number] : SheetCell("")
      switch use {
      case .none: continue
      case .version: draft.version = Int(Text.code(cell.text))
      case .companion(let place):
        let said = CSV.armed(Text.trimmed(cell.text))
        if !said.isEmpty { draft.companions[table.kind.fields[place].name] = said }
      case .field(let place):
        let field = table.kind.fields[place]
        guard cell.kind != .failure else {
          draft.faults.append(
            Problem(
              "REC-E-041",
              field.name,
              "\(field.label)这一格是公式错误 \(cell.text)，请在表格里改正公式，或直接填值。"
            )
          )
          continue
        }
        let isBlank = Text.trimmed(cell.text).isEmpty
        if !isBlank || field.fallback.isNone && !order.keepsBlanks {
          draft.inputs[field.name] = .text(text(of: cell, for: field))
        }
      }
    }
    // A name without its code stands for the code.
    for (name, said) in draft.companions where !draft.faults.contains(where: { $0.path == name }) {
      if case .text(let code)? = draft.inputs[name], !Text.trimmed(code).isEmpty { continue }
      draft.inputs[name] = .text(said)
      draft.companions[name] = nil
    }
    return draft
  }

  /// What a cell says to a field: a day that lost its format is a number of days; one that would be of
  /// the spring or summer of 1905 is rather a year.
  private func text(of cell: SheetCell, for field: FieldShape) -> String {
    if case .date = field.type, cell.kind == .number,
      !(Int(cell.text).map((1900...2100).contains) ?? false),
      let day = SerialDay(cell.text, countsFrom1904: rows.countsFrom1904)
    {
      return day.text
    }
    return CSV.armed(cell.text)
  }

  /// What is told of a column that was not taken in; nothing of one that belongs to something else.
  private func strange(_ heading: String, _ use: ColumnUse, _ kind: Kind) -> Problem? {
    guard use == .none, !Text.trimmed(heading).isEmpty,
      Text.comparable(heading) != Text.comparable(ReturnedWorkbook.heading),
      order.headings[kind.name]?[Text.comparable(heading)] != ""
    else { return nil }
    if kind.columns(of: [heading]) != [nil] {
      return Problem("REC-W-035", "", "列“\(heading)”与前面的一列是同一项，这一列没有导入。请只留一列。")
    }
    let near = NearMiss.suggestion(heading, among: kind.fields.flatMap { [$0.label, $0.name] })
    guard order.isCity || !near.isEmpty else { return nil }
    let hint = near.isEmpty ? "请改用\(kind.label)的列名，或删去这一列。" : near
    return Problem("REC-W-034", "", "不认识列“\(heading)”，这一列没有导入。\(hint)")
  }
}

extension Outcome {
  /// Whether it was refused only because it refers to a record of its own kind that is not there yet.
  fileprivate func waitsForOthers(_ kind: Kind) -> Bool {
    guard verdict == .refused, kind.refersToItself else { return false }
    let own = Set(
      kind.references.filter { $0.kind == kind.name }.map { kind.fields[$0.place] }
        .map(\.name)
    )
    let blocking = problems.filter(\.blocks)
    return blocking.contains { own.contains($0.path) }
      && blocking.allSatisfy { own.contains($0.path) || $0.path.isEmpty }
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

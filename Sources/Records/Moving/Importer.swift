package import Values

/// What an import did, or would do.
package struct ImportReport: Sendable {
  /// How many records are new.
  package var new = 0
  /// How many records changed.
  package var changed = 0
  /// How many were there already, as they are.
  package var unchanged = 0
  /// How many rows were sent back.
  package var refused = 0
  /// What is wrong or worth knowing, in the order of the rows.
  package var problems: [CellProblem] = []

  /// Makes an empty report.
  package init() {}

  /// A problem with its place in the file.
  package struct CellProblem: Hashable, Sendable {
    /// The file, as the user named it.
    package var file: String
    /// The line, 1 for the first; `nil` for the whole file.
    package var row: Int?
    /// The heading of the column; empty for the whole row.
    package var column: String
    /// The problem.
    package var problem: Problem

    /// Makes a problem with its place.
    package init(file: String, row: Int?, column: String, problem: Problem) {
      self.file = file
      self.row = row
      self.column = column
      self.problem = problem
    }

    /// The line on standard error.
    package var placed: PlacedProblem {
      PlacedProblem(file: file, line: row, problem: problem)
    }
  }

  /// The report as the command line and the API give it.
  package var json: JSON {
    .object([
      "new": .integer(new), "changed": .integer(changed), "unchanged": .integer(unchanged),
      "refused": .integer(refused),
      "problems": .array(
        problems.map {
          .object([
            "file": .string($0.file), "row": $0.row.map(JSON.integer) ?? .null,
            "column": .string($0.column), "code": .string($0.problem.code),
            "message": .string($0.problem.message),
          ])
        }
      ),
    ])
  }
}

/// Takes files into the register.
package struct Importer: Sendable {
  /// How the rows are taken in.
  package enum Mode: Sendable {
    /// Good rows go in, bad ones come back.
    case goodRows
    /// One bad row keeps all out.
    case allOrNothing
    /// Nothing is written.
    case dryRun
  }

  private let register: RecordStore

  /// Makes an importer into a register.
  package init(_ register: RecordStore) { self.register = register }

  /// Takes in one file.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: its name, for the report.
  ///   - kind: what its rows are; found from the header, then from the first rows, when `nil`.
  ///   - mode: what happens to good rows beside bad ones.
  ///   - actor: who imports.
  ///   - comments: whether lines that begin with `#` are left out.
  /// - Returns: what happened.
  /// - Throws: the store's errors.
  package func take(
    _ bytes: [UInt8],
    file: String,
    as kind: Kind?,
    mode: Mode,
    by actor: Actor,
    comments: Bool = false
  ) throws -> ImportReport {
    var report = ImportReport()
    func refuse(_ problem: Problem, line: Int? = nil) -> ImportReport {
      report.problems.append(.init(file: file, row: line, column: "", problem: problem))
      return report
    }
    let rows: [CSV.Row]
    do throws(CSV.Unreadable) {
      rows = try CSV.rows(of: bytes, comments: comments)
    } catch {
      return refuse(error.problem, line: error.line)
    }
    guard let header = rows.first else {
      return refuse(Problem("REC-E-031", "", "文件是空的，第一行应为表头。"))
    }
    let body = Array(rows.dropFirst())
    let found: Kind
    switch kind.map(Guess.certain) ?? guess(header.cells, body) {
    case .certain(let one): found = one
    case .unclear(let candidates):
      let names = candidates.map { "\($0.name)（\($0.label)）" }.joined(separator: "、")
      return refuse(
        Problem("REC-E-032", "", "从表头看不出是哪类记录，请用 --kind 指明。可能是：\(names)。"),
        line: header.line
      )
    }
    let columns = found.columns(of: header.cells)
    guard columns.contains(where: { $0 != nil }) else {
      let labels = found.fields.map(\.label).prefix(8).joined(separator: "、")
      return refuse(
        Problem("REC-E-033", "", "表头没有一列属于\(found.label)。可用的列名如：\(labels)。"),
        line: header.line
      )
    }
    for (heading, place) in zip(header.cells, columns) where place == nil {
      let near = NearMiss.suggestion(heading, among: found.fields.map(\.label))
      guard !near.isEmpty else { continue }
      report.problems.append(
        .init(
          file: file,
          row: header.line,
          column: heading,
          problem: Problem("REC-W-034", "", "不认识列“\(heading)”，这一列没有导入。\(near)")
        )
      )
    }
    let drafts = body.map { draft($0, found, columns, header: header.cells) }
    let outcomes: [Outcome]
    switch mode {
    case .dryRun: outcomes = try register.plan(found, drafts)
    case .goodRows, .allOrNothing:
      outcomes = try register.saveAll(found, drafts, by: actor, isWhole: mode == .allOrNothing)
    }
    for (outcome, row) in zip(outcomes, body) {
      switch outcome.verdict {
      case .new: report.new += 1
      case .changed: report.changed += 1
      case .unchanged: report.unchanged += 1
      case .refused: report.refused += 1
      }
      for problem in outcome.problems {
        let place = found.place(of: problem.path)
        let column = place.flatMap { place in
          zip(header.cells, columns).first { $0.1 == place }?.0 ?? found.fields[place].label
        }
        report.problems.append(
          .init(file: file, row: row.line, column: column ?? "", problem: problem)
        )
      }
    }
    if mode == .allOrNothing, report.refused > 0 { (report.new, report.changed) = (0, 0) }
    return report
  }

  private func draft(_ row: CSV.Row, _ kind: Kind, _ columns: [Int?], header: [String]) -> Draft {
    var inputs: [String: Draft.Input] = [:]
    for (place, cell) in zip(columns, row.cells) {
      if let place { inputs[kind.fields[place].name] = .text(cell) }
    }
    return Draft(inputs, line: row.line)
  }

  // MARK: Which kind

  private enum Guess {
    case certain(Kind)
    case unclear([Kind])
  }

  /// Which kind the rows are of: by the header, and between equals by which kind takes the rows.
  private func guess(_ header: [String], _ body: [CSV.Row]) -> Guess {
    var scored: [(kind: Kind, score: Int)] = []
    for kind in register.kinds {
      let columns = kind.columns(of: header)
      let known = columns.compactMap { $0 }
      let required = kind.fields.indices.filter {
        kind.fields[$0].isRequired && kind.fields[$0].condition == nil
          && kind.fields[$0].fallback.isNone && !kind.fields[$0].isDerived
          && !($0 == kind.identifier && kind.prefix != nil)
      }
      guard !known.isEmpty, required.allSatisfy({ known.contains($0) }) else { continue }
      scored.append((kind, known.count * 1000 / max(1, header.count)))
    }
    let best = scored.map(\.score).max() ?? 0
    let candidates = scored.filter { $0.score * 10 >= best * 6 }
    guard !candidates.isEmpty else {
      let partial = register.kinds.filter { !$0.columns(of: header).compactMap { $0 }.isEmpty }
      return .unclear(partial.isEmpty ? register.kinds : partial)
    }
    if candidates.count == 1 { return .certain(candidates[0].kind) }
    let sample = Array(body.prefix(40))
    let judged = candidates.map { kind, score in
      let columns = kind.columns(of: header)
      var good = 0
      for row in sample {
        let isGood = zip(columns, row.cells).allSatisfy { place, cell in
          place.map { kind.takes(cell, at: $0, city: register.city) } ?? true
        }
        if isGood { good += 1 }
      }
      return (kind: kind, good: good, score: score)
    }
    let top = judged.max { ($0.good, $0.score) < ($1.good, $1.score) }
    let equals = judged.filter { $0.good == top?.good && $0.score == top?.score }
    if equals.count == 1, let top { return .certain(top.kind) }
    return .unclear(candidates.map(\.kind))
  }
}

extension Kind {
  /// The field each heading means, by name, label, label with unit or former label.
  package func columns(of header: [String]) -> [Int?] {
    var used: Set<Int> = []
    return header.map { heading in
      let wanted = Text.comparable(heading)
      let place = fields.firstIndex { field in
        ([field.name, field.label, field.heading] + field.formerLabels).contains {
          Text.comparable($0) == wanted
        }
      }
      guard let place, used.insert(place).inserted else { return nil }
      return place
    }
  }

  fileprivate func takes(_ cell: String, at place: Int, city: any CityRules) -> Bool {
    do throws(Refusal) {
      let value = try fields[place].parse(cell, city: city)
      return !(value.isNone && fields[place].isRequired)
        && fits(value, at: place)
    } catch {
      return false
    }
  }

  /// Whether an identifier has the shape this kind's identifiers have.
  private func fits(_ value: Value, at place: Int) -> Bool {
    guard place == identifier, let shape = identifierShape, let text = value.text else {
      return true
    }
    return shape(text)
  }
}

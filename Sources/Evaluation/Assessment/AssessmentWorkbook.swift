import Sheets
import Values

/// An assessment as the workbook that goes to the supervisors: the places, each branch with the value and points
/// of its leaves, and every number with its index of evidence (汇总表).
package struct AssessmentWorkbook {
  private let board: AssessmentBoard
  private let cards: [Scorecard]

  /// Prepares the workbook.
  ///
  /// - Parameters:
  ///   - board: the assessment.
  ///   - cards: the cards that may be told whole.
  package init(_ board: AssessmentBoard, _ cards: [Scorecard]) {
    self.board = board
    self.cards = cards
  }

  /// Writes it.
  ///
  /// - Parameter path: the file.
  /// - Throws: `WorkbookWriter.Unwritable`.
  package func write(to path: String) throws {
    let writer = try WorkbookWriter(path, .book)
    try places(writer)
    for branch in board.branches { try sheet(branch, writer) }
    try numbers(writer)
    try writer.close()
  }

  private func heading(_ titles: [String], _ writer: WorkbookWriter, row: Int = 0) throws {
    for (column, title) in titles.enumerated() {
      try writer.write(.text(title), .heading, row: row, column: column)
    }
  }

  private func places(_ writer: WorkbookWriter) throws {
    let titles =
      ["单位", "名次", "总分"] + board.branches.map(\.name) + ["加分", "扣分", "等次", "名次区间"]
    try writer.begin(sheet: "汇总", widths: titles.map { max(10, $0.count * 2 + 2) })
    try heading(titles, writer)
    for (row, card) in cards.enumerated() {
      var cells: [WorkbookWriter.Value] = [
        .text(card.name), .number(String(card.rank)), .number(card.total.text(places: 2)),
      ]
      cells += board.branches.map { .number(card.score(of: $0.code).text(places: 2)) }
      cells += [
        .number(card.bonus.text(places: 2)), .number(card.deduct.text(places: 2)),
        .text(card.grade), .text("\(card.ranks.lowerBound)—\(card.ranks.upperBound)"),
      ]
      for (column, cell) in cells.enumerated() {
        try writer.write(cell, row: row + 1, column: column)
      }
    }
  }

  /// One branch: a leaf a row for each organisation, met or short of its line, by how much.
  private func sheet(_ branch: AssessmentIndicator, _ writer: WorkbookWriter) throws {
    let titles = ["单位", "指标", "名称", "计算式", "值", "目标值", "是否达到", "得分", "满分", "怎样算"]
    try writer.begin(
      sheet: String("\(branch.code) \(branch.name)".prefix(31)),
      widths: [14, 8, 24, 28, 12, 12, 10, 8, 8, 60]
    )
    try heading(titles, writer)
    var row = 1
    for card in cards {
      for leaf in card.leaves where leaf.indicator.isBelow(branch.code) {
        let rule = leaf.indicator.rule
        let cells: [WorkbookWriter.Value] = [
          .text(card.name), .text(leaf.indicator.code), .text(leaf.indicator.name),
          .text(leaf.indicator.formula),
          leaf.value.map { .number($0.text(places: 6)) } ?? .nothing,
          rule?.target.map { .number($0.text(places: 4)) } ?? .nothing, .text(leaf.met ?? ""),
          .number(leaf.score.text(places: 2)), .number(leaf.full.text(places: 2)),
          .text(leaf.why),
        ]
        for (column, cell) in cells.enumerated() {
          try writer.write(cell, row: row, column: column)
        }
        row += 1
      }
    }
    writer.filter(rows: row, columns: titles.count)
  }

  /// Every number used, with the number of its record, by which its evidence is found.
  private func numbers(_ writer: WorkbookWriter) throws {
    let titles = ["单位", "采集项", "名称", "填报值", "核定值", "台账数", "说明", "填报编号"]
    try writer.begin(sheet: "采集项和佐证", widths: [14, 8, 24, 14, 14, 14, 40, 16])
    try heading(titles, writer)
    func number(_ scaled: Int?) -> WorkbookWriter.Value {
      scaled.flatMap { Exact($0, places: 4) }.map { .number($0.text(places: 4)) } ?? .nothing
    }
    var row = 1
    for card in cards {
      for value in board.values(of: card.organisation) {
        let cells: [WorkbookWriter.Value] = [
          .text(card.name), .text(value.elementCode),
          .text(board.elements[value.elementCode] ?? ""),
          number(value.value), number(value.adjustedValue), number(value.ledgerValue),
          .text(
            [value.naReason, value.explanation, value.adjustReason].filter { !$0.isEmpty }
              .joined(separator: "；")
          ), .text(value.valueId),
        ]
        for (column, cell) in cells.enumerated() {
          try writer.write(cell, row: row, column: column)
        }
        row += 1
      }
    }
    writer.filter(rows: row, columns: titles.count)
  }
}

extension LeafScore {
  /// Whether the value reaches its target: 达到 or 差 by how much; `nil` without a target.
  package var met: String? {
    guard let target = indicator.rule?.target else { return nil }
    if outcome == .notApplicable { return "不适用" }
    guard let value else { return "没有填报" }
    let short =
      indicator.direction == .negative
      ? value.subtracting(target) : target.subtracting(value)
    guard let short, short > .zero else { return "达到" }
    return "差 \(short.shown)"
  }
}

import ArgumentParser
import Calendar
import Evaluation
import Indicators
import Records
import Values

/// Computes an assessment.
struct AssessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract: "工作考核：按方案计分、排名；或一个单位逐项怎样得分。",
    discussion: """
      示例：
        citong assess KH-2022-COUNTY
        citong assess KH-2022-COUNTY 990102
        citong assess KH-2022-COUNTY --json
        citong assess KH-2022-COUNTY 990102 --form
        citong assess KH-2022-COUNTY 990102 --confirm
        citong assess KH-2022-COUNTY --step --note "演示督〔2022〕8号"
        citong assess DD-2022-COUNTY --workbook 自评.xlsx
      """
  )

  @Argument(help: "方案编码。")
  var scheme: String

  @Argument(help: "单位：县的区划代码或学校的编号；不写是全部。")
  var organisation: String?

  @Flag(help: "看一个单位的填报单：要哪些数，台账已有哪些，还差哪些。")
  var form = false

  @Flag(help: "把台账已有、还没有填报的数按台账确认。")
  var confirm = false

  @Flag(help: "办到下一步；用 --to 退回上一步。")
  var step = false

  @ArgumentParser.Option(help: "到哪一步（状态代码，如 issued）；不写是下一步。")
  var to: String?

  @ArgumentParser.Option(help: "说明：文号、通知或原因。")
  var note = ""

  @ArgumentParser.Option(help: "日期，如 2022-05-05；不写是今天。")
  var on: String?

  @ArgumentParser.Option(help: "把汇总、各项和采集项写进一个工作簿。")
  var workbook: String?

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let register = installation.register
    do {
      if step || to != nil { return try walk(register) }
      if form || confirm { return try tellForm(register) }
    } catch let refused as Refused {
      throw Failure(lines: refused.problems.map { "\($0.code) \($0.message)" })
    }
    guard let board = try AssessmentBoard.of(register, scheme) else {
      throw Failure("EVA-E-014", "没有编码为 \(scheme) 的考核方案。")
    }
    guard board.problems.isEmpty else {
      throw Failure(lines: board.problems.map { "\($0.code) \($0.message)" })
    }
    if let workbook {
      try AssessmentWorkbook(board, board.cards).write(to: workbook)
      return print("写好了 \(workbook)：\(board.cards.count) 个单位。")
    }
    guard let organisation else {
      if json { return print(board.json(for: .officer).text) }
      for card in board.cards {
        print(
          "\(card.rank)\t\(card.organisation)\t\(card.name)\t\(card.total.text(places: 2))\t\(card.grade)\t\(card.ranks.lowerBound)—\(card.ranks.upperBound)"
        )
      }
      return
    }
    guard let card = board.cards.first(where: { $0.organisation == organisation }) else {
      throw Failure("EVA-E-015", "方案 \(scheme) 里没有单位 \(organisation) 的填报值。")
    }
    if json { return print(card.json.text) }
    for leaf in card.leaves {
      print(
        "\(leaf.indicator.code)\t\(leaf.indicator.name)\t\(leaf.score.text(places: 2))\t\(leaf.full.shown)\t\(leaf.why)"
      )
    }
    print("合计\t\(card.total.text(places: 2))\t第 \(card.rank) 名\t\(card.grade)")
  }

  private func walk(_ register: RecordStore) throws {
    let status = try to.map { text in
      guard let status = AssessmentStatus(rawValue: text) else {
        throw Failure("EVA-E-030", "没有名为“\(text)”的状态。")
      }
      return status
    }
    let day = try on.map { text in
      guard let day = CivilDate(text) else {
        throw Failure("EVA-E-031", "日期“\(text)”看不懂，请写成 2022-05-05。")
      }
      return day
    }
    let came = try AssessmentWalk(register).step(
      scheme,
      to: status,
      note: note,
      on: day,
      by: Actor(name: "命令行", source: .manual)
    )
    print("\(scheme) 到了“\(came.label)”。")
  }

  private func tellForm(_ register: RecordStore) throws {
    guard let organisation else {
      throw Failure("EVA-E-015", "请写明单位：县的区划代码或学校的编号。")
    }
    let book = IndicatorBook(register)
    guard let form = try AssessmentForm.of(register, book, scheme, organisation) else {
      throw Failure("EVA-E-015", "没有方案 \(scheme)，或没有单位 \(organisation)。")
    }
    if confirm {
      let (written, told) = try form.report(
        form.confirming,
        in: register,
        by: Actor(name: "命令行", source: .manual)
      )
      for problem in told { print("\(problem.code) \(problem.message)") }
      return print("确认了 \(written) 个数。")
    }
    if json { return print(form.json.text) }
    for line in form.lines {
      let now = line.value?.value.flatMap { Exact($0, places: 4) }?.plain ?? ""
      print(
        "\(line.element.code)\t\(line.element.name)\t\(line.ledger?.plain ?? line.unknown ?? "")\t\(now)\t\(line.value?.status?.label ?? (line.isToConfirm ? "待确认" : "未填"))"
      )
    }
    print("\(form.lines.count) 个数：台账已有 \(form.known) 个，还没有填报 \(form.open) 个。")
  }
}

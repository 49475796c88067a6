import ArgumentParser
import Evaluation
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
      """
  )

  @Argument(help: "方案编码。")
  var scheme: String

  @Argument(help: "单位：县的区划代码或学校的编号；不写是全部。")
  var organisation: String?

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    guard let board = try AssessmentBoard.of(installation.register, scheme) else {
      throw Failure("EVA-E-014", "没有编码为 \(scheme) 的考核方案。")
    }
    guard board.problems.isEmpty else {
      throw Failure(lines: board.problems.map { "\($0.code) \($0.message)" })
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
}

import Indicators
import Testing
import Values

/// The sentences of the board.
@Suite struct BoardSentenceTests {
  private func value(
    _ answer: IndicatorAnswer,
    year: String = "2021-2022",
    _ change: (inout Indicator) -> Void = { _ in }
  ) -> IndicatorValue {
    var indicator = Indicator()
    (indicator.code, indicator.label, indicator.unit) = ("S4", "在校生", "人")
    indicator.direction = .neutral
    change(&indicator)
    return IndicatorValue(indicator, answer, year: year)
  }

  private func peer(_ name: String, _ number: Int) -> BoardSentence.Peer {
    BoardSentence.Peer(name, value(.value(Exact(number))))
  }

  @Test
  func `the city: how much, more than last year, who has most and least, who has said nothing`() {
    let sentence = BoardSentence(
      "",
      value(.value(Exact(3000))),
      before: value(.value(Exact(2500))),
      peers: [peer("甲", 500), peer("乙", 2000), peer("丙", 500)]
        + [BoardSentence.Peer("丁", value(.missing("在校生")))],
      peersName: "县（市、区）"
    )
    #expect(
      sentence.text
        == "2021-2022 学年全市在校生 3,000人，比上一年多 20%。最多的是乙（2,000人，占 66.7%），最少的是丙等 2 个（各 500人），1 个县（市、区）没有数。"
    )
  }

  @Test func `a county: its place among the others, and the city`() {
    let city = value(.value(Exact(3000)))
    func text(_ number: Int, _ direction: IndicatorDirection) -> String {
      let peers = [500, 2000, 500].map { number in
        BoardSentence.Peer("甲", value(.value(Exact(number))) { $0.direction = direction })
      }
      return BoardSentence(
        "甲县",
        value(.value(Exact(number))) { $0.direction = direction },
        before: value(.value(Exact(2000))),
        peers: peers,
        peersName: "县（市、区）",
        whole: city
      ).text
    }
    #expect(
      text(500, .positive)
        == "2021-2022 学年甲县在校生 500人，比上一年少 75%，在 3 个县（市、区）中从高到低排第 2，全市 3,000人。"
    )
    #expect(text(500, .negative).contains("从低到高排第 1"))
    #expect(text(2000, .neutral).contains("与上一年相同"))
  }

  @Test func `shares are told in points, and by which small differences do not count`() throws {
    func share(_ text: String) throws -> IndicatorValue {
      value(.value(try #require(Exact(text)))) {
        $0.display = .percent; $0.unit = ""
      }
    }
    let now = try share("0.981")
    let text = BoardSentence("", now, before: try share("0.97"), peers: []).text
    #expect(text == "2021-2022 学年全市在校生 98.1%，比上一年高 1.10 个百分点。")
    let steady = BoardSentence("", now, before: try share("0.98099")).text
    #expect(steady == "2021-2022 学年全市在校生 98.1%，与上一年持平。")
    let alike = BoardSentence(
      "",
      now,
      peers: [BoardSentence.Peer("甲", now), BoardSentence.Peer("乙", now)],
      peersName: "县（市、区）"
    )
    #expect(alike.text.hasSuffix("各县（市、区）都是 98.1%。"))
    let near = BoardSentence(
      "",
      now,
      peers: [BoardSentence.Peer("甲", now), BoardSentence.Peer("乙", try share("0.9808"))],
      peersName: "县（市、区）"
    )
    #expect(near.text.hasSuffix("各县（市、区）基本持平，在 98.08% 至 98.1% 之间。"))
  }

  @Test func `what is not there is said, never as nought`() {
    #expect(BoardSentence("", value(.missing("在校生"))).text == "2021-2022 学年全市在校生：未填报。")
    #expect(BoardSentence("", value(.noDenominator, year: "")).text == "全市在校生：不适用（分母为 0）。")
    let kept = BoardSentence(
      "",
      value(.value(Exact(9))),
      peers: [BoardSentence.Peer("甲", value(.keptBack))],
      peersName: "县（市、区）"
    )
    #expect(kept.text.hasSuffix("1 个县（市、区）人数过少不公开。"))
  }
}

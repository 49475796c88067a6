import Calendar
import CitongTesting
@testable import Documents
import Testing
import Values

/// Templates, read from text.
@Suite struct DocumentTemplateTests {
  private let heads = "标题：甲\n机关：乙局\n文号系列：乙函\n---\n"

  private func read(_ body: String) -> (template: DocumentTemplate?, faults: [String]) {
    let (template, faults) = DocumentTemplate.read("甲", "甲.txt", heads + body)
    return (template, faults.map { "\($0.line ?? 0) \($0.problem.code) \($0.problem.message)" })
  }

  @Test func `a paragraph is text with figures and clauses between`() throws {
    let (template, faults) = read("有{{S1}}所，{{S4|万}}人{{若 S9.rank == 1：，全省最多}}。\n\n[表 按县 S4 S5]\n")
    #expect(faults.isEmpty)
    let blocks = try #require(template).blocks
    #expect(
      blocks == [
        .paragraph([
          .text("有"), .figure(LiveFigure(1, "S1", .plain, 5)), .text("所，"),
          .figure(LiveFigure(2, "S4", .tenThousands, 5)), .text("人"),
          .clause(
            LiveFigure(3, "(S9.rank == 1) ? decimal(\"1\") : decimal(\"0\")", .plain, 5),
            "，全省最多"
          ), .text("。"),
        ]), .table(["S4", "S5"]),
      ]
    )
  }

  @Test func `a bar inside a formula is none before a style`() throws {
    let (template, faults) = read("{{count(学校, x, x.状态 == \"a\" || x.状态 == \"b\")}}")
    #expect(faults.isEmpty)
    #expect(template?.figures.map(\.style) == [.plain])
  }

  @Test(arguments: [
    ("{{S1|两}}", "5 PUB-E-002 不认识写法“两”，可用：万、亿、%、%以上、整百、分数。"),
    ("{{S1", "5 PUB-E-002 “{{”没有对应的“}}”。"), ("{{}}", "5 PUB-E-002 “{{ }}”里没有公式。"),
    ("{{若 S1 == 1}}", "5 PUB-E-002 “{{若 S1 == 1}}”应写成 {{若 公式：文字}}。"),
    ("[表 S4]", "5 PUB-E-002 表应写成 [表 按县 指标代码 指标代码…]。"),
    ("", "0 PUB-E-001 没有正文；正文写在一行 --- 之后。"),
  ])
  func `what can't be read is told with its line`(_ body: String, _ told: String) {
    #expect(read(body).faults == [told])
    #expect(read(body).template == nil)
  }

  @Test func `heads that are missing or unknown are told`() {
    let (template, faults) = DocumentTemplate.read("甲", "甲.txt", "标題：甲\n机关：乙局\n---\n文")
    #expect(template == nil)
    #expect(
      faults.map { "\($0.line ?? 0) \($0.problem.message)" } == [
        "1 不认识头“标題”。你是不是想填：标题？", "0 缺少头“标题”。", "0 缺少头“文号系列”。",
      ]
    )
  }

  @Test(arguments: [
    (LiveFigure.Style.plain, "33", "33"), (.plain, "11.686", "11.69"), (.plain, "0.5", "0.5"),
    (.tenThousands, "192000", "19.2万"), (.tenThousands, "250000", "25万"),
    (.hundredMillions, "403000000", "4.03亿"), (.percent, "0.2111", "21.1%"),
    (.percent, "0.7", "70%"), (.percentAbove, "0.98299", "98%"), (.hundredsAbove, "2430", "2400"),
    (.fraction, "0.2", "1/5"),
  ])
  func `a value is written as the style says`(
    _ style: LiveFigure.Style,
    _ value: String,
    _ said: String
  )
    throws
  {
    #expect(LiveFigure(1, "S1", style, 1).said(try #require(Exact(value))) == said)
  }

  @Test(arguments: [
    ("泉教函〔2022〕153号", true), ("泉教函[2022]153号", false), ("泉教函〔2022〕0153号", false),
    ("泉教函〔2022〕153", false), ("函〔2022〕1号", false), ("泉教函〔22〕1号", false),
  ])
  func `a number of a document has its form`(_ text: String, _ isOne: Bool) {
    #expect(PublishedDocument.isNumber(text) == isOne)
  }
}

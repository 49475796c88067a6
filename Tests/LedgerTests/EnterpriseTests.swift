import CitongTesting
import Ledger
import Records
import Testing
import Values

/// Unified social credit codes as an enterprise's officer sees them, `registry.md` §5.1.
@Suite struct EnterpriseTests {
  static let table: [(String, [Problem])] = [
    ("91350599MA2XQ0002X", []),
    ("9135-0599-ma2x-q000-2x", []),
    (
      "91350599M0000XYQX5",
      [
        Problem(
          "REG-W-012",
          "uscc",
          "第 18 位按标准应为 G，但这属于标准实施前发放的旧码，依法有效；请附营业执照，由主管人员确认。"
        )
      ]
    ),
    (
      "91350599MA2XQ0002Y",
      [
        Problem(
          "REG-E-011",
          "uscc",
          "统一社会信用代码校验位不对：您填的是 …Y，按前 17 位应为 …X。请对照营业执照核对。"
        )
      ]
    ),
    (
      "91350599MA2XQ0002",
      [Problem("REG-E-011", "uscc", "统一社会信用代码应为 18 位，您填的是 17 位。请对照营业执照核对。")]
    ),
    (
      "9I350599MA2XQ0O02X",
      [
        Problem(
          "REG-E-013",
          "uscc",
          "统一社会信用代码不用 I、O、S、V、Z 和其他符号：第 2 位的 I，可能是 1；第 15 位的 O，可能是 0。请对照营业执照核对。"
        )
      ]
    ),
    (
      "91350599MA2XQ00#2X",
      [
        Problem(
          "REG-E-013",
          "uscc",
          "统一社会信用代码不用 I、O、S、V、Z 和其他符号：第 16 位的 #。请对照营业执照核对。"
        )
      ]
    ),
    (
      "9.13506E+17",
      [
        Problem("REG-I-061", "uscc", "代码被表格软件变成了科学计数（9.13506E+17），请把该列设为文本格式后重新填写。"),
        Problem("REG-E-011", "uscc", "统一社会信用代码应为 18 位，请重新填写。"),
      ]
    ),
  ]

  @Test func `each way a code can be wrong has its words`() {
    for (code, problems) in Self.table {
      #expect(USCC.check(USCC(code).text, field: "uscc") == problems, "\(code)")
    }
    #expect(USCC.check("", field: "uscc") == [])
  }

  @Test func `an enterprise is told the same`() throws {
    try withCity { city in
      for (code, problems) in Self.table {
        let texts = [
          "uscc": code, "enterpriseName": "海澜测试有限公司", "registeredRegionCode": "990102",
          "gbIndustryCode": "C34",
        ]
        try #expect(city.problems(of: "enterprise", texts) == problems, "\(code)")
      }
    }
  }

  @Test func `an enterprise is found again by its code`() throws {
    try withCity { city in
      let first = try city.save(
        "enterprise",
        [
          "uscc": "91350599MA2XQ0002X", "enterpriseName": "海澜测试有限公司",
          "registeredRegionCode": "东湾区", "gbIndustryCode": "C34",
        ]
      )
      let again = try city.save(
        "enterprise",
        ["uscc": "91350599ma2xq0002x", "enterpriseName": "海澜有限公司"]
      )
      #expect(again.id == first.id)
      #expect(again["enterpriseName"] == .text("海澜有限公司"))
      try #expect(
        city.problems(of: "enterprise", ["uscc": "91350599MA2XQ0002X", "branchOf": first.id])
          == [
            Problem("REG-E-014", "branchOf", "所属法人不能是企业自己，请改填总公司或留空。")
          ]
      )
    }
  }

  @Test func `what is internal is not shown to anybody`() throws {
    try withCity { city in
      let record = try city.save(
        "enterprise",
        [
          "uscc": "91350599MA2XQ0002X", "enterpriseName": "海澜测试有限公司",
          "registeredRegionCode": "990102", "gbIndustryCode": "C34", "annualOutput": "1.2亿",
          "contactPhone": "0595-12345678",
        ]
      )
      let json = record.json(for: .anonymous).text
      #expect(!json.contains("annualOutput"))
      #expect(!json.contains("0595"))
      #expect(record["annualOutput"] == .money(Fen.yuan(120_000_000)))
    }
  }
}

import CitongTesting
import Records
import Testing
import Values

/// What is told of where a graduate went, `registry.md` §3.7, in the example city.
@Suite struct GraduateDestinationTests {
  private let graduate = [
    "schoolId": "S99101", "graduateNo": "2019001", "graduationDate": "2022-06-30",
    "surveyDate": "2022-08-31", "destinationCode": "签劳动合同", "evidenceKind": "劳动合同",
    "employerName": "海澜测试有限公司", "workRegionCode": "东湾区",
  ]

  @Test func `a destination is told what is missing or against itself`() throws {
    let noEmployer = "，但没有填写单位名称，请补填。"
    let table: [([String: String], String, String, String)] = [
      (["employerName": ""], "REG-W-063", "employerName", "去向是签劳动合同" + noEmployer),
      (
        ["employerName": "", "destinationCode": "10"], "REG-W-063", "employerName",
        "去向是签就业协议" + noEmployer
      ),
      (
        ["employerName": "", "destinationCode": "应征义务兵"], "REG-W-063", "employerName",
        "去向是应征义务兵" + noEmployer
      ),
      (
        ["surveyDate": "2022-06-29"], "REG-W-064", "surveyDate",
        "统计时点 2022-06-29 早于毕业日期 2022-06-30，请核对。"
      ),
      (
        ["employerUscc": "91350599MA2XQ0002"], "REG-E-011", "employerUscc",
        "统一社会信用代码应为 18 位，您填的是 17 位。请对照营业执照核对。"
      ),
      (
        ["destinationCode": "待就业", "monthlyPay": "3500"], "REC-E-016", "monthlyPay",
        "月薪不适用于这一类，请清空，或检查类别是否选对。"
      ),
      (
        ["workRegionCode": "东弯区"], "REG-E-001", "workRegionCode",
        "工作地填的是“东弯区”，找不到这样的区域。你是不是想填：东湾区？"
      ),
    ]
    try withCity { city in
      for (change, code, path, message) in table {
        let problems = try city.problems(
          of: "graduateDestination",
          graduate.merging(change) { $1 }
        )
        #expect(problems == [Problem(code, path, message)], "\(change)")
      }
    }
  }

  @Test func `what needs no employer, and who is surveyed on the day, is accepted`() throws {
    let table: [[String: String]] = [
      [:], ["surveyDate": "2022-06-30"],
      ["employerName": "", "employerUscc": "91350599MA2XQ0002X"],
      ["employerName": "", "destinationCode": "自主创业"],
      ["employerName": "", "destinationCode": "自由职业", "workRegionCode": ""],
      ["employerName": "", "destinationCode": "升学", "evidenceKind": "录取通知"],
      ["employerName": "", "destinationCode": "待就业", "evidenceKind": "自述"],
    ]
    try withCity { city in
      for change in table {
        let problems = try city.problems(
          of: "graduateDestination",
          graduate.merging(change) { $1 }
        )
        #expect(problems == [], "\(change)")
      }
    }
  }

  @Test func `a graduate is recorded once for each survey`() throws {
    try withCity { city in
      let first = try city.save("graduateDestination", graduate)
      let again = try city.save(
        "graduateDestination",
        graduate.merging(["destinationCode": "11", "employerName": "海澜另一有限公司"]) { $1 }
      )
      #expect(again.id == first.id)
      let later = try city.save(
        "graduateDestination",
        graduate.merging(["surveyDate": "2022-12-31"]) { $1 }
      )
      #expect(later.id != first.id)
    }
  }

  @Test func `a graduate is nobody's business`() throws {
    try withCity { city in
      let record = try city.save("graduateDestination", graduate)
      #expect(!Reader.anonymous.mayRead(record))
      for name in ["graduateNo", "destinationCode", "employerName", "workRegionCode"] {
        #expect(record.json(for: .officer)[name] == nil, "\(name)")
      }
    }
  }
}

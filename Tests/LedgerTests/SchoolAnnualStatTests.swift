import CitongTesting
import Records
import Testing
import Values

/// The rules a school's yearly numbers are checked by, `registry.md` §3.2 and §9.
@Suite struct SchoolAnnualStatTests {
  private let report = [
    "schoolId": "S99101", "schoolYear": "2021-2022", "studentLevel": "中职", "asOf": "2022-07-14",
    "enrolled": "900", "graduates": "300", "employed": "200", "furtherStudy": "100",
    "employedRegionKnown": "200", "employedInCity": "200",
  ]

  @Test func `a yearly report may not have more parts than the whole`() throws {
    let table: [([String: String], String, String)] = [
      (["employed": "201"], "employed", "就业与升学之和 301 人多于毕业生 300 人"),
      (["employedRegionKnown": "201"], "employedRegionKnown", "工作地已知的就业 201 人多于就业 200 人"),
      (["employedInCity": "201"], "employedInCity", "市内就业 201 人多于工作地已知的就业 200 人"),
      (["partTimeEnrolled": "901"], "partTimeEnrolled", "非全日制在校生 901 人多于在校生 900 人"),
      (
        ["fiveYearStage1Enrolled": "901"], "fiveYearStage1Enrolled", "五年制前三年在校生 901 人多于在校生 900 人"
      ),
    ]
    try withCity { city in
      try #expect(city.problems(of: "schoolAnnualStat", report) == [])
      for (change, path, words) in table {
        let problems = try city.problems(of: "schoolAnnualStat", report.merging(change) { $1 })
        let message = words + "，部分不能大于整体，请核对这两格。"
        #expect(problems == [Problem("REG-E-031", path, message)], "\(change)")
      }
    }
  }

  @Test func `a part of a rate is not taken without what it is a part of`() throws {
    let table: [([String: String], String, String)] = [
      (
        ["graduates": ""], "graduates",
        "没有填写毕业生，而就业与升学之和有 300 人；占比要以毕业生为分母，请补填毕业生。"
      ),
      (
        ["graduates": "", "employed": "", "employedRegionKnown": "", "employedInCity": ""],
        "graduates", "没有填写毕业生，而就业与升学之和有 100 人；占比要以毕业生为分母，请补填毕业生。"
      ),
      (
        ["employed": ""], "employed", "没有填写就业，而工作地已知的就业有 200 人；占比要以就业为分母，请补填就业。"
      ),
      (
        ["employedRegionKnown": ""], "employedRegionKnown",
        "没有填写工作地已知的就业，而市内就业有 200 人；占比要以工作地已知的就业为分母，请补填工作地已知的就业。"
      ),
    ]
    try withCity { city in
      for (change, path, message) in table {
        let problems = try city.problems(of: "schoolAnnualStat", report.merging(change) { $1 })
        #expect(problems == [Problem("REG-E-033", path, message)], "\(change)")
      }
      let both = report.merging(["employedRegionKnown": "", "employedInCity": "201"]) { $1 }
      try #expect(
        city.problems(of: "schoolAnnualStat", both).map(\.message) == [
          "市内就业 201 人多于就业 200 人，部分不能大于整体，请核对这两格。",
          "没有填写工作地已知的就业，而市内就业有 201 人；占比要以工作地已知的就业为分母，请补填工作地已知的就业。",
        ]
      )
    }
  }

  @Test func `what nobody counted, or counted as nought, needs no whole`() throws {
    let none = ["graduates", "employed", "furtherStudy", "employedRegionKnown", "employedInCity"]
    try withCity { city in
      for value in ["", "0"] {
        var texts = report
        for name in none { texts[name] = value }
        texts["graduates"] = ""
        try #expect(city.problems(of: "schoolAnnualStat", texts) == [], "“\(value)”")
      }
    }
  }
}

import CitongTesting
import Records
import Testing
import Values

/// The rules a school is checked by, `registry.md` §3.2 and §9, in the example city.
@Suite struct SchoolTests {
  private let school = [
    "schoolName": "海棠测试职业中专学校", "institutionKind": "中职学校", "ownership": "公办",
    "competentAuthority": "市教育局", "locationRegionCode": "东湾区", "moeSchoolCode": "3199099901",
  ]

  @Test func `a sound school is accepted, its place by name or code`() throws {
    try withCity { city in
      try #expect(city.problems(of: "school", school) == [])
      for place in ["990102", "东湾区", "９９０１０２"] {
        let texts = school.merging(["locationRegionCode": place]) { $1 }
        try #expect(city.problems(of: "school", texts) == [], "\(place)")
      }
      let saved = try city.save("school", school)
      #expect(saved["locationRegionCode"] == .text("990102"))
      #expect(saved["status"] == .text("active"))
    }
  }

  @Test func `what contradicts itself is told with both facts`() throws {
    let table: [([String: String], String, String, String)] = [
      (
        ["moeSchoolCode": "123"], "REG-E-017", "moeSchoolCode",
        "学校标识码填的是“123”，应为 10 位数字，请对照教育部名单核对。"
      ),
      (
        ["institutionKind": "技工学校"], "REG-E-018", "moeSchoolCode",
        "技工学校没有学校标识码，请清空，并填写技工院校代码。"
      ),
      (
        ["institutionKind": "高职院校", "heiCode": "123"], "REG-E-019", "heiCode",
        "院校代码填的是“123”，应为 5 位数字。"
      ),
      (
        ["uscc": "91350599MA2XQ0002X"], "REG-E-016", "ownership",
        "统一社会信用代码以 91 开头（企业登记），与办学性质“公办”矛盾，请核对其中一项。"
      ),
      (
        ["uscc": "12350599489300008X"], "REG-E-011", "uscc",
        "统一社会信用代码校验位不对：您填的是 …X，按前 17 位应为 …Y。请对照营业执照核对。"
      ),
      (
        [
          "status": "已撤销", "foundedOn": "2000-09-01", "closedOn": "1999-09-01",
          "closureReason": "停办",
        ], "REG-E-052", "closedOn", "撤销日期 1999-09-01 早于建校日期 2000-09-01，请核对。"
      ),
      (
        ["foundedOn": "2035-01-01"], "REG-E-052", "foundedOn",
        "建校日期 2035-01-01 在今天之后，请核对年份；筹建中的学校建成后再登记。"
      ),
      (
        ["status": "已撤销"], "REG-E-054", "successorSchoolId",
        "状态是已撤销，但没有继承学校，也没有撤销原因，请填写其中一项。"
      ),
      (
        ["schoolId": "S99102", "status": "已撤销", "successorSchoolId": "S99102"], "REG-E-054",
        "successorSchoolId", "继承学校不能是学校自己，请改填另一所学校，或填写撤销原因。"
      ),
      (
        ["closureReason": "停办"], "REC-E-016", "closureReason",
        "撤销原因不适用于这一类，请清空，或检查类别是否选对。"
      ),
      (
        ["moeSchoolCode": ""], "REG-W-065", "moeSchoolCode",
        "没有填写学校标识码；教育系统的学校有 10 位学校标识码，请对照教育部名单补填。"
      ),
      (
        ["fullTimeTeachers": "10", "dualQualifiedTeachers": "11"], "REG-E-031",
        "dualQualifiedTeachers",
        "双师型教师 11 人多于专任教师 10 人，部分不能大于整体，请核对这两格。"
      ),
      (
        ["heiCode": "12345"], "REC-E-016", "heiCode", "院校代码不适用于这一类，请清空，或检查类别是否选对。"
      ),
      (
        ["moeSchoolCode": "3199099101", "schoolId": "S1"], "REC-E-010", "moeSchoolCode",
        "学校标识码“3199099101”已被“海棠市第一职业中专学校”（S99101）使用，请核对。"
      ),
    ]
    try withCity { city in
      for (change, code, path, message) in table {
        let problems = try city.problems(of: "school", school.merging(change) { $1 })
        #expect(problems == [Problem(code, path, message)], "\(change)")
      }
    }
  }

  @Test func `what stands just inside the limits is accepted`() throws {
    let table: [[String: String]] = [
      ["fullTimeTeachers": "10", "dualQualifiedTeachers": "10"],
      ["dualQualifiedTeachers": "10"], ["uscc": "12350599489300008Y"],
      ["uscc": "91350599MA2XQ0002X", "ownership": "民办营利"],
      ["institutionKind": "技工学校", "moeSchoolCode": ""],
      ["institutionKind": "高职院校", "heiCode": "12345"],
      [
        "status": "已撤销", "foundedOn": "2000-09-01", "closedOn": "2000-09-01",
        "closureReason": "停办",
      ],
      ["status": "已撤销", "successorSchoolId": "海棠市第一职业中专学校"],
    ]
    try withCity { city in
      for change in table {
        let problems = try city.problems(of: "school", school.merging(change) { $1 })
        #expect(problems == [], "\(change)")
      }
    }
  }
}

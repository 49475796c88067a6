import CitongTesting
import Records
import Testing
import Values

/// What is told of the records with one or two rules of their own, in the example city.
@Suite struct RecordRuleTests {
  /// A sound record of a kind, and what is told of it once it is changed.
  struct Case: Sendable, CustomTestStringConvertible {
    var kind: String
    var sound: [String: String]
    var rows: [([String: String], String, String, String)]

    var testDescription: String { kind }
  }

  @Test(arguments: RecordRuleTests.catalogues + RecordRuleTests.work)
  func `a record that breaks a rule is told so`(one: Case) throws {
    try withCity { city in
      try #expect(city.problems(of: one.kind, one.sound) == [], "\(one.kind)")
      for (change, code, path, message) in one.rows {
        let problems = try city.problems(of: one.kind, one.sound.merging(change) { $1 })
        #expect(problems == [Problem(code, path, message)], "\(one.kind) \(change)")
      }
    }
  }

  static let catalogues = [
    Case(
      kind: "program",
      sound: ["programCode": "660399", "programName": "测试技术应用"],
      rows: [
        (
          ["programCode": "990101"], "REG-E-022", "programCode",
          "专业代码填的是“990101”，2021 年版目录的代码为 6 位数字，前两位在 21–39、41–59 或 61–79 之间，可能是旧版目录的代码，请改填现行代码；技工院校专业请把目录选为技工院校专业目录。"
        ),
        (
          ["level": "高职专科"], "REG-E-021", "level",
          "代码 660399 属于中职（61–79 开头），层次填的却是高职专科（应为 41–59 开头），请核对其中一项。"
        ),
        (
          ["catalog": "HRSS", "programCode": "0106-4"], "REG-E-021", "level",
          "技工院校专业的代码看不出层次，请填写层次。"
        ),
      ]
    ),
    Case(
      kind: "programOffering",
      sound: [
        "schoolId": "S99101", "programCode": "660301", "durationYears": "3", "studyMode": "全日制",
        "openedIn": "2010",
      ],
      rows: [
        (
          ["programCode": "460301"], "REG-E-021", "programCode",
          "“机电一体化技术”（460301）是高职专科专业，而该校是中等职业学校，可开设的是中职（61–79）专业，括号内为代码前两位。请改选专业，或核对学校类型。"
        ),
        (
          ["programCode": "无此专业"], "REG-E-025", "programCode",
          "专业填的是“无此专业”，找不到这样的专业目录。请先登记，或从列表中选择。"
        ),
        (
          ["status": "撤销", "closedIn": "2009"], "REG-E-052", "closedIn",
          "撤销年份 2009 早于设置年份 2010，请核对。"
        ),
        (
          ["lastIntakeYear": "2009"], "REG-E-052", "lastIntakeYear",
          "最近招生年份 2009 早于设置年份 2010，请核对。"
        ),
      ]
    ),
    Case(
      kind: "programGroup",
      sound: [
        "groupName": "机电专业群", "schoolId": "S99101", "coreProgramCode": "660301",
        "memberProgramCodes": "660301|660103",
      ],
      rows: [
        (
          ["memberProgramCodes": "660301"], "REG-W-026", "memberProgramCodes",
          "专业群含核心专业共 1 个专业，一般为 2 到 6 个，请核对。"
        ),
        (
          ["memberProgramCodes": "660103|680402|690101|700209|730301|730701"], "REG-W-026",
          "memberProgramCodes", "专业群含核心专业共 7 个专业，一般为 2 到 6 个，请核对。"
        ),
      ]
    ),
    Case(
      kind: "industry",
      sound: ["code": "C1811", "name": "测试制造", "level": "小类"],
      rows: [
        (
          ["code": "C181"], "REG-E-071", "code",
          "行业代码填的是“C181”，小类应为大写字母加 4 位数字，如 C1811，请核对代码或层级。"
        ),
        (
          ["code": "X1811"], "REG-E-071", "code",
          "行业代码填的是“X1811”，小类应为大写字母加 4 位数字，如 C1811，请核对代码或层级。"
        ),
      ]
    ),
    Case(
      kind: "occupation",
      sound: ["code": "6-99-01-01", "name": "测试工", "level": "细类"],
      rows: [
        (
          ["code": "6-99-01"], "REG-E-072", "code",
          "职业代码填的是“6-99-01”，职业（细类）应如 6-31-01-03，请核对代码或层级。"
        )
      ]
    ),
  ]

  static let work = [
    Case(
      kind: "trainingStat",
      sound: [
        "schoolId": "S99101", "year": "2021", "personTimes": "500", "persons": "500",
        "subsidisedPersonTimes": "500",
      ],
      rows: [
        (
          ["persons": "501"], "REG-E-031", "persons",
          "培训人数 501 人多于培训人次 500 人次；一人至少一人次，请核对这两格。"
        ),
        (
          ["subsidisedPersonTimes": "501"], "REG-E-031", "subsidisedPersonTimes",
          "补贴性培训 501 人次多于培训人次 500 人次，部分不能大于整体，请核对这两格。"
        ),
      ]
    ),
    Case(
      kind: "honour",
      sound: [
        "name": "海棠示范校", "honourType": "demoModernSchool", "tier": "省级", "schoolId": "S99101",
        "subjectKind": "学校", "approvalDocNo": "示教〔2021〕1号", "periodFrom": "2021-01-01",
        "periodTo": "2021-01-01",
      ],
      rows: [
        (
          ["approvalDocNo": ""], "REG-E-051", "approvalDocNo",
          "级别是省级，但没有批准文号；市级以上须有批准文号，请照文件填写。"
        ),
        (
          ["periodTo": "2020-12-31"], "REG-E-052", "periodTo",
          "建设期止 2020-12-31 早于建设期起 2021-01-01，请核对。"
        ),
      ]
    ),
  ]

  @Test func `cooperation rests on an agreement and does not end before it begins`() throws {
    let sound = [
      "institutionId": "S99101", "enterpriseId": "海澜测试有限公司", "agreementNo": "协〔2021〕1号",
      "startedOn": "2021-01-01", "endsOn": "2021-01-01",
    ]
    let table: [([String: String], String, String, String)] = [
      (
        ["agreementNo": ""], "REG-W-053", "agreementNo",
        "状态是合作中，但没有协议编号；合作须签订协议，请补填，尚未签订的请把状态改为意向。"
      ),
      (
        ["endsOn": "2020-12-31"], "REG-E-052", "endsOn", "到期日期 2020-12-31 早于开始日期 2021-01-01，请核对。"
      ),
    ]
    try withCity { city in
      try city.save(
        "enterprise",
        [
          "uscc": "91350599MA2XQ0002X", "enterpriseName": "海澜测试有限公司",
          "registeredRegionCode": "990102", "gbIndustryCode": "C34",
        ]
      )
      try #expect(city.problems(of: "cooperation", sound) == [])
      for (change, code, path, message) in table {
        let problems = try city.problems(of: "cooperation", sound.merging(change) { $1 })
        #expect(problems == [Problem(code, path, message)], "\(change)")
      }
    }
  }
}

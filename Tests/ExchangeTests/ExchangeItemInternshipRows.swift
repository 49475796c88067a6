import Calendar
import Exchange
import Ledger
import Records
import Testing
import Values

extension Row {
  static let internshipTime = [
    Row("INT-E-016", "每天工时填的是 8.5 小时，实习每天不超过 8 小时，请改短。") {
      $0[attribute: "hoursPerDay"] = .integer(85)
    },
    Row("INT-E-016", "每周天数填的是 6 天，实习每周不超过 5 天、40 小时，请改少。") {
      $0[attribute: "daysPerWeek"] = .integer(6)
    },
    Row("INT-E-016", "实习岗位填了有加班，实习一般不得加班，请取消加班，或填写事先备案文号。") {
      $0[attribute: "overtime"] = .boolean(true)
    },
    Row("INT-E-111", "实习岗位填了有夜班，实习一般不得安排夜班，请取消夜班，或填写事先备案文号。") {
      $0[attribute: "nightShift"] = .boolean(true)
    },
    Row(
      "INT-E-111",
      "班次 21:30–05:30 与 22:00–6:00 重叠，属夜班，实习一般不得安排夜班，请调整班次，或填写事先备案文号。"
    ) {
      $0[attribute: "shiftStart"] = .text("21:30")
      $0[attribute: "shiftEnd"] = .text("05:30")
    },
    Row("INT-E-112", "实习岗位填了休息日、节假日上班，实习一般不得在休息日、节假日上班，请取消，或填写事先备案文号。") {
      $0[attribute: "holidayWork"] = .boolean(true)
    },
    Row("EXC-E-030", "上班时刻填的是“8点”，应为 08:00 这样的时刻。") {
      $0[attribute: "shiftStart"] = .text("8点")
    },
  ]

  static let internshipWork = [
    Row("EXC-E-009", "“海棠机械”是人力资源服务、劳务派遣企业，中介不得组织、安排实习，请由实际接收学生的单位发布。") {
      $0.ownerEnterpriseId = "E-agency"
    },
    Row("INT-W-008", "典型工作任务只有 1 项，至少 3 项，请补充。") {
      $0[attribute: "typicalTasks"] = .list(["看图"])
    },
    Row("INT-W-008", "简单重复劳动占 60%，超过一半，请增加与专业有关的任务。") {
      $0[attribute: "repetitiveShare"] = .integer(6000)
    },
    Row("INT-E-008", "简单重复劳动占全部，实习不得只安排简单重复劳动，请增加与专业有关的任务。") {
      $0[attribute: "repetitiveShare"] = .integer(10_000)
    },
    Row("INT-E-009", "体力劳动强度为 III 级，实习不得安排 III 级及以上，请调整岗位。") {
      $0[attribute: "labourIntensity"] = .text("III")
    },
    Row("INT-E-116", "实习场所填的是“酒吧”，营业性娱乐场所一律不得安排实习，请更换场所。") {
      $0[attribute: "venueKind"] = .text("entertainmentBar")
    },
    Row("INT-E-009", "岗位危害有“高强度体力劳动”，实习一律不得安排，请调整岗位。") {
      $0[attribute: "hazardCodes"] = .list(["heavyLabour"])
    },
    Row("INT-E-010", "岗位危害有“高处作业”，安全风险高，实习一般不得安排，请调整岗位，或填写事先备案文号。") {
      $0[attribute: "hazardCodes"] = .list(["HZ01"])
    },
    Row("EXC-E-031", "岗位危害填的是“高处做业”，不在列表中。你是不是想填：高处作业？") {
      $0[attribute: "hazardCodes"] = .list(["高处做业"])
    },
    Row("INT-W-003", "岗位危害有“生产性粉尘”，达到规定等级的不得安排未满 18 周岁的学生，请在详细说明中写明。") {
      $0[attribute: "hazardCodes"] = .list(["粉尘"])
    },
  ]

  static let internshipNumbers = [
    Row("INT-W-024", "6 名实习生有企业导师 1 人，每 5 名至少 1 名，应不少于 2 人，请增配导师。") {
      $0[attribute: "mentorCount"] = .integer(1)
    },
    Row(
      "INT-E-107",
      "实习报酬 3100 元/月低于下限 3200 元（同岗位工资的 80% 为 3600 元，最低档工资 3200 元，达到其一即可），请提高报酬或核对工资，或填写事先备案文号。"
    ) { $0[attribute: "internPayMonthly"] = .money(.yuan(3100)) },
    Row(
      "INT-E-107",
      "实习报酬 3500 元/月低于下限 4000 元（未填同岗位工资，最低档工资 4000 元），请提高报酬或核对工资，或填写事先备案文号。"
    ) {
      $0[attribute: "internPayMonthly"] = .money(.yuan(3500))
      $0[attribute: "samePostWageMonthly"] = .none
      $0[attribute: "lowestGradeWageMonthly"] = .money(.yuan(4000))
    },
    Row("INT-E-107", "实习报酬 36000 元/月超过下限 3200 元的 10 倍，可能多写了零，请核对。") {
      $0[attribute: "internPayMonthly"] = .money(.yuan(36_000))
    },
    Row("EXC-E-007", "实习报酬 1800 元/月低于东屿区最低工资 1900 元/月，请提高或核对。") {
      $0[attribute: "internPayMonthly"] = .money(.yuan(1800))
    },
    Row(
      "INT-E-109",
      "同类岗位在岗 25 人，实习生上限 5 人（20%），数量填的是 6 人，请减少数量或核对人数，或填写事先备案文号。"
    ) { $0[attribute: "samePostHeadcount"] = .integer(25) },
    Row(
      "EXC-W-012",
      "同类岗位在岗 4 人，20% 不足 1 人，按规定不能接收实习生；确有带教条件的，请说明理由，由学校和主管部门按例外办理。"
    ) { $0[attribute: "samePostHeadcount"] = .integer(4) },
    Row(
      "EXC-W-012",
      "在岗职工 8 人，10% 不足 1 人，按规定不能接收实习生；确有带教条件的，请说明理由，由学校和主管部门按例外办理。"
    ) { $0.ownerEnterpriseId = "E-small" },
  ]

  static let terms = [
    Row("EXC-E-022", "最小班额 40 大于班额 30，请核对这两格。") {
      $0[attribute: "classSize"] = .integer(30)
      $0[attribute: "minSize"] = .integer(40)
    },
    Row("EXC-W-027", "30 人的班有企业师傅 5 人，每 5 名学生至少 1 名，应不少于 6 人，请增配师傅。") {
      $0[attribute: "classSize"] = .integer(30)
      $0[attribute: "masterCount"] = .integer(5)
    },
    Row("EXC-W-028", "揭榜挂帅的项目还没有写明知识产权归属，请填归企业、归学校或双方共有，揭榜方好决定。") {
      $0.kind = .techProblem
      $0[attribute: "isOpenBid"] = .boolean(true)
    },
    Row("EXC-E-002", "截止日期 2022-07-01 已经过去，请改为今天以后的日期。") {
      $0.kind = .techProblem
      $0[attribute: "deadline"] = CivilDate("2022-07-01").map(Value.date) ?? .none
    },
    Row("EXC-E-032", "未满 18 周岁的 50 人多于学生 40 人，部分不能大于整体，请核对这两格。") {
      $0.kind = .internshipNeed
      $0[attribute: "studentCount"] = .integer(40)
      $0[attribute: "minorsCount"] = .integer(50)
    },
  ]
}

/// How many interns a body of a size may take, `internship.md` §4.1, to the last one.
extension ExchangeItemRulesTests {
  /// The staff, those in the same post, the interns asked for, and the fields at which they are
  /// told to be too many.
  static let ceilings: [(staff: Int, samePost: Int, interns: Int, fields: [String])] = [
    (200, 100, 20, []), (200, 100, 21, ["headcount", "samePostHeadcount"]),
    (200, 105, 21, ["headcount"]), (209, 1000, 20, []), (209, 1000, 21, ["headcount"]),
    (210, 1000, 21, []), (1000, 30, 6, []), (1000, 30, 7, ["samePostHeadcount"]),
    (1000, 34, 6, []), (1000, 34, 7, ["samePostHeadcount"]), (1000, 35, 7, []),
    (10, 5, 1, []), (10, 5, 2, ["headcount", "samePostHeadcount"]),
  ]

  @Test(arguments: ExchangeItemRulesTests.ceilings)
  func `the ceilings of interns hold to the last one`(
    staff: Int,
    samePost: Int,
    interns: Int,
    fields: [String]
  ) {
    var surroundings = Surroundings.sample
    surroundings.referred["enterprise"]?["E1"]?["employeesOnPost"] = .integer(staff)
    var item = Sample.internship
    item.headcount = interns
    item[attribute: "samePostHeadcount"] = .integer(samePost)
    let told = item.check(surroundings).filter { $0.code == "INT-E-109" || $0.code == "EXC-W-012" }
    #expect(told.map(\.code) == fields.map { _ in "INT-E-109" })
    #expect(told.map(\.path) == fields)
    if interns == 21, staff == 200 {
      #expect(
        told.first?.message
          == "在岗职工 200 人，实习生上限 20 人（10%），数量填的是 21 人，请减少数量或核对人数，或填写事先备案文号。"
      )
    }
  }
}

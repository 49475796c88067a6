import Calendar
import CitongTesting
import Exchange
import Records
import Testing
import Values

/// What is told about an engagement: a change to a sound one, and the words.
@Suite struct EngagementRulesTests {
  /// A change and what is told of it.
  struct Row: Sendable, CustomTestStringConvertible {
    var problem: Problem
    var change: @Sendable (inout Engagement) -> Void

    init(
      _ code: String,
      _ path: String,
      _ message: String,
      _ change: @escaping @Sendable (inout Engagement) -> Void
    ) {
      problem = Problem(code, path, message)
      self.change = change
    }

    var testDescription: String { "\(problem.code) \(problem.message)" }
  }

  static var sound: Engagement {
    var engagement = Engagement()
    engagement.subject = "数控专业 12 人岗位实习"
    engagement.itemIds = ["GX1"]
    engagement.partyAEnterpriseId = "E1"
    engagement.partyBSchoolId = "S1"
    engagement.initiator = .partyA
    engagement.status = .implementing
    engagement.quantity = 12
    engagement.intentOn = day("2022-06-01")
    engagement.contactedOn = day("2022-06-01")
    engagement.signedOn = day("2022-06-01")
    engagement.agreementId = "XY1"
    return engagement
  }

  private static var surroundings: Surroundings {
    var surroundings = Surroundings.sample
    surroundings.referred["exchangeItem"] = [
      "GX1": ["title": .text("数控车实习岗位"), "remaining": .integer(12)],
      "GX2": ["title": .text("数控班岗位实习"), "remaining": .integer(8)],
    ]
    surroundings.referred["enterprise"]?["E1-north"] = [
      "enterpriseName": .text("海棠机械北厂"), "branchOf": .text("E1"),
    ]
    surroundings.referred["enterprise"]?["E1-south"] = [
      "enterpriseName": .text("海棠机械南厂"), "branchOf": .text("E1"),
    ]
    return surroundings
  }

  static let parties = [
    Row("EXC-E-035", "partyAEnterpriseId", "没有填甲方，请填写甲方企业或甲方学校其中一项。") {
      $0.partyAEnterpriseId = ""
    },
    Row("EXC-E-035", "partyAEnterpriseId", "甲方企业和甲方学校都填了，甲方只能是一个单位，请留一项。") {
      $0.partyASchoolId = "S-closed"
    },
    Row("EXC-E-035", "partyBEnterpriseId", "没有填乙方，请填写乙方企业或乙方学校其中一项。") {
      $0.partyBSchoolId = ""
    },
    Row("EXC-E-035", "partyBEnterpriseId", "乙方企业和乙方学校都填了，乙方只能是一个单位，请留一项。") {
      $0.partyBEnterpriseId = "E-small"
    },
    Row("EXC-E-011", "partyBSchoolId", "甲方和乙方都是“第一职校”，不能与自己对接，请改填其中一方。") {
      $0.partyAEnterpriseId = ""
      $0.partyASchoolId = "S1"
    },
    Row("EXC-E-011", "partyBEnterpriseId", "甲方和乙方同属“海棠机械”，不能与自己或自己的分公司对接，请改填其中一方。") {
      $0.partyBSchoolId = ""
      $0.partyBEnterpriseId = "E1"
    },
    Row("EXC-E-011", "partyBEnterpriseId", "甲方和乙方同属“海棠机械”，不能与自己或自己的分公司对接，请改填其中一方。") {
      $0.partyBSchoolId = ""
      $0.partyBEnterpriseId = "E1-north"
    },
    Row("EXC-E-011", "partyBEnterpriseId", "甲方和乙方同属“海棠机械”，不能与自己或自己的分公司对接，请改填其中一方。") {
      $0.partyAEnterpriseId = "E1-south"
      $0.partyBSchoolId = ""
      $0.partyBEnterpriseId = "E1-north"
    },
  ]

  static let stages = [
    Row("EXC-E-016", "signedOn", "签约日期 2022-05-31 早于接洽日期 2022-06-01，请核对这两个日期。") {
      $0.signedOn = CivilDate("2022-05-31")
    },
    Row("EXC-E-016", "contactedOn", "接洽日期 2022-06-01 早于意向日期 2022-06-02，请核对这两个日期。") {
      $0.intentOn = CivilDate("2022-06-02")
    },
    Row("EXC-E-010", "quantity", "“数控车实习岗位”现在还剩 12，数量填的是 13，请减少数量或另找供需。") {
      $0.quantity = 13
    },
    Row("EXC-E-010", "quantity", "“数控班岗位实习”现在还剩 8，数量填的是 12，请减少数量或另找供需。") {
      $0.itemIds = ["GX1", "GX2"]
    },
    Row("EXC-E-034", "agreementId", "阶段是“已签约”，合作须有已签的协议（职业教育法第四十条），请先登记协议再选到这里。") {
      $0.status = .signed
      $0.agreementId = ""
    },
    Row("EXC-E-034", "agreementId", "阶段是“实施中”，合作须有已签的协议（职业教育法第四十条），请先登记协议再选到这里。") {
      $0.agreementId = ""
    },
    Row("EXC-W-036", "fulfilledQuantity", "已完成但没有填实际履约数，履约率算不出来，请补填。") {
      $0.status = .completed
    },
    Row("EXC-W-036", "fulfilledQuantity", "已完成但没有填实际履约数，履约率算不出来，请补填。") {
      $0.status = .evaluated
    },
  ]

  @Test(arguments: parties + stages)
  func `what is wrong with an engagement is told`(row: Row) {
    var engagement = Self.sound
    row.change(&engagement)
    #expect(engagement.check(Self.surroundings) == [row.problem])
  }

  @Test func `stages on one day, the last place taken, and what left the pipeline are sound`() {
    #expect(Self.sound.check(Self.surroundings) == [])
    var drafted = Self.sound
    drafted.status = .drafted
    drafted.agreementId = ""
    #expect(drafted.check(Self.surroundings) == [])
    var declined = Self.sound
    declined.status = .declined
    declined.agreementId = ""
    declined.quantity = 40
    #expect(declined.check(Self.surroundings) == [])
  }

  @Test func `what it reserved itself is not asked for again`() {
    var surroundings = Self.surroundings
    surroundings.former = ["status": .text("drafted")]
    surroundings.referred["exchangeItem"]?["GX1"]?["remaining"] = .integer(0)
    #expect(Self.sound.check(surroundings) == [])
  }
}

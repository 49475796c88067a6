import Calendar
import CitongTesting
import Exchange
import Records
import Testing
import Values

/// What is told about an agreement: a change to a sound one, and the words.
@Suite struct AgreementRulesTests {
  /// A change and what is told of it.
  struct Row: Sendable, CustomTestStringConvertible {
    var problem: Problem
    var change: @Sendable (inout Agreement) -> Void

    init(
      _ code: String,
      _ path: String,
      _ message: String,
      _ change: @escaping @Sendable (inout Agreement) -> Void
    ) {
      problem = Problem(code, path, message)
      self.change = change
    }

    var testDescription: String { "\(problem.code) \(problem.message)" }
  }

  static var sound: Agreement {
    var agreement = Agreement()
    agreement.agreementId = "XY1"
    agreement.title = "数控专业实习合作协议"
    agreement.kind = .internship
    agreement.schoolIds = ["S1"]
    agreement.enterpriseIds = ["E1"]
    agreement.signedOn = day("2022-06-01")
    agreement.periodStart = day("2022-08-01")
    agreement.periodEnd = day("2022-08-01")
    agreement.documentHash = String(repeating: "0aF9", count: 16)
    agreement.status = .signed
    return agreement
  }

  static let rows = [
    Row("EXC-E-037", "schoolIds", "签约方只有 1 个，协议至少两方，请补填签约学校、签约企业或其他签约方。") {
      $0.enterpriseIds = []
    },
    Row("EXC-E-037", "schoolIds", "签约方只有 0 个，协议至少两方，请补填签约学校、签约企业或其他签约方。") {
      $0.schoolIds = []
      $0.enterpriseIds = []
    },
    Row("EXC-E-038", "signedOn", "状态是“已签”但没有签订日期，请补填，或把状态改为“拟定”。") { $0.signedOn = nil },
    Row("EXC-E-038", "signedOn", "状态是“已到期”但没有签订日期，请补填，或把状态改为“拟定”。") {
      $0.status = .expired
      $0.signedOn = nil
    },
    Row("EXC-E-002", "periodEnd", "到期日期 2022-07-31 早于生效日期 2022-08-01，请核对。") {
      $0.periodEnd = CivilDate("2022-07-31")
    },
    Row("EXC-E-039", "documentHash", "文件指纹有 63 位，应为 64 位十六进制（SHA-256），请重新计算。") {
      $0.documentHash.removeLast()
    },
    Row("EXC-E-039", "documentHash", "文件指纹有 65 位，应为 64 位十六进制（SHA-256），请重新计算。") {
      $0.documentHash += "0"
    },
    Row("EXC-E-040", "renewalOf", "续签自填的是协议自己，请改填原协议或留空。") { $0.renewalOf = "XY1" },
  ]

  @Test(arguments: rows)
  func `what is wrong with an agreement is told`(row: Row) {
    var agreement = Self.sound
    row.change(&agreement)
    #expect(agreement.check(.sample) == [row.problem])
  }

  @Test func `a fingerprint of the right length with a wrong sign is told`() {
    var agreement = Self.sound
    agreement.documentHash = String(repeating: "g", count: 64)
    #expect(agreement.check(.sample).map(\.code) == ["EXC-E-039"])
  }

  @Test func `two parties of any sort, an unsigned draft and a renewal of another are sound`() {
    #expect(Self.sound.check(.sample) == [])
    var office = Self.sound
    office.enterpriseIds = []
    office.otherParties = ["海棠市机械行业协会"]
    office.renewalOf = "XY0"
    #expect(office.check(.sample) == [])
    var draft = Self.sound
    draft.status = .draft
    draft.signedOn = nil
    draft.documentHash = ""
    #expect(draft.check(.sample) == [])
  }
}

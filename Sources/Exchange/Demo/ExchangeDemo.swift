import Calendar
package import Ledger
package import Records
import Values

/// Fills a register with invented needs and offers of the demo schools and enterprises.
///
/// Their periods begin some weeks after the day they are made, so that they can be matched with what
/// somebody posts while trying.
package struct ExchangeDemo {
  private let register: RecordStore
  private let city: City
  private var random = DemoRandom(seed: 153)

  /// Makes a generator; the ledger's demo data must be there.
  package init(_ register: RecordStore, city: City) {
    self.register = register
    self.city = city
  }

  /// Fills the register.
  ///
  /// - Throws: `LedgerDemo.Flawed` when a record is refused; the store's errors.
  package mutating func fill() throws {
    let schools = try all("school", Query([.field("sourceSystem", "demo")], limit: 200))
    let enterprises = try all(
      "enterprise",
      Query([.field("creditStatus", "normal")], sort: "enterpriseId", limit: 240)
    )
    let offerings = try all("programOffering", Query(sort: "offeringId", limit: 2000))
    guard !schools.isEmpty, !enterprises.isEmpty, !offerings.isEmpty else { return }
    let today = register.clock.now().date
    var items: [ExchangeItem] = []
    for (number, enterprise) in enterprises.enumerated() {
      let offering = offerings[(number * 7) % offerings.count]
      items.append(post(enterprise, offering, number, today))
    }
    for (number, offering) in offerings.enumerated() where number % 2 == 0 {
      guard let school = schools.first(where: { $0.id == offering["schoolId"].text }) else {
        continue
      }
      items.append(need(school, offering, number, today))
    }
    guard let kind = register.kind("exchangeItem") else { return }
    let outcomes = try register.saveAll(
      kind,
      items.map(Draft.init),
      by: LedgerDemo.actor,
      isWhole: true
    )
    if let flaw = outcomes.first(where: { $0.verdict == .refused }) {
      throw LedgerDemo.Flawed(
        description: flaw.problems.map { "\($0.code) \($0.message)" }.joined(separator: " ")
      )
    }
  }

  private func all(_ name: String, _ query: Query) throws -> [Record] {
    guard let kind = register.kind(name) else { return [] }
    return try register.list(kind, query)
  }

  private func programName(_ offering: Record) -> String {
    offering.title.split(separator: "·").last.map { Text.trimmed(String($0)) } ?? offering.title
  }

  /// What an enterprise asks for or offers.
  private mutating func post(_ owner: Record, _ offering: Record, _ number: Int, _ today: CivilDate)
    -> ExchangeItem
  {
    var item = ExchangeItem()
    let name = programName(offering)
    let most = min(30, (owner["employeesOnPost"].integer ?? 0) / 10)
    let count = random.number(1...max(1, most))
    item.ownerEnterpriseId = owner.id
    item.regionCode = owner["registeredRegionCode"].text ?? ""
    item.headcount = count
    item.periodStart = today.adding(days: random.number(20...60))
    item.periodEnd = item.periodStart?.adding(days: random.number(120...200))
    item.flexDays = random.number(0...15)
    item.validUntil = today.adding(days: 90)
    item.status = .published
    item.visibility = .public
    item.programRefs = CellRows([[offering["programCode"].text ?? "", "", ""]])
    item.skillTerms = CellRows(offering["skillTerms"].list.prefix(3).map { [$0, ""] })
    item.industryNodeIds = owner["industryChainNodeIds"].list
    switch number % 5 {
    case 0 where most > 0, 1 where most > 0:
      item.kind = .internshipPost
      item.side = .offer
      item.title = "\(name)方向实习岗位 \(count) 名（演示）"
      item[attribute: "hoursPerDay"] = .integer(8)
      item[attribute: "daysPerWeek"] = .integer(5)
      item[attribute: "mentorCount"] = .integer((count + 4) / 5)
    case 0, 1, 2:
      item.kind = .graduateJob
      item.side = .demand
      item.title = "招收\(name)毕业生 \(count) 名（演示）"
      item[attribute: "payMin"] = .money(.yuan(4000 + number * 10))
      item[attribute: "payMax"] = .money(.yuan(6500 + number * 10))
    case 3:
      item.kind = .orderClass
      item.side = .demand
      item.headcount = count + 15
      item.title = "\(name)订单班 \(count + 15) 人（演示）"
    default:
      item.kind = .coBuild
      item.side = .demand
      item.headcount = 1
      item.title = "共建\(name)实训基地（演示）"
    }
    item.description = "演示数据：与\(name)相关的\(item.kind?.label ?? "")，欢迎对接。"
    return item
  }

  /// What a school asks for or offers.
  private mutating func need(_ owner: Record, _ offering: Record, _ number: Int, _ today: CivilDate)
    -> ExchangeItem
  {
    var item = ExchangeItem()
    let name = programName(offering)
    let count = random.number(10...45)
    item.ownerSchoolId = owner.id
    item.regionCode = owner["locationRegionCode"].text ?? ""
    item.headcount = count
    item.periodStart = today.adding(days: random.number(20...60))
    item.periodEnd = item.periodStart?.adding(days: 180)
    item.flexDays = 15
    item.validUntil = today.adding(days: 90)
    item.status = .published
    item.visibility = .public
    item.programRefs = CellRows([[offering["programCode"].text ?? "", "", ""]])
    item.skillTerms = CellRows(offering["skillTerms"].list.prefix(4).map { [$0, ""] })
    switch number % 6 {
    case 0, 2:
      item.kind = .internshipNeed
      item.side = .demand
      item.title = "\(name)班 \(count) 人寻实习岗位（演示）"
    case 4:
      item.kind = .talentSupply
      item.side = .offer
      item.title = "\(name)应届毕业生 \(count) 人（演示）"
    default:
      item.kind = .orderClass
      item.side = .offer
      item.title = "\(name)可开订单班（演示）"
    }
    item.description = "演示数据：\(name)专业，欢迎企业对接。"
    return item
  }
}

import Calendar
import Exchange
import Ledger
import Records
import Testing
import Values

/// What is told about an item, one row for each rule: a change to a sound item, and the words.
@Suite struct ExchangeItemRulesTests {
  @Test func `a sound item of each exemplary kind has no problem`() {
    #expect(Sample.job.check(.sample).map(\.message) == [])
    #expect(Sample.internship.check(.sample).map(\.message) == [])
  }

  @Test(arguments: Row.owners + Row.numbers + Row.requirements)
  func `the common part`(row: Row) { row.expectProblem(from: Sample.job) }

  @Test(arguments: Row.words + Row.pay)
  func `fair terms`(row: Row) { row.expectProblem(from: Sample.job) }

  @Test(arguments: Row.internshipTime + Row.internshipWork + Row.internshipNumbers)
  func `the limits of internships`(row: Row) { row.expectProblem(from: Sample.internship) }

  @Test(arguments: Row.terms)
  func `classes, technology and students`(row: Row) { row.expectProblem(from: Sample.other) }

  @Test(arguments: Denied.texts)
  func `what is denied is no offence`(text: String) {
    var item = Sample.job
    item.description = text
    #expect(item.check(.sample).map(\.message) == [])
  }

  @Test func `a filing turns a night shift into something to be looked at`() {
    var item = Sample.internship
    item[attribute: "nightShift"] = .boolean(true)
    item[attribute: "filingDoc"] = .text("备〔2022〕8号")
    #expect(
      item.check(.sample) == [
        Problem("INT-W-016", "nightShift", "实习岗位填了有夜班，已填备案文号“备〔2022〕8号”，请审核人对照备案核对。")
      ]
    )
  }

  @Test func `what was published before may grow old`() {
    var item = Sample.job
    item.periodStart = CivilDate("2022-03-01")
    item.periodEnd = CivilDate("2022-06-30")
    var surroundings = Surroundings.sample
    surroundings.former = ["status": .text("published")]
    #expect(item.check(surroundings).map(\.code) == [])
  }

  @Test func `a draft of a body not yet verified may be kept`() {
    var item = Sample.job
    item.ownerEnterpriseId = "E-new"
    item.status = .draft
    #expect(!item.check(.sample).block)
  }

  @Test func `projects count as one and the rest is what is not reserved`() {
    var project = ExchangeItem()
    project.kind = .techProblem
    project.complete()
    #expect(project.headcount == 1)
    var item = Sample.job
    item.reserved = 4
    item.complete()
    #expect(item.remaining == 16)
  }

  @Test func `the declarations are sound`() {
    #expect(Exchange.kinds.flatMap(\.faults) == [])
  }

  @Test(arguments: ItemKind.allCases)
  func `every kind can be posted and answered`(kind: ItemKind) {
    #expect(!kind.sides.isEmpty)
    for other in kind.counterparts {
      #expect(kind.sides.contains { other.sides.contains($0.opposite) })
      #expect(other.counterparts.contains(kind))
    }
  }
}

/// A change and what is told of it.
struct Row: Sendable, CustomTestStringConvertible {
  var code: String
  var message: String
  var change: @Sendable (inout ExchangeItem) -> Void

  init(
    _ code: String,
    _ message: String,
    _ change: @escaping @Sendable (inout ExchangeItem) -> Void
  ) {
    self.code = code
    self.message = message
    self.change = change
  }

  var testDescription: String { "\(code) \(message)" }

  func expectProblem(from sound: ExchangeItem) {
    var item = sound
    change(&item)
    let found = item.check(.sample).map { "\($0.code) \($0.message)" }
    #expect(found.contains("\(code) \(message)"), "found: \(found.joined(separator: "\n"))")
  }
}

/// Texts that deny what would be unlawful.
enum Denied {
  static let texts = [
    "不限户籍，男女不限，年满 16 周岁即可。", "不收押金、培训费、服装费。", "不得要求未婚。", "未婚已婚均可。",
    "月薪 5000 元，2022-08-01 报到。", "面向 18 周岁以上毕业生。",
  ]
}

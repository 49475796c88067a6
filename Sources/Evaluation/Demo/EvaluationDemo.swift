package import Records
import Ledger
import Values

/// Fills a register with invented reports of the counties for the city's first scheme.
package struct EvaluationDemo {
  private let register: RecordStore
  private var random = DemoRandom(seed: 2_022_11)

  /// Makes a generator; the city's scheme must be there.
  package init(_ register: RecordStore) { self.register = register }

  /// Fills the register.
  ///
  /// - Throws: `LedgerDemo.Flawed` when a record is refused; the store's errors.
  package mutating func fill() throws {
    guard let scheme = try all("assessmentScheme", Query(limit: 1)).first,
      let kind = register.kind("assessmentScheme")
    else { return }
    let elements = try all("assessmentElement", Query(limit: 1_000)).map(\.id).sorted()
    let counties = try register.managingUnits()
    var values: [AssessmentValue] = []
    for county in counties {
      // What is a part of the next is no more than it; so each fraction has its whole beside it.
      var wholes: [String: Int] = [:]
      for element in elements {
        let number = amount(element, &wholes)
        var value = AssessmentValue()
        value.schemeCode = scheme.id
        value.regionCode = county.id
        value.elementCode = element
        value.value = number * 10_000
        value.previousValue = number * 10_000
        value.status = .cityConfirmed
        values.append(value)
      }
    }
    try write(values)
    try register.save(
      kind,
      Draft(texts: ["status": "publicity"], id: scheme.id, version: scheme.version),
      by: LedgerDemo.actor
    )
  }

  /// The elements that are a part of another, with the least and most of it in a hundred.
  private static let parts: [String: (of: String, ClosedRange<Int>)] = [
    "E102": ("E103", 70...100), "E104": ("E105", 70...100), "E106": ("E107", 75...100),
    "E207": ("E208", 18...40), "E209": ("E210", 62...99), "E301": ("E302", 50...100),
    "E303": ("E304", 60...100), "E401": ("E402", 60...100), "E403": ("E404", 28...70),
    "E405": ("E406", 60...100), "E407": ("E408", 10...25), "E501": ("E502", 88...99),
    "E503": ("E504", 55...85), "E505": ("E504", 55...80), "E506": ("E509", 40...60),
    "E507": ("E509", 20...30), "E508": ("E509", 5...10), "E603": ("E604", 3...18),
    "E611": ("E612", 80...110), "E306": ("E305", 50...58), "E307": ("E305", 34...46),
  ]

  private static let usual: [String: ClosedRange<Int>] = [
    "E101": 1...4, "E302": 2...6, "E402": 2...6, "E304": 3...12, "E308": 0...2, "E103": 6...20,
    "E605": 0...1, "E606": 0...3, "E607": 1...8, "E608": 0...2, "E609": 0...6, "E610": 2...15,
    "E601": 20...120, "E602": 12...40, "E510": 2...40,
  ]

  private mutating func amount(_ element: String, _ wholes: inout [String: Int]) -> Int {
    if let known = wholes[element] { return known }
    let number: Int
    if let (whole, range) = Self.parts[element] {
      number = amount(whole, &wholes) * random.number(range) / 100
    } else if element == "E201" || element == "E203" {
      let former = element == "E201" ? "E202" : "E204"
      number = amount(former, &wholes) * random.number(98...109) / 100
    } else {
      number = random.number(Self.usual[element] ?? 1_000...6_000)
    }
    wholes[element] = number
    return number
  }

  private func all(_ name: String, _ query: Query) throws -> [Record] {
    guard let kind = register.kind(name) else { return [] }
    return try register.list(kind, query)
  }

  private func write(_ values: [AssessmentValue]) throws {
    guard let kind = register.kind("assessmentValue") else { return }
    let outcomes = try register.saveAll(
      kind,
      values.map(Draft.init),
      by: LedgerDemo.actor,
      isWhole: true
    )
    if let flaw = outcomes.first(where: { $0.verdict == .refused }) {
      throw LedgerDemo.Flawed(
        description: flaw.problems.map { "\($0.path) \($0.code) \($0.message)" }
          .joined(separator: " ")
      )
    }
  }
}

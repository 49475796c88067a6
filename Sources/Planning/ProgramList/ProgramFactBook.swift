import Calendar
import Ledger
package import Records
import Rules
import Storage
import Values

/// The facts of every program of a city in a year.
///
/// Only verified data count. What is compared is compared within the level: the mean of what was placed, the
/// last tenth, the schools of the kind.
package struct ProgramFactBook: Sendable {
  /// The facts, in the order of the programs' numbers.
  package private(set) var all: [ProgramFacts] = []
  /// How many reports of the year are not verified, and do not count.
  package private(set) var unverified = 0

  private var stats: [String: [Int: ProgramYearStat]] = [:]
  private var schools: [String: Record] = [:]
  private var programs: [String: Record] = [:]
  private var demands: [String: [(occupation: String, weight: Int)]] = [:]
  private var signals: [Int: [String: (postings: Int, vacancies: Int)]] = [:]
  private var sites: [String: Set<String>] = [:]
  private var provincialSites: [String: Int] = [:]
  private var unmet: [String: Int] = [:]
  /// The numbers of the programs of schools by the code of the program, and the level of each.
  private var byProgram: [String: [String]] = [:]
  private var levels: [String: String] = [:]
  private let year: Int

  /// Reads what is known.
  ///
  /// - Parameters:
  ///   - register: the register.
  ///   - year: the newest year of the data.
  /// - Throws: the store's errors.
  package init(_ register: RecordStore, year: Int) throws {
    self.year = year
    var offerings: [Record] = []
    try register.store.read { reading in
      func each(_ name: String, _ query: Query = Query(), _ body: (Record) -> Void) throws {
        guard let kind = register.kind(name) else { return }
        try register.each(kind, query, in: reading, body)
      }
      try each("school", Query([.field("status", "active")])) { schools[$0.id] = $0 }
      try each("program") { programs[$0.id] = $0 }
      try each("programOffering") { record in
        guard let status = record["status"].text, status != "withdrawn", status != "planned" else {
          return
        }
        offerings.append(record)
      }
      try each("programYearStat") { record in
        let stat = ProgramYearStat(values: record.values)
        guard let number = stat.year, number <= year, number > year - 4 else { return }
        guard stat.verified == true else {
          if number == year { unverified += 1 }
          return
        }
        stats[stat.offeringId, default: [:]][number] = stat
      }
      try each("programDemand") { record in
        demands[record["programCode"].text ?? "", default: []].append(
          (record["occupationCode"].text ?? "", record["weight"].integer ?? 0)
        )
      }
      try each("demandSignal") { record in
        guard let number = record["year"].integer, let code = record["occupationCode"].text else {
          return
        }
        let postings = record["postings"].integer ?? 0
        let known = signals[number]?[code] ?? (0, 0)
        signals[number, default: [:]][code] = (
          known.postings + postings, known.vacancies + (record["vacancies"].integer ?? postings)
        )
      }
      try each("benchmark") { record in
        guard record.id.hasPrefix("programSites."), let value = record["value"].integer else {
          return
        }
        provincialSites[String(record.id.dropFirst("programSites.".count))] = value / 100
      }
      let open = Query([.field("side", "demand"), .field("status", "published")])
      try each("exchangeItem", open) { record in
        let heads = record["headcount"].integer ?? 0
        for row in record["programRefs"].rows {
          if let code = row.first { unmet[code, default: 0] += heads }
        }
      }
    }
    for offering in offerings {
      guard let school = offering["schoolId"].text, schools[school] != nil else { continue }
      let code = offering["programCode"].text ?? ""
      sites[code, default: []].insert(school)
      byProgram[code, default: []].append(offering.id)
      levels[offering.id] = programs[code]?["level"].text ?? ""
    }
    let placed = placements(offerings)
    all = offerings.sorted { $0.id < $1.id }.compactMap { facts($0, placed) }
  }

  /// What was placed of a level in a year: all together, and the rate of each program.
  private struct Placement {
    var above = 0
    var below = 0
    var rates: [Exact] = []

    var mean: Exact? { Exact(above).divided(by: Exact(below)) }

    /// The greatest rate of the last tenth: less than a tenth of the programs have a lower one.
    var lastRate: Exact?

    /// Whether a rate is among the last tenth.
    func isLast(_ rate: Exact) -> Bool { lastRate.map { rate <= $0 } ?? false }

    mutating func findLast() {
      guard rates.count >= 10 else { return }
      rates.sort()
      lastRate = rates[(rates.count - 1) / 10]
    }
  }

  private struct LevelYear: Hashable {
    var level: String
    var year: Int
  }

  private func level(_ offering: Record) -> String { levels[offering.id] ?? "" }

  private func placements(_ offerings: [Record]) -> [LevelYear: Placement] {
    var found: [LevelYear: Placement] = [:]
    for offering in offerings {
      for (number, stat) in stats[offering.id] ?? [:] {
        guard let graduates = stat.graduates, graduates > 0, let placed = stat.placedInitial else {
          continue
        }
        let key = LevelYear(level: level(offering), year: number)
        found[key, default: Placement()].above += placed
        found[key, default: Placement()].below += graduates
        if let rate = Exact(placed).divided(by: Exact(graduates)) {
          found[key, default: Placement()].rates.append(rate)
        }
      }
    }
    for key in found.keys { found[key]?.findLast() }
    return found
  }

  // MARK: One program

  private func facts(_ offering: Record, _ placed: [LevelYear: Placement]) -> ProgramFacts? {
    guard let known = stats[offering.id] else { return nil }
    let level = level(offering)
    let years = [year, year - 1, year - 2].map { known[$0] }
    var facts: [ProgramFacts.Fact] = []
    func add(_ name: String, _ value: Exact?, _ how: String) {
      if let value {
        facts.append(ProgramFacts.Fact(name: name, value: .decimal(value), how: how))
      }
    }
    func add(_ name: String, _ value: Bool, _ how: String) {
      facts.append(ProgramFacts.Fact(name: name, value: .bool(value), how: how))
    }
    for rate in ProgramFacts.rates {
      let single = years.map { $0.flatMap { Self.rate(rate.above, rate.below, $0) } }
      add(rate.name, Self.weighted(single.map(\.?.value)), "\(rate.basis)，三年按 5∶3∶2 加权")
      for (number, value) in single.enumerated() {
        add("\(rate.name).\(ProgramFacts.years[number])", value?.value, value?.how ?? "")
      }
    }
    for (number, stat) in years.enumerated() {
      add("录取.\(ProgramFacts.years[number])", stat?.admitted.map { Exact($0) }, "填报")
      let key = LevelYear(level: level, year: year - number)
      if let stat, let placement = placed[key],
        let rate = Self.rate(["placedInitial"], ["graduates"], stat)?.value
      {
        add(
          "落实率末位.\(ProgramFacts.years[number])",
          placement.isLast(rate),
          "同层次 \(placement.rates.count) 个专业点中是否在末位一成"
        )
      }
    }
    let newest = years[0]
    if let mean = placed[LevelYear(level: level, year: year)]?.mean {
      add("落实率均值", mean, "全市同层次落实之和 ÷ 毕业生之和")
    }
    addLayout(offering, level, newest, add)
    addDemand(offering, newest, add)
    if let newest {
      addMeans(newest, add)
      if let teachers = teachers(newest, level) { add("师资达标", teachers.holds, teachers.how) }
      add("严重违规", newest.hasViolation == true, "查实的严重违规")
    }
    let chains = offering["industryChainIds"].list
    add("对接重点产业", !chains.isEmpty, chains.isEmpty ? "专业点没有服务产业链" : "服务产业链 \(chains.count) 条")
    let program = programs[offering["programCode"].text ?? ""]
    let isControlled = program?["isStateControlled"].boolean == true
    let isProtected = offering["isProtected"].boolean == true
    let isNew = offering["openedIn"].integer.map { $0 > year - 2 } ?? false
    add("国家控制布点", isControlled, "专业目录")
    add("保护类", isProtected, "专业点登记")
    add("新设", isNew, "设置年份起招生不满三届")
    return ProgramFacts(
      offering: offering,
      level: level,
      facts: facts,
      graduates: newest?.graduates,
      isSheltered: isControlled || isProtected || isNew
    )
  }

  private func addLayout(
    _ offering: Record,
    _ level: String,
    _ newest: ProgramYearStat?,
    _ add: (String, Exact?, String) -> Void
  ) {
    let code = offering["programCode"].text ?? ""
    let here = sites[code]?.count ?? 0
    if level == "secondary" {
      add("布点数", Exact(here), "本市开设的学校数")
      let kinds: Set<String> = ["secondaryVocationalSchool", "technicianSchool"]
      let all = schools.values.count { kinds.contains($0["institutionKind"].text ?? "") }
      add("布点率", Exact(here).divided(by: Exact(all)), "开设的学校 \(here) 所 ÷ 本市中职学校 \(all) 所")
    } else {
      // The rule is about sites in the province, of which the city's are a part only.
      add("布点数", provincialSites[code].map { Exact($0) }, "全省布点数，见比较基数 programSites.\(code)")
    }
    guard let own = newest?.enrolled else { return }
    let enrolled = stats.reduce(0) { sum, entry in
      levels[entry.key] == level ? sum + (entry.value[year]?.enrolled ?? 0) : sum
    }
    add("规模占比", Exact(own).divided(by: Exact(enrolled)), "在校生 \(own) ÷ 有数专业点在校生 \(enrolled)")
  }

  private func addDemand(
    _ offering: Record,
    _ newest: ProgramYearStat?,
    _ add: (String, Exact?, String) -> Void
  ) {
    let code = offering["programCode"].text ?? ""
    add("平台未满足需求", Exact(unmet[code] ?? 0), "供需对接中征集着的人数")
    let postings = (0...3).map { demanded(code, year - $0, \.postings) }
    let growths = (0..<3).compactMap { number -> Exact? in
      guard let now = postings[number], let before = postings[number + 1] else { return nil }
      return now.divided(by: before)?.subtracting(Exact(1))
    }
    if !growths.isEmpty {
      let sum = growths.dropFirst().reduce(growths[0]) { $0.adding($1) ?? $0 }
      add("需求增长率", sum.divided(by: Exact(growths.count)), "对应职业岗位数的年增长，\(growths.count) 年平均")
    }
    guard let vacancies = demanded(code, year, \.vacancies), let graduates = graduates(of: code)
    else { return }
    add(
      "供需比",
      supply(of: code),
      "本市毕业生 \(graduates) × 本地留用率 ÷ 对应空缺 \(vacancies.text)"
    )
  }

  /// What is looked for of a program's occupations in a year, by their weights; `nil` where nothing is mapped
  /// or known.
  private func demanded(
    _ code: String,
    _ number: Int,
    _ pick: ((postings: Int, vacancies: Int)) -> Int
  ) -> Exact? {
    guard let mapped = demands[code], let known = signals[number] else { return nil }
    var sum: Exact? = .zero
    var isAny = false
    for (occupation, weight) in mapped {
      guard let signal = known[occupation] else { continue }
      isAny = true
      let part = Exact(pick(signal)).multiplied(by: Exact(weight, places: 2) ?? .zero)
      sum = sum.flatMap { sum in part.flatMap(sum.adding) }
    }
    return isAny ? sum : nil
  }

  /// The graduates of a program who stay, some more or fewer thought of, by the vacancies of its occupations.
  private func supply(of code: String, adding more: Exact = .zero) -> Exact? {
    guard let vacancies = demanded(code, year, \.vacancies), let graduates = graduates(of: code),
      let stay = stay(of: code)
    else { return nil }
    return Exact(graduates).adding(more)?.multiplied(by: stay)?.divided(by: vacancies)
  }

  /// What the supply ratio of a program becomes when seats are cut or added.
  ///
  /// - Parameters:
  ///   - code: the program.
  ///   - seats: how many more; fewer when negative.
  /// - Returns: the simulation; `nil` where demand, graduates or the rate of who comes are not known.
  package func simulate(_ code: String, seats: Int) -> SeatSimulation? {
    let all = ofProgram(code)
    let admitted = all.compactMap(\.admitted).reduce(0, +)
    guard let before = supply(of: code),
      let share = Exact(all.compactMap(\.registered).reduce(0, +)).divided(by: Exact(admitted)),
      let more = Exact(seats).multiplied(by: share), let after = supply(of: code, adding: more)
    else { return nil }
    return SeatSimulation(
      program: code,
      seats: seats,
      before: before,
      after: after < .zero ? .zero : after
    )
  }

  /// What a program is called.
  func name(of code: String) -> String { programs[code]?.title ?? code }

  /// The graduates of a program in all schools of the city.
  private func graduates(of code: String) -> Int? {
    let numbers = ofProgram(code).compactMap(\.graduates)
    return numbers.isEmpty ? nil : numbers.reduce(0, +)
  }

  /// The share of a program's graduates who work in the city.
  private func stay(of code: String) -> Exact? {
    let all = ofProgram(code)
    let local = all.compactMap(\.localEmployed).reduce(0, +)
    return Exact(local).divided(by: Exact(all.compactMap(\.employedKnownPlace).reduce(0, +)))
  }

  private func ofProgram(_ code: String) -> [ProgramYearStat] {
    (byProgram[code] ?? []).compactMap { stats[$0]?[year] }
  }

  /// Whether a program has the teachers it must: two of the middle grade in a secondary school; two senior
  /// ones and two who teach both theory and practice in a college.
  private func teachers(_ stat: ProgramYearStat, _ level: String) -> (holds: Bool, how: String)? {
    if level == "secondary" {
      guard let mid = stat.teachersMid else { return nil }
      return (mid >= 2, "中级及以上 \(mid) 人，要 2 人")
    }
    guard let senior = stat.teachersSenior, let dual = stat.teachersDual else { return nil }
    return (senior >= 2 && dual >= 2, "副高及以上 \(senior) 人、双师型 \(dual) 人，各要 2 人")
  }

  private func addMeans(_ stat: ProgramYearStat, _ add: (String, Exact?, String) -> Void) {
    if let equipment = stat.equipment, let enrolled = stat.enrolled {
      let each = Exact(equipment.amount, places: 2)?.divided(by: Exact(enrolled))
      add("生均设备值", each, "设备值 ÷ 在校生，元")
    }
    add("有效协议", stat.validAgreements.map { Exact($0) }, "填报")
    add("招生规模", stat.registered.map { Exact($0) }, "报到的新生")
    add("毕业生", stat.graduates.map { Exact($0) }, "填报")
    add("满意度", stat.satisfaction.flatMap { Exact($0, places: 1) }, "填报")
  }

  // MARK: Rates

  /// A rate of a year with its numbers; `nil` when something is not known or the whole is nought.
  private static func rate(_ above: [String], _ below: [String], _ stat: ProgramYearStat) -> (
    value: Exact, how: String
  )? {
    func sum(_ names: [String]) -> Int? {
      var sum = 0
      for name in names {
        let isTaken = name.hasPrefix("-")
        guard let part = stat.count(isTaken ? String(name.dropFirst()) : name) else { return nil }
        sum += isTaken ? -part : part
      }
      return sum
    }
    guard let upper = sum(above), let lower = sum(below), lower > 0,
      let value = Exact(upper).divided(by: Exact(lower))
    else { return nil }
    return (value, "\(upper) ÷ \(lower)")
  }

  /// Three years weighted, the newest most; of those that are known.
  private static func weighted(_ years: [Exact?]) -> Exact? {
    var sum = Exact.zero
    var weights = 0
    for (value, weight) in zip(years, [5, 3, 2]) {
      guard let value, let part = value.multiplied(by: Exact(weight)), let more = sum.adding(part)
      else { continue }
      sum = more
      weights += weight
    }
    return weights == 0 ? nil : sum.divided(by: Exact(weights))
  }
}

extension ProgramYearStat {
  /// A count by the name of its field.
  fileprivate func count(_ name: String) -> Int? {
    switch name {
    case "planned": planned
    case "firstChoice": firstChoice
    case "admitted": admitted
    case "registered": registered
    case "graduates": graduates
    case "placedInitial": placedInitial
    case "employed": employed
    case "furtherStudy": furtherStudy
    case "matched": matched
    case "notMatched": notMatched
    case "localEmployed": localEmployed
    case "employedKnownPlace": employedKnownPlace
    default: nil
    }
  }
}

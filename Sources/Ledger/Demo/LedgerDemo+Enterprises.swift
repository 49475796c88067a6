import Calendar
import Records
import Values

extension LedgerDemo {
  private var asOf: CivilDate { plan.asOf ?? register.clock.now().date }

  /// The invented enterprises; the first ones of the list are the large ones.
  mutating func makeEnterprises() throws {
    let prefixes = names("enterprisePrefix", or: ["海澜"])
    let trades = names("enterpriseTrade", or: ["C:制造"])
    let forms = names("enterpriseForm", or: ["有限公司"])
    let large = plan.count("enterprises.outputOver100m")
    let total = plan.count("enterprises") + plan.count("enterprises") / 40
    for number in 1...max(1, total) {
      let trade = trades[(number * 13 + number / 60) % trades.count].split(
        separator: ":",
        maxSplits: 1
      )
      let county = counties[random.number(0...counties.count - 1)]
      let first = prefixes[number % prefixes.count]
      let second = prefixes[(number / prefixes.count * 11 + number * 3) % prefixes.count]
      var enterprise = Enterprise()
      enterprise.enterpriseId = "ED\(padded(number, 5))"
      enterprise.uscc =
        USCC.completed(
          prefix: "91" + city.code.prefix(4) + "99",
          organisation: "MA9" + padded(number, 5)
        ).text
      enterprise.enterpriseName =
        county.name + first + second + (trade.last.map(String.init) ?? "")
        + forms[number % forms.count] + "（演示）"
      enterprise.legalForm = number % 9 == 0 ? .hongKongMacaoTaiwan : .privateEnterprise
      enterprise.registeredRegionCode = county.code
      if let zone = county.zones.first, number % 5 == 0 { enterprise.managingZoneCode = zone }
      (enterprise.longitude, enterprise.latitude) = county.point(&random)
      enterprise.gbIndustryCode = String(trade.first ?? "C")
      enterprise.industryChainNodeIds = nodes(of: enterprise.gbIndustryCode)
      let isLarge = number <= large
      enterprise.employeesOnPost = isLarge ? random.number(300...6000) : random.number(8...400)
      enterprise.annualOutput = .yuan(
        isLarge ? random.number(100...3000) * 1_000_000 : random.number(5...99) * 1_000_000
      )
      enterprise.annualOutputYear = asOf.year - 1
      enterprise.sizeClass = isLarge ? (number % 4 == 0 ? .large : .medium) : .small
      enterprise.isAboveDesignatedSize = isLarge || number % 2 == 0
      enterprise.tags =
        isLarge && number % 20 == 0 ? ["chainLeader"] : number % 17 == 0 ? ["highTech"] : []
      enterprise.creditStatus = number % 211 == 0 ? .abnormalOperation : .normal
      enterprise.creditCheckedOn = asOf.adding(days: -random.number(1...150))
      enterprise.verification = number % 211 == 0 ? .frozen : .active
      enterprise.contactRole = "人力资源部"
      enterprises.append(enterprise)
    }
    try write(enterprises)
  }

  /// Each planned partner works with one institution of higher education, some with two, some with
  /// secondary schools as well.
  mutating func makeCooperation() throws {
    let higher = schools.filter { $0.institutionKind?.isHigherEducation == true }
    let secondary = schools.filter { $0.institutionKind?.isHigherEducation == false }
    let forms = CooperationForm.allCases.map(\.rawValue)
    var all: [Cooperation] = []
    func cooperation(_ school: School, _ enterprise: Enterprise, _ number: Int) -> Cooperation {
      var one = Cooperation()
      one.institutionId = school.schoolId
      one.enterpriseId = enterprise.enterpriseId
      one.forms = [forms[number % forms.count], forms[(number / 3 + 1) % forms.count]]
      if one.forms[0] == one.forms[1] { one.forms.removeLast() }
      one.subject = "校企合作（演示）"
      one.agreementNo = "演示协议〔\(asOf.year - 1)〕\(number)号"
      one.startedOn = asOf.adding(days: -400 - number % 700)
      one.endsOn = asOf.adding(days: 300 + number % 900)
      one.status = .active
      one.lastActivityOn = asOf.adding(days: -number % 300)
      return one
    }
    for (number, enterprise) in enterprises.prefix(plan.count("enterprises")).enumerated() {
      let fallback = higher.isEmpty ? secondary : higher
      all.append(cooperation(fallback[number % fallback.count], enterprise, number))
      if number % 6 == 0, fallback.count > 1 {
        all.append(cooperation(fallback[(number + 1) % fallback.count], enterprise, number + 1))
      }
      if number % 5 == 0, !secondary.isEmpty {
        all.append(cooperation(secondary[number % secondary.count], enterprise, number + 2))
      }
    }
    try write(all)
  }

  /// The chain nodes that name an industry or one above it.
  private func nodes(of industry: String) -> [String] {
    nodes.filter { node in
      node["gbIndustryCodes"].list.contains { industry.hasPrefix($0) || $0.hasPrefix(industry) }
    }.prefix(2).map(\.id)
  }
}

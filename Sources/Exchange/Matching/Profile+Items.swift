import Calendar
import Ledger
import Records
import Values

extension Profile {
  /// The profile of an exchange item.
  ///
  /// - Parameters:
  ///   - item: the item.
  ///   - owner: the owner's record, when it is loaded.
  ///   - knowledge: what words and codes mean.
  init(_ item: ExchangeItem, owner: Record?, knowledge: MatchKnowledge) {
    self.init(
      kind: item.side == .offer ? .offer : .need,
      id: item.itemId,
      code: item.itemId,
      name: item.title
    )
    itemKind = item.kind
    ownerID = item.ownerEnterpriseId.isEmpty ? item.ownerSchoolId : item.ownerEnterpriseId
    ownerName = owner?.title ?? ""
    wishes = item.programWishes
    occupations = Set(item.occupationCodes)
    nodes = Set(item.industryNodeIds)
    if nodes.isEmpty { nodes = Set(owner?["industryChainNodeIds"].list ?? []) }
    skills = item.skillTerms.rows.compactMap { row in
      guard let word = row.first, !word.isEmpty else { return nil }
      return knowledge.skill(word, isMust: row.count > 1 && row[1] == YesNo.yes.rawValue)
    }
    certificates = item.certificateRefs.rows.compactMap { Self.certificate($0, knowledge) }
    expertise = item[attribute: "researchFields"].list.map {
      knowledge.skill($0, isMust: false)
    }
    if let field = item[attribute: "field"].text {
      expertise.append(knowledge.skill(knowledge.fieldNames[field] ?? field, isMust: false))
    }
    isConfidential =
      item.kind == .techProblem
      && item[attribute: "confidentiality"].text == Confidentiality.nda.rawValue
    acceptsConfidentiality = item[attribute: "acceptsConfidentiality"].boolean
    let low = item.levelMin.flatMap(Self.rank)
    let high = item.levelMax.flatMap(Self.rank)
    if low != nil || high != nil {
      levels = min(low ?? 0, high ?? 2)...max(high ?? 2, low ?? 0)
    }
    isLevelStrict = item.levelStrict ?? false
    region = item.regionCode
    point =
      Place.point(item.longitude, item.latitude)
      ?? Place.point(owner?["longitude"].integer, owner?["latitude"].integer)
      ?? knowledge.points[item.regionCode]
    hasFreeDorm = item[attribute: "lodging"].text == "free"
    quantity = item.remaining ?? item.headcount
    minBatch = item.minBatch
    if let start = item.periodStart, let end = item.periodEnd { period = Period(start, end) }
    flexDays = item.flexDays ?? 0
    let pays = ["payMin", "payMax", "internPayMonthly"].compactMap { item[attribute: $0].integer }
    if !pays.isEmpty { pay = pays.reduce(0, +) / pays.count }
    if let kind = item.kind, let category = item[attribute: "postCategory"].text {
      payGroup = "\(kind.rawValue).\(category)"
    }
    hazards = item[attribute: "hazardCodes"].list.map { knowledge.hazardNames[$0] ?? $0 }
    minors = item[attribute: "minorsCount"].integer ?? 0
    tellsOfStudents =
      item.poster == .school && (item.side == .offer || item.kind == .internshipNeed)
    isPublic = item.visibility == .public || item.visibility == nil
    isOwnerSound = owner.map(Self.isSound) ?? true
  }

  /// Adds what the school's 1+X pilots plan for the programs named and the item does not state, when
  /// it says what students can rather than what is looked for.
  mutating func addPlanned(_ item: ExchangeItem, _ knowledge: MatchKnowledge) {
    guard tellsOfStudents else { return }
    var known = Set(certificates.map(\.id))
    for program in wishes.compactMap(\.code) {
      for planned in knowledge.planned(school: item.ownerSchoolId, program: program)
      where known.insert(planned.id).inserted {
        certificates.append(planned)
      }
    }
  }

  /// The certificate of a row: code, grade, whether required, expected day.
  private static func certificate(_ row: [String], _ knowledge: MatchKnowledge) -> Certificate? {
    guard let word = row.first, !word.isEmpty else { return nil }
    func cell(_ place: Int) -> String { row.count > place ? row[place] : "" }
    let expectedOn = CivilDate(cell(3))
    return Certificate(
      id: knowledge.certificate(word),
      isRequired: cell(2) == YesNo.yes.rawValue,
      isAdvanced: SkillGrade(named: cell(1))?.isAdvanced ?? false,
      isPlanned: expectedOn != nil,
      expectedOn: expectedOn
    )
  }

  /// The profile of a carrier.
  init(_ carrier: Record, knowledge: MatchKnowledge) {
    self.init(kind: .carrier, id: carrier.id, code: carrier.id, name: carrier.title)
    ownerID = carrier["ownerOrgId"].text ?? carrier["ownerEnterpriseId"].text ?? ""
    wishes = carrier["programCodes"].list.compactMap { ProgramWish([$0]) }
    occupations = Set(carrier["occupationCodes"].list)
    nodes = Set(carrier["industryNodeIds"].list)
    region = carrier["locationRegionCode"].text ?? ""
    point =
      Place.point(carrier["longitude"].integer, carrier["latitude"].integer)
      ?? knowledge.points[region]
    quantity = carrier["workplaces"].integer
    expertise = carrier["researchFields"].list.map { knowledge.skill($0, isMust: false) }
    version = carrier.version
  }

  /// The profile of a program, with what the schools that offer it have.
  init(_ program: Record, offerings: [Record], schools: [String: Record], knowledge: MatchKnowledge)
  {
    self.init(kind: .program, id: program.id, code: program.id, name: program.title)
    if let wish = ProgramWish([program.id]) { wishes = [wish] }
    occupations = knowledge.occupations[program.id] ?? []
    if let rank = ProgramCode(program.id).map(\.level).map(Self.rank) { levels = rank...rank }
    certificates = knowledge.planned(school: "", program: program.id)
    var seen: Set<String> = []
    for offering in offerings where offering["status"].text == "recruiting" {
      for word in offering["skillTerms"].list where seen.insert(word).inserted {
        skills.append(knowledge.skill(word, isMust: false))
      }
      if let graduates = offering["graduatesThisYear"].integer {
        quantity = (quantity ?? 0) + graduates
      }
    }
    let names = offerings.compactMap { schools[$0["schoolId"].text ?? ""]?.title }
    ownerName =
      names.isEmpty
      ? "" : names.prefix(2).joined(separator: "、") + (names.count > 2 ? "等 \(names.count) 所" : "")
    points = offerings.compactMap { offering in
      guard let school = schools[offering["schoolId"].text ?? ""],
        let point = Place.point(school["longitude"].integer, school["latitude"].integer)
      else { return nil }
      return (point, school.title)
    }
    version = program.version
  }

  /// Whether an owner may be recommended: checked by somebody, and in good standing.
  private static func isSound(_ owner: Record) -> Bool {
    if let credit = owner["creditStatus"].text, credit != CreditStatus.normal.rawValue {
      return false
    }
    if let check = owner["verification"].text.flatMap(EnterpriseVerification.init(rawValue:)),
      check != .verified, check != .active
    {
      return false
    }
    guard let status = owner["status"].text.flatMap(RecordStatus.init(rawValue:)) else {
      return true
    }
    return status == .verified || status == .active
  }

  static func rank(_ level: StudentLevel) -> Int {
    switch level {
    case .secondary: 0
    case .juniorCollege: 1
    case .vocationalBachelor: 2
    }
  }

  static func rank(_ level: ProgramCode.Level) -> Int {
    switch level {
    case .secondary: 0
    case .juniorCollege: 1
    case .vocationalBachelor: 2
    }
  }
}

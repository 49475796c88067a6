package import Indicators
import Ledger
package import Records
import Storage
package import Values

/// What one organisation is asked under a scheme (填报单): each number once, with what the register knows of it,
/// which is then shown for confirmation and not asked.
package struct AssessmentForm: Sendable {
  /// One number.
  package struct Line: Sendable {
    /// What is asked.
    package var element: AssessmentElement
    /// What was reported; `nil` when nothing was yet.
    package var value: AssessmentValue?
    /// What was reported the year before, as the city found it.
    package var former: Exact?
    /// What the register knows: the value of the element's indicator at the organisation.
    package var ledger: Exact?
    /// Why the register knows no number; `nil` when it does, or is not asked.
    package var unknown: String?
    /// The year the register's number is of.
    package var ledgerYear: String
    /// The codes of the leaves that use it.
    package var usedBy: [String]

    /// Whether it is there to be confirmed: known, and not reported yet.
    package var isToConfirm: Bool { ledger != nil && value == nil }
    /// Whether what was reported is what the register knows.
    package var isConfirmed: Bool {
      value.map { $0.ledgerValue != nil && $0.value == $0.ledgerValue } ?? false
    }
  }

  /// The scheme.
  package var scheme: AssessmentScheme
  /// The organisation's code or number, its name, and the county it is or lies in.
  package var organisation: String
  package var name: String
  package var county: String
  /// The numbers, in the order of their codes.
  package var lines: [Line]

  /// How many numbers the register knew, of those asked.
  package var known: Int { lines.count { $0.ledger != nil || $0.value?.ledgerValue != nil } }
  /// How many are still to be reported.
  package var open: Int { lines.count { $0.value == nil || $0.value?.status == .returned } }

  /// The place its indicators are reckoned at.
  package var place: IndicatorPlace {
    IndicatorPlace(scheme.targetType == .school ? .school : .county, organisation)
  }

  /// Draws up the form of an organisation.
  ///
  /// - Parameters:
  ///   - register: the register, as whoever fills it in sees it.
  ///   - book: the indicators of the whole register.
  ///   - code: the scheme.
  ///   - organisation: a county's code or a school's number.
  /// - Returns: the form; `nil` when there is no such scheme or organisation.
  /// - Throws: the store's errors.
  package static func of(
    _ register: RecordStore,
    _ book: IndicatorBook,
    _ code: String,
    _ organisation: String
  ) throws -> AssessmentForm? {
    guard let schemes = register.kind("assessmentScheme"),
      let record = try register.record(schemes, code)
    else { return nil }
    let scheme = AssessmentScheme(values: record.values)
    let isSchool = scheme.targetType == .school
    guard let kind = register.kind(isSchool ? "school" : "region"),
      let whose = try register.record(kind, organisation),
      try isSchool || register.managingUnits().contains(where: { $0.id == organisation })
    else { return nil }
    var form = AssessmentForm(
      scheme: scheme,
      organisation: organisation,
      name: whose.title,
      county: isSchool ? whose["locationRegionCode"].text ?? "" : organisation,
      lines: []
    )
    let asked = try Self.asked(register, code)
    let now = try values(register, scheme.valuesCode, organisation, isSchool)
    let before =
      try former(register, scheme, schemes)
      .map { try values(register, $0, organisation, isSchool) } ?? [:]
    let elements = try Self.elements(register)
    try register.store.read { reading in
      let reckoning = try book.reckon(in: reading, for: .officer)
      for (code, users) in asked.sorted(by: { $0.key < $1.key }) {
        guard let element = elements[code] else { continue }
        form.lines.append(
          form.line(element, users, now[code], before[code], try form.known(element, reckoning))
        )
      }
    }
    return form
  }

  private func line(
    _ element: AssessmentElement,
    _ users: [String],
    _ value: AssessmentValue?,
    _ former: AssessmentValue?,
    _ known: (exact: Exact?, unknown: String?, year: String)
  ) -> Line {
    Line(
      element: element,
      value: value,
      former: former?.counted ?? value?.former,
      ledger: known.exact,
      unknown: known.unknown,
      ledgerYear: known.year,
      usedBy: users
    )
  }

  /// What the register knows of an element at the organisation: the newest year not after the scheme's.
  private func known(_ element: AssessmentElement, _ reckoning: Reckoning) throws -> (
    exact: Exact?, unknown: String?, year: String
  ) {
    guard !element.indicatorCode.isEmpty else { return (nil, nil, "") }
    let code = element.indicatorCode
    let latest = String(scheme.year ?? 9999)
    let year = reckoning.years(of: code).last { $0.prefix(4) <= latest.prefix(4) }
    guard let value = try reckoning.value(code, at: place, year: year) else {
      return (nil, "没有指标 \(code)", "")
    }
    guard let exact = value.answer.exact, let places = exact.rounded(places: 4) else {
      return (nil, value.answer.words, value.year)
    }
    return (Exact(places, over: 10_000), nil, value.year)
  }

  // MARK: Reporting

  /// What somebody fills in for a number.
  package struct Entry: Hashable, Sendable {
    /// The number as typed; empty when it does not apply.
    package var value = ""
    /// Whether it does not apply, and why.
    package var notApplicable = false
    package var naReason = ""
    /// Why it differs from the year before, or from what the register knows.
    package var explanation = ""

    /// Makes an entry.
    package init(
      value: String = "",
      notApplicable: Bool = false,
      naReason: String = "",
      explanation: String = ""
    ) {
      self.value = value
      self.notApplicable = notApplicable
      self.naReason = naReason
      self.explanation = explanation
    }
  }

  /// Every number the register knows and nobody reported yet, as it is.
  package var confirming: [String: Entry] {
    Dictionary(
      uniqueKeysWithValues: lines.filter(\.isToConfirm).map { line in
        (line.element.code, Entry(value: line.ledger?.plain ?? ""))
      }
    )
  }

  /// Reports numbers, all or none.
  ///
  /// - Parameters:
  ///   - entries: what is filled in, by element.
  ///   - register: the register of who fills it in.
  ///   - actor: who fills it in.
  /// - Returns: how many values are new or changed, and what they are told besides.
  /// - Throws: `Refused` with each problem at `ELEMENT.field`; the store's errors.
  package func report(_ entries: [String: Entry], in register: RecordStore, by actor: Actor) throws
    -> (written: Int, told: [Problem])
  {
    guard scheme.valuesFrom.isEmpty else {
      throw Refused(problems: [
        Problem("EVA-E-047", "", "这个方案取数自 \(scheme.valuesFrom)，请在那个方案里填报。")
      ])
    }
    let known = Dictionary(uniqueKeysWithValues: lines.map { ($0.element.code, $0) })
    for code in entries.keys.sorted() where known[code] == nil {
      throw Refused(problems: [Problem("EVA-E-048", code, "方案没有要采集项 \(code)。")])
    }
    guard let kind = register.kind("assessmentValue") else { return (0, []) }
    let order = entries.keys.sorted()
    let drafts = order.compactMap { code in known[code].map { draft($0, entries[code] ?? Entry()) }
    }
    let outcomes = try register.saveAll(kind, drafts, by: actor, isWhole: true)
    func placed(_ problems: [Problem], _ code: String) -> [Problem] {
      problems.map { problem in
        var placed = problem
        placed.path = problem.path.isEmpty ? code : "\(code).\(problem.path)"
        placed.message = "\(known[code]?.element.name ?? code)：\(problem.message)"
        return placed
      }
    }
    let told = zip(order, outcomes).map { placed($1.problems, $0) }
    let refused = zip(outcomes, told).filter { $0.0.verdict == .refused }.flatMap(\.1)
    guard refused.isEmpty else { throw Refused(problems: refused) }
    return (
      outcomes.count { $0.verdict == .new || $0.verdict == .changed }, told.flatMap { $0 }
    )
  }

  private func draft(_ line: Line, _ entry: Entry) -> Draft {
    var inputs: [String: Draft.Input] = [
      "schemeCode": .text(scheme.schemeCode), "elementCode": .text(line.element.code),
      "value": .text(entry.notApplicable ? "" : entry.value),
      "notApplicable": .text(entry.notApplicable ? "true" : "false"),
      "naReason": .text(entry.naReason), "explanation": .text(entry.explanation),
      "status": .text(AssessmentValueStatus.filled.rawValue),
    ]
    inputs[scheme.targetType == .school ? "schoolId" : "regionCode"] = .text(organisation)
    func scaled(_ number: Exact?) -> Draft.Input {
      number.flatMap { $0.rounded(places: 4) }.map { .value(.integer(Int($0))) } ?? .text("")
    }
    if let former = line.former { inputs["previousValue"] = scaled(former) }
    if let ledger = line.ledger { inputs["ledgerValue"] = scaled(ledger) }
    return Draft(inputs, id: line.value?.valueId)
  }

  // MARK: Reading

  /// The elements a scheme asks for, with the leaves that use them.
  private static func asked(_ register: RecordStore, _ code: String) throws -> [String: [String]] {
    guard let kind = register.kind("assessmentIndicator") else { return [:] }
    var asked: [String: [String]] = [:]
    for record in try register.list(kind, Query([.field("schemeCode", code)], limit: 10_000)) {
      let indicator = AssessmentIndicator(values: record.values)
      guard indicator.method != nil else { continue }
      for element in indicator.elementCodes { asked[element, default: []].append(indicator.code) }
    }
    return asked
  }

  private static func elements(_ register: RecordStore) throws -> [String: AssessmentElement] {
    guard let kind = register.kind("assessmentElement") else { return [:] }
    return Dictionary(
      try register.list(kind, Query(limit: 10_000))
        .map { ($0.id, AssessmentElement(values: $0.values)) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  private static func values(
    _ register: RecordStore,
    _ scheme: String,
    _ organisation: String,
    _ isSchool: Bool
  ) throws -> [String: AssessmentValue] {
    guard let kind = register.kind("assessmentValue") else { return [:] }
    let own = Query(
      [
        .field("schemeCode", scheme), .field(isSchool ? "schoolId" : "regionCode", organisation),
      ],
      limit: 10_000
    )
    return Dictionary(
      try register.list(kind, own).map { AssessmentValue(values: $0.values) }
        .map { ($0.elementCode, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The scheme of the year before for the same sort of organisation.
  private static func former(_ register: RecordStore, _ scheme: AssessmentScheme, _ kind: Kind)
    throws -> String?
  {
    guard let year = scheme.year else { return nil }
    return try register.list(kind, Query([.field("year", String(year - 1))], limit: 100))
      .map { AssessmentScheme(values: $0.values) }
      .first { $0.targetType == scheme.targetType && $0.valuesFrom.isEmpty }?.schemeCode
  }
}

extension AssessmentForm {
  /// Whether numbers may be filled in as far as the scheme tells: it takes values, and its own.
  package var takesEntries: Bool { scheme.valuesFrom.isEmpty && scheme.status?.takesValues == true }

  /// Whether somebody may see the form: the city's bureau, a county of itself and its schools, a school of itself.
  package func isOpen(to reader: Reader) -> Bool {
    switch reader.role {
    case .cityBureau: true
    case .countyBureau: county == reader.region
    case _ where Role.ofSchool.contains(reader.role):
      scheme.targetType == .school && organisation == reader.organisation
    default: false
    }
  }

  /// The form as the API gives it.
  package var json: JSON {
    .object([
      "scheme": .string(scheme.schemeCode), "organisation": .string(organisation),
      "name": .string(name), "open": .integer(open), "known": .integer(known),
      "lines": .array(
        lines.map { line in
          .object([
            "element": .string(line.element.code), "name": .string(line.element.name),
            "unit": .string(line.element.unit),
            "usedBy": .array(line.usedBy.map(JSON.string)),
            "former": line.former.map { .number($0.plain) } ?? .null,
            "ledger": line.ledger.map { .number($0.plain) } ?? .null,
            "ledgerYear": .string(line.ledgerYear),
            "indicator": .string(line.element.indicatorCode),
            "value": line.value?.value.flatMap { Exact($0, places: 4) }
              .map { .number($0.plain) } ?? .null,
            "notApplicable": .boolean(line.value?.notApplicable == true),
            "status": .string(line.value?.status?.rawValue ?? ""),
            "confirmed": .boolean(line.isConfirmed),
          ])
        }
      ),
    ])
  }
}

extension Exact {
  /// The number as it is typed: whole, or with four places.
  package var plain: String { isWhole ? String(numerator) : text(places: 4) }
}

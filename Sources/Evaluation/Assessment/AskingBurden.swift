package import Records

/// How often an organisation was asked for numbers in a year, and how many of them the platform knew
/// already (采集负担).
package struct AskingBurden: Sendable {
  /// One thing it was asked for.
  package struct Ask: Hashable, Sendable {
    /// What: a scheme, or a yearly report.
    package var title: String
    /// The kind whose records they are.
    package var kind: String
    /// How many forms or records.
    package var forms: Int
    /// How many numbers were given.
    package var numbers: Int
    /// How many of them were shown from the register and confirmed.
    package var confirmed: Int
  }

  /// The year.
  package var year: Int
  /// What it was asked for, in order.
  package var asks: [Ask]

  /// How many numbers it gave by hand.
  package var typed: Int { asks.reduce(0) { $0 + $1.numbers - $1.confirmed } }
  /// How many it only confirmed.
  package var confirmed: Int { asks.reduce(0) { $0 + $1.confirmed } }
  /// In how many collections it was asked.
  package var times: Int { asks.count }

  /// The burden in words.
  package var sentence: String {
    guard !asks.isEmpty else { return "还没有要过数。" }
    let whole = typed + confirmed
    return "\(times) 次采集，共 \(whole) 个数：\(confirmed) 个平台已有、只需确认，\(typed) 个要自己填。"
  }

  /// Counts what an organisation was asked in a year: assessments, and every kind of yearly report that names it.
  ///
  /// - Parameters:
  ///   - register: the register, as whoever asks sees it.
  ///   - organisation: a county's code or a school's number.
  ///   - isSchool: whether it is a school.
  ///   - year: the calendar year; a school year counts for the year it ends in.
  /// - Throws: the store's errors.
  package init(_ register: RecordStore, of organisation: String, isSchool: Bool, in year: Int)
    throws
  {
    self.year = year
    asks = try Self.assessments(register, organisation, isSchool, year)
    for kind in register.kinds where kind.name != "assessmentValue" {
      guard let field = Self.field(of: kind, isSchool), let period = Self.period(of: kind) else {
        continue
      }
      let years = period.isSchoolYear ? "\(year - 1)-\(year)" : String(year)
      let records = try register.list(
        kind,
        Query([.field(field, organisation), .field(period.field, years)], limit: 2_000)
      )
      guard !records.isEmpty else { continue }
      asks.append(
        Ask(
          title: kind.label,
          kind: kind.name,
          forms: records.count,
          numbers: records.reduce(0) { $0 + Self.numbers(in: $1) },
          confirmed: 0
        )
      )
    }
  }

  private static func assessments(
    _ register: RecordStore,
    _ organisation: String,
    _ isSchool: Bool,
    _ year: Int
  ) throws -> [Ask] {
    guard let schemes = register.kind("assessmentScheme"),
      let kind = register.kind("assessmentValue")
    else { return [] }
    return try register.list(schemes, Query([.field("year", String(year))], limit: 200))
      .compactMap { scheme in
        let values = try register.list(
          kind,
          Query(
            [
              .field("schemeCode", scheme.id),
              .field(isSchool ? "schoolId" : "regionCode", organisation),
            ],
            limit: 10_000
          )
        ).map { AssessmentValue(values: $0.values) }
        guard !values.isEmpty else { return nil }
        return Ask(
          title: scheme.title,
          kind: kind.name,
          forms: 1,
          numbers: values.count { $0.value != nil },
          confirmed: values.count { $0.value != nil && $0.value == $0.ledgerValue }
        )
      }
  }

  /// The field by which a kind's records are of an organisation, a report of it among what it must name.
  private static func field(of kind: Kind, _ isSchool: Bool) -> String? {
    kind.fields.first { field in
      guard field.isRequired, case .reference(let other) = field.type else { return false }
      return other == (isSchool ? "school" : "region")
    }?.name
  }

  /// The field that says of which year a record is.
  private static func period(of kind: Kind) -> (field: String, isSchoolYear: Bool)? {
    for field in kind.fields {
      switch (field.name, field.type) {
      case (_, .schoolYear): return (field.name, true)
      case ("year", .integer), ("dataYear", .integer): return (field.name, false)
      default: continue
      }
    }
    return nil
  }

  /// How many numbers a record holds, its year aside.
  private static func numbers(in record: Record) -> Int {
    zip(record.kind.fields, record.values).count { field, value in
      guard !value.isNone, !field.isDerived, field.name != "year", field.name != "dataYear" else {
        return false
      }
      return switch field.type {
      case .integer, .decimal, .money: true
      default: false
      }
    }
  }
}

package import Calendar
package import Matching
package import Records
package import Values

/// A city as its folder describes it: everything that differs between cities, and nothing else.
///
/// What the folder's `records/` hold is not here: they become records of the register.
package struct City: CityRules {
  /// The folder it was read from.
  package var folder = ""
  /// The six-digit code.
  package var code = ""
  /// The full name.
  package var name = ""
  /// The name people use.
  package var shortName = ""
  /// The name of the platform on every page.
  package var platformName = ""
  /// The province's code.
  package var province = ""
  /// The province's name.
  package var provinceName = ""
  /// The education bureau, which runs the platform.
  package var bureau = ""
  /// After how many days without a change or confirmation a record should be looked at.
  package var confirmSoonDays = 180
  /// After how many days without a change or confirmation a record is too old to rest on.
  package var confirmWithinDays = 365
  /// Which days are worked.
  package var workingDays = WorkingDays()
  /// The matching weights, by kind of exchange item; `*` for kinds without a row.
  package var weights: [String: Weights] = [:]
  /// The skill vocabulary.
  package var vocabulary: [SkillTerm] = []
  /// The minimum wages.
  package var minimumWages: [MinimumWage] = []
  /// What people are told about their personal data, the oldest version first.
  package var privacyNotices: [PrivacyNotice] = []
  /// The code tables, by name.
  package var codeTables: [String: [Option]] = [:]
  /// What the demo data shall add up to; empty when the folder plans none.
  package var demoPlan: [String: String] = [:]
  /// Invented name parts for the demo data, by kind.
  package var demoNames: [String: [String]] = [:]

  /// Where the folder speaks of what its records or the exchange must know.
  package var mentions: [Mention] = []

  /// Makes a city with nothing in it.
  package init() {}

  package func minimumWage(region: String, on date: CivilDate) -> Fen? {
    minimumWages.first {
      $0.region == region && $0.from <= date && ($0.to.map { date <= $0 } ?? true)
    }?.monthly
  }

  package func codeTable(_ name: String) -> [Option]? { codeTables[name] }

  /// The weights for a kind of exchange item.
  package func weights(for kind: String) -> Weights {
    weights[kind] ?? weights["*"] ?? Weights([:])
  }
}

/// A place in a city's folder that names something declared elsewhere.
package struct Mention: Hashable, Sendable {
  /// What is named.
  package enum Subject: Sendable {
    /// A region of `records/region.csv`.
    case region
    /// A kind of need or offer.
    case itemKind
  }

  /// What is named.
  package var subject: Subject
  /// Its code.
  package var code: String
  /// The file that names it.
  package var file: String
  /// The line.
  package var line: Int
}

/// A skill of the vocabulary (技能词); see `exchange.md` §4.7.
package struct SkillTerm: Hashable, Sendable {
  /// The stable identifier.
  package var id: String
  /// The usual name.
  package var name: String
  /// Other names that mean the same.
  package var synonyms: [String]
  /// The identifiers of broader terms.
  package var broader: [String]
  /// The occupations that need it.
  package var occupationCodes: [String]
  /// Whether the law asks for a certificate.
  package var isRegulated: Bool
}

/// The lawful minimum wage of a county over a time.
package struct MinimumWage: Hashable, Sendable {
  /// The county's code.
  package var region: String
  /// The first day.
  package var from: CivilDate
  /// The last day; open when `nil`.
  package var to: CivilDate?
  /// The amount a month.
  package var monthly: Fen
  /// The notice it rests on.
  package var document: String
}

package import Calendar
package import Values

/// What a check may know beyond the record: loaded before, so that no check asks the store.
package struct Surroundings: Sendable {
  /// The day on which the check is made.
  package var today: CivilDate
  /// The values of the records referred to, by kind and identifier.
  package var referred: [String: [String: [String: Value]]]
  /// The record as it stands in the store, by field name; empty for a new one.
  package var former: [String: Value]
  /// The declared peers of the record, without itself, by field name: some of them when there are many.
  package var peers: [[String: Value]]
  /// The declared records of other kinds, by field name, each list by the kind and the field of the record.
  package var consulted: [String: [[String: Value]]]
  /// What the city's folder says that checks need, such as the minimum wages.
  package var city: any CityRules
  /// The kinds of record there are, for what speaks of them.
  package var kinds: [Kind]
  /// The role whose record is checked; `nil` when the platform itself writes.
  package var role: Role?

  /// Makes surroundings.
  package init(
    today: CivilDate,
    city: any CityRules,
    referred: [String: [String: [String: Value]]] = [:],
    former: [String: Value] = [:],
    peers: [[String: Value]] = [],
    consulted: [String: [[String: Value]]] = [:],
    kinds: [Kind] = [],
    role: Role? = nil
  ) {
    self.today = today
    self.city = city
    self.referred = referred
    self.former = former
    self.peers = peers
    self.consulted = consulted
    self.kinds = kinds
    self.role = role
  }

  /// The records of another kind that were declared to be looked at for a field of the record.
  package func consulted(_ kind: String, for own: String) -> [[String: Value]] {
    consulted["\(kind).\(own)"] ?? []
  }

  /// Whether what is entered late, or is of the past, may be: by the platform itself and the city's bureau, which
  /// take in what was before, and nobody else.
  package var mayEnterLate: Bool { role == nil || role == .cityBureau }

  /// A field of a record referred to; `.none` when it was not loaded.
  package func referred(_ kind: String, _ identifier: String, _ field: String) -> Value {
    referred[kind]?[identifier]?[field] ?? .none
  }
}

/// The facts of a city that checks ask for.
package protocol CityRules: Sendable {
  /// The lawful minimum wage of a county on a day, in fen a month; `nil` when the city's folder has none.
  func minimumWage(region: String, on date: CivilDate) -> Fen?
  /// The codes of one of the city's code tables; `nil` when there is no such table.
  func codeTable(_ name: String) -> [Option]?
  /// Which days are worked: what is due in so many working days is counted by it.
  var workingDays: WorkingDays { get }
}

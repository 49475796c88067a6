package import Calendar
package import Ciphers
package import Storage

/// The register: every kind of record in one store, with history, audit and change feed.
package final class RecordStore: Sendable {
  /// Where the rows are kept.
  package let store: any Store
  /// The kinds, in the order in which one may refer to the next.
  package let kinds: [Kind]
  /// What the city's folder says that checks need.
  package let city: any CityRules
  /// Tells the time.
  package let clock: Clock

  /// The moment as of which it is read; `nil` for as it stands.
  package let knownAt: Instant?

  /// Who reads and writes; `nil` for the platform itself, to which everything is open.
  package let reader: Reader?

  /// The keys with which sensitive fields are sealed; without them none can be written or read.
  let ring: KeyRing?

  /// The columns of big kinds that are held in memory.
  let held: HeldKinds

  private let byName: [String: Kind]

  /// Makes a register over a store; the schema is not touched.
  ///
  /// - Parameters:
  ///   - store: where the rows are kept.
  ///   - kinds: the kinds, in the order in which one may refer to the next.
  ///   - city: what the city's folder says.
  ///   - clock: tells the time.
  ///   - ring: the keys sensitive fields are sealed with.
  package convenience init(
    store: any Store,
    kinds: [Kind],
    city: any CityRules,
    clock: Clock,
    ring: KeyRing? = nil
  ) {
    self.init(store: store, kinds: kinds, city: city, clock: clock, ring: ring, reader: nil)
  }

  init(
    store: any Store,
    kinds: [Kind],
    city: any CityRules,
    clock: Clock,
    ring: KeyRing?,
    reader: Reader?
  ) {
    knownAt = nil
    self.reader = reader
    held = HeldKinds()
    self.ring = ring
    self.store = store
    self.kinds = kinds
    self.city = city
    self.clock = clock
    byName = Dictionary(kinds.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The same register for somebody else, or as of another moment.
  init(_ register: RecordStore, knownAt: Instant?, reader: Reader?) {
    self.knownAt = knownAt
    self.reader = reader
    held = register.held
    ring = register.ring
    store = register.store
    kinds = register.kinds
    city = register.city
    clock = register.clock
    byName = register.byName
  }

  /// The kind with a name.
  package func kind(_ name: String) -> Kind? { byName[name] }
}

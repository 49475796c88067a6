package import Calendar
package import Records
package import Storage
import Synchronization

/// All indicators of a city, reckoned from its register.
///
/// The book of the register as it stands remembers what it took out of it, and takes in what changed by the
/// change feed; that of a former moment or a day reads anew.
package final class IndicatorBook: Sendable {
  private let register: RecordStore
  private let indicators: [Indicator]?
  private let validOn: CivilDate?
  private let told: Reader
  private let remembered = Mutex<IndicatorState?>(nil)

  /// Makes the book of a register.
  ///
  /// - Parameters:
  ///   - register: the register; one read as it was known at a moment gives the indicators as known then.
  ///   - indicators: the indicators; those in the register when `nil`.
  ///   - validOn: a day; of kinds that say from when to when they hold, only records that held on it count.
  ///   - told: who is told; what would give away few persons to them is kept back.
  package init(
    _ register: RecordStore,
    indicators: [Indicator]? = nil,
    validOn: CivilDate? = nil,
    to told: Reader = .anonymous
  ) {
    self.register = register
    self.indicators = indicators
    self.validOn = validOn
    self.told = told
  }

  /// Reckons inside a transaction.
  ///
  /// - Parameters:
  ///   - reading: the transaction.
  ///   - reader: who is told; who the book is for when `nil`.
  /// - Returns: the indicators as the transaction sees the register.
  /// - Throws: the store's errors.
  package func reckon(in reading: any Reading, for reader: Reader? = nil) throws -> Reckoning {
    Reckoning(try state(in: reading), register, told: reader ?? told, reading)
  }

  /// Reckons every indicator that is no part, at the city.
  ///
  /// - Returns: the values with their parts.
  /// - Throws: the store's errors.
  package func values() throws -> [IndicatorValue] {
    try register.store.read { try reckon(in: $0).values() }
  }

  /// The state the transaction sees: what is remembered with what changed since.
  private func state(in reading: any Reading) throws -> IndicatorState {
    guard register.knownAt == nil, indicators == nil, validOn == nil else {
      return try IndicatorState(register, indicators, validOn: validOn, in: reading)
    }
    let last = try register.lastChange(in: reading)
    return try remembered.withLock { remembered in
      if let known = remembered, known.sequence == last { return known }
      // Another reader's transaction may have begun before what is remembered already.
      if let known = remembered, known.sequence > last {
        return try IndicatorState(register, in: reading)
      }
      var state: IndicatorState
      if let known = remembered {
        state = known
        let changes = try register.changes(
          after: known.sequence,
          most: Self.mostChanges,
          in: reading
        )
        if changes.count < Self.mostChanges {
          try state.takeIn(Set(changes.map(\.kind)), register, in: reading)
        } else {
          state = try IndicatorState(register, in: reading)
        }
      } else {
        state = try IndicatorState(register, in: reading)
      }
      remembered = state
      return state
    }
  }

  /// From how many changes on everything is read anew.
  private static let mostChanges = 5_000
}

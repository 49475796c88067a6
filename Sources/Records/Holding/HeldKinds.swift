import Storage
import Synchronization

/// The columns that are held in memory of the big kinds of a register, and up to which change.
final class HeldKinds: Sendable {
  /// What is held at one moment.
  struct State: Sendable {
    /// The change up to which it is held; before the first reading -1.
    var sequence = -1
    var columns: [String: HeldColumns] = [:]
    /// The kinds of which too much changed at once; they are read when it is over.
    var due: Set<String> = []
  }

  private let state = Mutex(State())
  private let work = Mutex(())

  /// What is held now.
  var now: State { state.withLock { $0 } }

  /// Changes what is held, one at a time.
  ///
  /// - Parameter body: makes of what is held what shall be.
  /// - Returns: whether other kinds are held now than before.
  /// - Throws: what the body throws; then nothing changes.
  func change(_ body: (State) throws -> State) rethrows -> Bool {
    try work.withLock { _ in
      let known = now
      let next = try body(known)
      state.withLock { $0 = next }
      return Set(next.columns.keys) != Set(known.columns.keys)
    }
  }
}

extension RecordStore {
  /// From how many records on a kind is held: with fewer the store is as quick.
  package static let leastHeld = 20_000
  /// How many changes are taken in one by one.
  private static let mostChanges = 2_000

  /// Holds the columns by which the lists of big kinds are filtered, counted and searched, and takes in
  /// what changed since the last time.
  ///
  /// The first time and after many changes it reads whole tables; until then the store answers.
  ///
  /// - Parameter least: from how many records on a kind is held.
  /// - Returns: whether other kinds are held now than before: more can be counted then, or less.
  /// - Throws: the store's errors.
  @discardableResult
  package func holdColumns(from least: Int = RecordStore.leastHeld) throws -> Bool {
    guard knownAt == nil else { return false }
    return try held.change { known in
      try store.read { reading in
        var next = known
        next.sequence = try lastChange(in: reading)
        guard next.sequence != known.sequence || !known.due.isEmpty else { return known }
        let isQuiet = next.sequence == known.sequence
        var touched: [String: Set<String>] = [:]
        if known.sequence < 0 {
          next.due = Set(kinds.map(\.name))
        } else if !isQuiet {
          let changes = try changes(after: known.sequence, most: Self.mostChanges)
          for change in changes { touched[change.kind, default: []].insert(change.id) }
          if changes.count >= Self.mostChanges {
            // What is being imported is read when nothing more comes.
            next.due = Set(kinds.map(\.name))
            next.columns = [:]
            return next
          }
        }
        for kind in kinds {
          if let ids = touched[kind.name], !next.due.contains(kind.name) {
            let columns = try next.columns[kind.name]?.rereading(ids, of: kind, in: reading)
            next.columns[kind.name] = columns
            if columns == nil { next.due.insert(kind.name) }
          }
          guard next.due.contains(kind.name) else { continue }
          next.due.remove(kind.name)
          let size = try reading.row("SELECT COUNT(*) FROM \"\(kind.name)\"")?[0].integer ?? 0
          next.columns[kind.name] = size >= least ? try HeldColumns(kind, in: reading) : nil
        }
        return next
      }
    }
  }

  /// The rows a query meets, by what is held; `nil` when only the store can say.
  func heldSelection(_ kind: Kind, _ query: Query, in reading: any Reading) throws -> HeldSelection?
  {
    guard query.predicate == nil, knownAt == nil, !reading.isWriting,
      let limits = heldLimits(kind, query)
    else {
      return nil
    }
    let now = held.now
    guard let columns = now.columns[kind.name], try lastChange(in: reading) == now.sequence else {
      return nil
    }
    return columns.selection(kind, limits + query.conditions, search: query.search)
  }

  /// What must hold of the rows a reader may see; `nil` when that is no matter of columns, or the query
  /// looks at what they may not see.
  private func heldLimits(_ kind: Kind, _ query: Query) -> [Condition]? {
    guard let reader else { return [] }
    let grants = reader.grants(of: kind)
    let whole = grants.filter { $0.scope == .everything }
    let isOpen = whole.isEmpty && !grants.isEmpty && grants.allSatisfy { $0.scope == .open }
    guard let clearance = (isOpen ? grants : whole).map(\.clearance).max() else { return nil }
    let asked = query.conditions.map { String($0.path.prefix { $0 != "." }) }
    let searched = query.search.isEmpty ? [] : kind.searched.map { kind.fields[$0].name }
    let isSeen = (asked + searched + query.order.map(\.field)).allSatisfy { name in
      kind.place(of: name).map { kind.fields[$0].privacy <= clearance } ?? true
    }
    guard isSeen else { return nil }
    return isOpen
      ? kind.publicWhen.sorted { $0.key < $1.key }.map { Condition($0.key, .isOneOf($0.value)) }
      : []
  }
}

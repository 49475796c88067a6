import Calendar
package import Ledger
package import Matching
package import Records
import Storage
import Synchronization
import Values

/// Everything that can be matched, in memory, kept up to date by the change feed.
package final class MatchIndex: Sendable {
  /// One state of the index; queries work on a copy.
  struct State: Sendable {
    var sequence = -1
    /// Every profile at its place; the place of one that is gone stays empty.
    var entries: [Entry?] = []
    /// The place of each profile by its key.
    var places: [String: Int] = [:]
    /// The places of items and carriers.
    var postings: [Int32] = []
    /// The places of programs, and of items and carriers, by what they are about.
    var programs: [Topic: [Int32]] = [:]
    var topics: [Topic: [Int32]] = [:]
    var byOwner: [String: Set<String>] = [:]
    /// What posts of each kind and category pay, in ascending order.
    var pays: [String: [Int]] = [:]
    /// By owner, whom it shall not be brought together with, and when.
    var closures: [String: [ExchangeClosure]] = [:]
    var knowledge: MatchKnowledge?
    var suggester: Suggester?
  }

  /// A profile that copies of the state share.
  final class Entry: Sendable {
    let profile: Profile

    init(_ profile: Profile) { self.profile = profile }
  }

  private let register: RecordStore
  private let city: City
  private let state = Mutex(State())
  /// Held while changes are taken in, so that nobody does it twice at a time.
  private let reading = Mutex(())
  /// What anybody may read of items, carriers, schools and all, to be searched.
  package let texts = TextIndex()

  /// The kinds whose records carry the knowledge that suggestions rest on.
  private static let knowledgeKinds: Set<String> = [
    "program", "programIntro", "programCourse", "programOccupation", "programOffering",
    "occupation", "occupationFunction", "industryChain", "industryNode", "region", "pilot",
  ]
  /// The kinds the public search looks into, with their public text.
  private static let searchedKinds = [
    "school", "program", "enterprise", "carrier", "exchangeItem", "programOffering", "occupation",
    "honour",
  ]

  /// The fields of an engagement that name the parties whose track record it makes.
  private static let parties = [
    "partyAEnterpriseId", "partyASchoolId", "partyBEnterpriseId", "partyBSchoolId",
  ]

  /// Makes an empty index over a register; `catchUp` fills it.
  package init(_ register: RecordStore, city: City) {
    self.register = register
    self.city = city
  }

  /// Takes in what changed since the last time; everything the first time.
  ///
  /// - Returns: the sequence number of the change feed that is now in.
  @discardableResult
  package func catchUp() throws -> Int {
    try reading.withLock { _ in try takeIn() }
  }

  /// Fills the index if nobody has yet; who asks first waits for it.
  package func load() throws {
    if state.withLock({ $0.sequence }) < 0 { try catchUp() }
  }

  private func takeIn() throws -> Int {
    let known = state.withLock { $0.sequence }
    let last = try register.lastChange()
    guard last > known else { return known }
    let changes = known < 0 ? [] : try register.changes(after: known, most: 5_000)
    let touchesKnowledge = changes.contains { Self.knowledgeKinds.contains($0.kind) }
    if known < 0 || changes.count >= 5_000 || touchesKnowledge {
      try readAll()
    } else {
      try read(changes)
    }
    return state.withLock { $0.sequence }
  }

  /// The owners with whom an owner shall not be brought together today.
  func closed(to owner: String, in state: State) -> Set<String> {
    let today = register.clock.now().date
    return Set(
      (state.closures[owner] ?? []).filter { $0.holds(on: today) }.map { $0.counterpart(of: owner) }
    )
  }

  /// The state as it is now.
  func snapshot() -> State { state.withLock { $0 } }

  /// Suggestions for a text; empty before the index is filled.
  package func suggestions(title: String, description: String = "") -> Suggestions {
    snapshot().suggester?.suggest(title: title, description: description) ?? Suggestions()
  }

  private func readAll() throws {
    var fresh = State()
    var found: [(key: String, text: String)] = []
    try register.store.read { reading in
      fresh.sequence = try register.lastChange(in: reading)
      let knowledge = try MatchKnowledge(register, city: city, in: reading)
      let tracks = try TrackRecord.all(register, city.workingDays, in: reading)
      fresh.closures = try ExchangeClosure.all(register, in: reading)
      fresh.suggester = try Suggester(register, city: city, in: reading)
      var schools: [String: Record] = [:]
      var owners: [String: Record] = [:]
      var offerings: [String: [Record]] = [:]
      for name in ["school", "enterprise"] {
        guard let kind = register.kind(name) else { continue }
        try register.each(kind, in: reading) { record in
          if name == "school" { schools[record.id] = record }
          owners[record.id] = record
        }
      }
      if let kind = register.kind("programOffering") {
        try register.each(kind, in: reading) {
          offerings[$0["programCode"].text ?? "", default: []].append($0)
        }
      }
      if let kind = register.kind("program") {
        try register.each(kind, in: reading) {
          fresh.put(
            Profile($0, offerings: offerings[$0.id] ?? [], schools: schools, knowledge: knowledge)
          )
        }
      }
      for name in ["carrier", "exchangeItem"] {
        guard let kind = register.kind(name) else { continue }
        try register.each(kind, in: reading) { record in
          if let profile = Self.profile(record, owners: owners, knowledge, tracks) {
            fresh.put(profile)
          }
        }
      }
      for name in Self.searchedKinds {
        guard let kind = register.kind(name) else { continue }
        try register.each(kind, in: reading) { record in
          if Reader.anonymous.mayRead(record) { found.append(Self.searchText(record)) }
        }
      }
      fresh.knowledge = knowledge
    }
    texts.put(found)
    let ready = fresh
    state.withLock { $0 = ready }
  }

  private func read(_ changes: [Change]) throws {
    var fresh = snapshot()
    guard let knowledge = fresh.knowledge else { return try readAll() }
    var found: [(key: String, text: String)] = []
    try register.store.read { reading in
      let tracks = try TrackRecord.all(register, city.workingDays, in: reading)
      func refresh(_ record: Record) throws {
        var owners: [String: Record] = [:]
        for (field, kind) in [("ownerEnterpriseId", "enterprise"), ("ownerSchoolId", "school")] {
          if let id = record[field].text, let kind = register.kind(kind) {
            owners[id] = try register.record(kind, id, in: reading)
          }
        }
        for side in ["offer", "need", "carrier"] { fresh.remove("\(side):\(record.id)") }
        if let profile = Self.profile(record, owners: owners, knowledge, tracks) {
          fresh.put(profile)
        }
      }
      func refreshItems(of owner: String) throws {
        for key in (fresh.byOwner[owner] ?? []).sorted() {
          guard let profile = fresh.places[key].flatMap({ fresh.entries[$0]?.profile }),
            let owned = register.kind(profile.kind == .carrier ? "carrier" : "exchangeItem"),
            let item = try register.record(owned, profile.id, in: reading)
          else { continue }
          try refresh(item)
        }
      }
      for change in changes {
        fresh.sequence = max(fresh.sequence, change.sequence)
        guard let kind = register.kind(change.kind) else { continue }
        guard let record = try register.record(kind, change.id, in: reading) else {
          // It was taken out of the register.
          texts.remove("\(change.kind)/\(change.id)")
          for side in ["offer", "need", "carrier"] { fresh.remove("\(side):\(change.id)") }
          continue
        }
        if Self.searchedKinds.contains(change.kind) {
          if Reader.anonymous.mayRead(record) {
            found.append(Self.searchText(record))
          } else {
            texts.remove("\(change.kind)/\(change.id)")
          }
        }
        switch change.kind {
        case "exchangeItem", "carrier": try refresh(record)
        case "enterprise", "school": try refreshItems(of: change.id)
        case "exchangeClosure": fresh.closures = try ExchangeClosure.all(register, in: reading)
        case "engagement":
          for field in Self.parties { try record[field].text.map(refreshItems) }
        default: break
        }
      }
    }
    texts.put(found)
    let ready = fresh
    state.withLock { if ready.sequence > $0.sequence { $0 = ready } }
  }

  /// The profile of an item that may be found, or of a living carrier.
  private static func profile(
    _ record: Record,
    owners: [String: Record],
    _ knowledge: MatchKnowledge,
    _ tracks: [String: TrackRecord]
  ) -> Profile? {
    if record.kind.name == "carrier" {
      guard record["isCounted"].boolean == true else { return nil }
      return Profile(record, knowledge: knowledge)
    }
    guard record["status"].text == "published", record["visibility"].text != "invited" else {
      return nil
    }
    let item = ExchangeItem(values: record.values)
    let owner = owners[item.ownerEnterpriseId] ?? owners[item.ownerSchoolId]
    var profile = Profile(item, owner: owner, knowledge: knowledge)
    profile.addPlanned(item, knowledge)
    profile.version = record.version
    profile.track = tracks[profile.ownerID] ?? TrackRecord()
    return profile
  }

  /// What anybody may search in a record.
  private static func searchText(_ record: Record) -> (key: String, text: String) {
    let open = record.visible(to: .anonymous)
    let places = [record.kind.title, record.kind.identifier] + record.kind.searched
    var seen: Set<Int> = []
    let parts = places.filter { seen.insert($0).inserted }.map {
      record.kind.fields[$0].plain(open.values[$0])
    }
    return ("\(record.kind.name)/\(record.id)", parts.joined(separator: "\n"))
  }
}

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
    var profiles: [String: Profile] = [:]
    /// Keys of profiles by what they are about: kind, class, category, occupation, node.
    var byTopic: [String: Set<String>] = [:]
    var byOwner: [String: Set<String>] = [:]
    var knowledge: MatchKnowledge?
    var suggester: Suggester?
  }

  private let register: RecordStore
  private let city: City
  private let state = Mutex(State())
  /// Every text that can be searched for, items, carriers, schools and all.
  package let texts = TextIndex()

  /// The kinds whose records carry the knowledge that suggestions rest on.
  private static let knowledgeKinds: Set<String> = [
    "program", "programIntro", "programCourse", "programOccupation", "programOffering",
    "occupation", "occupationFunction", "industryChain", "industryNode", "region",
  ]
  /// The kinds the public search looks into, with their public text.
  private static let searchedKinds = [
    "school", "program", "enterprise", "carrier", "exchangeItem", "programOffering", "occupation",
    "honour",
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
          if let profile = Self.profile(record, owners: owners, knowledge) { fresh.put(profile) }
        }
      }
      for name in Self.searchedKinds {
        guard let kind = register.kind(name) else { continue }
        try register.each(kind, in: reading) { found.append(Self.searchText($0)) }
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
      func refresh(_ record: Record) throws {
        var owners: [String: Record] = [:]
        for (field, kind) in [("ownerEnterpriseId", "enterprise"), ("ownerSchoolId", "school")] {
          if let id = record[field].text, let kind = register.kind(kind) {
            owners[id] = try register.record(kind, id, in: reading)
          }
        }
        for side in ["offer", "need", "carrier"] { fresh.remove("\(side):\(record.id)") }
        if let profile = Self.profile(record, owners: owners, knowledge) { fresh.put(profile) }
      }
      for change in changes {
        fresh.sequence = max(fresh.sequence, change.sequence)
        guard let kind = register.kind(change.kind),
          let record = try register.record(kind, change.id, in: reading)
        else { continue }
        if Self.searchedKinds.contains(change.kind) { found.append(Self.searchText(record)) }
        switch change.kind {
        case "exchangeItem", "carrier": try refresh(record)
        case "enterprise", "school":
          for key in fresh.byOwner[change.id] ?? [] {
            guard let profile = fresh.profiles[key],
              let owned = register.kind(profile.kind == .carrier ? "carrier" : "exchangeItem"),
              let item = try register.record(owned, profile.id, in: reading)
            else { continue }
            try refresh(item)
          }
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
    _ knowledge: MatchKnowledge
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
    profile.version = record.version
    return profile
  }

  /// What anybody may search in a record.
  private static func searchText(_ record: Record) -> (key: String, text: String) {
    let open = record.visible(to: .anonymous)
    let parts = ([record.kind.title, record.kind.identifier] + record.kind.searched).map {
      record.kind.fields[$0].plain(open.values[$0])
    }
    return ("\(record.kind.name)/\(record.id)", parts.joined(separator: "\n"))
  }
}

extension MatchIndex.State {
  mutating func put(_ profile: Profile) {
    profiles[profile.key] = profile
    for topic in profile.topics { byTopic[topic, default: []].insert(profile.key) }
    if !profile.ownerID.isEmpty { byOwner[profile.ownerID, default: []].insert(profile.key) }
  }

  mutating func remove(_ key: String) {
    guard let profile = profiles.removeValue(forKey: key) else { return }
    for topic in profile.topics { byTopic[topic]?.remove(key) }
    byOwner[profile.ownerID]?.remove(key)
  }
}

extension Profile {
  /// What it is about, for finding candidates without looking at every one.
  var topics: [String] {
    var topics = ["kind:\(kind.rawValue)"]
    for wish in wishes {
      switch wish.scope {
      case .program(let code):
        topics.append("class:\(ProgramCode(code)?.classKey ?? code)")
      case .class(let key): topics.append("class:\(key)")
      case .category: break
      }
    }
    topics += Comparison.categories(self).map { "category:\($0)" }
    topics += Set(occupations.map { "occupation:\($0.prefix(7))" })
    topics += nodes.map { "node:\($0)" }
    return topics
  }
}

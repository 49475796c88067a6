import Calendar
import Foundation
package import Storage
package import Values

/// How the same thing registered twice is looked for: by the fields that name it.
package struct DuplicateSearch: Hashable, Sendable {
  /// The fields that hold its names.
  package var names: [String]
  /// The field of the place it is in: two of one name in different places are different; may be empty.
  package var place: String

  /// Names the fields.
  package init(names: String..., place: String = "") {
    self.names = names
    self.place = place
  }
}

/// Two records that may be one and the same.
package struct DuplicatePair: Sendable {
  /// The one registered earlier.
  package var first: Record
  /// The other.
  package var second: Record
  /// How alike their names are, 0…1.
  package var likeness: Ratio
  /// Why they may be the same.
  package var reason: String
}

/// The forms in which names are compared.
enum NameForm {
  /// Endings that say what a body is and not which.
  private static let endings = [
    "有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "集团公司", "分公司", "公司", "集团",
  ]

  /// A name without width, blanks, brackets and legal ending.
  static func core(_ name: String) -> String {
    var core = Text.comparable(name).filter { !"()（）《》·-—".contains($0) }
    for ending in endings where core.hasSuffix(ending) && core.count > ending.count + 1 {
      core.removeLast(ending.count)
      break
    }
    return core
  }

  /// A name as it sounds, without tones.
  static func sound(_ name: String) -> String {
    let latin = name.applyingTransform(.mandarinToLatin, reverse: false) ?? name
    let plain = latin.applyingTransform(.stripCombiningMarks, reverse: false) ?? latin
    return plain.lowercased().filter { !$0.isWhitespace && $0 != "'" }
  }
}

extension RecordStore {
  /// The most members of a group that are compared each with each.
  private static let mostCompared = 200

  /// Pairs of records that may be the same, the likeliest first; those said to be different are left out.
  ///
  /// Compared are records whose names begin or sound alike, so that a large register is gone through
  /// once.
  ///
  /// - Parameters:
  ///   - kind: the kind; one that declares no search has no pairs.
  ///   - most: how many pairs.
  ///   - reading: the transaction.
  /// - Returns: the pairs.
  /// - Throws: the store's errors.
  package func duplicates(_ kind: Kind, most: Int = 200, in reading: any Reading) throws
    -> [DuplicatePair]
  {
    guard let search = kind.duplicates else { return [] }
    try demand(.join, kind)
    let places = search.names.compactMap(kind.place(of:))
    let located = kind.place(of: search.place)
    var names: [(id: String, core: String, sound: String, place: Value)] = []
    var groups: [String: Set<Int>] = [:]
    try each(kind, in: reading) { record in
      for place in places {
        let texts = record.values[place].text.map { [$0] } ?? record.values[place].list
        for text in texts + record.values[place].rows.compactMap(\.first) {
          let core = NameForm.core(text)
          guard core.count > 1 else { continue }
          let sound = NameForm.sound(core)
          let number = names.count
          names.append((record.id, core, sound, located.map { record.values[$0] } ?? .none))
          groups["s\(sound)", default: []].insert(number)
          groups["b\(core.prefix(4))", default: []].insert(number)
          groups["e\(core.suffix(5))", default: []].insert(number)
        }
      }
    }
    let apart = try Set(
      reading.rows("SELECT first, second FROM distinct_pair WHERE kind = $1", [.text(kind.name)])
        .map { "\($0[0].text ?? "")/\($0[1].text ?? "")" }
    )
    var best: [String: (likeness: Ratio, reason: String)] = [:]
    for group in groups.values where group.count > 1 && group.count <= Self.mostCompared {
      let members = group.sorted()
      for (index, left) in members.enumerated() {
        for right in members[(index + 1)...] where names[left].id != names[right].id {
          guard let found = Self.compare(names[left], names[right]) else { continue }
          let ids = [names[left].id, names[right].id].sorted()
          let key = ids.joined(separator: "/")
          if apart.contains(key) { continue }
          if found.likeness > best[key]?.likeness ?? .zero { best[key] = found }
        }
      }
    }
    let chosen = best.sorted { ($1.value.likeness, $0.key) < ($0.value.likeness, $1.key) }
    return try chosen.prefix(most).compactMap { key, found in
      let ids = key.split(separator: "/").map(String.init)
      guard ids.count == 2, let one = try record(kind, ids[0], in: reading),
        let other = try record(kind, ids[1], in: reading)
      else { return nil }
      let isOrdered = one.stamp.createdAt <= other.stamp.createdAt
      return DuplicatePair(
        first: isOrdered ? one : other,
        second: isOrdered ? other : one,
        likeness: found.likeness,
        reason: found.reason
      )
    }
  }

  private static func compare(
    _ left: (id: String, core: String, sound: String, place: Value),
    _ right: (id: String, core: String, sound: String, place: Value)
  ) -> (likeness: Ratio, reason: String)? {
    if !left.place.isNone, !right.place.isNone, left.place != right.place,
      left.core != right.core
    {
      return nil
    }
    if left.core == right.core { return (.one, "名称相同（括号、空格和公司后缀不计）") }
    if left.sound == right.sound { return (Ratio(19, 20), "名称读音相同") }
    let likeness = NearMiss.likeness(left.core, right.core)
    // Names that differ only in a number are of different things: 第一、第二，一中、二中.
    guard likeness >= Ratio(4, 5), !differsInNumber(left.core, right.core) else { return nil }
    return (likeness, "名称相近（\((likeness * Ratio(100)).rounded)%）")
  }

  private static func differsInNumber(_ left: String, _ right: String) -> Bool {
    func numbers(_ text: String) -> String {
      String(text.filter { $0.isNumber || "一二三四五六七八九十甲乙丙丁东南西北".contains($0) })
    }
    return numbers(left) != numbers(right)
  }

  /// Notes that two records are different, so that they are not brought up again.
  package func tellApart(_ kind: Kind, _ first: String, _ second: String, by actor: Actor) throws {
    try demand(.join, kind)
    let ids = [first, second].sorted()
    _ = try store.write {
      try $0.execute(
        """
        INSERT INTO distinct_pair (kind, first, second, by_whom, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (kind, first, second) DO NOTHING
        """,
        [
          .text(kind.name), .text(ids[0]), .text(ids[1]), .text(actor.name),
          .integer(clock.now().seconds),
        ]
      )
    }
  }
}

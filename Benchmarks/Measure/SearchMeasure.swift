import Foundation
import Ledger
import Matching
import Records
import Values

/// Measures the text index over the items' texts, and checks it against looking at every text.
///
/// Texts and queries are also written down, so that another program can be asked the same.
struct SearchMeasure {
  private let folder: String
  private let keys: [String]
  private let texts: [String]
  /// The texts as they were typed, character by character.
  private let typed: Haystack
  /// The texts as the index compares them.
  private let normal: Haystack

  private static let warmUp = 50
  /// How often all queries are asked; the shortest time of each counts, so that what else the machine
  /// does matters little.
  private static let rounds = 3
  private static let present = 2_000
  private static let absent = 200
  /// One in so many present queries is checked against every text.
  private static let checkedStep = 10
  private static let most = 20
  /// Up to so many texts found are compared one by one, above only their number and the best.
  private static let wholeLimit = 2_000

  /// Reads the texts of all items of a register.
  init(_ ground: ItemRegister, folder: String) throws {
    self.folder = folder
    let records = try ground.all(ground.kind.name)
    keys = records.map(\.id)
    texts = records.map(Self.text)
    typed = Haystack(texts.map { $0.unicodeScalars.map(\.value) })
    normal = Haystack(texts.map(SearchText.normal))
  }

  /// What anybody may search in an item, as `MatchIndex` puts it together.
  private static func text(_ record: Record) -> String {
    let open = record.visible(to: .anonymous)
    return ([record.kind.title, record.kind.identifier] + record.kind.searched).map {
      record.kind.fields[$0].plain(open.values[$0])
    }.joined(separator: "\n")
  }

  /// Builds an index, asks and checks.
  func run() throws -> JSON {
    var maker = QueryMaker(typed, normal, seed: 2_000)
    let present = (0..<Self.present).map { _ in maker.present() }
    let absent = (0..<Self.absent).map { _ in maker.absent() }
    try write(present, absent)
    let index = TextIndex()
    let building = Times.of { index.put(zip(keys, texts).map { (key: $0, text: $1) }) }
    for query in present.prefix(Self.warmUp) { _ = index.search(query, most: Self.most) }
    var (foundTimes, absentTimes) = (Times(), Times())
    var wrong = 0
    for round in 0..<Self.rounds {
      var (found, absentNow) = (Times(), Times())
      for query in present {
        let count = found.note { index.search(query, most: Self.most) }.count
        if round == 0, count == 0 { wrong += 1 }
      }
      for query in absent {
        let count = absentNow.note { index.search(query, most: Self.most) }.count
        if round == 0, count > 0 { wrong += 1 }
      }
      foundTimes.keepLess(of: found)
      absentTimes.keepLess(of: absentNow)
    }
    var all = foundTimes
    all.add(absentTimes)
    return .object([
      "seconds": Times.seconds(building), "bytes": .integer(index.bytes),
      "characters": .integer(normal.count),
      "all": all.json, "present": foundTimes.json, "absent": absentTimes.json,
      "wrong": .integer(wrong), "check": check(index, checked(present)),
    ])
  }

  private func checked(_ present: [String]) -> [String] {
    present.enumerated().filter { $0.offset % Self.checkedStep == 0 }.map(\.element)
  }

  // MARK: Checking

  /// Counts the texts that hold a query and were not found, and those found that do not hold it.
  private func check(_ index: TextIndex, _ queries: [String]) -> JSON {
    var (missed, over, whole, texts) = (0, 0, 0, 0)
    for query in queries {
      let must = Set(typed.texts(holding: query.unicodeScalars.map(\.value)).map { keys[$0] })
      let may = Set(normal.texts(holding: SearchText.normal(query)).map { keys[$0] })
      let isWhole = may.count <= Self.wholeLimit
      let found = index.search(query, most: isWhole ? Self.wholeLimit + 1 : Self.most)
      let hits = Set(found.hits.map(\.key))
      texts += may.count
      over += hits.subtracting(may).count
      if isWhole {
        whole += 1
        missed += must.subtracting(hits).count
      } else {
        missed += max(0, must.count - found.count)
        over += max(0, found.count - may.count)
      }
    }
    return .object([
      "queries": .integer(queries.count), "texts": .integer(texts), "missed": .integer(missed),
      "over": .integer(over), "comparedOneByOne": .integer(whole),
    ])
  }

  // MARK: Writing down

  /// Writes `texts.tsv` (key and text) and `queries.txt` (what it is for and the query), both in the
  /// form the index compares, so that nobody needs its rules.
  private func write(_ present: [String], _ absent: [String]) throws {
    var lines = ""
    for (place, key) in keys.enumerated() {
      lines += key + "\t" + Self.string(normal[place]) + "\n"
    }
    try lines.write(toFile: folder + "/texts.tsv", atomically: false, encoding: .utf8)
    let chosen = Set(checked(present))
    let asked =
      present.map { (chosen.contains($0) ? "checked" : "present", $0) }
      + absent.map { ("absent", $0) }
    let queries = asked.map { "\($0)\t\(Self.string(SearchText.normal($1)[...]))\n" }
    try queries.joined().write(
      toFile: folder + "/queries.txt",
      atomically: false,
      encoding: .utf8
    )
  }

  private static func string(_ scalars: ArraySlice<UInt32>) -> String {
    var view = String.UnicodeScalarView()
    for value in scalars { if let scalar = Unicode.Scalar(value) { view.append(scalar) } }
    return String(view)
  }
}

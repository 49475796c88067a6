import CitongTesting
import Matching
import Testing

@Suite struct TextIndexTests {
  static let han = "在建工程师数控车床加工技术应用专业学校企业实习岗位鞋服纺织机械装配电气焊接检验食品海产冷链直播".map(String.init)

  @Test func `a term is found however it cuts through words`() {
    let index = TextIndex()
    index.put([
      (key: "1", text: "招聘在建工程师两名"), (key: "2", text: "会计事务"),
      (key: "3", text: "PLC 编程 ＣＡＤ制图"),
    ])
    let table: [(String, [String])] = [
      ("工程", ["1"]), ("建工", ["1"]), ("程师两", ["1"]), ("在 建", ["1"]), ("会计", ["2"]),
      ("plc编程", ["3"]), ("PLC 编程", ["3"]), ("cad", ["3"]), ("Ｃad制", ["3"]), ("工程 会计", []),
      ("焊接", []), ("", []), ("  ", []), ("师工程", []),
    ]
    for (query, keys) in table {
      let found = index.search(query)
      #expect(found.hits.map(\.key) == keys, "\(query)")
      #expect(found.count == keys.count, "\(query)")
    }
  }

  @Test func `every piece of every text finds it, in the tail`() {
    var random = TestRandom(seed: 11)
    let index = TextIndex()
    var model: [String: String] = [:]
    for number in 0..<60 {
      model["D\(number)"] = random.text(of: Self.han, count: 6...24)
    }
    index.put(model.map { (key: $0.key, text: $0.value) })
    #expect(Self.missed(index, model) == [], "seed 11")
  }

  @Test func `every piece of every text finds it, across segments, updates and removals`() {
    var random = TestRandom(seed: 12)
    let index = TextIndex()
    var model: [String: String] = [:]
    func put(_ numbers: some Sequence<Int>) {
      var texts: [(key: String, text: String)] = []
      for number in numbers {
        let text = random.text(of: Self.han, count: 6...24)
        model["D\(number)"] = text
        texts.append((key: "D\(number)", text: text))
      }
      index.put(texts)
    }
    func sample(_ stage: String) {
      let chosen = model.keys.sorted().enumerated().filter { $0.offset % 307 == 0 }
      let few = Dictionary(
        uniqueKeysWithValues: chosen.map { ($0.element, model[$0.element] ?? "") }
      )
      #expect(Self.missed(index, few, most: 3000) == [], "seed 12, \(stage)")
      #expect(index.count == model.count, "seed 12, \(stage)")
    }
    put(0..<1000)
    sample("a thousand in the tail")
    put(1000..<2000)
    sample("two thousand in a segment")
    put(2000..<3000)
    sample("three thousand, the last in the tail")
    put((0..<3000).filter { $0 % 7 == 0 })
    sample("some changed")
    for number in (0..<3000) where number % 11 == 0 {
      index.remove("D\(number)")
      model["D\(number)"] = nil
    }
    sample("some removed")
    put(3000..<4200)
    sample("segments joined")
  }

  @Test func `nothing is found that does not hold the term`() {
    var random = TestRandom(seed: 13)
    let index = TextIndex()
    var texts: [(key: String, text: String)] = []
    for number in 0..<1500 {
      let text = random.text(of: Array(Self.han.prefix(12)), count: 4...16)
      texts.append((key: "D\(number)", text: text))
    }
    index.put(texts)
    var wrong: [String] = []
    for _ in 0..<200 {
      let query = random.text(of: Array(Self.han.prefix(12)), count: 2...4)
      // Runs of one character have a test of their own.
      guard query.count == 2 || Set(query).count > 1 else { continue }
      let expected = Set(texts.filter { $0.text.contains(query) }.map(\.key))
      let found = index.search(query, most: 1500)
      if Set(found.hits.map(\.key)) != expected || found.count != expected.count {
        wrong.append(query)
      }
    }
    #expect(wrong == [], "seed 13")
  }

  @Test func `a run of one character is found whole, not by its pairs`() {
    let index = TextIndex()
    let filler = (0..<1100).map { (key: "F\($0)", text: "填充") }
    index.put([(key: "two", text: "好好学习"), (key: "three", text: "好好好学习")] + filler)
    #expect(index.search("好好好").hits.map(\.key) == ["three"])
    #expect(Set(index.search("好好").hits.map(\.key)) == ["two", "three"])
  }

  @Test func `a changed text is found by its new words only`() {
    let index = TextIndex()
    index.put([(key: "1", text: "数控车床")])
    index.put([(key: "1", text: "服装制版")])
    #expect(index.search("数控").count == 0)
    #expect(index.search("制版").hits.map(\.key) == ["1"])
    #expect(index.count == 1)
    index.remove("1")
    index.remove("1")
    #expect(index.search("制版").count == 0)
    #expect(index.count == 0)
  }

  @Test func `the count is of all, the hits only of the most asked for`() {
    let index = TextIndex()
    index.put((0..<50).map { (key: "D\($0)", text: "数控加工第\($0)号") })
    let found = index.search("数控", most: 7)
    #expect(found.hits.count == 7)
    #expect(found.count == 50)
    #expect(index.search("数控", most: 0).hits.isEmpty)
  }

  /// The pieces of one to six characters that do not find the text they are from.
  private static func missed(_ index: TextIndex, _ model: [String: String], most: Int = 100)
    -> [String]
  {
    var missed: [String] = []
    for (key, text) in model {
      let characters = Array(text)
      for start in characters.indices {
        for length in 1...min(6, characters.count - start) {
          let piece = String(characters[start..<start + length])
          let found = index.search(piece, most: most)
          if !found.hits.contains(where: { $0.key == key }) { missed.append("\(piece) in \(text)") }
        }
      }
    }
    return missed
  }
}

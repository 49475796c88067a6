import CitongTesting
import Testing
import Values

@Suite struct JSONTests {
  @Test func `a value is written without blanks, members in order`() {
    let json = JSON.object([
      "name": .string("海棠\"市\"\\\n\u{1}"), "count": .integer(-3), "rate": .number("0.975"),
      "isReal": .boolean(false), "none": .null, "list": .array([.integer(1), .object([])]),
    ])
    #expect(
      json.text
        == #"{"name":"海棠\"市\"\\\n\u0001","count":-3,"rate":0.975,"isReal":false,"none":null,"list":[1,{}]}"#
    )
  }

  @Test func `reading what was written gives the value back`() throws {
    var random = TestRandom(seed: 3)
    for number in 0..<400 {
      let json = Self.value(&random, depth: 3)
      let read = try JSON(parsing: json.text.utf8)
      #expect(read == json, "seed 3, value \(number)")
    }
  }

  @Test func `texts of every kind survive`() throws {
    for text in [
      "", "\"", "\\", "\\\"", "\n\r\t", "\u{1}\u{1F}", "/", "𠮷·😀", "[1]", "{\"a\":1}", "null",
    ] {
      try #expect(JSON(parsing: JSON.string(text).text.utf8) == .string(text))
    }
  }

  @Test func `what is no JSON is refused`() {
    for text in [
      "", "{", "[1", "{\"a\":}", "{\"a\" 1}", "nul", "{'a':1}", "[1 2]", "1 2", "\"a", "海棠",
      "{a:1}",
    ] {
      #expect(throws: JSON.Malformed.self, "\(text)") { try JSON(parsing: text.utf8) }
    }
  }

  @Test func `members are found by name`() {
    let json = JSON.object(["a": .array([.string("x")])])
    #expect(json["a"]?.array == [.string("x")])
    #expect(json["b"] == nil)
    #expect(json.string == nil)
    #expect(JSON.string("x").string == "x")
    #expect(JSON.array([])["a"] == nil)
  }

  /// A made-up value; member names in order, as reading sorts them.
  private static func value(_ random: inout TestRandom, depth: Int) -> JSON {
    switch random.number(0...(depth > 0 ? 7 : 5)) {
    case 0: return .null
    case 1: return .boolean(random.number(0...1) == 1)
    case 2: return .integer(random.number(-1_000_000...1_000_000))
    case 3: return .number("\(random.number(-99...99)).\(random.number(1...9))")
    case 4, 5:
      let pieces = ["海", "棠", "\"", "\\", "\n", "\u{1}", "a", " ", "/", "😀", "}", "]"]
      return .string(random.text(of: pieces, count: 0...12))
    case 6:
      var elements: [JSON] = []
      for _ in 0..<random.number(0...4) { elements.append(value(&random, depth: depth - 1)) }
      return .array(elements)
    default:
      var members: [JSON.Member] = []
      for number in 0..<random.number(0...4) {
        members.append(JSON.Member("成员\(number)", value(&random, depth: depth - 1)))
      }
      return .object(members)
    }
  }
}

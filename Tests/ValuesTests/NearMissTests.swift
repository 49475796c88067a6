import Testing
import Values

@Suite struct NearMissTests {
  static let kinds = ["school", "enterprise", "program", "programGroup"]

  @Test func `a slip of the pen is found`() {
    let table: [(String, [String])] = [
      ("schol", ["school"]), ("shcool", ["school"]), ("Ｓｃｈｏｏｌ", ["school"]),
      ("enterprize", ["enterprise"]), ("xyz", []), ("", []),
    ]
    for (text, found) in table {
      #expect(NearMiss.of(text, among: Self.kinds) == found, "\(text)")
    }
  }

  @Test func `a part of a longer name is found after nearer ones`() {
    #expect(NearMiss.of("program", among: Self.kinds) == ["program", "programGroup"])
    #expect(NearMiss.of("机电", among: ["会计事务", "机电技术应用"]) == ["机电技术应用"])
  }

  @Test func `no more are offered than asked for, nearest first`() {
    let years = (2015...2030).map { "\($0)级" }
    #expect(NearMiss.of("2021级", among: years, most: 2).count == 2)
    #expect(NearMiss.of("2021级", among: years, most: 2).first == "2021级")
  }

  @Test func `the sentence offers them, and is empty when there are none`() {
    #expect(NearMiss.suggestion("schol", among: Self.kinds) == "你是不是想填：school？")
    #expect(
      NearMiss.suggestion("program", among: Self.kinds) == "你是不是想填：program、programGroup？"
    )
    #expect(NearMiss.suggestion("石狮", among: Self.kinds) == "")
  }

  @Test func `likeness is what edits leave of the longer text`() {
    let table: [(String, String, Ratio, String)] = [
      ("招收数控车工", "招收数控车工", .one, "the same"),
      ("ＣＡＤ 绘图", "cad绘图", .one, "blanks, widths and capitals aside"),
      ("招收数控车工", "招收数控铣工", Ratio(5, 6), "one replaced"),
      ("招收数控车工", "招收数控车工人", Ratio(6, 7), "one more"),
      ("招收数控车工", "数控车工", Ratio(2, 3), "two fewer"),
      ("招收数控车工", "招收控数车工", Ratio(5, 6), "neighbours swapped"),
      ("车工", "会计", .zero, "nothing in common"), ("", "", .one, "both empty"),
      ("车工", "", .zero, "one empty"), (" ", "车工", .zero, "a blank is nothing"),
    ]
    for (left, right, likeness, row) in table {
      #expect(NearMiss.likeness(left, right) == likeness, "\(row)")
      #expect(NearMiss.likeness(right, left) == likeness, "\(row), the other way round")
    }
  }
}

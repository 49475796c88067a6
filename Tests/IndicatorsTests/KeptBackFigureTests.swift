import CitongTesting
import Indicators
import Ledger
import Records
import Storage
import Testing
import Values

/// Figures counted from graduates.
@Suite struct KeptBackFigureTests {
  private func graduates(_ evidence: String...) -> String {
    let codes = evidence.map { "\"\($0)\"" }.joined(separator: ", ")
    return evidence.isEmpty
      ? "count(毕业去向)" : "count(毕业去向, x, x.证明材料 in [\(codes)])"
  }

  /// An indicator with parts, by their formulas.
  private func indicators(_ parts: [String]) -> [Indicator] {
    var whole = Indicator()
    (whole.code, whole.label, whole.unit, whole.levels) = ("G1", "毕业生", "人", ["city", "school"])
    whole.formula = graduates()
    return [whole]
      + parts.enumerated().map { number, formula in
        var part = whole
        (part.code, part.partOf, part.formula) = ("G1.p\(number)", "G1", formula)
        return part
      }
  }

  private func fill(_ city: TestCity, _ counts: [(evidence: String, count: Int)]) throws {
    var number = 2_019_000
    for (evidence, count) in counts {
      for _ in 0..<count {
        number += 1
        try city.save(
          "graduateDestination",
          [
            "schoolId": "S99101", "graduateNo": "\(number)", "graduationDate": "2022-06-30",
            "surveyDate": "2022-08-31", "destinationCode": "签劳动合同", "evidenceKind": evidence,
            "employerName": "海澜测试有限公司", "monthlyPay": number < 2_019_004 ? "4000" : "",
          ]
        )
      }
    }
  }

  private func value(_ parts: [String], _ city: TestCity, to told: Reader = .anonymous) throws
    -> IndicatorValue
  {
    let book = IndicatorBook(city.register, indicators: indicators(parts), to: told)
    return try #require(try book.values().first)
  }

  @Test func `zero, few and missing are three answers`() throws {
    try withCity { city in
      #expect(try value([], city).display == "0人")
      try fill(city, [("contract", 9)])
      let few = try value([], city)
      #expect(few.isKeptBack)
      #expect([few.display, few.exact, few.counted] == ["不公开", "不公开", "不公开"])
      #expect(few.row["value"] == .null)
      #expect(few.row["records"] == .null)
      #expect(few.row["isSuppressed"] == .boolean(true))
      let missing = IndicatorValue(indicators([])[0], .missing("毕业去向"))
      #expect(missing.display == "未填报")
      #expect(missing.row["isSuppressed"] == .boolean(false))
      try fill(city, [("contract", 10)])
      #expect(try value([], city).value == Ratio(10))
    }
  }

  @Test func `parts go together when one of them, or the rest, is few`() throws {
    try withCity { city in
      let counts = [
        ("contract", 12), ("ownStatement", 11), ("admissionNotice", 4), ("agreement", 12),
      ]
      try fill(city, counts)
      let table: [([String], Bool)] = [
        ([graduates("contract")], false),
        // Nearly as many, but other people.
        ([graduates("contract"), graduates("ownStatement")], false),
        ([graduates("admissionNotice")], true),
        ([graduates("contract"), graduates("ownStatement"), graduates("agreement")], true),
        ([graduates("contract", "ownStatement", "agreement")], true),
        // All of the one are in the other.
        ([graduates("contract"), graduates("contract", "admissionNotice")], true),
      ]
      for (parts, isKept) in table {
        let whole = try value(parts, city)
        #expect(whole.value == Ratio(39))
        #expect(whole.parts.allSatisfy { $0.isKeptBack == isKept }, "\(parts)")
      }
      // Who may see the graduates may count them.
      let own = Reader(.classTeacher, organisation: "S99101")
      #expect(
        try value([graduates("admissionNotice")], city, to: own).parts[0].value == Ratio(4)
      )
    }
  }

  @Test func `a place is kept back that could be reckoned from the city's number and the rest`()
    throws
  {
    try withCity { city in
      try fill(city, [("contract", 12)])
      let book = IndicatorBook(city.register, indicators: indicators([]))
      let few = try city.store.read { reading in
        try book.reckon(in: reading).value("G1", at: IndicatorPlace(.school, "S99101"))?.display
      }
      #expect(few == "12人")
    }
  }
}

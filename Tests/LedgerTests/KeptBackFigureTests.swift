import CitongTesting
import Ledger
import Records
import Storage
import Testing
import Values

/// Figures counted from graduates.
@Suite struct KeptBackFigureTests {
  private func graduates(_ evidence: String...) -> Figure.Formula {
    let all = Figure.Selection("graduateDestination")
    return .amount(
      .count,
      evidence.isEmpty ? all : all.and(Condition("evidenceKind", .isOneOf(evidence)))
    )
  }

  private func figure(_ parts: [Figure.Formula]) -> Figure {
    Figure(
      "G1",
      "毕业生",
      .persons,
      graduates(),
      words: "毕业生数",
      parts: parts.enumerated().map { number, part in
        Figure("G1.\(number)", "其中", .persons, part, words: "其中")
      }
    )
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

  private func value(_ figure: Figure, _ city: TestCity, to told: Reader = .anonymous) throws
    -> FigureValue
  {
    let book = FigureBook(city.register, city: city.city, to: told)
    return try city.store.read { try book.value(of: figure, in: $0) }
  }

  @Test func `zero, few and missing are three answers`() throws {
    try withCity { city in
      #expect(try value(figure([]), city).display == "0人")
      try fill(city, [("contract", 9)])
      let few = try value(figure([]), city)
      #expect(few.isKeptBack)
      #expect([few.display, few.exact, few.counted] == ["不公开", "不公开", "不公开"])
      #expect(few.row["value"] == .null)
      #expect(few.row["records"] == .null)
      #expect(few.row["isSuppressed"] == .boolean(true))
      let missing = FigureValue(figure: figure([]), value: nil)
      #expect(missing.display == "未填报")
      #expect(missing.row["isSuppressed"] == .boolean(false))
      try fill(city, [("contract", 10)])
      #expect(try value(figure([]), city).value == Ratio(10))
    }
  }

  @Test func `parts go together when one of them, or the rest, is few`() throws {
    try withCity { city in
      let counts = [
        ("contract", 12), ("ownStatement", 11), ("admissionNotice", 4), ("agreement", 12),
      ]
      try fill(city, counts)
      let table: [([Figure.Formula], Bool)] = [
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
        let whole = try value(figure(parts), city)
        #expect(whole.value == Ratio(39))
        #expect(whole.parts.allSatisfy { $0.isKeptBack == isKept }, "\(parts)")
      }
      // Who may see the graduates may count them.
      let own = Reader(.classTeacher, organisation: "S99101")
      #expect(
        try value(figure([graduates("admissionNotice")]), city, to: own).parts[0].value == Ratio(4)
      )
    }
  }

  @Test func `a sum over few numbers is kept back although the records are many`() throws {
    try withCity { city in
      try fill(city, [("contract", 12)])
      let selection = Figure.Selection("graduateDestination")
      let pay = Figure("G2", "月薪", .yuan, .amount(.sum("monthlyPay"), selection), words: "合计")
      #expect(try value(pay, city).isKeptBack)
    }
  }
}

import CitongTesting
import Records
import Sheets
import Testing
import Values

/// Records given out as workbooks.
@Suite struct WorkbookExportTests {
  private static let texts = [
    "sampleId": "G1", "title": "甲", "note": "一\n二", "code": "00012", "size": "3",
    "weight": "-1.05", "isGood": "否", "day": "2022-07-01", "price": "3500.5", "year": "2021-2022",
    "uscc": "91350599MA2XQ0002X", "remark": "内部", "phone": "0595", "colour": "closed",
    "field": "newEnergy", "closedOn": "2022-07-02", "spotId": "P1", "spotIds": "P1|P2",
    "labels": "a|b", "colours": "red|green", "parts": "壳;2|盖;",
  ]

  private func withSample<R>(_ body: (TestCity) throws -> R) throws -> R {
    try withCity(kinds: sampleKinds) { city in
      for (id, name) in [("P1", "码头"), ("P2", "沙滩")] {
        try city.save("spot", ["spotId": id, "spotName": name])
      }
      try city.save("sample", Self.texts)
      return try body(city)
    }
  }

  @Test func `headings are labels, values are typed, a code stands beside its name`() throws {
    try withSample { city in
      let rows = try rows(of: city.xlsx("sample"))
      let wanted: [(heading: String, cell: SheetCell)] = [
        ("编号", SheetCell("G1")), ("名称", SheetCell("甲")), ("说明", SheetCell("一\n二")),
        ("货号", SheetCell("00012")), ("数量（件）", SheetCell("3", .number)),
        ("重量", SheetCell("-1.05", .number)), ("合格", SheetCell("否")),
        ("日期", SheetCell("2022-07-01", .date)), ("价格（元）", SheetCell("3500.5", .number)),
        ("学年", SheetCell("2021-2022")), ("信用代码", SheetCell("91350599MA2XQ0002X")),
        ("内部备注", SheetCell("内部")), ("颜色", SheetCell("已关闭")),
        ("颜色（代码）", SheetCell("closed")), ("领域", SheetCell("新能源与节能")),
        ("领域（代码）", SheetCell("newEnergy")), ("关闭日期", SheetCell("2022-07-02", .date)),
        ("地点", SheetCell("码头")), ("地点（编号）", SheetCell("P1")),
        ("其他地点", SheetCell("码头|沙滩")), ("其他地点（编号）", SheetCell("P1|P2")),
        ("标签", SheetCell("a|b")), ("可选颜色", SheetCell("红色|绿色")),
        ("可选颜色（代码）", SheetCell("red|green")), ("部件", SheetCell("壳;2|盖;")),
        ("版本（请勿改动）", SheetCell("1", .number)),
      ]
      #expect(rows.count == 2)
      #expect(rows[0].texts == wanted.map(\.heading), "neither computed nor personal fields")
      for (cell, (heading, value)) in zip(rows[1].cells, wanted) {
        #expect(cell == value, "\(heading)")
      }
      let file = try TableFile(city.xlsx("sample"))
      #expect(file.sheets.map(\.name) == ["样品"])
    }
  }

  @Test func `an export of a selection holds it and nothing else, in the order of identifiers`()
    throws
  {
    try withCity(kinds: sampleKinds) { city in
      for number in (1...30).reversed() {
        try city.save("sample", ["title": "样品\(number)", "size": "\(number)"])
      }
      let path = try city.xlsx("sample", Query([Condition("size", .atLeast(28))], limit: 1))
      try #expect(
        rows(of: path).dropFirst().map { $0.texts[0] } == ["SP000001", "SP000002", "SP000003"]
      )
      let none = try city.xlsx("sample", Query([.field("title", "没有")]))
      try #expect(rows(of: none).count == 1, "the headings alone")
      try #expect(city.takeFile(none, as: "sample").counts == [0, 0, 0, 0])
    }
  }

  @Test func `a value changed in a workbook is changed, by its name alone refused`() throws {
    try withSample { city in
      let kind = try city.kind("sample")
      let old = try rows(of: city.xlsx("sample"))
      func changed(_ heading: String, _ text: String, in given: [SheetRow]? = nil) throws
        -> ImportReport
      {
        var cells = try (given ?? rows(of: city.xlsx("sample"))).map(\.texts)
        let place = try #require(cells[0].firstIndex(of: heading))
        cells[1][place] = text
        return try city.take(TestWorkbook(cells: cells), as: "sample")
      }
      try #expect(changed("说明", "三").counts == [0, 1, 0, 0])
      try #expect(city.register.record(kind, "G1")?["note"] == .text("三"))
      try #expect(changed("地点（编号）", "P2").problems.map(\.problem.code) == ["REC-E-047"])
      try #expect(changed("地点", "沙滩").problems.map(\.problem.code) == ["REC-E-047"])
      try #expect(city.register.record(kind, "G1")?["spotId"] == .text("P1"))
      let late = try changed("数量（件）", "9", in: old)
      #expect(late.problems.map(\.problem.code) == ["REC-E-020"], "given out before the change")
      try #expect(city.register.record(kind, "G1")?["note"] == .text("三"))
    }
  }

  @Test func `a text with a quote mark before what looks like a formula keeps it`() throws {
    for text in ["=1+1", "'=1+1", "''-", "'+86", "-", "'甲", "'", "@中"] {
      try withCity(kinds: sampleKinds) { city in
        try city.save("spot", ["spotId": "P1", "spotName": text])
        let written = ["title": text, "spotId": "P1", "labels": JSON.array([.string(text)]).text]
        try city.save("sample", written)
        for kind in ["spot", "sample"] {
          let report = try city.takeFile(city.xlsx(kind), as: kind)
          #expect(report.counts == [0, 0, 1, 0], "\(text.debugDescription) \(report.lines)")
          try #expect(city.take(city.csv(kind), as: kind).counts == [0, 0, 1, 0], "\(text)")
          var labels = ""
          try Exporter(city.register)
            .give(city.kind(kind), as: .csv, wording: .labels, for: .officer) { labels += $0 }
          try #expect(city.take(labels, as: kind).counts == [0, 0, 1, 0], "\(text)")
        }
      }
    }
  }
}

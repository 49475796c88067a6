import CitongTesting
import Records
import Synchronization
import Testing
import Values

/// Files taken in row by row: rows that refer to others, files that break off, imports given up.
@Suite struct StreamedImportTests {
  // MARK: Rows that refer to rows

  private func parents(_ city: TestCity) throws -> [String: String] {
    let nodes = try city.register.list(city.kind("node"), Query(limit: 100))
    return Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, $0["parent"].text ?? "") })
  }

  @Test func `a row may refer to one further down, in every order of the rows`() throws {
    let table: [(rows: [String], reason: String)] = [
      (["N1,一,N2", "N2,二,N3", "N3,三,", "N4,四,N1"], "a chain, its end last"),
      (["N3,三,", "N2,二,N3", "N1,一,N2", "N4,四,N1"], "a chain, its end first"),
      (["N4,四,N1", "N1,一,N2", "N2,二,N3", "N3,三,"], "upside down"),
      (["N1,一,二", "N2,二,三", "N4,四,一", "N3,三,"], "by names"),
      (["N4,四,一", "N1,一,N2", "N2,二,三", "N3,三,"], "by names and codes"),
    ]
    for (rows, reason) in table {
      try withCity(kinds: [Kind(Node.self)]) { city in
        let file = (["nodeId,名称,上级"] + rows).joined(separator: "\n")
        let report = try city.take(file)
        #expect(report.lines == [], "\(reason)")
        #expect(report.counts == [4, 0, 0, 0], "\(reason)")
        try #expect(
          parents(city) == ["N1": "N2", "N2": "N3", "N3": "", "N4": "N1"],
          "\(reason)"
        )
        try #expect(city.take(file).counts == [0, 0, 4, 0], "\(reason)")
      }
    }
  }

  @Test func `rows may refer to each other in a ring`() throws {
    try withCity(kinds: [Kind(Node.self)]) { city in
      let report = try city.take("nodeId,名称,上级\nN1,一,N2\nN2,二,N3\nN3,三,N1\nN4,四,N4\n")
      #expect(report.lines == [])
      try #expect(parents(city) == ["N1": "N2", "N2": "N3", "N3": "N1", "N4": "N4"])
    }
  }

  @Test func `what refers to a refused row is refused with it, before or behind it`() throws {
    let told = "在同一文件中被退回，请先改正那一行。"
    let missing = "找不到这样的节点。请先登记，或从列表中选择。"
    let table: [(rows: [String], lines: [String], new: Int, reason: String)] = [
      (
        ["N1,一,N3", "N2,二,", "N3,,"],
        ["测试.csv:4: REC-E-001 请填写名称。", "测试.csv:2: REC-E-009 上级指向的 N3 \(told)"], 1, "further down"
      ),
      (
        ["N3,,", "N2,二,", "N1,一,N3"],
        ["测试.csv:2: REC-E-001 请填写名称。", "测试.csv:4: REC-E-009 上级指向的 N3 \(told)"], 1, "further up"
      ),
      (
        ["N1,一,N2", "N2,二,N3", "N3,,", "N4,四,N1"],
        [
          "测试.csv:4: REC-E-001 请填写名称。", "测试.csv:3: REC-E-009 上级指向的 N3 \(told)",
          "测试.csv:2: REC-E-009 上级指向的 N2 \(told)", "测试.csv:5: REC-E-009 上级指向的 N1 \(told)",
        ], 0, "a chain of them"
      ),
      (
        ["N1,一,海西", "N2,二,N1"],
        [
          "测试.csv:2: REC-E-009 上级填的是“海西”，\(missing)", "测试.csv:3: REC-E-009 上级指向的 N1 \(told)",
        ], 0, "what is nowhere"
      ),
      (
        ["N1,一,", "N2,二,N11", "N3,,N11"],
        [
          "测试.csv:3: REC-E-009 上级填的是“N11”，找不到这样的节点。你是不是想填：N1？",
          "测试.csv:4: REC-E-001 请填写名称。",
          "测试.csv:4: REC-E-009 上级填的是“N11”，找不到这样的节点。你是不是想填：N1？",
        ], 1, "nearly one that is there"
      ),
      (["N1,一,N2", "N2,,", "N2,二,"], ["测试.csv:3: REC-E-001 请填写名称。"], 2, "put right further down"),
    ]
    for (rows, lines, new, reason) in table {
      try withCity(kinds: [Kind(Node.self)]) { city in
        let report = try city.take((["nodeId,名称,上级"] + rows).joined(separator: "\n"))
        #expect(Set(report.lines) == Set(lines), "\(reason)")
        #expect(report.lines.count == lines.count, "\(reason)")
        #expect(report.new == new, "\(reason)")
        #expect(report.refused == rows.count - new, "\(reason)")
      }
    }
  }

  @Test func `a row that waits for another is told once if it is there twice`() throws {
    try withCity(kinds: [Kind(Node.self)]) { city in
      let report = try city.take("nodeId,名称,上级\nN1,一,N2\nN1,一,N2\nN2,二,\n")
      #expect(report.counts == [2, 0, 1, 0])
      #expect(
        report.lines == ["测试.csv:3: REC-W-022 与第 2 行是同一条记录，已保留前一行，本行没有导入。"]
      )
    }
  }

  // MARK: Breaking off

  /// A good file of many rows.
  private func rows(_ count: Int) -> String {
    "名称,数量\n" + (1...count).map { "样品\($0),\($0 % 1000)\n" }.joined()
  }

  @Test func `a file that breaks off in the middle leaves nothing`() throws {
    let cells = [["名称", "数量"]] + (1...600).map { ["样品\($0)", "1"] }
    var half = TestWorkbook(cells: cells)
    half.parts["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData>" + half.sheets[0].rows
    var second = TestWorkbook(
      .init("一", cells: [["名称"], ["甲"]]),
      .init("二", cells: [["名称"], ["乙"]])
    )
    second.parts["xl/worksheets/sheet2.xml"] = "<worksheet>"
    let damaged = "REC-E-037 工作簿不完整或已损坏，读到一半读不下去。请在 Excel 或 WPS 里打开检查，另存一份再导入。"
    let table: [(name: String, bytes: [UInt8], line: String)] = [
      (
        "测试.csv", Array((rows(600) + "\"甲,1\n").utf8),
        "测试.csv:602: REC-E-030 从这一行开始的引号没有配对，请检查单元格里的双引号。"
      ),
      ("测试.xlsx", half.bytes, "测试.xlsx: \(damaged)"),
      ("二.xlsx", second.bytes, "二.xlsx: \(damaged)"),
    ]
    for (name, bytes, line) in table {
      for isWhole in [false, true] {
        try withCity(kinds: sampleKinds) { city in
          let path = try write(bytes, in: city.folder, as: name)
          let report = try city.takeFile(path, as: "sample") { $0.isWhole = isWhole }
          #expect(report.lines == [line])
          #expect(report.counts == [0, 0, 0, 0], "\(name)")
          #expect(report.isBroken && report.isFlawed && report.run == nil, "\(name)")
          for rows in ["sample", "audit", "change", "import_run"] {
            try #expect(city.rows(in: rows) == 0, "\(name) \(rows)")
          }
        }
      }
    }
  }

  @Test func `a file that breaks off leaves the files before it in`() throws {
    try withCity(kinds: sampleKinds) { city in
      let texts = ["名称\n甲\n", "名称\n乙\n\"丙\n"]
      let files = texts.enumerated().map {
        Importer.File("\($0).csv", document: "\($0).csv", .bytes(Array($1.utf8)))
      }
      let order = Importer.Order(kind: try city.kind("sample"))
      let reports = try Importer(city.register).take(files, order, by: TestCity.officer)
      #expect(reports.map(\.new) == [1, 0])
      #expect(reports.map(\.run) == [1, nil])
      try #expect(city.rows(in: "sample") == 1)
    }
  }

  // MARK: On the way

  @Test func `how far it is is told on the way and at the end, file by file`() throws {
    try withCity(kinds: sampleKinds) { city in
      let seen = Mutex<[Importer.Progress]>([])
      var order = Importer.Order(kind: try city.kind("sample"))
      order.onProgress = { progress in seen.withLock { $0.append(progress) } }
      let files = [rows(950), rows(10)].enumerated().map {
        Importer.File("\($0).csv", document: "", .bytes(Array($1.utf8)))
      }
      _ = try Importer(city.register).take(files, order, by: TestCity.officer)
      let all = seen.withLock { $0 }
      #expect(all.filter { $0.file == 1 }.map(\.rows) == [200, 400, 600, 800, 950])
      #expect(all.filter { $0.file == 2 }.map(\.rows) == [10])
      let parts = all.filter { $0.file == 1 }.map(\.part)
      #expect(parts == parts.sorted() && parts.allSatisfy { (0...1).contains($0) })
      #expect(all.last?.part == 1)
    }
  }

  private struct GivenUp: Error, Equatable { var rows: Int }

  @Test(arguments: [200, 400, 450])
  func `an import that is given up leaves nothing`(at rows: Int) throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["title": "样品1", "size": "9"])
      var order = Importer.Order(kind: try city.kind("sample"))
      order.onProgress = { if $0.rows >= rows { throw GivenUp(rows: $0.rows) } }
      let file = Importer.File("a.csv", document: "", .bytes(Array(self.rows(450).utf8)))
      #expect(throws: GivenUp(rows: rows)) {
        try Importer(city.register).take([file], order, by: TestCity.officer)
      }
      for (table, count) in [("sample", 1), ("audit", 1), ("change", 1), ("import_run", 0)] {
        try #expect(city.rows(in: table) == count, "\(table)")
      }
      try #expect(city.register.list(city.kind("sample"), Query())[0]["size"] == .integer(9))
      order.onProgress = { _ in }
      try #expect(
        Importer(city.register).take([file], order, by: TestCity.officer)[0].counts
          == [449, 1, 0, 0]
      )
    }
  }

  @Test func `more problems than a report holds are counted, and all are given on`() throws {
    try withCity(kinds: sampleKinds) { city in
      let row = "甲,一打,重,也许,昨天,很多\n"
      let file = "名称,数量,重量,合格,日期,价格\n" + String(repeating: row, count: 4001)
      let given = Mutex(0)
      var order = Importer.Order(kind: try city.kind("sample"))
      order.onProblem = { _ in given.withLock { $0 += 1 } }
      let report = try Importer(city.register).take(
        [.init("a.csv", document: "", .bytes(Array(file.utf8)))],
        order,
        by: TestCity.officer
      )[0]
      #expect(report.refused == 4001)
      #expect(report.problems.count == ImportReport.mostProblems)
      #expect(report.moreProblems == 5)
      #expect(given.withLock { $0 } == 20_005)
      #expect(report.json["moreProblems"] == .integer(5))
      #expect(report.isFlawed)
    }
  }

  @Test func `a problem that is not held still keeps everything out when all must be good`() throws
  {
    var report = ImportReport()
    let warning = Problem("TST-W-001", "", "甲")
    for _ in 0..<ImportReport.mostProblems {
      report.tell(.init(file: "a", row: 1, column: "", problem: warning))
    }
    #expect(!report.isFlawed)
    report.tell(.init(file: "a", row: 2, column: "", problem: Problem("TST-E-001", "", "乙")))
    #expect(report.isFlawed && report.moreProblems == 1)
    var total = ImportReport()
    total.add(report)
    #expect(total.isFlawed && total.moreProblems == 1)
  }
}

/// A record that refers to others of its kind.
private struct Node: DeclaredRecord {
  var nodeId = ""
  var name = ""
  var parent = ""

  static var declaration: Declaration<Node> {
    Declaration(
      "node",
      "节点",
      summary: "测试用。",
      identifier: "nodeId",
      title: "name",
      columns: ["name"],
      access: Access.ofCity,
      fields: [
        Field(\.nodeId, "nodeId", "节点编号", .identifier(20)).required(),
        Field(\.name, "name", "名称", .text(40)).required(),
        Field(\.parent, "parent", "上级", .reference(kind: "node")),
      ]
    )
  }
}

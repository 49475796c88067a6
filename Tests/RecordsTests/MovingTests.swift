import Calendar
import CitongTesting
import Records
import Sheets
import Storage
import Testing
import Values

/// Files in and out.
@Suite struct MovingTests {
  private let officer = Actor(name: "测试员", source: .imported)

  @Test func `importing twice is importing once`() throws {
    try withCity(kinds: sampleKinds) { city in
      let file = "编号,名称,数量（件）,颜色,标签\nG1,甲,3,红色,a|b\nG2,乙,,已关闭,\n"
      let first = try city.take(file, as: "sample")
      #expect([first.new, first.changed, first.unchanged, first.refused] == [2, 0, 0, 0])
      let second = try city.take(file, as: "sample")
      #expect([second.new, second.changed, second.unchanged, second.refused] == [0, 0, 2, 0])
      try #expect(city.rows(in: "change") == 2)
      let third = try city.take(file.replacing("甲,3", with: "甲,4"), as: "sample")
      #expect([third.new, third.changed, third.unchanged, third.refused] == [0, 1, 1, 0])
    }
  }

  @Test func `what was given out comes in again without any change`() throws {
    try withCity(kinds: sampleKinds) { city in
      try fill(city, seed: 21)
      for kind in ["spot", "sample"] {
        let report = try city.take(try city.csv(kind), as: kind)
        let count = try city.rows(in: kind)
        #expect(report.unchanged == count, "seed 21, \(kind)")
        #expect(report.new + report.changed + report.refused == 0, "seed 21, \(kind)")
        #expect(report.problems.isEmpty, "seed 21, \(kind)")
      }
    }
  }

  @Test func `a register filled from another's files is the same`() throws {
    try withCity(kinds: sampleKinds) { city in
      try fill(city, seed: 22)
      try withCity(kinds: sampleKinds) { copy in
        for kind in ["spot", "sample"] {
          let file = try city.csv(kind)
          let report = try copy.take(file, as: kind)
          #expect(report.problems.isEmpty, "seed 22, \(kind)")
          try #expect(copy.csv(kind) == file, "seed 22, \(kind)")
          let query = Query(limit: 1000)
          let mine = try city.register.list(city.kind(kind), query)
          let theirs = try copy.register.list(copy.kind(kind), query)
          #expect(mine.map(\.values) == theirs.map(\.values), "seed 22, \(kind)")
        }
      }
    }
  }

  /// Samples with everything a cell can trip over.
  private func fill(_ city: TestCity, seed: UInt64) throws {
    var random = TestRandom(seed: seed)
    let pieces = [
      "海", "棠", "a", "B", " ", "\"", ",", "'", ";", "；", "|", "、", "[", "]", "{", "\\", "#", "=",
      "0",
      "😀", "𠮷", "　", "\t", "%", "“", "（",
    ]
    let long = pieces + ["\n", "\r\n"]
    for number in 1...5 {
      try city.save("spot", ["spotId": "P\(number)", "spotName": "地点\(number)"])
    }
    for number in 1...120 {
      var texts = [
        "title": "\(random.text(of: pieces.filter { $0 != "\t" }, count: 0...12))第\(number)号"
      ]
      texts["note"] = random.text(of: long, count: 0...20)
      if number % 2 == 0 {
        texts["code"] = "\(random.text(of: pieces.filter { $0 != "\t" }, count: 0...4))N\(number)"
      }
      texts["size"] = "\(random.number(0...1000))"
      texts["weight"] = Ratio(Int128(random.number(-10_000...10_000)), 100).decimal(places: 2)
      texts["isGood"] = random.pick(["是", "否", ""])
      texts["day"] = random.pick(["2022/7/4", "2021-12-31", ""])
      texts["price"] = Fen(random.number(0...10_000_000)).yuanText
      texts["year"] = random.pick(["2021-2022", ""])
      texts["uscc"] = random.pick(["91350599ma2xq0002x", ""])
      texts["colour"] = random.pick(["红色", "green", "已关闭"])
      if texts["colour"] == "已关闭" { texts["closedOn"] = "2022-07-01" }
      texts["field"] = random.pick(["newEnergy", "环保", ""])
      texts["spotId"] = random.pick(["P1", "地点2", ""])
      texts["spotIds"] = random.pick(["P1|P3", "地点4、P5", ""])
      texts["colours"] = random.pick(["红色|green", ""])
      texts["remark"] = random.text(of: ["内", ",", "\""], count: 0...4)
      var inputs = texts.mapValues(Draft.Input.text)
      var labels: [JSON] = []
      for _ in 0..<random.number(0...4) {
        labels.append(.string(random.text(of: long, count: 0...5)))
      }
      inputs["labels"] = .json(.array(labels))
      var rows: [JSON] = []
      for _ in 0..<random.number(0...3) {
        rows.append(
          .object([
            "name": .string("件" + random.text(of: long, count: 0...5)),
            "count": .string(random.text(of: long, count: 0...3)),
          ])
        )
      }
      inputs["parts"] = .json(.array(rows))
      try city.register.save(city.kind("sample"), Draft(inputs), by: officer)
    }
  }

  @Test func `a quote before a combining mark survives`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["title": "甲\"\u{301}乙"])
      let report = try city.take(try city.csv("sample"), as: "sample")
      #expect([report.new, report.changed, report.unchanged, report.refused] == [0, 0, 1, 0])
    }
  }

  @Test func `the encoding and the separator are found out`() throws {
    // 编码 GB18030: sampleId,名称,数量 / G1,海棠,3
    let gb18030: [UInt8] = [
      0x73, 0x61, 0x6D, 0x70, 0x6C, 0x65, 0x49, 0x64, 0x2C, 0xC3, 0xFB, 0xB3, 0xC6, 0x2C, 0xCA,
      0xFD,
      0xC1, 0xBF, 0x0A, 0x47, 0x31, 0x2C, 0xBA, 0xA3, 0xCC, 0xC4, 0x2C, 0x33, 0x0A,
    ]
    let files: [(String, [UInt8])] = [
      ("GB18030", gb18030), ("UTF-8", Array("sampleId,名称,数量\nG1,海棠,3\n".utf8)),
      ("UTF-8 with mark", [0xEF, 0xBB, 0xBF] + Array("sampleId,名称,数量\nG1,海棠,3\n".utf8)),
      ("line ends of Windows", Array("sampleId,名称,数量\r\nG1,海棠,3\r\n".utf8)),
      ("tabs", Array("sampleId\t名称\t数量\nG1\t海棠\t3\n".utf8)),
      ("semicolons", Array("sampleId;名称;数量\nG1;海棠;3".utf8)),
      ("quotes", Array("\"sampleId\",\"名称\",\"数量\"\n\"G1\",\"海棠\",\"3\"\n".utf8)),
    ]
    for (name, bytes) in files {
      try withCity(kinds: sampleKinds) { city in
        let report = try city.take(bytes, as: "sample")
        #expect(report.new == 1, "\(name)")
        try #expect(city.register.record(city.kind("sample"), "G1")?.title == "海棠", "\(name)")
      }
    }
  }

  @Test func `quoted cells hold separators, quotes and line ends`() throws {
    let rows = try CSV.rows(of: Array("a,\"b,\"\"c\"\"\nd\",e\n\n f ,,\n".utf8))
    #expect(rows.map(\.texts) == [["a", "b,\"c\"\nd", "e"], [" f ", "", ""]])
    #expect(rows.map(\.line) == [1, 4])
    #expect(
      CSV.line(["a", "b,c", "\"", "x\ny", " z", "#"]) == "a,\"b,c\",\"\"\"\",\"x\ny\",\" z\",#\n"
    )
    #expect(CSV.line(["#a"]) == "\"#a\"\n")
  }

  @Test func `a file that cannot be read says where and what to do`() throws {
    let table: [(String, [UInt8], String)] = [
      (
        "a quote that is never closed", Array("名称,数量\n甲,1\n\"乙,2\n丙,3\n".utf8),
        "测试.csv:3: REC-E-030 从这一行开始的引号没有配对，请检查单元格里的双引号。"
      ),
      ("nothing in it", [], "测试.csv: REC-E-031 文件是空的，第一行应为表头。"),
      (
        "no encoding we know", [0x41, 0xFF, 0xFF, 0xFF],
        "测试.csv: REG-E-062 文件既不是 UTF-8 也不是 GB18030 编码，请用“另存为 CSV UTF-8”后再导入。"
      ),
      (
        "no column of the kind", Array("甲,乙\n1,2\n".utf8),
        "测试.csv:1: REC-E-033 表头没有一列属于样品。可用的列名如：编号、名称、说明、货号、数量、重量、合格、日期。"
      ),
    ]
    try withCity(kinds: sampleKinds) { city in
      for (reason, bytes, line) in table {
        let report = try city.take(bytes, as: "sample")
        #expect(report.problems.map(\.placed.description) == [line], "\(reason)")
        try #expect(city.rows(in: "sample") == 0)
      }
    }
  }

  @Test func `a heading spelt nearly right is told, one of another kind passed over`() throws {
    try withCity(kinds: sampleKinds) { city in
      let report = try city.take("名称,数里,电子邮箱\n甲,1,x\n", as: "sample")
      #expect(report.new == 1)
      #expect(
        report.problems.map(\.placed.description) == [
          "测试.csv:1: REC-W-034 不认识列“数里”，这一列没有导入。你是不是想填：数量？"
        ]
      )
      #expect(report.problems.map(\.column) == ["数里"])
    }
  }

  @Test func `headings are names, labels, labels with unit or former labels`() throws {
    try withCity(kinds: sampleKinds) { city in
      let columns = try city.kind("sample").columns(of: ["品名", "数量（件）", "COLOUR", "数量", "邮箱"])
      #expect(columns == [1, 4, 14, nil, nil])
    }
  }

  @Test func `a row twice in one file is kept once and told`() throws {
    try withCity(kinds: sampleKinds) { city in
      let file = "编号,名称,数量\nG1,甲,1\nG2,乙,1\nG1,甲,2\n"
      let report = try city.take(file, as: "sample")
      #expect([report.new, report.unchanged, report.refused] == [2, 1, 0])
      #expect(
        report.problems.map(\.placed.description) == [
          "测试.csv:4: REC-W-022 与第 2 行是同一条记录，已保留前一行，本行没有导入。"
        ]
      )
      try #expect(city.register.record(city.kind("sample"), "G1")?["size"] == .integer(1))
    }
  }

  @Test func `a row twice for a record that is there already changes it once`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["sampleId": "G1", "title": "甲"])
      let report = try city.take("编号,名称,数量\nG1,甲,1\nG1,甲,2\n", as: "sample")
      #expect([report.changed, report.unchanged, report.refused] == [1, 1, 0])
      try #expect(city.register.record(city.kind("sample"), "G1")?["size"] == .integer(1))
    }
  }

  @Test func `a good row after a bad one for the same record is not lost`() throws {
    try withCity(kinds: sampleKinds) { city in
      let report = try city.take("编号,名称,数量\nG1,甲,很多\nG1,甲,2\n", as: "sample")
      #expect(report.refused == 1)
      try #expect(city.register.record(city.kind("sample"), "G1")?["size"] == .integer(2))
    }
  }

  @Test func `good rows go in and bad ones come back with row and column`() throws {
    try withCity(kinds: sampleKinds) { city in
      let file = "编号,名称,数量\nG1,甲,1\nG2,,2\nG3,丙,许多\n"
      let dry = try city.take(file, as: "sample", mode: .dryRun)
      #expect([dry.new, dry.refused] == [1, 2])
      try #expect(city.rows(in: "sample") == 0)
      let whole = try city.take(file, as: "sample", mode: .allOrNothing)
      #expect([whole.new, whole.refused] == [0, 2])
      try #expect(city.rows(in: "sample") == 0)
      let good = try city.take(file, as: "sample")
      #expect([good.new, good.refused] == [1, 2])
      #expect(good.problems.map(\.row) == [3, 4])
      #expect(good.problems.map(\.column) == ["名称", "数量"])
      #expect(good.problems.map(\.problem.code) == ["REC-E-001", "REC-E-003"])
      #expect(
        good.json["problems"]?.array?.first
          == JSON.object([
            "file": .string("测试.csv"), "row": .integer(3), "column": .string("名称"),
            "code": .string("REC-E-001"), "message": .string("请填写名称。"),
          ])
      )
    }
  }

  @Test func `the kind is seen from the header`() throws {
    try withCity(kinds: sampleKinds) { city in
      try #expect(city.take("spotId,spotName\nP1,码头\n").new == 1)
      try #expect(city.take("名称,颜色\n甲,红色\n").new == 1)
      try #expect(city.rows(in: "spot") == 1)
      try #expect(city.rows(in: "sample") == 1)
      try #expect(
        city.take("甲,乙\n1,2\n").problems.map(\.placed.description) == [
          "测试.csv:1: REC-E-032 从表头看不出是哪类记录，请用 --kind 指明。可能是：spot（地点）、sample（样品）。"
        ]
      )
    }
  }

  // MARK: Rows that name no record

  @Test func `a row without identifier and key is the record all its cells are in`() throws {
    try withCity(kinds: slipKinds) { city in
      try city.save("spot", ["spotId": "P1", "spotName": "码头"])
      let file = "标题,地点,份数,状态\n甲,码头,1,\n甲,码头,2,\n乙,,,完\n"
      let first = try city.take(file, as: "slip")
      #expect([first.new, first.unchanged, first.refused] == [3, 0, 0])
      let second = try city.take(file, as: "slip")
      #expect([second.new, second.changed, second.unchanged, second.refused] == [0, 0, 3, 0])
      try #expect(city.rows(in: "slip") == 3)
      let other = try city.take(file.replacing("甲,码头,2", with: "甲,码头,3"), as: "slip")
      #expect([other.new, other.changed, other.unchanged] == [1, 0, 2])
    }
  }

  @Test func `what was filled in or moved on since stays, and the row is still known`() throws {
    try withCity(kinds: slipKinds) { city in
      let file = "标题,地点,份数,状态\n甲,,1,\n"
      try #expect(city.take(file, as: "slip").new == 1)
      try city.save("spot", ["spotId": "P1", "spotName": "码头"])
      try city.save("slip", ["spotId": "P1", "state": "done"], id: "SL000001")
      let again = try city.take(file, as: "slip")
      #expect([again.new, again.changed, again.unchanged] == [0, 0, 1])
      let slip = try #require(try city.register.record(city.kind("slip"), "SL000001"))
      #expect(slip["spotId"] == .text("P1"))
      #expect(slip["state"] == .text("done"))
    }
  }

  @Test func `a row without identifier twice in one file is kept once and told`() throws {
    try withCity(kinds: slipKinds) { city in
      let report = try city.take("标题,份数\n甲,1\n乙,1\n甲,1\n甲,\n", as: "slip")
      #expect([report.new, report.unchanged, report.refused] == [3, 1, 0])
      #expect(
        report.problems.map(\.placed.description) == [
          "测试.csv:4: REC-W-022 与第 2 行是同一条记录，已保留前一行，本行没有导入。"
        ]
      )
    }
  }

  @Test func `a bad row is not taken for a record that is like it`() throws {
    try withCity(kinds: slipKinds) { city in
      try #expect(city.take("标题,份数\n甲,\n", as: "slip").new == 1)
      let report = try city.take("标题,份数,状态\n甲,许多,\n甲,,没有\n,1,\n", as: "slip")
      #expect([report.new, report.unchanged, report.refused] == [0, 0, 3])
      #expect(report.problems.map(\.problem.code) == ["REC-E-003", "REC-E-005", "REC-E-001"])
    }
  }

  @Test func `a row that could not come in any more is still the record it made`() throws {
    try withCity(kinds: slipKinds) { city in
      // In the register since before the rule.
      try city.save("slip", ["title": "甲", "count": "6"])
      _ = try city.store.write { try $0.execute("UPDATE slip SET count = 7", []) }
      let report = try city.take("标题,份数\n甲,7\n乙,7\n", as: "slip")
      #expect([report.unchanged, report.refused] == [1, 1])
      #expect(report.problems.map(\.problem.message) == ["七份太多。"])
    }
  }

  @Test func `an empty cell says nothing of a field with a default`() throws {
    try withCity(kinds: sampleKinds) { city in
      let file = "编号,名称,颜色\nG1,甲,\n"
      try #expect(city.take(file, as: "sample").new == 1)
      let again = try city.take(file, as: "sample")
      #expect([again.changed, again.unchanged, again.refused] == [0, 1, 0])
      try city.save("sample", ["colour": "green"], id: "G1")
      try #expect(city.take(file, as: "sample").unchanged == 1)
    }
  }

  // MARK: Several files

  private func file(_ name: String, _ text: String) -> Importer.File {
    Importer.File(name, document: name, .bytes(Array(text.utf8)))
  }

  @Test func `one bad row or file keeps everything of all files out`() throws {
    let good = file("好.csv", "spotId,spotName\nP1,码头\n")
    let table: [(String, Importer.File)] = [
      ("a bad row", file("坏.csv", "spotId,spotName\nP2,\n")),
      ("a header of nothing", file("坏.csv", "甲,乙\n1,2\n")),
      (
        "a file that can't be read",
        Importer.File("坏.csv", document: "坏.csv", .path("/nowhere/坏.csv"))
      ),
    ]
    for (reason, bad) in table {
      for isDry in [true, false] {
        try withCity(kinds: sampleKinds) { city in
          let importer = Importer(city.register)
          let reports = try importer.take(
            [good, bad],
            order(isWhole: true, isDry: isDry),
            by: officer
          )
          #expect(reports.map(\.new) == [0, 0], "\(reason)")
          #expect(reports.map(\.isFlawed) == [false, true], "\(reason)")
          try #expect(city.rows(in: "spot") == 0, "\(reason)")
          try #expect(city.rows(in: "change") == 0, "\(reason)")
        }
      }
    }
  }

  private func order(isWhole: Bool, isDry: Bool) -> Importer.Order {
    var order = Importer.Order()
    order.isWhole = isWhole
    order.isDry = isDry
    return order
  }

  @Test func `a later file may refer to an earlier one, in a dry run too`() throws {
    let files = [
      file("一.csv", "spotId,spotName\nP1,码头\n"), file("二.csv", "名称,地点\n甲,码头\n"),
    ]
    try withCity(kinds: sampleKinds) { city in
      let importer = Importer(city.register)
      for isWhole in [true, false] {
        let dry = try importer.take(files, order(isWhole: isWhole, isDry: true), by: officer)
        #expect(dry.map(\.new) == [1, 1])
        #expect(dry.flatMap(\.problems).isEmpty)
        try #expect(city.rows(in: "spot") == 0)
      }
      let whole = try importer.take(files, order(isWhole: true, isDry: false), by: officer)
      #expect(whole.map(\.new) == [1, 1])
      try #expect(city.rows(in: "sample") == 1)
    }
  }

  @Test func `a kind is seen from the header without what an export leaves out`() throws {
    try withCity(kinds: slipKinds) { city in
      try city.save("pass", ["holder": "某人", "issuedOn": "2022-07-01"])
      let exported = try city.csv("pass")
      #expect(exported == "passId,issuedOn\nPA000001,2022-07-01\n")
      try #expect(city.take(exported).unchanged == 1)
      let moved = try city.take(exported.replacing("07-01", with: "07-02"))
      #expect([moved.changed, moved.refused] == [1, 0])
      let other = try city.take(exported.replacing("PA000001", with: "PA000009"))
      #expect(other.problems.map(\.placed.description) == ["测试.csv:2: REC-E-001 请填写持有人。"])
      try #expect(city.register.record(city.kind("pass"), "PA000001")?["holder"] == .text("某人"))
    }
  }

  @Test func `a heading spelt nearly like a field name is told, one that comes twice too`() throws {
    try withCity(kinds: sampleKinds) { city in
      let report = try city.take("名称,colur,数量,size\n甲,红色,1,2\n", as: "sample")
      #expect(
        report.problems.map(\.placed.description) == [
          "测试.csv:1: REC-W-034 不认识列“colur”，这一列没有导入。你是不是想填：colour？",
          "测试.csv:1: REC-W-035 列“size”与前面的一列是同一项，这一列没有导入。请只留一列。",
        ]
      )
    }
  }

  @Test func `JSON is given out as a list, a reader's own share of it`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["title": "甲", "remark": "内", "phone": "1"])
      let readers: [(Reader, Bool)] = [(.anonymous, false), (.officer, true)]
      for (reader, hasRemark) in readers {
        var text = ""
        try Exporter(city.register).give(city.kind("sample"), as: .json, for: reader) { text += $0 }
        let json = try JSON(parsing: text.utf8)
        let first = try #require(json.array?.first)
        #expect((first["remark"] != nil) == hasRemark)
        #expect(first["phone"] == nil)
        #expect(first["title"] == .string("甲"))
      }
    }
  }
}

/// A record that can be found again by its identifier only.
private struct Slip: DeclaredRecord {
  var slipId = ""
  var title = ""
  var spotId = ""
  var count: Int?
  var state: State?

  enum State: String, Choice {
    case open, done
    var label: String { self == .open ? "开" : "完" }
  }

  static var declaration: Declaration<Slip> {
    Declaration(
      "slip",
      "字条",
      summary: "测试用。",
      identifier: "slipId",
      prefix: "SL",
      title: "title",
      columns: ["title"],
      access: Access.ofCity,
      fields: [
        Field(\.slipId, "slipId", "字条编号", .identifier(20)),
        Field(\.title, "title", "标题", .text(40)).required(),
        Field(\.spotId, "spotId", "地点", .reference(kind: "spot")),
        Field(\.count, "count", "份数", .integer(0...1000)),
        Field(\.state, "state", "状态", .choice(State.options)).required()
          .fallback(.text("open")),
      ]
    )
  }

  /// Seven are too many, unless they were there before.
  func check(_ surroundings: Surroundings) -> [Problem] {
    guard count == 7, surroundings.former["count"] != .integer(7) else { return [] }
    return [Problem("TST-E-007", "count", "七份太多。")]
  }
}

/// A record of a person, of which an officer's export leaves out who it is.
private struct Pass: DeclaredRecord {
  var passId = ""
  var holder = ""
  var issuedOn: CivilDate?

  static var declaration: Declaration<Pass> {
    Declaration(
      "pass",
      "证件",
      summary: "测试用。",
      identifier: "passId",
      prefix: "PA",
      title: "passId",
      keys: [["holder"]],
      columns: ["issuedOn"],
      isPublic: false,
      access: Access.ofCity,
      fields: [
        Field(\.passId, "passId", "证件编号", .identifier(20)),
        Field(\.holder, "holder", "持有人", .text(40)).required().privacy(.personal),
        Field(\.issuedOn, "issuedOn", "发证日期", .date).required(),
      ]
    )
  }
}

private let slipKinds = [Kind(Spot.self), Kind(Slip.self), Kind(Pass.self)]

import CitongTesting
import Foundation
import Ledger
import Matching
import Records
import Testing
import Values

/// Loading a city's folder: the repository's are sound, a broken one is told fault by fault.
@Suite struct CityTests {
  @Test(arguments: ["example", "quanzhou"])
  func `the repository's cities have no faults`(name: String) throws {
    #expect(City.load(cityFolder(name)).faults == [])
    try withCity(name) { city in
      try #expect(city.city.checkAgainst(city.register) == [])
      #expect(city.city.weights(for: "internshipPost").total == 100)
      #expect(city.city.weights(for: "unknown") == city.city.weights["*"])
    }
  }

  @Test func `the example city says what its folder says`() {
    let city = City.load(cityFolder("example") + "/").city
    #expect(city.code == "990100")
    #expect(city.shortName == "海棠")
    #expect(city.folder == cityFolder("example"))
    #expect(city.minimumWage(region: "990121", on: day("2022-07-14")) == Fen.yuan(1750))
    #expect(city.minimumWage(region: "990121", on: day("2021-12-31")) == nil)
    #expect(city.minimumWage(region: "990122", on: day("2022-07-14")) == nil)
    #expect(city.codeTable("techField")?.first?.code == "electronicInfo")
    #expect(city.codeTable("nothing") == nil)
  }

  /// One thing done to a copy of the example city, and what must be told of it.
  struct Break: Sendable, CustomTestStringConvertible {
    var file: String
    /// Found in the file and replaced; the new text is put at the end when empty.
    var old = ""
    var new: String
    var code: String
    var message: String
    /// The line that is told holds this; the whole file is meant when `nil`.
    var place: String?

    var testDescription: String { "\(code) \(file)" }
  }

  /// Ten faults, one for each check of the loader and of the records.
  static let ten = [
    Break(
      file: "city.csv",
      old: "latitude,",
      new: "latitud,",
      code: "CTY-E-010",
      message: "不认识的项“latitud”。你是不是想填：latitude？",
      place: "latitud,"
    ),
    Break(
      file: "calendar.csv",
      new: "2023-02-29,holiday,错,文",
      code: "CTY-E-020",
      message: "日期“2023-02-29”不是有效日期，请写成 2022-07-14。",
      place: "2023-02-29"
    ),
    Break(
      file: "weights.csv",
      new: "probe,50,,,,,,,,,,",
      code: "CTY-E-031",
      message: "probe 的权重合计 50，应为 100。",
      place: "probe"
    ),
    Break(
      file: "codes/techField.csv",
      new: "newEnergy,又一个,,,,",
      code: "CTY-E-041",
      message: "代码 newEnergy 写了两次，请保留一行。",
      place: "又一个"
    ),
    Break(
      file: "vocabulary.csv",
      new: "K021,新词,,K999,,false",
      code: "CTY-E-053",
      message: "上位词 K999 不在词库里。",
      place: "K021"
    ),
    Break(
      file: "minimum_wages.csv",
      new: "990102,2030-01-01,,0,文",
      code: "CTY-E-060",
      message: "金额“0”应为大于 0 的元数。",
      place: "2030-01-01"
    ),
    Break(
      file: "demo.csv",
      new: "extra,很多,",
      code: "CTY-E-070",
      message: "extra 的值“很多”应为数字或日期。",
      place: "extra"
    ),
    Break(
      file: "demo_names.csv",
      new: "schoolTheme,机电二,多余",
      code: "CTY-E-005",
      message: "这一行有 3 格，表头只有 2 列，请检查逗号。",
      place: "机电二"
    ),
    Break(
      file: "records/schol.csv",
      new: "schoolId,schoolName",
      code: "CTY-E-080",
      message: "文件名不是任何一类记录。你是不是想填：school？"
    ),
    Break(
      file: "records/school.csv",
      new: "S99199,海棠错校,3199099199,,secondaryVocationalSchool,public,cityEdu,990100,,,active",
      code: "REG-E-003",
      message: "“海棠市”是地级市，请填写到县（市、区）。",
      place: "S99199"
    ),
  ]

  /// The other faults a folder can have, told one at a time.
  static let others = [
    Break(
      file: "city.csv",
      new: "name,又名,",
      code: "CTY-E-011",
      message: "“name”写了两次，请保留一行。",
      place: "又名"
    ),
    Break(
      file: "city.csv",
      old: "bureau,海棠市教育局",
      new: "bureau,",
      code: "CTY-E-012",
      message: "缺少必填项“bureau”。",
      place: "bureau,"
    ),
    Break(
      file: "city.csv",
      old: "bureau,海棠市教育局",
      new: "#",
      code: "CTY-E-012",
      message: "缺少必填项“bureau”。"
    ),
    Break(
      file: "city.csv",
      old: "longitude,123.50",
      new: "longitude,东经123",
      code: "CTY-E-015",
      message: "longitude 填的是“东经123”，应为 73 到 136 之间的度数（WGS-84），例如 118.6。",
      place: "longitude,"
    ),
    Break(
      file: "city.csv",
      old: "latitude,29.50",
      new: "latitude,123.50",
      code: "CTY-E-015",
      message: "latitude 填的是“123.50”，应为 3 到 54 之间的度数（WGS-84），例如 24.9。",
      place: "latitude,"
    ),
    Break(
      file: "city.csv",
      old: "code,990100,",
      new: "code,9901,",
      code: "CTY-E-013",
      message: "城市代码填的是“9901”，应为 6 位数字。",
      place: "code,9901"
    ),
    Break(
      file: "calendar.csv",
      new: "2022-10-01,holiday,国庆,文",
      code: "CTY-E-021",
      message: "2022-10-01 写了两次，请保留一行。",
      place: "国庆,文"
    ),
    Break(
      file: "calendar.csv",
      new: "2030-01-01,holday,元旦,文",
      code: "CTY-E-022",
      message: "类别“holday”应为 holiday 或 workday。你是不是想填：holiday？",
      place: "2030-01-01"
    ),
    Break(
      file: "calendar.csv",
      new: "2022-07-14,workday,错,文",
      code: "CTY-E-023",
      message: "2022-07-14 是星期四，本来就上班，不能是调休上班日。",
      place: "2022-07-14"
    ),
    Break(
      file: "weights.csv",
      new: "probe,101,,,,,,,,,,",
      code: "CTY-E-030",
      message: "program 的权重“101”应为 0 到 100 的整数。",
      place: "probe"
    ),
    Break(
      file: "weights.csv",
      new: "*,20,35,5,,,15,5,5,15,,",
      code: "CTY-E-032",
      message: "* 的权重写了两次，请保留一行。"
    ),
    Break(
      file: "weights.csv",
      old: "\n*,",
      new: "\nfallback,",
      code: "CTY-E-033",
      message: "缺少种类为 * 的一行，没有专门权重的种类要用它。"
    ),
    Break(
      file: "codes/hazard.csv",
      new: "nameless,,,,,",
      code: "CTY-E-040",
      message: "代码和名称都要填。",
      place: "nameless"
    ),
    Break(
      file: "codes/hazard.csv",
      new: "later,以后,,昨天,,",
      code: "CTY-E-020",
      message: "日期“昨天”不是有效日期，请写成 2022-07-14。",
      place: "later"
    ),
    Break(
      file: "codes/hazzard.csv",
      new: "code,name",
      code: "CTY-E-043",
      message: "文件名不是任何一张代码表。你是不是想填：hazard？"
    ),
    Break(
      file: "codes/x.csv",
      new: "code,name",
      code: "CTY-E-043",
      message:
        "文件名不是任何一张代码表。可用：honourType、certificate、hazard、venueKind、techField、postCategory。"
    ),
    Break(
      file: "minimum_wages.csv",
      new: ",2022-01-01,,1900,文",
      code: "CTY-E-061",
      message: "没有填区划代码，请填 records/region.csv 里的一个。",
      place: ",2022-01-01,,1900,文"
    ),
    Break(
      file: "vocabulary.csv",
      new: "K097,新词,,,,是",
      code: "CTY-E-054",
      message: "isRegulated 填的是“是”，应为 true 或 false。",
      place: "K097"
    ),
    Break(
      file: "vocabulary.csv",
      new: "K099,,,,,false",
      code: "CTY-E-052",
      message: "词条 K099 没有名称。",
      place: "K099"
    ),
    Break(
      file: "calendar.csv",
      old: "date,kind,name,document",
      new: "date,kind,nam,document",
      code: "CTY-E-003",
      message: "不认识列“nam”。你是不是想填：name？",
      place: "nam,document"
    ),
    Break(
      file: "calendar.csv",
      old: "date,kind,name,document",
      new: "date,kind,nam,document",
      code: "CTY-E-004",
      message: "缺少列“name”。",
      place: "nam,document"
    ),
    Break(
      file: "vocabulary.csv",
      new: "K098,\"没关上的引号,,,,false",
      code: "REC-E-030",
      message: "从这一行开始的引号没有配对，请检查单元格里的双引号。",
      place: "K098"
    ),
  ]

  @Test func `ten faults are told at once, with file and line`() throws {
    try withBroken(Self.ten) { folder in
      let loaded = City.load(folder)
      try withRegister(of: loaded.city) { city in
        let faults = try loaded.faults + CityRecords(loaded.city).take(into: city.register)
        let told = Set(faults.map(\.description))
        let wanted = Set(try Self.ten.map { try expected($0, in: folder) })
        #expect(told == wanted)
        #expect(faults.count == 10)
      }
    }
  }

  @Test(arguments: CityTests.others)
  func `each fault has its words`(one: Break) throws {
    try withBroken([one]) { folder in
      let told = City.load(folder).faults.map(\.description)
      let line = try expected(one, in: folder)
      #expect(told.contains(line), "\(told)")
    }
  }

  @Test func `a term twice in the vocabulary names the first line`() throws {
    let again = Break(file: "vocabulary.csv", new: "K001,又来,,,,false", code: "", message: "")
    try withBroken([again]) { folder in
      let told = City.load(folder).faults.map(\.problem)
      #expect(told == [Problem("CTY-E-051", "", "词条 K001 与第 4 行重复。")])
    }
  }

  @Test func `a file that is missing or empty is told`() throws {
    try withBroken([]) { folder in
      try FileManager.default.removeItem(atPath: folder + "/weights.csv")
      try "# 只有注释\n".write(toFile: folder + "/calendar.csv", atomically: true, encoding: .utf8)
      #expect(
        City.load(folder).faults.map(\.description) == [
          "\(folder)/calendar.csv: CTY-E-002 文件是空的，第一行应为表头：date,kind,name,document。",
          "\(folder)/weights.csv: CTY-E-001 缺少文件 weights.csv，城市文件夹里必须有它。",
        ]
      )
    }
  }

  @Test func `code tables that are missing are told, one by one or the folder as a whole`() throws {
    try withBroken([]) { folder in
      try FileManager.default.removeItem(atPath: folder + "/codes/hazard.csv")
      #expect(
        City.load(folder).faults.map(\.description) == [
          "\(folder)/codes/hazard.csv: CTY-E-001 缺少文件 codes/hazard.csv，城市文件夹里必须有它。"
        ]
      )
      try FileManager.default.removeItem(atPath: folder + "/codes")
      let files = City.codeTableNames.map { $0 + ".csv" }.joined(separator: "、")
      #expect(
        City.load(folder).faults.map(\.description) == [
          "\(folder)/codes: CTY-E-042 缺少文件夹 codes，里面应有 \(files)。"
        ]
      )
    }
  }

  @Test func `every code table a field asks for is one a city holds`() {
    let asked = TestCity.kinds.flatMap(\.fields).compactMap { field in
      if case .code(let table) = field.type { table } else { nil }
    }
    #expect(Set(asked).isSubset(of: City.codeTableNames))
  }

  @Test func `a folder that is not there is told`() {
    #expect(
      City.load("/none/at/all").faults.map(\.description) == [
        "/none/at/all: CTY-E-000 找不到城市文件夹，请检查路径。可用 Cities/example 作样板。"
      ]
    )
  }

  /// Faults that show only beside the records and the exchange.
  static let beside = [
    Break(
      file: "minimum_wages.csv",
      new: "990199,2022-01-01,,1900,文",
      code: "CTY-E-014",
      message: "records/region.csv 里没有区划代码 990199。",
      place: "990199"
    ),
    Break(
      file: "city.csv",
      old: "code,990100,",
      new: "code,990200,",
      code: "CTY-E-014",
      message: "records/region.csv 里没有区划代码 990200。",
      place: "code,990200"
    ),
    Break(
      file: "weights.csv",
      new: "intershipPost,20,35,5,,,15,5,5,15,,",
      code: "CTY-E-034",
      message: "不认识的供需种类“intershipPost”。你是不是想填：internshipPost？",
      place: "intershipPost"
    ),
    Break(
      file: "records/school.csv",
      old: "schoolName,",
      new: "scholName,",
      code: "REC-W-034",
      message: "不认识列“scholName”，这一列没有导入。你是不是想填：schoolName？",
      place: "scholName,"
    ),
    Break(
      file: "records/benchmark.csv",
      old: "source\n",
      new: "source,颜色\n",
      code: "REC-W-034",
      message: "不认识列“颜色”，这一列没有导入。请改用比较基数的列名，或删去这一列。",
      place: "source,颜色"
    ),
    Break(
      file: "records/benchmark.csv",
      old: "source\n",
      new: "source,数值\n",
      code: "REC-W-035",
      message: "列“数值”与前面的一列是同一项，这一列没有导入。请只留一列。",
      place: "source,数值"
    ),
  ]

  @Test(arguments: CityTests.beside)
  func `a city may not speak of what its records and the exchange do not know`(one: Break) throws {
    try withBroken([one]) { folder in
      let loaded = City.load(folder)
      #expect(loaded.faults == [])
      try withRegister(of: loaded.city) { city in
        let taken = try CityRecords(loaded.city).take(into: city.register)
        let told = try taken + loaded.city.checkAgainst(city.register)
        let line = try expected(one, in: folder)
        #expect(told.map(\.description).contains(line), "\(told.map(\.description))")
      }
    }
  }

  // MARK: Breaking

  /// Runs a body with a copy of the example city to which some things were done.
  private func withBroken<R>(_ breaks: [Break], _ body: (String) throws -> R) throws -> R {
    try withFolder { parent in
      let folder = parent + "/broken"
      try FileManager.default.copyItem(atPath: cityFolder("example"), toPath: folder)
      for one in breaks {
        let path = folder + "/" + one.file
        var text = ""
        if FileManager.default.fileExists(atPath: path) {
          text = try String(contentsOfFile: path, encoding: .utf8)
        }
        if one.old.isEmpty {
          text += one.new + "\n"
        } else {
          try #require(text.contains(one.old), "\(one.file) holds no \(one.old)")
          text = text.replacingOccurrences(of: one.old, with: one.new)
        }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
      }
      return try body(folder)
    }
  }

  /// The line that must be told of something done.
  private func expected(_ one: Break, in folder: String) throws -> String {
    let path = folder + "/" + one.file
    var line = ""
    if let place = one.place {
      let lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
      let index = try #require(lines.lastIndex { $0.contains(place) }, "\(place)")
      line = ":\(index + 1)"
    } else if one.code == "CTY-E-032" {
      let lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
      let index = try #require(lines.lastIndex { $0.hasPrefix("*,") })
      line = ":\(index + 1)"
    }
    return "\(path)\(line): \(one.code) \(one.message)"
  }
}

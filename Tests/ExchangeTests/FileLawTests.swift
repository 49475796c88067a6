import CitongTesting
import Exchange
import Ledger
import Records
import Testing
import Values

/// The law of files: what was given out and comes in again changes nothing, for every kind of record.
@Suite struct FileLawTests {
  /// The kinds the city's bureau gives out and takes in as files; accounts, and what others ask for, are no
  /// matter of files.
  private static let kinds = TestCity.kinds.filter {
    Reader.officer.mayList($0) && Reader.officer.may(.create, $0)
  }

  /// The demo city with at least one record of every kind, and texts that files trip over in its fields.
  private func withEverything<R>(seed: UInt64, _ body: (TestCity) throws -> R) throws -> R {
    try withCity(demo: true) { city in
      var demo = ExchangeDemo(city.register, city: city.city)
      try demo.fill()
      for (kind, texts) in Self.others { try city.save(kind, texts) }
      for kind in Self.kinds {
        try #require(city.rows(in: kind.name) > 0, "\(kind.name) has no record")
      }
      let count = try spoil(city, seed: seed)
      try #require(count > 300, "texts that were taken, seed \(seed)")
      return try body(city)
    }
  }

  /// A record of each kind the demo has none of.
  private static let others: [(kind: String, texts: [String: String])] = [
    (
      "occupationFunction",
      [
        "codeInStandard": "6-18-01-01", "occupationInStandard": "车工", "edition": "2018",
        "levels": "五级|四级", "function": "轴类零件加工",
      ]
    ),
    (
      "college",
      [
        "schoolCode": "4135099999", "name": "海棠学院", "level": "bachelor", "city": "海棠市",
        "longitude": "118.600001", "latitude": "24.9",
      ]
    ),
    (
      "programIntro",
      [
        "programCode": "660103", "name": "数控技术", "level": "secondary", "orientation": "一\n二",
        "occupations": "车工|铣工",
      ]
    ),
    ("programCourse", ["programCode": "660103", "course": "机械制图", "seq": "1"]),
    ("programOccupation", ["programCode": "660103", "occupationCode": "6-18-01-01"]),
    (
      "programGroup",
      ["groupName": "会计群", "schoolId": "SD001", "coreProgramCode": "730301"]
    ),
    (
      "graduateDestination",
      [
        "schoolId": "SD001", "graduateNo": "2019001", "graduationDate": "2022-06-30",
        "surveyDate": "2022-07-10", "destinationCode": "11", "evidenceKind": "contract",
        "employerName": "海澜测试有限公司",
      ]
    ),
    (
      "agreement",
      [
        "agreementId": "XY1", "title": "会计实习协议", "kind": "internship",
        "cooperationForm": "jointTraining", "schoolIds": "SD001", "enterpriseIds": "ED00011",
        "otherParties": "海棠市教育局", "quantities": "实习生;12;人", "money": "1200.50",
        "periodStart": "2022-08-01", "periodEnd": "2023-07-31", "signedOn": "2022-07-01",
        "status": "signed",
      ]
    ),
    (
      "engagement",
      [
        "subject": "会计实习 12 人", "itemIds": "GX000056", "partyAEnterpriseId": "ED00011",
        "partyBSchoolId": "SD001", "status": "intent", "intentOn": "2022-07-10",
      ]
    ),
    (
      "exchangeClosure",
      [
        "title": "互不推荐", "byEnterpriseId": "ED00011", "toSchoolId": "SD001",
        "from": "2022-07-01", "reason": "已另有约定",
      ]
    ),
  ]

  private static let pieces = [
    "=", "+", "-", "@", "'", "\"", ",", ";", "；", "|", "、", "，", "{", "}", "[", "]", "\\", "/", "#",
    "&", "<", ">", "%", "_", "_x000D_", "_x", "0", "00", "a", "B", " ", "　", "海", "棠", "😀", "𠮷",
    "e\u{301}", "\u{A0}", "TRUE", "=1+1", "2022-07-14", "1E5", "#REF!",
  ]

  /// Puts generated texts into the text fields of some records of every kind.
  ///
  /// - Returns: how many were taken; what a check refuses stays as it is.
  private func spoil(_ city: TestCity, seed: UInt64) throws -> Int {
    var random = TestRandom(seed: seed)
    var count = 0
    for kind in Self.kinds {
      for record in try city.register.list(kind, Query(limit: 6)) {
        for field in kind.fields where !field.isDerived && Reader.officer.maySee(field, of: kind) {
          var text: String
          switch field.type {
          case .text(let most):
            text = random.text(of: Self.pieces, count: 1...min(6, most))
          case .longText:
            text = random.text(of: Self.pieces + ["\n", "\t", "\r\n", "\r"], count: 1...20)
          case .list:
            let items = (0...3).map { _ in random.text(of: Self.pieces + ["\n"], count: 1...4) }
            text = JSON.array(items.map(JSON.string)).text
          default: continue
          }
          do {
            try city.save(kind.name, [field.name: text], id: record.id)
            count += 1
          } catch is Refused { continue }
        }
      }
    }
    return count
  }

  /// A kind as files: what for, and the bytes' place.
  private func files(_ city: TestCity, _ kind: Kind) throws -> [(reason: String, path: String)] {
    let csv = try write(Array(city.csv(kind.name).utf8), in: city.folder, as: kind.name + ".csv")
    var words = ""
    try Exporter(city.register).give(kind, as: .csv, wording: .labels, for: .officer) {
      words += $0
    }
    return [
      ("\(kind.name), CSV", csv), ("\(kind.name), Excel", try city.xlsx(kind.name)),
      (
        "\(kind.name), CSV in words",
        try write(Array(words.utf8), in: city.folder, as: kind.name + "-文字.csv")
      ),
    ]
  }

  @Test(arguments: [51] as [UInt64])
  func `a file that comes in again where it came from changes nothing`(seed: UInt64) throws {
    try withEverything(seed: seed) { city in
      let changes = try city.register.lastChange()
      for kind in Self.kinds {
        let count = try city.rows(in: kind.name)
        for (reason, path) in try files(city, kind) {
          let report = try city.takeFile(path, as: kind.name)
          #expect(report.counts == [0, 0, count, 0], "\(reason), seed \(seed)")
          #expect(report.lines.filter { $0.contains("-E-") } == [], "\(reason), seed \(seed)")
        }
      }
      try #expect(city.register.lastChange() == changes, "seed \(seed)")
    }
  }

  @Test func `what a file holds is seen from its headings, for every kind`() throws {
    try withEverything(seed: 54) { city in
      for kind in Self.kinds {
        for (reason, path) in try files(city, kind).prefix(2) {
          let report = try city.takeFile(path)
          #expect(report.tables.map(\.kind) == [kind.name], "\(reason)")
          let count = try city.rows(in: kind.name)
          #expect(report.counts == [0, 0, count, 0], "\(reason) \(report.lines.prefix(3))")
        }
      }
    }
  }

  @Test(arguments: [56] as [UInt64])
  func `files of all kinds in their order make the same register elsewhere`(seed: UInt64) throws {
    try withEverything(seed: seed) { city in
      for isExcel in [false, true] {
        try withRegister(of: city.city) { copy in
          for kind in Self.kinds {
            let file = try files(city, kind)[isExcel ? 1 : 0]
            let report = try copy.takeFile(file.path, as: kind.name)
            let isLossy = kind.fields.contains {
              $0.isRequired && !Reader.officer.maySee($0, of: kind)
            }
            if isLossy {
              // Who it was stays where it was.
              #expect(report.new == 0 && report.refused > 0, "\(file.reason)")
              continue
            }
            #expect(
              report.lines.filter { $0.contains("-E-") } == [],
              "\(file.reason), seed \(seed)"
            )
            let mine = try city.register.list(
              kind,
              Query(sort: kind.fields[kind.identifier].name, limit: 10_000)
            )
            let theirs = try copy.register.list(
              kind,
              Query(sort: kind.fields[kind.identifier].name, limit: 10_000)
            )
            #expect(mine.map(\.id) == theirs.map(\.id), "\(file.reason), seed \(seed)")
            for (one, other) in zip(mine, theirs) {
              #expect(
                one.visible(to: .officer).values == other.values,
                "\(file.reason), \(one.id), seed \(seed)"
              )
            }
          }
        }
      }
    }
  }

  @Test func `a template of any kind brings nothing as it came, filled in it changes nothing`()
    throws
  {
    try withEverything(seed: 57) { city in
      for kind in Self.kinds {
        let template = TemplateWorkbook(city.register, kind, for: .officer)
        let path = city.folder + "/模板.xlsx"
        try template.write(to: path)
        let untouched = try city.takeFile(path, as: kind.name)
        #expect(untouched.counts == [0, 0, 0, 0], "\(kind.name) \(untouched.lines)")
        #expect(untouched.problems.map(\.problem.code) == ["REC-I-046"], "\(kind.name)")
        try template.write(to: path, filledWith: Query())
        let filled = try city.takeFile(path, as: kind.name)
        let count = try city.rows(in: kind.name)
        #expect(filled.counts == [0, 0, count, 0], "\(kind.name) \(filled.lines)")
      }
    }
  }
}

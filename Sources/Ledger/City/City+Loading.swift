import Calendar
import Foundation
import Matching
import Records
package import Values

extension City {
  /// Reads a city's folder, except its `records/`, and tells every fault at once.
  ///
  /// - Parameter folder: the path of the folder.
  /// - Returns: the city as far as it could be read, and the faults with file and line.
  package static func load(_ folder: String) -> (city: City, faults: [PlacedProblem]) {
    var city = City()
    var isFolder: ObjCBool = false
    let path = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else {
      let problem = Problem("CTY-E-000", "", "找不到城市文件夹，请检查路径。可用 Cities/example 作样板。")
      return (city, [PlacedProblem(file: folder, line: nil, problem: problem)])
    }
    city.folder = path
    var faults = city.readCity()
    faults += city.readCalendar()
    faults += city.readWeights()
    faults += city.readCodeTables()
    faults += city.readVocabulary()
    faults += city.readMinimumWages()
    faults += city.readPrivacyNotice()
    faults += city.readDemo()
    return (city, faults)
  }

  /// The files of the folder's `records/`, by kind of record.
  package func recordFiles() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/records")) ?? []
    return names.filter { $0.hasSuffix(".csv") }.sorted()
  }

  private static let keys = [
    "code", "name", "shortName", "platformName", "province", "provinceName", "bureau",
    "longitude", "latitude", "confirmSoonDays", "confirmWithinDays",
  ]

  /// The degrees a city of the country can lie at; exchanged ones are noticed.
  private static let degrees: [(key: String, low: Int128, high: Int128, sample: String)] = [
    ("longitude", 73, 136, "118.6"), ("latitude", 3, 54, "24.9"),
  ]

  private mutating func readCity() -> [PlacedProblem] {
    var file = CityFile("city.csv", in: folder, columns: ["key", "value", "note"], required: 2)
    var found: [String: CityFile.Row] = [:]
    for row in file.rows {
      if !Self.keys.contains(row["key"]) {
        let near = NearMiss.suggestion(row["key"], among: Self.keys)
        file.fault(row.line, "CTY-E-010", "不认识的项“\(row["key"])”。\(near)")
      } else if found.updateValue(row, forKey: row["key"]) != nil {
        file.fault(row.line, "CTY-E-011", "“\(row["key"])”写了两次，请保留一行。")
      }
    }
    Self.checkKeys(found, &file)
    let values = found.mapValues { $0["value"] }
    code = values["code"] ?? ""
    name = values["name"] ?? ""
    shortName = values["shortName"] ?? name
    platformName = values["platformName"] ?? ""
    province = values["province"] ?? ""
    provinceName = values["provinceName"] ?? ""
    bureau = values["bureau"] ?? ""
    confirmSoonDays = values["confirmSoonDays"].flatMap { Int($0) } ?? confirmSoonDays
    confirmWithinDays = values["confirmWithinDays"].flatMap { Int($0) } ?? confirmWithinDays
    if let line = found["code"]?.line, !code.isEmpty {
      mentions.append(Mention(subject: .region, code: code, file: file.path, line: line))
    }
    return file.faults
  }

  /// What must be filled in is, and numbers are numbers.
  private static func checkKeys(_ found: [String: CityFile.Row], _ file: inout CityFile) {
    guard file.isThere else { return }
    for key in keys.prefix(7) where (found[key]?["value"] ?? "").isEmpty {
      file.fault(found[key]?.line, "CTY-E-012", "缺少必填项“\(key)”。")
    }
    if let row = found["code"], !row["value"].isEmpty, !row["value"].isDigits(6) {
      file.fault(row.line, "CTY-E-013", "城市代码填的是“\(row["value"])”，应为 6 位数字。")
    }
    for (key, low, high, sample) in degrees {
      guard let row = found[key], !row["value"].isEmpty else { continue }
      let range = Ratio(low)...Ratio(high)
      if Ratio(decimal: row["value"]).map(range.contains) != true {
        let wanted = "应为 \(low) 到 \(high) 之间的度数（WGS-84），例如 \(sample)"
        file.fault(row.line, "CTY-E-015", "\(key) 填的是“\(row["value"])”，\(wanted)。")
      }
    }
    for key in ["confirmSoonDays", "confirmWithinDays"] {
      guard let row = found[key], !row["value"].isEmpty else { continue }
      guard let days = Int(row["value"]), (1...36_500).contains(days) else {
        file.fault(row.line, "CTY-E-016", "\(key) 填的是“\(row["value"])”，应为 1 到 36500 的整数（天）。")
        continue
      }
    }
  }

  private mutating func readCalendar() -> [PlacedProblem] {
    var file = CityFile(
      "calendar.csv",
      in: folder,
      columns: ["date", "kind", "name", "document"],
      required: 3
    )
    var holidays: Set<CivilDate> = []
    var makeUpDays: Set<CivilDate> = []
    for row in file.rows {
      guard let date = CivilDate(row["date"]) else {
        file.fault(row.line, "CTY-E-020", "日期“\(row["date"])”不是有效日期，请写成 2022-07-14。")
        continue
      }
      if holidays.contains(date) || makeUpDays.contains(date) {
        file.fault(row.line, "CTY-E-021", "\(date) 写了两次，请保留一行。")
      }
      switch row["kind"] {
      case "holiday": holidays.insert(date)
      case "workday" where date.weekday <= 5:
        file.fault(
          row.line,
          "CTY-E-023",
          "\(date) 是星期\(Self.weekdays[date.weekday - 1])，本来就上班，不能是调休上班日。"
        )
      case "workday": makeUpDays.insert(date)
      default:
        let near = NearMiss.suggestion(row["kind"], among: ["holiday", "workday"])
        file.fault(row.line, "CTY-E-022", "类别“\(row["kind"])”应为 holiday 或 workday。\(near)")
      }
    }
    workingDays = WorkingDays(holidays: holidays, makeUpDays: makeUpDays)
    return file.faults
  }

  private static let weekdays = ["一", "二", "三", "四", "五", "六", "日"]

  /// The dimensions a weights file may have, in its order; see `exchange.md` §6.2.
  package static let dimensions = [
    "program", "industry", "skill", "cert", "level", "region", "capacity", "timing", "track", "pay",
    "expertise",
  ]

  private mutating func readWeights() -> [PlacedProblem] {
    var file = CityFile(
      "weights.csv",
      in: folder,
      columns: ["kind"] + Self.dimensions,
      required: 12
    )
    for row in file.rows {
      mentions.append(
        Mention(subject: .itemKind, code: row["kind"], file: file.path, line: row.line)
      )
      var byDimension: [String: Int] = [:]
      for dimension in Self.dimensions where !row[dimension].isEmpty {
        guard let weight = Int(Text.code(row[dimension])), (0...100).contains(weight) else {
          file.fault(row.line, "CTY-E-030", "\(dimension) 的权重“\(row[dimension])”应为 0 到 100 的整数。")
          continue
        }
        byDimension[dimension] = weight
      }
      let total = byDimension.values.reduce(0, +)
      if total != 100 {
        file.fault(row.line, "CTY-E-031", "\(row["kind"]) 的权重合计 \(total)，应为 100。")
      }
      if weights.updateValue(Weights(byDimension), forKey: row["kind"]) != nil {
        file.fault(row.line, "CTY-E-032", "\(row["kind"]) 的权重写了两次，请保留一行。")
      }
    }
    if file.isThere, weights["*"] == nil {
      file.fault(nil, "CTY-E-033", "缺少种类为 * 的一行，没有专门权重的种类要用它。")
    }
    return file.faults
  }

  private mutating func readVocabulary() -> [PlacedProblem] {
    var file = CityFile(
      "vocabulary.csv",
      in: folder,
      columns: ["termId", "nameZh", "synonyms", "broader", "occupationCodes", "isRegulated"],
      required: 2
    )
    let ids = Set(file.rows.map { $0["termId"] })
    var seen: [String: Int] = [:]
    for row in file.rows {
      if let line = seen.updateValue(row.line, forKey: row["termId"]) {
        file.fault(row.line, "CTY-E-051", "词条 \(row["termId"]) 与第 \(line) 行重复。")
      }
      if row["nameZh"].isEmpty { file.fault(row.line, "CTY-E-052", "词条 \(row["termId"]) 没有名称。") }
      if !["", "true", "false"].contains(row["isRegulated"]) {
        file.fault(
          row.line,
          "CTY-E-054",
          "isRegulated 填的是“\(row["isRegulated"])”，应为 true 或 false。"
        )
      }
      for broader in row.list("broader") where !ids.contains(broader) {
        let near = NearMiss.suggestion(broader, among: ids.sorted())
        file.fault(row.line, "CTY-E-053", "上位词 \(broader) 不在词库里。\(near)")
      }
      vocabulary.append(
        SkillTerm(
          id: row["termId"],
          name: row["nameZh"],
          synonyms: row.list("synonyms"),
          broader: row.list("broader"),
          occupationCodes: row.list("occupationCodes"),
          isRegulated: row["isRegulated"] == "true"
        )
      )
    }
    return file.faults
  }

  private mutating func readMinimumWages() -> [PlacedProblem] {
    var file = CityFile(
      "minimum_wages.csv",
      in: folder,
      columns: ["regionCode", "from", "to", "monthlyYuan", "document"],
      required: 5
    )
    for row in file.rows {
      if row["regionCode"].isEmpty {
        file.fault(row.line, "CTY-E-061", "没有填区划代码，请填 records/region.csv 里的一个。")
      } else {
        mentions.append(
          Mention(subject: .region, code: row["regionCode"], file: file.path, line: row.line)
        )
      }
      guard let from = CivilDate(row["from"]), row["to"].isEmpty || CivilDate(row["to"]) != nil
      else {
        file.fault(row.line, "CTY-E-020", "起止日期应写成 2022-07-14。")
        continue
      }
      guard let monthly = Fen(yuan: row["monthlyYuan"]), monthly.amount > 0 else {
        file.fault(row.line, "CTY-E-060", "金额“\(row["monthlyYuan"])”应为大于 0 的元数。")
        continue
      }
      minimumWages.append(
        MinimumWage(
          region: row["regionCode"],
          from: from,
          to: CivilDate(row["to"]),
          monthly: monthly,
          document: row["document"]
        )
      )
    }
    return file.faults
  }

  private mutating func readDemo() -> [PlacedProblem] {
    var plan = CityFile(
      "demo.csv",
      in: folder,
      columns: ["key", "value", "note"],
      required: 2,
      isOptional: true
    )
    for row in plan.rows {
      let isNumber = Ratio(decimal: row["value"]) != nil
      if !isNumber, CivilDate(row["value"]) == nil {
        plan.fault(row.line, "CTY-E-070", "\(row["key"]) 的值“\(row["value"])”应为数字或日期。")
      }
      demoPlan[row["key"]] = row["value"]
    }
    let names = CityFile(
      "demo_names.csv",
      in: folder,
      columns: ["kind", "word"],
      required: 2,
      isOptional: true
    )
    for row in names.rows { demoNames[row["kind"], default: []].append(row["word"]) }
    return plan.faults + names.faults
  }
}

import Calendar
import Foundation
import Records
import Values

extension City {
  /// The code tables a city's folder holds, a file of `codes/` each.
  package static let codeTableNames = [
    "honourType", "certificate", "hazard", "venueKind", "techField", "postCategory",
  ]

  /// Reads the code tables of `codes/`.
  mutating func readCodeTables() -> [PlacedProblem] {
    let path = folder + "/codes"
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      let files = Self.codeTableNames.map { $0 + ".csv" }.joined(separator: "、")
      let problem = Problem("CTY-E-042", "", "缺少文件夹 codes，里面应有 \(files)。")
      return [PlacedProblem(file: path, line: nil, problem: problem)]
    }
    let files = names.filter { $0.hasSuffix(".csv") }.sorted().map { String($0.dropLast(4)) }
    let strays = files.filter { !Self.codeTableNames.contains($0) }.map { name in
      let near = NearMiss.suggestion(name, among: Self.codeTableNames)
      let known = Self.codeTableNames.joined(separator: "、")
      let hint = near.isEmpty ? "可用：\(known)。" : near
      let problem = Problem("CTY-E-043", "", "文件名不是任何一张代码表。\(hint)")
      return PlacedProblem(file: "\(path)/\(name).csv", line: nil, problem: problem)
    }
    return strays + Self.codeTableNames.flatMap { readCodeTable($0) }
  }

  private mutating func readCodeTable(_ name: String) -> [PlacedProblem] {
    var file = CityFile(
      "codes/\(name).csv",
      in: folder,
      columns: ["code", "name", "aliases", "from", "to", "source"],
      required: 2
    )
    var options: [Option] = []
    for row in file.rows {
      if row["code"].isEmpty || row["name"].isEmpty {
        file.fault(row.line, "CTY-E-040", "代码和名称都要填。")
      } else if options.contains(where: { $0.code == row["code"] }) {
        file.fault(row.line, "CTY-E-041", "代码 \(row["code"]) 写了两次，请保留一行。")
      } else {
        options.append(
          Option(code: row["code"], label: row["name"], aliases: row.list("aliases"))
        )
      }
      for column in ["from", "to"] where !row[column].isEmpty && CivilDate(row[column]) == nil {
        file.fault(row.line, "CTY-E-020", "日期“\(row[column])”不是有效日期，请写成 2022-07-14。")
      }
    }
    codeTables[name] = options
    return file.faults
  }
}

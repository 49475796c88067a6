import Foundation
package import Records
package import Values

/// Takes the records of a city's folder into a register.
package struct CityRecords: Sendable {
  private let city: City

  /// The warnings on columns: what a city's folder holds shall be taken in.
  private static let columns = ["REC-W-034", "REC-W-035"]

  /// Makes a loader for a city.
  package init(_ city: City) { self.city = city }

  /// Takes in every file of `records/`, in the order in which kinds refer to each other.
  ///
  /// - Returns: every fault, with file and line.
  /// - Throws: the store's errors.
  package func take(into register: RecordStore) throws -> [PlacedProblem] {
    var faults: [PlacedProblem] = []
    let files = city.recordFiles()
    let names = register.kinds.map(\.name)
    for file in files where !names.contains(String(file.dropLast(4))) {
      let near = NearMiss.suggestion(String(file.dropLast(4)), among: names)
      let problem = Problem("CTY-E-080", "", "文件名不是任何一类记录。\(near)")
      faults.append(PlacedProblem(file: path(file), line: nil, problem: problem))
    }
    let importer = Importer(register)
    for kind in register.kinds where files.contains(kind.name + ".csv") {
      let file = kind.name + ".csv"
      guard let data = FileManager.default.contents(atPath: path(file)) else { continue }
      let report = try importer.take(
        Array(data),
        file: path(file),
        as: kind,
        mode: .goodRows,
        by: Actor(name: "城市文件夹", source: .city, document: "records/" + file),
        isCity: true
      )
      faults += report.problems.filter {
        $0.problem.blocks || Self.columns.contains($0.problem.code)
      }
      .map(\.placed)
    }
    return faults
  }

  private func path(_ file: String) -> String { city.folder + "/records/" + file }
}

extension City {
  /// What in the city's folder speaks of records or kinds that do not exist.
  ///
  /// - Returns: the faults, with file and line.
  /// - Throws: the store's errors.
  package func checkAgainst(_ register: RecordStore) throws -> [PlacedProblem] {
    var faults: [PlacedProblem] = []
    for mention in mentions {
      let problem =
        switch mention.subject {
        case .region: try missingRegion(mention.code, in: register)
        case .itemKind: unknownItemKind(mention.code, in: register)
        }
      guard let problem else { continue }
      faults.append(PlacedProblem(file: mention.file, line: mention.line, problem: problem))
    }
    return faults
  }

  private func missingRegion(_ code: String, in register: RecordStore) throws -> Problem? {
    guard let region = register.kind("region"), try register.record(region, code) == nil else {
      return nil
    }
    return Problem("CTY-E-014", "", "records/region.csv 里没有区划代码 \(code)。")
  }

  private func unknownItemKind(_ code: String, in register: RecordStore) -> Problem? {
    guard let item = register.kind("exchangeItem"), let place = item.place(of: "kind"),
      case .choice(let options) = item.fields[place].type
    else { return nil }
    let known = options.map(\.code) + ["*"]
    guard !known.contains(code) else { return nil }
    let near = NearMiss.suggestion(code, among: known)
    let hint = near.isEmpty ? "可用：" + known.joined(separator: "、") + "。" : near
    return Problem("CTY-E-034", "", "不认识的供需种类“\(code)”。\(hint)")
  }
}

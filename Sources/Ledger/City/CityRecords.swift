import Foundation
package import Records
package import Values

/// Takes the records of a city's folder into a register.
package struct CityRecords: Sendable {
  private let city: City

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
        comments: true
      )
      faults += report.problems.filter { $0.problem.blocks || $0.problem.code == "REC-W-034" }
        .map(\.placed)
    }
    return faults
  }

  private func path(_ file: String) -> String { city.folder + "/records/" + file }
}

extension City {
  /// What in the city's folder speaks of records that do not exist.
  package func checkAgainst(_ register: RecordStore) throws -> [PlacedProblem] {
    guard let region = register.kind("region"), !code.isEmpty else { return [] }
    var faults: [PlacedProblem] = []
    func missing(_ code: String, _ file: String) throws {
      guard try register.record(region, code) == nil else { return }
      let problem = Problem("CTY-E-014", "", "records/region.csv 里没有区划代码 \(code)。")
      faults.append(PlacedProblem(file: folder + "/" + file, line: nil, problem: problem))
    }
    try missing(code, "city.csv")
    for code in Set(minimumWages.map(\.region)).sorted() { try missing(code, "minimum_wages.csv") }
    return faults
  }
}

import Calendar
package import Records
import Values

extension TestCity {
  /// The city on another day: the same register, its clock put on.
  package func on(_ date: String) -> TestCity {
    var copy = self
    copy.register = RecordStore(
      store: store,
      kinds: register.kinds,
      city: city,
      clock: .fixed(day(date)),
      ring: Self.ring
    )
    return copy
  }

  /// Takes a workbook in.
  package func take(
    _ workbook: TestWorkbook,
    as kind: String? = nil,
    file: String = "测试.xlsx",
    _ change: (inout Importer.Order) -> Void = { _ in }
  ) throws -> ImportReport {
    let path = try write(workbook.bytes, in: folder, as: file)
    return try takeFile(path, as: kind, change)
  }

  /// Takes a file of the disk in, named by the last part of its path.
  package func takeFile(
    _ path: String,
    as kind: String? = nil,
    _ change: (inout Importer.Order) -> Void = { _ in }
  ) throws -> ImportReport {
    var order = Importer.Order(kind: try kind.map { try self.kind($0) })
    change(&order)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return try Importer(register).take(
      [.init(name, document: name, .path(path))],
      order,
      by: Actor(name: "测试员", source: .imported)
    )[0]
  }

  /// Writes a kind into a workbook, as an officer gets it.
  ///
  /// - Returns: its path.
  package func xlsx(_ kind: String, _ query: Query = Query()) throws -> String {
    let path = folder + "/" + kind + ".xlsx"
    try Exporter(register).write(self.kind(kind), query, for: .officer, to: path)
    return path
  }
}

extension ImportReport {
  /// How many rows were new, changed, unchanged and refused.
  package var counts: [Int] { [new, changed, unchanged, refused] }

  /// What is told, a line each, as on standard error.
  package var lines: [String] { problems.map(\.placed.description) }
}

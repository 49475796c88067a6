import Foundation
import Testing
import Values

/// Files in and out, as an operator meets them.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct ImportCommandTests {
  /// A table as the program exports it: the heading first, no cell quoted over lines.
  private func rows(_ program: Program, _ kind: String) throws -> [[String]] {
    let json = try program.run("export", kind, "--format", "json", "--data", "data")
    let records = try JSON(parsing: json.output.utf8).array ?? []
    return records.map { $0.members?.map(\.name) ?? [] }
  }

  /// A CSV without its first column, in which no kind has a quoted cell.
  private func withoutFirstColumn(_ text: String) -> String {
    text.split(separator: "\n").map { line in
      String(line.drop { $0 != "," }.dropFirst())
    }.joined(separator: "\n") + "\n"
  }

  @Test func `importing a file without identifiers twice is importing it once, for every kind`()
    throws
  {
    try Program.inFolder { program in
      let city = Program.city("example")
      _ = try program.run("init", "--city", city, "--demo", "--data", "data")
      for kind in ["exchangeItem", "enterprise", "carrier", "honour", "pilot", "programOffering"] {
        let exported = try program.run("export", kind, "--data", "data").output
        try program.write(withoutFirstColumn(exported), to: kind + ".csv")
        let result = try program.run(
          "import",
          kind + ".csv",
          "--kind",
          kind,
          "--json",
          "--data",
          "data"
        )
        let report = try JSON(parsing: result.output.utf8)
        #expect(report["new"] == .integer(0), "\(kind)")
        #expect(report["changed"] == .integer(0), "\(kind)")
        #expect(report["refused"] == .integer(0), "\(kind)")
        #expect(report["unchanged"] == .integer(try rows(program, kind).count), "\(kind)")
      }
    }
  }

  @Test func `what an export leaves out is not needed to import it again`() throws {
    try Program.inFolder { program in
      _ = try program.run("init", "--city", Program.city("example"), "--data", "data")
      let graduates = """
        schoolId,graduateNo,graduationDate,surveyDate,destinationCode,evidenceKind
        S99001,2022001,2022-06-30,2022-08-31,11,contract

        """
      let schools = try program.run("export", "school", "--data", "data").output
      let school = try #require(
        schools.split(separator: "\n").dropFirst().first?.split(separator: ",").first
      )
      try program.write(graduates.replacing("S99001", with: school), to: "new.csv")
      let first = try program.run("import", "new.csv", "--json", "--data", "data")
      #expect(first.status == 0, "\(first.errors)")
      let exported = try program.run("export", "graduateDestination", "--data", "data").output
      try program.write(exported, to: "again.csv")
      let again = try program.run("import", "again.csv", "--json", "--data", "data")
      #expect(again.status == 0, "\(again.errors)")
      #expect(again.output.hasPrefix(#"{"new":0,"changed":0,"unchanged":1,"refused":0,"#))
      try program.write(exported.replacing("QX000001", with: "QX000009"), to: "other.csv")
      let other = try program.run("import", "other.csv", "--json", "--data", "data")
      #expect(other.status == 1)
      #expect(other.output.hasPrefix(#"{"new":0,"changed":0,"unchanged":0,"refused":1,"#))
      #expect(other.errors.hasPrefix("other.csv:2: REC-E-001 请填写学号。\n"), "\(other.errors)")
    }
  }

  private let good = "regionCode,regionName,regionKind,parentCode\n990104,新区,district,990100\n"
  private let bad = "regionCode,regionName,regionKind,parentCode\n99012,错县,county,990100\n"

  @Test func `all or nothing is over all files of the call`() throws {
    try Program.inFolder { program in
      _ = try program.run("init", "--city", Program.city("example"), "--data", "data")
      try program.write(good, to: "good.csv")
      try program.write(bad, to: "bad.csv")
      for dry in [[], ["--dry-run"]] {
        for files in [["good.csv", "bad.csv"], ["good.csv", "none.csv"]] {
          let arguments = ["import", "--all-or-nothing", "--json", "--data", "data"] + files + dry
          let result = try program.run(arguments)
          #expect(result.status == 1, "\(arguments)")
          #expect(
            result.output.hasPrefix(#"{"new":0,"changed":0,"#),
            "\(arguments) \(result.output)"
          )
        }
      }
      let told = try program.run(
        "import",
        "good.csv",
        "bad.csv",
        "--all-or-nothing",
        "--data",
        "data"
      )
      #expect(
        told.output == """
          good.csv：新增 0，更新 0，未变 0，退回 0（有行或文件退回，全部未写入）
          bad.csv：新增 0，更新 0，未变 0，退回 1（有行或文件退回，全部未写入）

          """
      )
      let regions = try program.run("export", "region", "--data", "data").output
      #expect(!regions.contains("990104"))
      let whole = try program.run(
        "import",
        "good.csv",
        "--all-or-nothing",
        "--json",
        "--data",
        "data"
      )
      #expect(whole.status == 0, "\(whole.errors)")
      #expect(whole.output.hasPrefix(#"{"new":1,"#))
    }
  }

  @Test func `a dry run sees what the files before would bring`() throws {
    try Program.inFolder { program in
      _ = try program.run("init", "--city", Program.city("example"), "--data", "data")
      try program.write(good, to: "first.csv")
      try program.write(
        "regionCode,regionName,regionKind,parentCode\n990104001,新街道,township,990104\n",
        to: "second.csv"
      )
      let dry = try program.run(
        "import",
        "first.csv",
        "second.csv",
        "--dry-run",
        "--json",
        "--data",
        "data"
      )
      #expect(dry.status == 0, "\(dry.errors)")
      #expect(
        dry.output == #"{"new":2,"changed":0,"unchanged":0,"refused":0,"problems":[]}"# + "\n"
      )
      let regions = try program.run("export", "region", "--data", "data").output
      #expect(!regions.contains("990104"))
    }
  }
}

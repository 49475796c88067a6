import Foundation
import Testing
import Values

/// The command line as an operator meets it: the built program, run in a folder of its own.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct CommandTests {
  @Test func `a data folder is made once, and the second time refused unharmed`() throws {
    try Program.inFolder { program in
      let first = try program.run("init", "--city", Program.city("example"), "--data", "data")
      #expect(first.status == 0, "\(first.errors)")
      #expect(first.output.hasPrefix("已建立 data/citong.sqlite。\n"))
      let second = try program.run("init", "--city", Program.city("example"), "--data", "data")
      #expect(second.status == 1)
      #expect(second.output == "")
      #expect(
        second.errors == "CIT-E-011 data/citong.sqlite 已经存在，没有改动它。要重新开始，请换一个 --data 文件夹。\n"
      )
      try #expect(program.run("figures", "--data", "data").status == 0)
    }
  }

  @Test func `nothing is left behind when the city has faults`() throws {
    try Program.inFolder { program in
      let result = try program.run("init", "--city", "none", "--data", "data")
      #expect(result.status == 1)
      #expect(result.errors == "none: CTY-E-000 找不到城市文件夹，请检查路径。可用 Cities/example 作样板。\n")
      #expect(!FileManager.default.fileExists(atPath: program.folder + "/data/citong.sqlite"))
    }
  }

  @Test func `the figures of the demo are given as JSON`() throws {
    try Program.inFolder { program in
      let made = try program.run(
        "init",
        "--city",
        Program.city("example"),
        "--demo",
        "--data",
        "data"
      )
      #expect(made.status == 0, "\(made.errors)")
      let result = try program.run("figures", "--json", "--data", "data")
      #expect(result.status == 0, "\(result.errors)")
      let rows = try #require(try JSON(parsing: result.output.utf8).array)
      let schools = try #require(rows.first { $0["code"] == .string("S3") })
      #expect(schools["value"] == .integer(3))
      #expect(schools["unit"] == .string("所"))
      #expect(schools["display"] == .string("3所"))
      #expect(schools["records"] == .integer(3))
      let rate = try #require(rows.first { $0["code"] == .string("S6") })
      #expect(rate["value"] == .number("0.975"))
      let plain = try program.run("figures", "--data", "data")
      #expect(plain.output.hasPrefix("演示数据，截至 2022-07-14\n"))
    }
  }

  @Test func `without a database the way to make one is told`() throws {
    try Program.inFolder { program in
      let result = try program.run("figures", "--json", "--data", "data")
      #expect(result.status == 1)
      #expect(result.output == "")
      #expect(
        result.errors
          == "CIT-E-010 数据文件夹 data 里没有数据库。请先运行：citong init --city Cities/example --demo --data data\n"
      )
    }
  }

  @Test func `what was exported is imported without any change`() throws {
    try Program.inFolder { program in
      _ = try program.run("init", "--city", Program.city("example"), "--data", "data")
      let file = try program.run("export", "school", "--data", "data")
      #expect(file.status == 0, "\(file.errors)")
      #expect(file.output.hasPrefix("schoolId,schoolName,"))
      let saved = try program.run("export", "school", "--out", "school.csv", "--data", "data")
      #expect(saved.output == "")
      let written = try String(contentsOfFile: program.folder + "/school.csv", encoding: .utf8)
      #expect(written == file.output)
      let result = try program.run("import", "school.csv", "--json", "--data", "data")
      #expect(result.status == 0, "\(result.errors)")
      #expect(
        result.output == #"{"new":0,"changed":0,"unchanged":4,"refused":0,"problems":[]}"# + "\n"
      )
      let json = try program.run("export", "学校", "--format", "json", "--data", "data")
      try #expect(JSON(parsing: json.output.utf8).array?.count == 4)
    }
  }

  @Test func `bad rows are told on standard error and make the exit status 1`() throws {
    try Program.inFolder { program in
      _ = try program.run("init", "--city", Program.city("example"), "--data", "data")
      let file =
        "regionCode,regionName,regionKind,parentCode\n990104,新区,district,990100\n99012,错县,county,990100\n"
      try file.write(toFile: program.folder + "/region.csv", atomically: true, encoding: .utf8)
      let dry = try program.run("import", "region.csv", "--dry-run", "--data", "data")
      #expect(dry.status == 1)
      #expect(dry.output == "region.csv：新增 1，更新 0，未变 0，退回 1（试运行，未写入）\n")
      #expect(
        dry.errors == "region.csv:3: REG-E-001 区划代码 99012 不合格式，应为 6 位数字（乡镇 9 位，功能区如 990100Z1）。\n"
      )
      let whole = try program.run("import", "region.csv", "--all-or-nothing", "--data", "data")
      #expect(whole.status == 1)
      let good = try program.run("import", "region.csv", "--json", "--data", "data")
      #expect(good.status == 1)
      let report = try JSON(parsing: good.output.utf8)
      #expect(report["new"] == .integer(1))
      #expect(report["refused"] == .integer(1))
      #expect(report["problems"]?.array?.first?["row"] == .integer(3))
      let missing = try program.run("import", "none.csv", "--data", "data")
      #expect(missing.status == 1)
      #expect(missing.errors == "none.csv: CIT-E-030 读不了文件，请检查路径和权限。\n")
    }
  }

  @Test func `an unknown kind is told with near ones`() throws {
    try Program.inFolder { program in
      _ = try program.run("init", "--city", Program.city("example"), "--data", "data")
      let told = "CIT-E-031 没有名为 schol 的记录类别。你是不是想填：school？\n"
      for arguments in [["export", "schol"], ["import", "a.csv", "--kind", "schol"]] {
        let result = try program.run(arguments + ["--data", "data"])
        #expect(result.status == 2, "\(arguments)")
        #expect(result.errors == told, "\(arguments)")
      }
    }
  }

  @Test func `a city's folder is checked as a whole`() throws {
    try Program.inFolder { program in
      let sound = try program.run("city", "check", Program.city("example"))
      #expect(sound.status == 0, "\(sound.errors)")
      let json = try program.run("city", "check", Program.city("example"), "--json")
      #expect(json.output == #"{"ok":true,"faults":[]}"# + "\n")
      let broken = program.folder + "/broken"
      try FileManager.default.copyItem(atPath: Program.city("example"), toPath: broken)
      try FileManager.default.removeItem(atPath: broken + "/weights.csv")
      let school = broken + "/records/school.csv"
      let lines = try String(contentsOfFile: school, encoding: .utf8)
      try (lines + "S9,错校,,,技工学校,公办,市人社局,999999,,,active\n")
        .write(toFile: school, atomically: true, encoding: .utf8)
      let result = try program.run("city", "check", "broken", "--json")
      #expect(result.status == 1)
      let report = try JSON(parsing: result.output.utf8)
      #expect(report["ok"] == .boolean(false))
      #expect(
        report["faults"]?.array?.compactMap { $0["code"]?.string } == ["CTY-E-001", "REG-E-001"]
      )
      #expect(
        result.errors.split(separator: "\n").first
          == "broken/weights.csv: CTY-E-001 缺少文件 weights.csv，城市文件夹里必须有它。"
      )
    }
  }

  @Test func `a wrong use is told apart from a problem`() throws {
    try Program.inFolder { program in
      try #expect(program.run("figures", "--nothing").status == 2)
      try #expect(program.run("nothing").status == 2)
      try #expect(program.run("city", "check").status == 2)
      let help = try program.run("--help")
      #expect(help.status == 0)
      #expect(help.output.contains("citong init --city Cities/example --demo"))
    }
  }
}

import Foundation
import Testing
import Values

/// Making a data folder, opening it, and what the doctor says of it.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct InstallationTests {
  /// A copy of the example city in the program's folder, a file of it changed.
  private func city(_ program: Program, _ file: String, adding line: String) throws {
    let folder = program.folder + "/broken"
    try FileManager.default.copyItem(atPath: Program.city("example"), toPath: folder)
    let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
    try program.write(text + line + "\n", to: "broken/" + file)
  }

  @Test func `init refuses what the city check refuses, in the same words, and leaves nothing`()
    throws
  {
    let table = [
      ("minimum_wages.csv", "990199,2022-01-01,,1900,文", "CTY-E-014"),
      ("records/school.csv", "S9,错校,,,技工学校,公办,市人社局,999999,,,active", "REG-E-001"),
      ("weights.csv", "intershipPost,20,35,5,,,15,5,5,15,,", "CTY-E-034"),
    ]
    for (file, line, code) in table {
      try Program.inFolder { program in
        try city(program, file, adding: line)
        let checked = try program.run("city", "check", "broken")
        #expect(checked.status == 1)
        #expect(checked.errors.contains(code), "\(checked.errors)")
        let made = try program.run("init", "--city", "broken", "--data", "some/data")
        #expect(made.status == 1, "\(file)")
        #expect(made.errors == checked.errors, "\(file)")
        #expect(!FileManager.default.fileExists(atPath: program.folder + "/some"), "\(file)")
        try FileManager.default.createDirectory(
          atPath: program.folder + "/there",
          withIntermediateDirectories: true
        )
        try program.write("别动我", to: "there/note.txt")
        _ = try program.run("init", "--city", "broken", "--data", "there")
        #expect(program.files(in: "there") == ["note.txt"], "\(file)")
      }
    }
  }

  @Test func `a database is not opened with another city's folder`() throws {
    try Program.inFolder { program in
      _ = try program.run("init", "--city", Program.city("example"), "--data", "data")
      let other = Program.city("quanzhou")
      let told = "数据库属于城市 990100，城市文件夹 \(other) 是 350500。请用 CITONG_CITY 指向原来的城市文件夹。"
      for command in [["figures"], ["export", "school"], ["doctor"]] {
        let result = try program.run(command + ["--data", "data"], with: ["CITONG_CITY": other])
        #expect(result.status == 1, "\(command)")
        #expect(result.errors.hasPrefix("DOC-E-007 " + told), "\(command) \(result.errors)")
      }
      let same = try program.run(
        ["figures", "--data", "data"],
        with: ["CITONG_CITY": Program.city("example")]
      )
      #expect(same.status == 0, "\(same.errors)")
    }
  }

  @Test func `the doctor changes nothing`() throws {
    try Program.inFolder { program in
      _ = try program.run("init", "--city", Program.city("example"), "--data", "data")
      let before = try Data(
        contentsOf: URL(fileURLWithPath: program.folder + "/data/citong.sqlite")
      )
      let result = try program.run("doctor", "--data", "data", "--json")
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.hasPrefix(#"{"ok":true,"#))
      #expect(
        program.files(in: "data") == [
          "audit-heads.jsonl", "audit.key", "citong-sign-in.sqlite", "citong.keys", "citong.sqlite",
        ]
      )
      let after = try Data(contentsOf: URL(fileURLWithPath: program.folder + "/data/citong.sqlite"))
      #expect(before == after)
    }
  }

  @Test func `a file that is no database of ours is told and left as it is`() throws {
    let table = [
      ("", "DOC-E-011 data/citong.sqlite 不是刺桐建的数据库。 请从备份恢复；没有备份就移走它，再运行 citong init。\n"),
      (String(repeating: "只是一段文字。\n", count: 400), "DOC-E-008 数据库文件已损坏或不是数据库："),
    ]
    for (text, told) in table {
      try Program.inFolder { program in
        try FileManager.default.createDirectory(
          atPath: program.folder + "/data",
          withIntermediateDirectories: true
        )
        try program.write(text, to: "data/citong.sqlite")
        let result = try program.run("doctor", "--data", "data", "--json")
        #expect(result.status == 1)
        #expect(result.output.hasPrefix(#"{"ok":false,"#))
        #expect(result.errors.hasPrefix(told), "\(result.errors)")
        #expect(program.files(in: "data") == ["citong.sqlite"])
        let path = program.folder + "/data/citong.sqlite"
        try #expect(String(contentsOfFile: path, encoding: .utf8) == text)
      }
    }
  }

  @Test func `files the pages need and that are missing are warned of`() throws {
    let needed = [
      "/usr/share/javascript/bootstrap5/css/bootstrap-reboot.min.css",
      "/usr/share/javascript/chart.js/chart.min.js",
    ]
    let missing = needed.filter { !FileManager.default.fileExists(atPath: $0) }
    try Program.inFolder { program in
      _ = try program.run("init", "--city", Program.city("example"), "--data", "data")
      let result = try program.run("doctor", "--data", "data")
      #expect(result.status == 0)
      #expect(result.output == (missing.isEmpty ? "一切正常。\n" : "可以使用，有 \(missing.count) 处提醒。\n"))
      #expect(
        result.errors
          == missing.map {
            "DOC-W-010 没有文件 \($0)。 请运行 apt-get install libjs-bootstrap5 libjs-chart.js；没有它页面仍可用，只是没有图。\n"
          }.joined()
      )
    }
  }

  @Test func `the doctor names only what there is to a folder that moved`() throws {
    try Program.inFolder { program in
      try city(program, "city.csv", adding: "")
      _ = try program.run("init", "--city", "broken", "--data", "data")
      try FileManager.default.moveItem(
        atPath: program.folder + "/broken",
        toPath: program.folder + "/moved"
      )
      let result = try program.run("doctor", "--data", "data")
      #expect(result.status == 1)
      #expect(result.errors.contains("CITONG_CITY"))
      #expect(!result.errors.contains("--city"))
      let mended = try program.run(["doctor", "--data", "data"], with: ["CITONG_CITY": "moved"])
      #expect(mended.status == 0, "\(mended.errors)")
    }
  }
}

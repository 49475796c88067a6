import Foundation
import Storage
import StorageSQLite
import Testing
import Values

/// The audit log from the command line.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct AuditCommandTests {
  private static let file = """
    统一社会信用代码,企业名称,注册地,行业
    919901020000000007,演示海达水产有限公司,990102,C136
    91990103000000019J,演示东达食品有限公司,990103,A041

    """

  private func withImport(_ body: (Program) throws -> Void) throws {
    try Program.withData { program in
      try program.write(Self.file, to: "enterprise.csv")
      let taken = try program.runOnData("import", "enterprise.csv")
      try #require(taken.status == 0, "\(taken.errors)")
      try body(program)
    }
  }

  private func execute(_ program: Program, _ statements: String...) throws {
    let store = try SQLiteStore(path: program.folder + "/data/citong.sqlite", mode: .existing)
    defer { try? store.close() }
    _ = try store.write { transaction in
      for statement in statements { try transaction.execute(statement, []) }
    }
  }

  @Test func `what is given out is noted first, with what was asked for`() throws {
    try withImport { program in
      let given = try program.runOnData(
        "export",
        "enterprise",
        "--format",
        "json",
        "--filter",
        "registeredRegionCode=990102"
      )
      try #require(given.status == 0, "\(given.errors)")
      let store = try SQLiteStore(path: program.folder + "/data/citong.sqlite", mode: .existing)
      defer { try? store.close() }
      let row = try store.read {
        try $0.row("SELECT kind, actor, difference FROM audit WHERE action = 'export'")
      }
      #expect(row?[0].text == "enterprise" && row?[1].text == "本机操作员")
      #expect(row?[2].text?.contains("registeredRegionCode=990102") == true)
      #expect(try program.runOnData("audit", "verify").status == 0)
    }
  }

  @Test func `a sound log is said to be so, with its end`() throws {
    try withImport { program in
      #expect(
        program.files(in: "data").filter { !$0.hasPrefix("citong-") && $0 != "citong.keys" } == [
          "audit-heads.jsonl", "audit.key", "citong.sqlite",
        ]
      )
      let said = try program.runOnData("audit", "verify")
      #expect(said.status == 0)
      #expect(said.errors == "")
      let told = try program.runOnData("audit", "verify", "--json")
      let json = try JSON(parsing: told.output.utf8)
      guard case .integer(let entries)? = json["entries"] else {
        Issue.record("\(told.output)")
        return
      }
      let head = json["head"]?.string ?? ""
      #expect(json["sound"] == .boolean(true) && json["firstBad"] == .null)
      #expect(head.count == 64)
      #expect(said.output == "审计链完好：\(entries) 条，到 \(head.prefix(12))。\n")
      let listed = try program.runOnData("audit", "list", "--format", "json", "--limit", "1")
      let last = try JSON(parsing: listed.output.utf8).array?.first
      #expect(last?["seq"] == .integer(entries))
      #expect(last?["hash"]?.string == head)
    }
  }

  @Test func `a log that was tampered with ends with 1 and one line`() throws {
    try withImport { program in
      let heads = try String(
        contentsOfFile: program.folder + "/data/audit-heads.jsonl",
        encoding: .utf8
      )
      try program.write(heads, to: "copy.jsonl")
      try execute(
        program,
        "DROP TRIGGER audit_no_update",
        "UPDATE audit SET actor = '别人' WHERE seq = 3"
      )
      for arguments in [["audit", "verify"], ["audit", "verify", "--head", "copy.jsonl"]] {
        let said = try program.run(arguments + ["--data", "data"])
        #expect(said.status == 1)
        #expect(said.output == "")
        #expect(said.errors == "AUD-E-002 审计第 3 条与它的摘要不符，这一条被改动过。\n")
      }
      let told = try program.runOnData("audit", "verify", "--json")
      #expect(told.status == 1)
      let bad = try JSON(parsing: told.output.utf8)["firstBad"]
      #expect(bad?["seq"] == .integer(3) && bad?["code"]?.string == "AUD-E-002")
      let missing = try program.runOnData("audit", "verify", "--head", "nowhere.jsonl")
      #expect(missing.status == 1)
      #expect(missing.errors == "AUD-E-008 读不了 nowhere.jsonl，请检查路径和权限。\n")
    }
  }

  @Test func `entries are found by what was done, to what, by whom and when`() throws {
    try withImport { program in
      func count(_ arguments: String...) throws -> Int {
        let said = try program.run(
          ["audit", "list", "--format", "json"] + arguments + ["--data", "data"]
        )
        return try JSON(parsing: said.output.utf8).array?.count ?? -1
      }
      try #expect(count("--kind", "enterprise") == 2)
      try #expect(count("--kind", "企业", "--id", "E000002") == 1)
      try #expect(count("--actor", "本机操作员", "--action", "create") == 2)
      try #expect(count("--kind", "企业", "--limit", "1") == 1)
      try #expect(count("--action", "remove") == 0)
      try #expect(count("--kind", "企业", "--from", "2022-07-14") == 2)
      try #expect(count("--kind", "企业", "--to", "2022-07-14") == 0)
      let table = try program.runOnData("audit", "list", "--kind", "企业").output
      let lines = table.split(separator: "\n")
      #expect(lines.count == 3)
      #expect(
        lines[0]
          == "seq,at,actor,role,organisation,address,action,kind,id,version,source,document,difference,import,line,result,reason,algorithm,hash"
      )
      #expect(
        lines[1].contains(
          ",本机操作员,,,,create,enterprise,E000001,1,import,enterprise.csv,{},1,2,success,,sha256,"
        )
      )
      try #expect(program.runOnData("audit", "list", "--limit", "0").status != 0)
    }
  }

  @Test func `a chain of SM3 is chosen when a data folder is made`() throws {
    try Program.inFolder { program in
      let made = try program.run(
        ["init", "--city", Program.city("example"), "--hash", "sm3", "--data", "data"]
      )
      #expect(made.status == 0, "\(made.errors)")
      let listed = try program.runOnData("audit", "list", "--limit", "1")
      #expect(listed.output.contains(",sm3,"))
      let heads = try String(
        contentsOfFile: program.folder + "/data/audit-heads.jsonl",
        encoding: .utf8
      )
      #expect(heads.contains(#""algorithm":"sm3""#))
      try #expect(program.runOnData("audit", "verify").status == 0)
      let wrong = try program.run("init", "--city", "x", "--hash", "md5", "--data", "other")
      #expect(wrong.status == 2)
    }
  }

  @Test func `a former installation gets key and head by the next command that writes`() throws {
    try withImport { program in
      for name in ["audit.key", "audit-heads.jsonl"] {
        try FileManager.default.removeItem(atPath: program.folder + "/data/" + name)
      }
      let bare = try program.runOnData("audit", "verify")
      #expect(bare.status == 0)
      #expect(bare.errors == "AUD-W-010 还没有链头可以比对，只核对了链本身；下一条写入的命令或 citong serve 会写下链头。\n")
      try #expect(program.runOnData("import", "enterprise.csv", "--dry-run").status == 0)
      #expect(
        program.files(in: "data").filter { !$0.hasPrefix("citong-") && $0 != "citong.keys" } == [
          "citong.sqlite"
        ]
      )
      try #expect(program.runOnData("confirm", "enterprise", "E000001").status == 0)
      #expect(
        program.files(in: "data").filter { !$0.hasPrefix("citong-") && $0 != "citong.keys" } == [
          "audit-heads.jsonl", "audit.key", "citong.sqlite",
        ]
      )
      try #expect(program.runOnData("audit", "verify").status == 0)
    }
  }

  @Test func `a new database in an old folder begins its own heads`() throws {
    try withImport { program in
      try FileManager.default.removeItem(atPath: program.folder + "/data/citong.sqlite")
      let made = try program.run("init", "--city", Program.city("example"), "--data", "data")
      #expect(made.status == 0, "\(made.errors)")
      #expect(
        program.files(in: "data").filter { !$0.hasPrefix("citong-") && $0 != "citong.keys" } == [
          "audit-heads.jsonl", "audit-heads.jsonl.1", "audit.key", "citong.sqlite",
        ]
      )
      try #expect(program.runOnData("audit", "verify").status == 0)
    }
  }
}

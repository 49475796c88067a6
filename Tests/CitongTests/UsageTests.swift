import Foundation
import Testing

/// Wrong use, wrong settings, and the help that keeps from them.
@Suite(.enabled(if: Program.path != nil, "the citong program is not beside the tests"))
struct UsageTests {
  @Test func `a setting that can't be used is named`() throws {
    let wanted = "应为 1 到 65535 的整数，例如 8080。"
    let table: [(environment: [String: String], file: String?, arguments: [String], told: String)] =
      [
        (["CITONG_PORT": "abc"], nil, [], "CIT-E-023 CITONG_PORT 填的是“abc”，\(wanted)"),
        (["CITONG_PORT": "70000"], nil, [], "CIT-E-021 CITONG_PORT 填的是 70000，\(wanted)"),
        (
          ["CITONG_HOST": "0.0.0.0"], nil, [],
          "CIT-E-022 CITONG_HOST 填的是 0.0.0.0；只在本机地址上服务，对外由本机的代理（nginx）加 TLS，请设为 127.0.0.1，域名写在 names。"
        ),
        (["CITONG_DATA": ""], nil, [], "CIT-E-023 CITONG_DATA 是空的，应为文件夹的路径；不用它就不要设。"),
        (
          [:], #"{"citong":{"port":"8080"}}"#, [],
          "CIT-E-023 citong.json 的 citong.port 填的是“8080”，\(wanted)"
        ),
        (
          [:], #"{"citong":{"data":7}}"#, [], "CIT-E-023 citong.json 的 citong.data 填的是“7”，应为文件夹的路径。"
        ),
        (
          [:], #"{"citong":{"city":["a"]}}"#, [],
          "CIT-E-023 citong.json 的 citong.city 类型不对，应为文件夹的路径。"
        ),
        (
          [:], "{", [],
          "citong.json: CIT-E-020 文件读不了，或不是一个 JSON 对象，请检查引号、逗号和括号，例如 {\"citong\": {\"port\": 8080}}。"
        ),
        (
          [:], #"{"citong":"x"}"#, [],
          "citong.json: CIT-E-020 citong 不是一个对象，请检查引号、逗号和括号，例如 {\"citong\": {\"port\": 8080}}。"
        ),
        (
          [:], #"{"citong":[7]}"#, [],
          "citong.json: CIT-E-020 citong 不是一个对象，请检查引号、逗号和括号，例如 {\"citong\": {\"port\": 8080}}。"
        ),
        ([:], nil, ["--port", "0"], "CIT-E-021 --port 填的是 0，\(wanted)"),
      ]
    for row in table {
      try Program.inFolder { program in
        if let file = row.file { try program.write(file, to: "citong.json") }
        let result = try program.run(["serve"] + row.arguments, with: row.environment)
        #expect(result.status == 2, "\(row.told)")
        #expect(result.errors == row.told + "\n")
        #expect(result.output == "")
      }
    }
  }

  @Test func `a setting is taken from the argument, the environment, the file, in this order`()
    throws
  {
    try Program.inFolder { program in
      try program.write(#"{"citong":{"data":"from-file"}}"#, to: "citong.json")
      let file = try program.run("figures")
      #expect(file.errors.hasPrefix("CIT-E-010 数据文件夹 from-file "))
      let environment = try program.run(["figures"], with: ["CITONG_DATA": "from-environment"])
      #expect(environment.errors.hasPrefix("CIT-E-010 数据文件夹 from-environment "))
      let argument = try program.run(
        ["figures", "--data", "from-argument"],
        with: ["CITONG_DATA": "from-environment"]
      )
      #expect(argument.errors.hasPrefix("CIT-E-010 数据文件夹 from-argument "))
    }
  }

  @Test func `the help of every command has an example that is not broken`() throws {
    let table: [(command: [String], example: String)] = [
      (["init"], "citong init --city Cities/example --demo --data ./data"),
      (["serve"], "citong serve --data ./data --port 8080"),
      (["import"], "citong import 学校.xlsx --dry-run"),
      (["export"], "citong export school --out 学校.csv"),
      (["template"], "citong template school --out 学校-模板.xlsx"),
      (["history"], "citong history school XX000001"),
      (["match"], #"{"title": "数控车工实习岗位", "programRefs": [{"code": "660103"}]}"#),
      (["figures"], "citong figures --data ./data"),
      (["city"], "citong city check Cities/example"),
      (["city", "check"], "citong city check Cities/example"),
      (["doctor"], "citong doctor --data ./data"),
    ]
    try Program.inFolder { program in
      for row in table {
        let help = try program.run(row.command + ["--help"])
        #expect(help.status == 0)
        #expect(help.output.contains(row.example), "\(row.command)")
      }
      for bare in [[], ["city"]] {
        try #expect(program.run(bare).status == 0)
      }
    }
  }
}

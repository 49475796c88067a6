import ArgumentParser
import Foundation
import Indicators
import Records
import Rules
import Values

/// Rules of the city and of anybody: checked, and run on values.
struct RuleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "规则语言（CEL）：检查写法，代入数值计算，说明理由。",
    subcommands: [CheckRule.self, EvaluateRules.self, FindByRule.self]
  )

  /// Says whether a rule is written right.
  struct CheckRule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "检查一条规则，写对了就说出它的类型。",
      discussion: """
        示例：
          citong rule check '1045 / 50 <= 20'
          citong rule check '在校生数 / 专任教师数 <= 20' --variable 在校生数:decimal:人 --variable 专任教师数:decimal:人
        类型：bool、int、decimal、double、string、date、timestamp、duration、list、map、dyn；
        数后面可以再写单位。
        """
    )

    @Argument(help: "规则。")
    var rule: String

    @ArgumentParser.Option(
      name: .customLong("variable"),
      help: "可用的名称，写成 名称:类型 或 名称:decimal:单位；可写多次。"
    )
    var variables: [String] = []

    func run() async throws {
      var types: [String: RuleType] = [:]
      for variable in variables {
        let parts = variable.split(separator: ":").map(String.init)
        guard parts.count == 2 || parts.count == 3, let type = RuleType(written: parts[1]) else {
          throw Failure.usage("RUL-E-032", "“\(variable)”应写成 名称:类型，例如 在校生数:decimal:人。")
        }
        if case .decimal = type, parts.count == 3 {
          types[parts[0]] = .decimal(unit: parts[2])
        } else {
          types[parts[0]] = type
        }
      }
      do throws(RuleFault) {
        print(try Rule(rule, types).type.label)
      } catch {
        throw Failure(lines: [error.description])
      }
    }
  }

  /// Lists the records a rule means.
  struct FindByRule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "records",
      abstract: "列出一类记录里合乎规则的；字段用名称或中文名。",
      discussion: """
        没有填的字段没有值，用到它的比较不成立也不算不成立。库里能判断的在库里判断，其余逐条计算。
        示例：
          citong rule records schoolAnnualStat '在校生 > 1000 && 毕业生 * 2 < 在校生'
          citong rule records enterprise "enterpriseName.contains('食品')" --json
        """
    )

    @Argument(help: "记录的类别，名称或中文名，例如 school。")
    var kind: String

    @Argument(help: "规则，结果是真或假。")
    var rule: String

    @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
    var data: String?

    @Flag(help: "输出 JSON：每条一行。")
    var json = false

    func run() async throws {
      let settings = try await Settings.read(data: data)
      let kind = try Installation.kind(kind)
      let installation = try Installation.open(settings.data, cityFolder: settings.city)
      let filter: RuleFilter
      do throws(RuleFault) { filter = try RuleFilter(rule, kind) } catch {
        throw Failure(lines: [error.description])
      }
      var count = 0
      try installation.register.each(filter) { record in
        count += 1
        print(json ? record.json(for: .officer).text : "\(record.id)\t\(record.title)")
      }
      if !json {
        let place = filter.isWhole ? "全在库里判断" : filter.predicate == nil ? "逐条计算" : "先在库里挑，再逐条计算"
        print("共 \(count) 条\(kind.label)，\(place)。")
      }
    }
  }

  /// Answers rules line by line.
  struct EvaluateRules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "eval",
      abstract: "从标准输入逐行读规则和数值，逐行回答。",
      discussion: """
        每行一个 {"expr": …, "bindings": {名称: 值}, "disableCheck": true 或 false}，
        每行回答 {"value": 值} 或 {"error": "…"}，读不懂的行也回答。值是 cel.expr.Value 的 JSON 写法。
        示例：
          echo '{"expr": "x * 2", "bindings": {"x": {"int64Value": "21"}}}' | citong rule eval --json
        """
    )

    @Flag(help: "读写 JSON 行；只有这一种写法。")
    var json = false

    func run() async throws {
      guard json else { throw Failure.usage("RUL-E-033", "请加 --json：逐行读写 JSON。") }
      var rest: [UInt8] = []
      while true {
        let part = FileHandle.standardInput.availableData
        if part.isEmpty { break }
        rest += part
        while let end = rest.firstIndex(of: 0x0A) {
          try answer(rest[..<end])
          rest.removeSubrange(...end)
        }
      }
      if !rest.isEmpty { try answer(rest[...]) }
    }

    private func answer(_ line: ArraySlice<UInt8>) throws {
      try FileHandle.standardOutput.write(
        contentsOf: Data((RuleLine.answer(Data(line)) + "\n").utf8)
      )
    }
  }
}

import Matching
import ArgumentParser
import Exchange
import Foundation
import Records
import Values

/// Finds what fits an item.
struct MatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "一条供需适合哪些专业、供给、需求和载体，各有理由。",
    discussion: """
      示例：
        citong match 需求.json --top 5
        citong match GX000001
        citong match --batch 需求.jsonl > 结果.jsonl
      一条供需是一个 JSON 对象，只有 title 必填，例如：
        {"title": "数控车工实习岗位", "programRefs": [{"code": "660103"}]}
      --batch 时一行一条，一行一答；坏行、空行原位答 {"error": …}，退出码为 1。
      """
  )

  @Argument(help: "JSON 文件、- （标准输入）或已登记的供需编号。")
  var item: String?

  @ArgumentParser.Option(help: "批量：每行一条的 JSONL 文件或 -。")
  var batch: String?

  @ArgumentParser.Option(help: "最多给几个（默认 20）。")
  var top = 20

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func validate() throws {
    guard (item == nil) != (batch == nil) else {
      throw ValidationError("请给一条供需，或用 --batch 给一个文件，二选一。")
    }
    guard (1...1000).contains(top) else { throw ValidationError("--top 应在 1 到 1000 之间。") }
  }

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let index = MatchIndex(installation.register, city: installation.city)
    try index.catchUp()
    let desk = MatchDesk(installation.register, city: installation.city, index: index)
    if let batch {
      try answer(batch, with: desk)
    } else if let item {
      try answer(one: item, with: desk)
    }
  }

  private func answer(_ batch: String, with desk: MatchDesk) throws {
    let bytes = try Self.read(batch)
    let plain = FileText.decoded(bytes).map { Array($0.utf8) } ?? bytes
    var lines = plain.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    var bad = 0
    for line in lines {
      let answer = try desk.answer(line, most: top)
      if answer["error"] != nil { bad += 1 }
      Console.give(answer.text + "\n")
    }
    guard bad == 0 else {
      let message = "\(lines.count) 行中有 \(bad) 行没有匹配，原因写在输出的同一行里，请改正后重试。"
      throw Failure(file: batch, "CIT-E-041", message)
    }
  }

  private func answer(one name: String, with desk: MatchDesk) throws {
    let result: MatchResult
    if name != "-", !FileManager.default.fileExists(atPath: name) {
      guard let found = try desk.match(id: name, most: top) else {
        throw Failure("CIT-E-040", "既没有文件 \(name)，也没有编号为 \(name) 的供需。")
      }
      result = found
    } else {
      let (found, problems) = try desk.match(Self.read(name), most: top)
      guard let found else {
        throw Failure(
          lines: problems.map {
            PlacedProblem(file: name, line: nil, problem: $0).description
          }
        )
      }
      result = found
    }
    if json {
      print(desk.json(result).text)
      return
    }
    for (rank, candidate) in result.candidates.enumerated() {
      let score = candidate.card.shown.map(String.init) ?? "–"
      print(
        "\(rank + 1). \(candidate.profile.name)（\(candidate.profile.kind.label) \(candidate.profile.code)） \(score) 分 \(candidate.card.grade.rawValue)"
      )
      for reason in candidate.reasons.prefix(3) { print("   \(reason)") }
    }
    if result.candidates.isEmpty { print("没有合适的对象。补充专业、技能或地点可以匹配得更准。") }
    for miss in result.nearMisses.prefix(3) {
      let gate = miss.failed[0]
      print("差一点：\(miss.profile.name) — \(gate.reason)；\(gate.remedy)")
    }
  }

  private static func read(_ name: String) throws -> [UInt8] {
    if name == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    guard let data = FileManager.default.contents(atPath: name) else {
      throw Failure(file: name, "CIT-E-030", "读不了文件，请检查路径和权限。")
    }
    return Array(data)
  }
}

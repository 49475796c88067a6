import ArgumentParser
import Exchange
import Foundation
import Matching
import StorageSQLite
import Values

/// Measures matching and text search over a large register of invented items.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Measure",
    abstract: "在一个临时库里放进许多供需，测量装载、匹配和文字查找。",
    discussion: "结果是标准输出上的一个 JSON 对象；供需的文字和查询写进同一个文件夹，供别的程序比较。"
  )

  @Argument(help: "放数据库、texts.tsv 和 queries.txt 的文件夹；其中不能已有数据库。")
  var folder: String

  @Option(help: "供需的条数。")
  var items = 200_000

  @Option(help: "城市文件夹。")
  var city = "Cities/quanzhou"

  @Flag(help: "只建库。")
  var fill = false

  @Flag(help: "只测规则；规则和记录写进同一个文件夹的 rules.json。")
  var rules = false

  @Flag(help: "只测指标；库留在同一个文件夹里，供别的程序比较。")
  var indicators = false

  func validate() throws {
    guard items >= 1_000 else { throw ValidationError("--items 至少 1000。") }
  }

  func run() throws {
    if rules { return print(try RuleMeasure(folder: folder).run().text) }
    if indicators {
      return print(try IndicatorMeasure(try ItemRegister.made(folder, city: city)).run().text)
    }
    if fill {
      try ItemRegister.fill(folder, city: city, items: items)
      return
    }
    let filling = try Times.of { try fillElsewhere() }
    let ground = try ItemRegister(folder, city: city)
    tell("装载……")
    let index = MatchIndex(ground.register, city: ground.city)
    let before = Memory.resident()
    let loading = try Times.of { try index.catchUp() }
    let after = Memory.resident()
    tell("匹配……")
    let matching = try MatchMeasure(ground, index).run()
    let changing = try ChangeMeasure(ground, index).run()
    tell("查找……")
    let searching = try SearchMeasure(ground, folder: folder).run()
    print(
      JSON.object([
        "items": .integer(items),
        "fill": .object([
          "seconds": Times.seconds(filling), "databaseBytes": .integer(ground.store.bytes),
        ]),
        "load": .object([
          "seconds": Times.seconds(loading), "residentBefore": .integer(before),
          "residentAfter": .integer(after), "texts": .integer(index.texts.count),
          "textBytes": .integer(index.texts.bytes),
        ]),
        "match": matching, "change": changing, "search": searching,
      ]).text
    )
  }

  /// Fills the register in a process of its own, so that the memory measured here is that of loading.
  private func fillElsewhere() throws {
    tell("建 \(items) 条供需……")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Memory.program)
    process.arguments = [folder, "--items", String(items), "--city", city, "--fill"]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw ExitCode.failure }
  }

  /// Says on standard error what is going on.
  private func tell(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

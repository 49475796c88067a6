import ArgumentParser
import Ledger
import Values

/// Prints the city's figures.
struct FiguresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures",
    abstract: "列出本市各项数字：代码、名称、数值、背后的记录数、算法。",
    discussion: """
      示例：
        citong figures --data ./data
        citong figures --json > 数字.json
      """
  )

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON：每个数字及其各部分一行。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let values = try FigureBook(installation.register, city: installation.city).values()
      .flatMap(\.flattened)
    if json {
      print(JSON.array(values.map(\.row)).text)
      return
    }
    if installation.isDemo { print("演示数据\(installation.asOf.map { "，截至 \($0)" } ?? "")") }
    for value in values {
      print(
        "\(value.figure.code)\t\(value.figure.label)\t\(value.display)\t（\(value.exact)，\(value.records) 条记录）\t\(value.figure.words)"
      )
    }
  }
}

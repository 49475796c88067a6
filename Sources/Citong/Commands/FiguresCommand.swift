import ArgumentParser
import Indicators
import Records
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
        citong figures --known-on 2022-07-14
      “按那天所知”和“那天有效的”是两个问题：前者看那天登记里写着什么，后者看起止日期。
      """
  )

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @ArgumentParser.Option(help: "按那一天结束时所知，例如 2022-07-14。")
  var knownOn: String?

  @ArgumentParser.Option(help: "只计那一天有效的，例如 2022-07-14。")
  var validOn: String?

  @Flag(help: "输出 JSON：每个数字及其各部分一行。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let moment = try knownOn.map(Moment.read)
    let day = try validOn.map(Moment.day)
    let register = moment.map(installation.register.asKnown) ?? installation.register
    let values = try IndicatorBook(register, validOn: day).values()
      .flatMap(\.flattened)
    if json {
      print(JSON.array(values.map(\.row)).text)
      return
    }
    if installation.isDemo { print("演示数据\(installation.asOf.map { "，截至 \($0)" } ?? "")") }
    for value in values {
      print(
        "\(value.indicator.code)\t\(value.indicator.label)\t\(value.display)\t（\(value.exact)，\(value.counted) 条记录）\t\(value.indicator.words)"
      )
    }
  }
}

import ArgumentParser
import Indicators
import Records
import Storage
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
        citong figures --place county:990102
      “按那天所知”和“那天有效的”是两个问题：前者看那天登记里写着什么，后者看起止日期。
      """
  )

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @ArgumentParser.Option(help: "按那一天结束时所知，例如 2022-07-14。")
  var knownOn: String?

  @ArgumentParser.Option(help: "只计那一天有效的，例如 2022-07-14。")
  var validOn: String?

  @ArgumentParser.Option(help: "哪个地方：county:区划代码 或 school:学校编号（默认全市）。")
  var place: String?

  @Flag(help: "输出 JSON：每个数字及其各部分一行。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let moment = try knownOn.map(Moment.read)
    let day = try validOn.map(Moment.day)
    let register = moment.map(installation.register.asKnown) ?? installation.register
    let place = try place.map { try Self.place($0, register) } ?? .city
    let book = IndicatorBook(register, validOn: day)
    let values = try register.store.read { try book.reckon(in: $0).values(at: place) }
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

  /// The place a text names.
  private static func place(_ text: String, _ register: RecordStore) throws -> IndicatorPlace {
    if let place = IndicatorPlace(text), let name = place.kind, let kind = register.kind(name),
      try register.record(kind, place.code) != nil
    {
      return place
    }
    throw Failure(lines: ["IND-E-020 没有这个地方：\(text)。县写成 county:区划代码，学校写成 school:学校编号。"])
  }
}

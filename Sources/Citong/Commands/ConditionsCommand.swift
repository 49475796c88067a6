import ArgumentParser
import Planning
import Records
import Values

/// Tells whether schools meet the conditions they must.
struct ConditionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conditions",
    abstract: "办学条件达标：全市达标率，或一所学校各项指标和缺口。",
    discussion: """
      示例：
        citong conditions --year 2022
        citong conditions SD001
        citong conditions SD001 --add teachersFull=30 --add landOwnedSqm=4500
        citong conditions --json
      """
  )

  @Argument(help: "学校的编号；不写是全市。")
  var school: String?

  @ArgumentParser.Option(help: "年度，默认最新一个有核定数据的年度。")
  var year: Int?

  @ArgumentParser.Option(help: "假如增加多少，写成 字段=数，可以写几个。")
  var add: [String] = []

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let overview = try ConditionOverview(installation.register, year: year)
    guard let school else {
      guard add.isEmpty else { throw Failure.usage("PLN-E-012", "--add 要和学校的编号一起写。") }
      if json { return print(overview.json.text) }
      return tell(overview)
    }
    guard let found = overview.schools.first(where: { $0.id == school }) else {
      throw Failure("PLN-E-013", "没有学校 \(school) \(overview.year) 年的办学条件数据。")
    }
    let (added, problems) = ConditionRules.thought(try texts())
    guard problems.isEmpty else {
      throw Failure(lines: problems.map { "\($0.code) \($0.message)" })
    }
    let compliance =
      added.isEmpty
      ? found.compliance
      : try ConditionRules(installation.register).judge(found.record, adding: added)
    if json { return print(compliance.json.text) }
    print("\(found.name)\t\(compliance.allPass.map { $0 ? "达标" : "不达标" } ?? "没有判")")
    for result in compliance.results {
      let gap = result.gap > .zero ? "缺 \(result.gap.text) \(result.indicator.haveUnit)" : ""
      print(
        "\(result.indicator.indicatorCode)\t\(result.indicator.name)\t\(result.value?.text ?? "—")\t\(result.threshold.side?.sign ?? "")\(result.threshold.exact?.text ?? "")\t\(result.outcome.label)\t\(gap)"
      )
    }
    if let most = compliance.mostStudents { print("按现有条件最大合规规模\t\(most)") }
  }

  private func texts() throws -> [String: String] {
    var texts: [String: String] = [:]
    for one in add {
      let parts = one.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, ConditionRules.thinkable.contains(parts[0]) else {
        let near = NearMiss.suggestion(parts.first ?? "", among: ConditionRules.thinkable)
        throw Failure.usage(
          "PLN-E-012",
          "“\(one)”应写成 字段=数，字段可用：\(ConditionRules.thinkable.joined(separator: "、"))。\(near)"
        )
      }
      texts[parts[0]] = parts[1]
    }
    return texts
  }

  private func tell(_ overview: ConditionOverview) {
    let whole = overview.whole
    let rate = whole.rate.flatMap { $0.multiplied(by: Exact(100)) }?.text(places: 2)
    print(
      "\(overview.year) 年\t纳入统计 \(whole.inScope) 所\t达标 \(whole.passing) 所\t\(rate.map { $0 + "%" } ?? "—")"
    )
    if overview.unverified > 0 { print("未经市级核验，暂不计入\t\(overview.unverified) 所") }
    for school in overview.schools {
      let lacks = school.compliance.failed.map(\.indicator.indicatorCode).joined(separator: "、")
      print(
        "\(school.id)\t\(school.name)\t\(school.compliance.allPass.map { $0 ? "达标" : "不达标" } ?? "没有判")\t\(lacks)"
      )
    }
  }
}

import ArgumentParser
import Planning
import Records
import Values

/// Tells, computes and puts out the list of programs.
struct ProgramsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "programs",
    abstract: "专业设置正负面清单：看一轮的结果，按规则算出，放出，模拟增减招生。",
    discussion: """
      示例：
        citong programs
        citong programs ZY2022 --compute
        citong programs ZY2022 --json
        citong programs ZY2022 --publish
        citong programs ZY2022 --simulate 710201=-100
      """
  )

  @Argument(help: "轮次代码；不写是最新一轮。")
  var round: String?

  @Flag(help: "按规则算出初步结果，写进库里；同样的数据和规则得同样的结果。")
  var compute = false

  @Flag(help: "放出一个已发布轮次的结果。")
  var publish = false

  @ArgumentParser.Option(help: "假如一个专业的招生计划增减多少，写成 专业代码=数。")
  var simulate: String?

  @Flag(help: "列出各专业的需求等级。")
  var demand = false

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let register = installation.register
    let overview = try ListOverview(register, round: round)
    guard let found = overview.round else {
      throw Failure("PLN-E-050", round.map { "没有清单轮次 \($0)。" } ?? "还没有清单轮次。")
    }
    let actor = Actor(name: "命令行", source: .manual)
    do {
      if compute {
        let report = try ListComputing(register).compute(found.roundId, by: actor)
        return print(Self.said(report))
      }
      if publish {
        let count = try ListComputing(register).publish(found.roundId, by: actor)
        return print("放出 \(count) 个专业点的结果。")
      }
    } catch let refused as Refused {
      throw Failure(lines: refused.problems.map { "\($0.code) \($0.message)" })
    }
    if let simulate { return try tell(simulate, found, register) }
    if demand {
      for grade in DemandGrade.all(try ProgramFactBook(register, year: found.dataYear ?? 0)) {
        print(
          "\(grade.program)\t\(grade.name)\t\(grade.grade ?? "没有需求对应，不评级")\t\(grade.score ?? "")"
        )
      }
      return
    }
    if json { return print(overview.json.text) }
    print("\(found.title)\t\(found.state?.label ?? "")\t\(found.documentNumber)")
    for result in overview.results where result.card != ListCard.none || result.needsExperts == true
    {
      let experts = result.needsExperts == true ? "，由专家定" : ""
      print(
        "\(result.offeringId)\t\(result.programCode)\t\(result.card?.label ?? "")\(experts)\t\(result.reasons.joined(separator: "；"))"
      )
    }
  }

  /// What came of computing, in words.
  static func said(_ report: ListComputing.Report) -> String {
    let cards = [ListCard.red, .yellow, .green, .none].map {
      "\($0.label) \(report.cards[$0] ?? 0)"
    }
    let waiting = report.unverified > 0 ? "；\(report.unverified) 条数据未经核验，没有参加" : ""
    return "\(cards.joined(separator: "，"))；写了 \(report.written) 条\(waiting)。"
  }

  private func tell(_ text: String, _ round: ListRound, _ register: RecordStore) throws {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let seats = Int(parts[1]), abs(seats) <= 100_000 else {
      throw Failure.usage("PLN-E-055", "“\(text)”应写成 专业代码=数，如 710201=-100。")
    }
    let book = try ProgramFactBook(register, year: round.dataYear ?? 0)
    guard let simulation = book.simulate(parts[0], seats: seats) else {
      throw Failure("PLN-E-056", "专业 \(parts[0]) 没有需求对应、毕业生或报到的数，算不出供需比。")
    }
    print(simulation.sentence)
  }
}

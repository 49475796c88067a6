import Governance
import ArgumentParser
import Calendar
import Indicators
import Records
import Values

/// Tells the tasks with their lights, the units, and the proposals.
struct TasksCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks",
    abstract: "督办任务：每项亮什么灯、为什么；各单位的成绩；建议提案的三盏灯。",
    discussion: """
      示例：
        citong tasks
        citong tasks --on 2022-12-31 --units
        citong tasks --proposals
        citong tasks --json
      """
  )

  @ArgumentParser.Option(help: "看哪一天的灯，例如 2022-12-31；不写是今天，演示数据是它的截至日。")
  var on: String?

  @Flag(help: "各单位牵头多少项、亮什么灯、让别人等了几天。")
  var units = false

  @Flag(help: "建议提案：答没答、办没办、满不满意，三盏灯分开。")
  var proposals = false

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let register = installation.register
    let day = try on.map(Moment.day) ?? installation.asOf
    let wall = try TaskWall(register, IndicatorBook(register), on: day)
    if proposals { return try tell(wall, register) }
    if json { return print(wall.json.text) }
    if units {
      for unit in wall.units {
        let lights = TaskLight.Colour.allCases.compactMap { colour in
          unit.lights[colour].map { "\(colour.label) \($0)" }
        }
        let waits = unit.keepsWaiting > 0 ? "，让别的单位等了 \(unit.keepsWaiting) 天" : ""
        print("\(unit.name)\t牵头 \(unit.all) 项\t\(lights.joined(separator: "，"))\(waits)")
      }
      return
    }
    for entry in wall.entries {
      print(
        "\(entry.light.colour.label)\t\(entry.task.code)\t\(entry.task.title)\t\(entry.task.leadOrg)\t\(entry.light.why)"
      )
    }
  }

  private func tell(_ wall: TaskWall, _ register: RecordStore) throws {
    guard let kind = register.kind("proposal") else { return }
    for record in try register.list(kind, Query(sort: "number", limit: 10_000)) {
      let proposal = Proposal(values: record.values)
      let lights = ProposalLights(proposal, wall.tasks(of: proposal.proposalId), on: wall.day)
      print("\(proposal.number)\t\(proposal.title)")
      for (name, light) in [
        ("答复", lights.answered), ("办理", lights.solved), ("满意", lights.satisfied),
      ] { print("\t\(name)\t\(light.colour.label)\t\(light.why)") }
      if let fallen = lights.fallenBack { print("\t\(fallen)") }
    }
  }
}

import ArgumentParser
import Records
import Values

/// Says who may do what with which records: the table of the declarations.
struct AccessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "权限表：哪个角色对哪类记录能做什么，由登记声明得出。",
    discussion: """
      示例：
        citong access                               全部
        citong access school --role schoolAdmin     一类记录、一个角色
        citong access school.landAreaM2             谁看得到、改得了这个字段，凭哪一条
        citong access --as countyBureau --for 990102 --data ./data
                                                    以这个角色看系统：能做什么、看得到几条、哪些字段
      一行一条：角色、类别、能做的事、哪些记录、字段的最高密级，用制表符分开。
      """
  )

  @Argument(help: "记录的类别，或 类别.字段，名称或中文名。")
  var about: String?

  @ArgumentParser.Option(help: "只看一个角色，名称或中文名。")
  var role: String?

  @ArgumentParser.Option(name: .customLong("as"), help: "以这个角色看系统，每类记录一行 JSON。")
  var viewer: String?

  @ArgumentParser.Option(name: .customLong("for"), help: "这个角色所在的单位或地区的编号。")
  var whom: String = ""

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data），只用于 --as。")
  var data: String?

  func run() async throws {
    if let viewer { return try await view(as: Self.role(viewer)) }
    var rows = AccessTable(Installation.kinds).rows
    if let about {
      let parts = about.split(separator: ".", maxSplits: 1).map(String.init)
      let kind = try Installation.kind(parts.first ?? "")
      rows = rows.filter { $0.kind == kind.name }
      if parts.count == 2 {
        guard let field = kind.fields.first(where: { $0.name == parts[1] || $0.label == parts[1] })
        else {
          let near = NearMiss.suggestion(parts[1], among: kind.fields.map(\.name))
          throw Failure.usage("REC-E-012", "\(kind.label)没有名为 \(parts[1]) 的字段。\(near)")
        }
        rows = rows.filter { field.privacy <= max($0.clearance, $0.reveals ?? .public) }
      }
    }
    if let role {
      let wanted = try Self.role(role)
      rows = rows.filter { $0.role == wanted }
    }
    for row in rows { print(row.line) }
  }

  private func view(as role: Role) async throws {
    let settings = try await Settings.read(data: data)
    let register = try Installation.open(settings.data, cityFolder: settings.city).register
    let isOfRegion = role.organisationKind == nil
    let kind = try Installation.kind(role.organisationKind ?? "region")
    guard try whom.isEmpty || register.record(kind, kind.canonical(whom)) != nil else {
      throw Failure("REC-E-009", "没有编号为 \(whom) 的\(kind.label)。")
    }
    let reader = Reader(
      role,
      organisation: isOfRegion ? "" : whom,
      region: isOfRegion ? whom : ""
    )
    for view in try register.view(as: reader) { print(view.json.text) }
  }

  private static func role(_ text: String) throws -> Role {
    if let role = Role.allCases.first(where: { $0.rawValue == text || $0.label == text }) {
      return role
    }
    let near = NearMiss.suggestion(text, among: Role.allCases.map(\.rawValue))
    throw Failure.usage("ACC-E-005", "没有名为 \(text) 的角色。\(near)")
  }
}

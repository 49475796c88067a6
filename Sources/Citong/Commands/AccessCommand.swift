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
      一行一条：角色、类别、能做的事、哪些记录、字段的最高密级，用制表符分开。
      """
  )

  @Argument(help: "记录的类别，或 类别.字段，名称或中文名。")
  var about: String?

  @ArgumentParser.Option(help: "只看一个角色，名称或中文名。")
  var role: String?

  func run() async throws {
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
      guard let wanted = Role.allCases.first(where: { $0.rawValue == role || $0.label == role })
      else {
        let near = NearMiss.suggestion(role, among: Role.allCases.map(\.rawValue))
        throw Failure.usage("ACC-E-005", "没有名为 \(role) 的角色。\(near)")
      }
      rows = rows.filter { $0.role == wanted }
    }
    for row in rows { print(row.line) }
  }
}

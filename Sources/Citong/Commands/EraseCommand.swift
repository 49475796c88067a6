import ArgumentParser
import Records
import Values

/// Takes the personal data out of a record, for ever.
struct EraseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "把一条记录和它以前各个版本里的个人信息抹去，不能恢复。",
    discussion: """
      没有账号的人（例如毕业生）要求删除时用；其余字段留着，审计日志只写抹去了哪些字段。
      注销账号走“个人权利请求”页面，连登录一并结束。
      示例：
        citong erase graduateDestination QX000001 --reason 本人书面要求
      """
  )

  @Argument(help: "记录的类别，名称或中文名，例如 graduateDestination。")
  var kind: String

  @Argument(help: "记录的编号。")
  var id: String

  @ArgumentParser.Option(help: "为什么：谁在何时要求的。")
  var reason: String

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let kind = try Installation.kind(kind)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    guard try installation.register.record(kind, id) != nil else {
      throw Failure("REC-E-021", "没有编号为 \(id) 的\(kind.label)。")
    }
    let reason = Text.trimmed(reason)
    guard reason.count >= 6 else {
      throw Failure.usage("ACC-E-006", "请写明为什么抹去，至少 6 个字。")
    }
    let labels = Erasure.fields(of: kind).map(\.label)
    guard !labels.isEmpty else {
      throw Failure("ACC-E-078", "\(kind.label)没有个人信息字段，不用抹去。")
    }
    let erasure = Erasure(kind.name, id)
    do { try Erasures(folder: installation.folder).append([erasure]) } catch is Erasures.Unwritable
    {
      throw Failure("ACC-E-079", "抹去名单 erasures.jsonl 写不了，什么也没有抹去，请检查磁盘和权限。")
    }
    let isErased = try installation.register.erase(
      erasure,
      by: Actor(name: "本机操作员", source: .manual),
      reason: reason
    )
    try installation.seal()
    print(isErased ? "已抹去：\(labels.joined(separator: "、"))。" : "本来就没有可抹去的。")
  }
}

import ArgumentParser
import Calendar
import Foundation
import Records
import Storage
import Values
import Web

/// Notes that somebody stands for a record.
struct ConfirmCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "确认一条记录或它的几个字段无误，写明依据。",
    discussion: """
      示例：
        citong confirm school SD001 --document 市教职成〔2022〕8号
        citong confirm school SD001 --field landAreaM2 --field printedBooks --on 2022-07-01
      """
  )

  @Argument(help: "记录的类别，名称或中文名，例如 school。")
  var kind: String

  @Argument(help: "记录的编号。")
  var id: String

  @ArgumentParser.Option(help: "字段的名称或中文名，可以写几个；不写是整条。")
  var field: [String] = []

  @ArgumentParser.Option(help: "依据：文号、报表或核对人。")
  var document = ""

  @ArgumentParser.Option(help: "哪一天是这样，默认今天。")
  var on: String?

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let kind = try Installation.kind(kind)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let names = field.map { name in kind.fields.first { $0.label == name }?.name ?? name }
    let day = try on.map(Moment.day)
    try Refusals.told {
      try installation.register.confirm(
        kind,
        id,
        fields: names,
        document: document,
        on: day,
        by: Actor(name: "本机操作员", source: .manual)
      )
    }
    try installation.seal()
    print("已记下确认。")
  }
}

/// Lists records that may be one and the same.
struct DuplicatesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicates",
    abstract: "可能重复登记的记录：名称相同、读音相同或相近。",
    discussion: """
      示例：
        citong duplicates enterprise
        citong duplicates 学校 --json
      """
  )

  @Argument(help: "记录的类别，名称或中文名，例如 enterprise。")
  var kind: String

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  @Flag(help: "输出 JSON。")
  var json = false

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let kind = try Installation.kind(kind)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let register = installation.register
    guard kind.duplicates != nil else {
      let searched = Installation.kinds.filter { $0.duplicates != nil }.map(\.label)
      throw Failure.usage("CIT-E-036", "\(kind.label)不查重；可查的有：\(searched.joined(separator: "、"))。")
    }
    let pairs = try register.store.read { try register.duplicates(kind, in: $0) }
    if json {
      print(JSON.array(pairs.map(\.json)).text)
      return
    }
    for pair in pairs {
      print(
        "\(pair.first.id) \(pair.first.title)　\(pair.second.id) \(pair.second.title)　\(pair.reason)"
      )
    }
    print(
      pairs.isEmpty
        ? "没有发现可能重复的\(kind.label)。" : "共 \(pairs.count) 对。合并：citong merge \(kind.name) 保留的编号 并掉的编号"
    )
  }
}

/// Merges one record into another.
struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "把重复登记的一条并入另一条：引用跟着改，历史都保留，并掉的编号仍打得开。",
    discussion: """
      示例：
        citong merge enterprise E000001 E000009 --dry-run
        citong merge enterprise E000001 E000009 --take address --document 核对营业执照
      """
  )

  @Argument(help: "记录的类别，名称或中文名，例如 enterprise。")
  var kind: String

  @Argument(help: "保留的编号。")
  var keep: String

  @Argument(help: "并掉的编号。")
  var away: String

  @ArgumentParser.Option(help: "取并掉那一条的哪些字段，名称或中文名，可以写几个。")
  var take: [String] = []

  @ArgumentParser.Option(help: "依据。")
  var document = ""

  @Flag(help: "只说会怎样，不合并。")
  var dryRun = false

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let kind = try Installation.kind(kind)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    if dryRun { return try rehearse(kind, installation) }
    let names = take.map { name in kind.fields.first { $0.label == name }?.name ?? name }
    try Refusals.told {
      try installation.register.merge(
        kind,
        keep: keep,
        away: away,
        taking: Set(names),
        document: document,
        by: Actor(name: "本机操作员", source: .manual)
      )
    }
    try installation.seal()
    print("\(away) 已并入 \(keep)。")
  }

  /// Says what the merge would do: differences, references that would follow, what stands in the way.
  private func rehearse(_ kind: Kind, _ installation: Installation) throws {
    let (register, city) = (installation.register, installation.city)
    let plan = try register.store.read {
      try register.planMerge(kind, keep: keep, away: away, in: $0)
    }
    try Refusals.told {
      guard let plan else {
        throw Refused(
          problems: [Problem("REC-E-063", "", "要合并的两条\(kind.label)有一条不在，或是同一条，请核对编号。")]
        )
      }
      for change in plan.differences {
        let (kept, gone) = (
          change.field.shown(change.before, city: city),
          change.field.shown(change.after, city: city)
        )
        let taken = take.contains(change.field.name) || take.contains(change.field.label)
        print(
          "\(change.field.label)：\(kept.isEmpty ? "未填报" : kept) ← \(gone.isEmpty ? "未填报" : gone)\(taken ? "（取）" : "")"
        )
      }
      for reference in plan.references {
        print("\(reference.kind.label)的\(reference.field.label)：\(reference.count) 条改为指向 \(keep)")
      }
      guard plan.obstacles.isEmpty else { throw Refused(problems: plan.obstacles) }
      print("可以合并：\(away) 会并入 \(keep)。没有写入任何东西。")
    }
  }
}

/// Notes that a record goes on as others.
struct SucceedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "succeed",
    abstract: "登记承继或分立：前身和后继的历史都保留。",
    discussion: """
      示例：
        citong succeed school S001 S002 --on 2022-09-01 --document 省政〔2022〕1号 --move-references
        citong succeed school S001 S002 S003 --split
      """
  )

  @Argument(help: "记录的类别，名称或中文名，例如 school。")
  var kind: String

  @Argument(help: "前身的编号。")
  var from: String

  @Argument(help: "后继的编号，一个或几个。")
  var to: [String]

  @Flag(help: "是分立，不是承继。")
  var split = false

  @ArgumentParser.Option(help: "从哪一天起，默认今天。")
  var on: String?

  @ArgumentParser.Option(help: "依据。")
  var document = ""

  @Flag(help: "引用前身的记录改为引用第一个后继。")
  var moveReferences = false

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let kind = try Installation.kind(kind)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let day = try on.map(Moment.day)
    try Refusals.told {
      try installation.register.succeed(
        kind,
        from,
        by: to,
        how: split ? .split : .succession,
        on: day,
        document: document,
        movesReferences: moveReferences,
        actor: Actor(name: "本机操作员", source: .manual)
      )
    }
    try installation.seal()
    print("已登记：\(from) → \(to.joined(separator: "、"))。")
  }
}

/// Tells what a write was refused for, a line each.
enum Refusals {
  static func told(_ body: () throws -> Void) throws {
    do { try body() } catch let refused as Refused {
      throw Failure(lines: refused.problems.map { "\($0.code) \($0.message)" })
    }
  }
}

import ArgumentParser
import Calendar
import Documents
import Foundation
import Ledger
import Records
import Sheets
import Values

/// Publishes a document whose figures are live.
struct PublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "发布公文：按某一天的台账算出每个数字，编文号，冻结，写成网页、PDF、Word、文本和证据。",
    discussion: """
      示例：
        citong publish
        citong publish reply-20222223 --as-of 2022-07-14 --out 答复
        citong publish reply-20222223 --as-of 2022-07-14 --preview
      不写模板就列出城市文件夹里的模板。同一模板、同一天、同样的数字只发一次，再发就是同一份。
      有一个数字算不出就不发。
      """
  )

  @Argument(help: "模板的名字：城市文件夹 documents/ 里的文件名，不带 .txt。")
  var template: String?

  @ArgumentParser.Option(help: "数据截至哪一天，例如 2022-07-14；不写是今天。")
  var asOf: String?

  @ArgumentParser.Option(help: "写到哪个文件夹；不写就不写文件。")
  var out: String?

  @Flag(help: "只看算出的正文和每个数字，不编号、不发布。")
  var preview = false

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let (templates, faults) = DocumentTemplate.all(in: installation.city.folder)
    guard let template else {
      for one in templates { print("\(one.name)\t\(one["标题"])\t\(one.figures.count) 个数字") }
      if !faults.isEmpty { throw Failure(lines: faults.map(\.description)) }
      return
    }
    guard let found = templates.first(where: { $0.name == template }) else {
      let own = faults.filter { $0.file.hasSuffix("/\(template).txt") }
      guard own.isEmpty else { throw Failure(lines: own.map(\.description)) }
      let near = NearMiss.suggestion(template, among: templates.map(\.name))
      throw Failure("PUB-E-032", "没有模板 \(template)。\(near)")
    }
    let register = installation.register
    let day = try asOf.map(Moment.day) ?? register.clock.now().date
    let (draft, wrong) = try DocumentDraft.reckon(found, asOf: day, in: register)
    guard let draft else { throw Failure(lines: wrong.map(\.description)) }
    if preview {
      print(draft.text)
      for figure in draft.figures {
        print(
          "\(figure.figure.number)\t\(figure.said)\t\(figure.figure.formula)\t\(figure.value)\t\(figure.records) 条记录"
        )
      }
      return
    }
    do {
      let (document, isNew) = try DocumentPublishing(register).publish(
        draft,
        by: Actor(name: "命令行", source: .manual)
      )
      print("\(isNew ? "发布了" : "已经发布过")：\(document.documentNumber) \(document.title)")
      if let out { try write(document, draft, installation.isDemo, to: out) }
    } catch let refused as Refused {
      throw Failure(lines: refused.problems.map { "\($0.code) \($0.message)" })
    }
  }

  private func write(
    _ document: PublishedDocument,
    _ draft: DocumentDraft,
    _ isDemo: Bool,
    to folder: String
  ) throws {
    let url = URL(fileURLWithPath: folder)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      func put(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: url.appendingPathComponent(name), options: .atomic)
      }
      try put(document.page(isDemo: isDemo), "document.html")
      try put((isDemo ? "演示数据，请勿引用\n" : "") + document.plainText, "document.txt")
      try put(draft.evidence(of: document).text + "\n", "evidence.json")
    } catch {
      throw Failure("PUB-E-033", "写不了文件夹 \(folder)，请检查它能不能写、磁盘满没满。")
    }
    do {
      try document.writeWord(to: url.appendingPathComponent("document.docx").path)
    } catch { throw Failure("PUB-E-033", "\(error)") }
    try Printer.print(
      url.appendingPathComponent("document.html"),
      to: url.appendingPathComponent("document.pdf")
    )
    print("写在 \(folder)：document.html、document.pdf、document.docx、document.txt、evidence.json")
  }
}

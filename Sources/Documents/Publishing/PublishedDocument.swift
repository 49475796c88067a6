package import Calendar
package import Records
package import Values

/// A document as it was published (公文): its text with the figures frozen, by whom and to whom, and the hash that
/// chains it to the one before.
package struct PublishedDocument: DeclaredRecord {
  package var documentId = ""
  package var template = ""
  package var title = ""
  package var organ = ""
  package var documentNumber = ""
  package var series = ""
  package var serial: Int?
  package var indexNumber = ""
  package var indexSeries = ""
  package var indexSerial: Int?
  package var category = ""
  package var summary = ""
  package var asOf: CivilDate?
  package var signDate: CivilDate?
  package var replyType: ReplyType?
  package var subject = ""
  package var addressee = ""
  package var leadOrgan = ""
  package var coOrgans: [String] = []
  package var copies: [String] = []
  package var disclosure: DisclosureMode?
  package var body = ""
  package var figures = CellRows()
  package var contentHash = ""
  package var formerHash = ""
  package var state: DocumentState?
  package var correction = ""

  package init() {}

  package static var declaration: Declaration<PublishedDocument> {
    Declaration(
      "publishedDocument",
      "公文",
      summary: "发出的公文：正文、发布时冻结的每个数字和它的来源、文号、索引号、公开属性。",
      identifier: "documentId",
      prefix: "GW",
      title: "title",
      keys: [["series", "serial"], ["indexSeries", "indexSerial"]],
      columns: [
        "title", "documentNumber", "organ", "signDate", "replyType", "disclosure", "state",
      ],
      filters: ["organ", "replyType", "disclosure", "state", "category", "template"],
      searched: ["title", "documentNumber", "indexNumber", "body", "subject"],
      facts: ["documentNumber", "indexNumber", "organ", "signDate", "replyType", "disclosure"],
      publicWhen: [
        "disclosure": [DisclosureMode.open.rawValue],
        "state": [DocumentState.published.rawValue, DocumentState.corrected.rawValue],
      ],
      access: Access.ofCity,
      fields: head + letter + content
    )
  }

  private static var head: [Field<PublishedDocument>] {
    [
      Field(\.documentId, "documentId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
      Field(\.template, "template", "模板", .identifier(60)).privacy(.internal).section("来源"),
      Field(\.title, "title", "标题", .text(120)).required().section("标识"),
      Field(\.organ, "organ", "发文机关", .text(60)).required().section("标识"),
      Field(\.documentNumber, "documentNumber", "文号", .text(60)).section("标识"),
      Field(\.series, "series", "文号系列", .reference(kind: "documentSeries")).privacy(.internal)
        .section("标识"),
      Field(\.serial, "serial", "序号", .integer(1...99_999)).privacy(.internal).section("标识"),
      Field(\.indexNumber, "indexNumber", "索引号", .text(60)).section("标识"),
      Field(\.indexSeries, "indexSeries", "索引号系列", .reference(kind: "documentSeries"))
        .privacy(.internal).section("标识"),
      Field(\.indexSerial, "indexSerial", "索引序号", .integer(1...99_999)).privacy(.internal)
        .section("标识"),
      Field(\.category, "category", "信息分类", .text(40)).section("标识"),
      Field(\.summary, "summary", "内容概述", .text(200)).section("标识"),
      Field(\.asOf, "asOf", "数据截至", .date).required().section("来源"),
      Field(\.signDate, "signDate", "成文日期", .date).required().section("标识"),
    ]
  }

  private static var letter: [Field<PublishedDocument>] {
    [
      Field(\.replyType, "replyType", "答复类型", .choice(ReplyType.options)).section("办理"),
      Field(\.subject, "subject", "案由", .text(200)).section("办理"),
      Field(\.addressee, "addressee", "主送", .text(120)).section("办理"),
      Field(\.leadOrgan, "leadOrgan", "主办单位", .text(60)).section("办理"),
      Field(\.coOrgans, "coOrgans", "会办单位", .list).section("办理"),
      Field(\.copies, "copies", "抄送", .list).section("办理"),
      Field(\.disclosure, "disclosure", "公开属性", .choice(DisclosureMode.options)).required()
        .section("公开"),
    ]
  }

  private static var content: [Field<PublishedDocument>] {
    [
      Field(\.body, "body", "正文", .longText(60_000)).required().section("正文"),
      Field(
        \.figures,
        "figures",
        "数字",
        .rows([
          Column("number", "序"), Column("place", "段:字"), Column("formula", "公式"),
          Column("said", "文中"),
          Column("exact", "准确值"), Column("year", "年度"), Column("records", "记录数"),
          Column("digest", "记录摘要"),
        ])
      ).section("正文"),
      Field(\.contentHash, "contentHash", "内容摘要", .text(80)).section("留痕"),
      Field(\.formerHash, "formerHash", "上一份的摘要", .text(80)).section("留痕"),
      Field(\.state, "state", "状态", .choice(DocumentState.options)).required()
        .fallback(.text("published")).section("留痕"),
      Field(\.correction, "correction", "更正说明", .text(300)).section("留痕")
        .help("更正或撤下时写明更正文号和原因；原文仍然看得到。"),
    ]
  }

  /// What may still be changed once a document is out.
  private static let open: Set<String> = ["state", "correction", "category", "summary"]

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    let former = surroundings.former
    if !former.isEmpty {
      for field in Self.fields
      where !Self.open.contains(field.shape.name)
        && field.get(self) != former[field.shape.name] ?? .none
      {
        problems.append(
          Problem(
            "PUB-E-020",
            field.shape.name,
            "公文发出后“\(field.shape.label)”不能再改；有错请写更正说明，另发更正。"
          )
        )
      }
    }
    if state != .published, correction.count < 10 {
      problems.append(Problem("PUB-E-021", "correction", "更正或撤下要写明更正文号和原因，至少 10 个字。"))
    }
    if !documentNumber.isEmpty, !Self.isNumber(documentNumber) {
      problems.append(
        Problem("PUB-E-022", "documentNumber", "文号“\(documentNumber)”应写成 演教函〔2022〕1号，用六角括号，序号不补零。")
      )
    }
    return problems
  }

  /// Whether a text is the number of a document (`proposals.md` §6.7).
  package static func isNumber(_ text: String) -> Bool {
    guard let open = text.firstIndex(of: "〔"), let close = text.firstIndex(of: "〕"), open < close,
      text.hasSuffix("号")
    else { return false }
    let (agency, year) = (text[..<open], text[text.index(after: open)..<close])
    let serial = text[text.index(after: close)...].dropLast()
    return (2...12).contains(agency.count) && agency.unicodeScalars.allSatisfy(Text.isHan)
      && year.count == 4 && year.allSatisfy(\.isASCII) && Int(year) != nil
      && (1...5).contains(serial.count) && serial.first != "0" && Int(serial) != nil
  }
}

/// How a reply answers a proposal (`proposals.md` §6.6).
package enum ReplyType: String, Choice {
  case a, b, c, d

  package var label: String {
    switch self {
    case .a: "A类（已解决或采纳）"
    case .b: "B类（正在解决或列入计划）"
    case .c: "C类（条件所限，暂不能解决）"
    case .d: "D类（留作参考）"
    }
  }

  /// The letter as documents have it: A类.
  package var letter: String { rawValue.uppercased() + "类" }
}

/// Who may read a document.
package enum DisclosureMode: String, Choice {
  case open, onRequest, closed

  package var label: String {
    switch self {
    case .open: "主动公开"
    case .onRequest: "依申请公开"
    case .closed: "不予公开"
    }
  }
}

/// How a document stands.
package enum DocumentState: String, Choice {
  case published, corrected, withdrawn

  package var label: String {
    switch self {
    case .published: "已发布"
    case .corrected: "已更正"
    case .withdrawn: "已撤下"
    }
  }
}

package import Calendar
package import Records
package import Values

/// What somebody asks to take out as a file that is not free to take (compliance.md §11.5, appendix,
/// ExportJob 导出任务).
package struct ExportRequest: DeclaredRecord {
  /// From how many records on a file of what is internal is asked for.
  package static let freeRows = 5_000
  /// For how many days an approved file can be fetched.
  package static let days = 7
  /// How often.
  package static let mostDownloads = 3

  /// The identifier.
  package var requestId = ""
  /// Who asks.
  package var accountId = ""
  /// As whom they act, in words.
  package var actor = ""
  /// The kind of record, by name.
  package var dataset = ""
  /// The address of the file.
  package var target = ""
  /// How many records it has.
  package var rowCount: Int?
  /// Whether it names persons.
  package var hasPersonal: Bool?
  /// What for.
  package var purpose = ""
  /// What was decided.
  package var status: ExportRequestStatus?
  /// Who decided.
  package var decidedBy = ""
  /// Why, when it was refused.
  package var reason = ""
  /// The last day it can be fetched.
  package var expiresOn: CivilDate?
  /// How often it was fetched.
  package var downloads: Int?

  /// A request with nothing filled in.
  package init() {}

  /// The declaration.
  package static var declaration: Declaration<ExportRequest> {
    Declaration(
      "exportRequest",
      "导出申请",
      summary: "含个人信息或超过 \(freeRows) 行的导出，先写用途，经安全管理员批准后限期限次下载。",
      identifier: "requestId",
      prefix: "X",
      title: "requestId",
      columns: [
        "requestId", "actor", "dataset", "rowCount", "hasPersonal", "purpose", "status",
        "expiresOn",
      ],
      filters: ["status", "dataset", "hasPersonal"],
      facts: ["actor", "dataset", "rowCount", "status"],
      isPublic: false,
      access: [
        // Who asks and who decides do so by acts of their own, not by the form.
        Grant([], may: [.read], .person("accountId")),
        Grant([.securityAdmin, .auditAdmin], may: Set<Act>.reading, .everything),
      ],
      fields: asked + decided
    )
  }

  private static var asked: [Field<ExportRequest>] {
    [
      Field(\.requestId, "requestId", "申请编号", .identifier(20)).privacy(.internal),
      Field(\.accountId, "accountId", "申请人账号", .reference(kind: "account")).required()
        .privacy(.internal),
      Field(\.actor, "actor", "申请人", .text(80)).required().privacy(.internal),
      Field(\.dataset, "dataset", "数据", .text(40)).required().privacy(.internal),
      Field(\.target, "target", "范围", .longText(2_000)).required().privacy(.internal),
      Field(\.rowCount, "rowCount", "行数", .integer(0...100_000_000)).unit("行").required()
        .privacy(.internal),
      Field(\.hasPersonal, "hasPersonal", "含个人信息", .boolean).required().privacy(.internal),
      Field(\.purpose, "purpose", "用途", .longText(200)).required().privacy(.internal),
    ]
  }

  private static var decided: [Field<ExportRequest>] {
    [
      Field(\.status, "status", "状态", .choice(ExportRequestStatus.options)).required()
        .fallback(.text("requested")).privacy(.internal),
      Field(\.decidedBy, "decidedBy", "批准人", .text(80)).privacy(.internal),
      Field(\.reason, "reason", "理由", .text(120)).privacy(.internal),
      Field(\.expiresOn, "expiresOn", "有效到", .date).privacy(.internal),
      Field(\.downloads, "downloads", "已下载", .integer(0...1_000)).unit("次")
        .fallback(.integer(0)).privacy(.internal),
    ]
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    guard purpose.count < 10 else { return [] }
    return [Problem("ACC-E-040", "purpose", "用途有 \(purpose.count) 个字，至少写 10 个字。")]
  }

  /// Whether the file can be fetched on a day.
  package func isOpen(on day: CivilDate) -> Bool {
    status == .approved && expiresOn.map { $0 >= day } ?? false
      && (downloads ?? 0) < Self.mostDownloads
  }
}

/// What was decided about an export.
package enum ExportRequestStatus: String, Choice {
  case requested, approved, refused

  package var label: String {
    switch self {
    case .requested: "待批准"
    case .approved: "已批准"
    case .refused: "未批准"
    }
  }
}

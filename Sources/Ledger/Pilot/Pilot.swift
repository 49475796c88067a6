package import Calendar
package import Records

/// A pilot project of apprenticeship or of 1+X certificates (试点项目).
///
/// See `apprenticeship.md` §4.1 and `certificates-and-training.md` A.
///
/// What holds: one record is one project of one school; nobody recruits before the approval; the
/// duration is one the model allows.
package struct Pilot: DeclaredRecord {
  package var pilotId = ""
  package var name = ""
  package var model: PilotModel?
  package var tier: Tier?
  package var pilotNo = ""
  package var batch = ""
  package var approvalDocNo = ""
  package var approvedOn: CivilDate?
  package var status: PilotStatus?
  package var schoolId = ""
  package var programCodes: [String] = []
  package var occupationCodes: [String] = []
  package var enterpriseIds: [String] = []
  package var planDoc = ""
  package var durationMonths: Int?
  package var capacity: Int?
  package var certificate = ""
  package var levels: [String] = []
  package var isExamSite: Bool?
  package var siteCapacity: Int?

  package init() {}

  package static var declaration: Declaration<Pilot> {
    Declaration(
      "pilot",
      "试点项目",
      summary: "二元制、现代学徒制、企业新型学徒制和 1+X 证书制度试点，一个项目一条。",
      identifier: "pilotId",
      prefix: "SD",
      title: "name",
      keys: [["schoolId", "model", "batch", "pilotNo", "name"]],
      columns: ["name", "model", "tier", "schoolId", "batch", "approvedOn", "capacity", "status"],
      filters: ["model", "tier", "schoolId", "batch", "status", "certificate", "programCodes"],
      searched: ["name", "pilotNo", "approvalDocNo"],
      facts: ["model", "tier", "schoolId", "approvalDocNo", "status"],
      access: Access.register(regions: ["schoolId.locationRegionCode"], schools: ["schoolId"]),
      validity: Validity(from: "approvedOn"),
      fields: identity + approval + content
    )
  }

  private static var identity: [Field<Pilot>] {
    [
      Field(\.pilotId, "pilotId", "项目编号", .identifier(20)).formerly("projectId")
        .help("不填则自动编号，以后不变。").section("项目"),
      Field(\.name, "name", "项目名称", .text(120)).required().section("项目"),
      Field(\.model, "model", "试点类型", .choice(PilotModel.options)).required().formerly("类型")
        .section("项目"),
      Field(\.tier, "tier", "级别", .choice(Tier.options)).required().section("项目"),
      Field(\.schoolId, "schoolId", "院校", .reference(kind: "school")).required()
        .formerly("学校", "学校名称").section("项目"),
    ]
  }

  private static var approval: [Field<Pilot>] {
    [
      Field(\.status, "status", "状态", .choice(PilotStatus.options)).required()
        .fallback(.text("approved")).section("批准"),
      Field(\.pilotNo, "pilotNo", "试点编号", .identifier(40)).section("批准"),
      Field(\.batch, "batch", "批次", .text(20)).formerly("年度").section("批准"),
      Field(\.approvalDocNo, "approvalDocNo", "批准文号", .text(60)).formerly("文号")
        .help("省级以上必填。").section("批准"),
      Field(\.approvedOn, "approvedOn", "批准日期", .date).section("批准"),
    ]
  }

  private static var content: [Field<Pilot>] {
    [
      Field(\.programCodes, "programCodes", "专业", .references(kind: "program")).section("培养"),
      Field(\.occupationCodes, "occupationCodes", "工种", .references(kind: "occupation"))
        .section("培养"),
      Field(\.enterpriseIds, "enterpriseIds", "合作企业", .references(kind: "enterprise"))
        .section("培养"),
      Field(\.planDoc, "planDoc", "培养方案", .text(120)).privacy(.internal).help("文号或文件名。")
        .section("培养"),
      Field(\.durationMonths, "durationMonths", "培养期限", .integer(0...1200)).unit("个月")
        .section("培养"),
      Field(\.capacity, "capacity", "计划人数", .integer(0...100_000)).unit("人")
        .formerly("plannedPlaces").section("培养"),
      Field(\.certificate, "certificate", "证书", .code(table: "certificate")).required()
        .formerly("standardId", "证书名称").only(when: "model", is: "onePlusX").section("证书"),
      Field(\.levels, "levels", "试点等级", .choices(CertificateLevel.options))
        .only(when: "model", is: "onePlusX").section("证书"),
      Field(\.isExamSite, "isExamSite", "考核站点", .boolean).only(when: "model", is: "onePlusX")
        .section("证书"),
      Field(\.siteCapacity, "siteCapacity", "站点容量", .integer(0...100_000)).unit("人")
        .only(when: "model", is: "onePlusX").section("证书"),
    ]
  }
}

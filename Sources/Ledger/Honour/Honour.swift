package import Calendar
package import Records
package import Values

/// An honour or a construction project of a school, a program group, a team … (荣誉与建设项目).
///
/// See `registry.md` §3.5.
///
/// What holds: at city level and above there is a document number; the period ends after it begins.
package struct Honour: DeclaredRecord {
  package var honourId = ""
  package var name = ""
  package var honourType = ""
  package var tier: Tier?
  package var schoolId = ""
  package var subjectKind: HonourSubject?
  package var subjectId = ""
  package var approvalDocNo = ""
  package var approvedOn: CivilDate?
  package var batch = ""
  package var status: HonourStatus?
  package var periodFrom: CivilDate?
  package var periodTo: CivilDate?
  package var fundAmount: Fen?

  package init() {}

  package static var declaration: Declaration<Honour> {
    Declaration(
      "honour",
      "荣誉与建设项目",
      summary: "各级示范校、“双高计划”、高水平专业群等，立项一项一条。",
      identifier: "honourId",
      prefix: "RY",
      title: "name",
      keys: [["honourType", "schoolId", "subjectId", "name", "batch"]],
      columns: ["name", "honourType", "tier", "schoolId", "approvedOn", "batch", "status"],
      filters: ["honourType", "tier", "schoolId", "subjectKind", "batch", "status"],
      searched: ["name", "approvalDocNo"],
      facts: ["honourType", "tier", "schoolId", "approvalDocNo", "status"],
      access: Access.register(regions: ["schoolId.locationRegionCode"], schools: ["schoolId"]),
      validity: Validity(from: "approvedOn"),
      fields: identity + approval
    )
  }

  private static var identity: [Field<Honour>] {
    [
      Field(\.honourId, "honourId", "荣誉编号", .identifier(20)).help("不填则自动编号，以后不变。")
        .section("项目"),
      Field(\.name, "name", "项目名称", .text(120)).required().help("照文件填写。").section("项目"),
      Field(\.honourType, "honourType", "荣誉类别", .code(table: "honourType")).required()
        .formerly("类别").section("项目"),
      Field(\.tier, "tier", "级别", .choice(Tier.options)).required().section("项目"),
      Field(\.schoolId, "schoolId", "所属学校", .reference(kind: "school")).formerly("学校", "学校名称")
        .section("项目"),
      Field(\.subjectKind, "subjectKind", "对象类别", .choice(HonourSubject.options)).required()
        .section("项目"),
      Field(\.subjectId, "subjectId", "对象编号", .identifier(40)).formerly("对象")
        .help("对象的编号；对象为学校时可不填。").section("项目"),
    ]
  }

  private static var approval: [Field<Honour>] {
    [
      Field(\.approvalDocNo, "approvalDocNo", "批准文号", .text(60)).formerly("文号")
        .help("市级以上必填。").section("批准"),
      Field(\.approvedOn, "approvedOn", "批准日期", .date).section("批准"),
      Field(\.batch, "batch", "批次", .text(20)).formerly("年度", "批次/年度").section("批准"),
      Field(\.status, "status", "状态", .choice(HonourStatus.options)).required()
        .fallback(.text("construction")).section("批准"),
      Field(\.periodFrom, "periodFrom", "建设期起", .date).section("建设"),
      Field(\.periodTo, "periodTo", "建设期止", .date).section("建设"),
      Field(\.fundAmount, "fundAmount", "支持经费", .money).unit("元").privacy(.internal).section("建设"),
    ]
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    var problems: [Problem] = []
    if let tier, tier.needsDocument, approvalDocNo.isEmpty {
      problems.append(
        Problem("REG-E-051", "approvalDocNo", "级别是\(tier.label)，但没有批准文号；市级以上须有批准文号，请照文件填写。")
      )
    }
    if let periodFrom, let periodTo, periodTo < periodFrom {
      problems.append(
        Problem("REG-E-052", "periodTo", "建设期止 \(periodTo) 早于建设期起 \(periodFrom)，请核对。")
      )
    }
    return problems
  }
}

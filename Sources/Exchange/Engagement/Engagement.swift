package import Calendar
package import Records

/// A contact between two parties on its way to an agreement (对接事项).
///
/// See `exchange.md` §4.4, §5.2.
///
/// What holds: either party is one school or one enterprise, and they are different legal persons;
/// nothing is carried out without an agreement; no stage comes before the contact.
package struct Engagement: DeclaredRecord {
  package var engagementId = ""
  package var subject = ""
  package var itemIds: [String] = []
  package var partyASchoolId = ""
  package var partyAEnterpriseId = ""
  package var partyBSchoolId = ""
  package var partyBEnterpriseId = ""
  package var initiator: EngagementParty?
  package var quantity: Int?
  package var status: EngagementStatus?
  package var intentOn: CivilDate?
  package var contactedOn: CivilDate?
  package var negotiatingOn: CivilDate?
  package var draftedOn: CivilDate?
  package var signedOn: CivilDate?
  package var startedOn: CivilDate?
  package var completedOn: CivilDate?
  package var evaluatedOn: CivilDate?
  package var endedOn: CivilDate?
  package var responsibleA = ""
  package var responsibleB = ""
  package var notes = CellRows()
  package var declineReason: DeclineReason?
  package var declineNote = ""
  package var agreementId = ""
  package var fulfilledQuantity: Int?

  package init() {}

  package static var declaration: Declaration<Engagement> {
    Declaration(
      "engagement",
      "对接事项",
      summary: "双方从意向、洽谈到签约、实施、评价的全过程。",
      identifier: "engagementId",
      prefix: "DJ",
      title: "subject",
      columns: [
        "subject", "status", "partyAEnterpriseId", "partyASchoolId", "partyBSchoolId",
        "partyBEnterpriseId", "quantity", "contactedOn", "signedOn",
      ],
      filters: [
        "status", "itemIds", "partyASchoolId", "partyAEnterpriseId", "partyBSchoolId",
        "partyBEnterpriseId", "declineReason",
      ],
      searched: ["subject", "engagementId"],
      facts: ["status", "quantity", "intentOn", "contactedOn", "signedOn"],
      isPublic: false,
      access: Access.register(
        regions: ["partyASchoolId.locationRegionCode", "partyBSchoolId.locationRegionCode"],
        schools: ["partyASchoolId", "partyBSchoolId"],
        enterprises: ["partyAEnterpriseId", "partyBEnterpriseId"]
      ),
      // It is about organisations, though it names who answers for them.
      publishedAtLeast: 0,
      fields: parties + people + progress + outcome
    )
  }

  private static var parties: [Field<Engagement>] {
    [
      Field(\.engagementId, "engagementId", "编号", .identifier(20)).help("不填则自动编号，以后不变。"),
      Field(\.subject, "subject", "事项", .text(80)).required().example("数控专业 12 人岗位实习"),
      Field(\.itemIds, "itemIds", "关联供需", .references(kind: "exchangeItem")).required(),
      Field(\.partyAEnterpriseId, "partyAEnterpriseId", "甲方企业", .reference(kind: "enterprise"))
        .help("甲方填企业或学校一项。"),
      Field(\.partyASchoolId, "partyASchoolId", "甲方学校", .reference(kind: "school")),
      Field(\.partyBEnterpriseId, "partyBEnterpriseId", "乙方企业", .reference(kind: "enterprise")),
      Field(\.partyBSchoolId, "partyBSchoolId", "乙方学校", .reference(kind: "school"))
        .help("乙方填企业或学校一项。"),
      Field(\.initiator, "initiator", "发起方", .choice(EngagementParty.options)).required()
        .fallback(.text("partyA")),
    ].map { $0.privacy(.internal).section("双方") }
  }

  private static var people: [Field<Engagement>] {
    [
      Field(\.responsibleA, "responsibleA", "甲方责任人", .text(60)),
      Field(\.responsibleB, "responsibleB", "乙方责任人", .text(60)),
    ].map { $0.privacy(.personal).section("双方") }
  }

  private static var progress: [Field<Engagement>] {
    [
      Field(\.status, "status", "阶段", .choice(EngagementStatus.options)).required()
        .fallback(.text("intent")),
      Field(\.quantity, "quantity", "数量", .integer(1...1_000_000)),
      Field(\.intentOn, "intentOn", "意向日期", .date),
      Field(\.contactedOn, "contactedOn", "接洽日期", .date),
      Field(\.negotiatingOn, "negotiatingOn", "洽谈日期", .date),
      Field(\.draftedOn, "draftedOn", "协议拟定日期", .date),
      Field(\.signedOn, "signedOn", "签约日期", .date),
      Field(\.startedOn, "startedOn", "实施日期", .date),
      Field(\.completedOn, "completedOn", "完成日期", .date),
      Field(\.evaluatedOn, "evaluatedOn", "评价日期", .date),
      Field(\.notes, "notes", "进展记录", .rows(noteColumns)),
    ].map { $0.privacy(.internal).section("进展") }
  }

  private static var outcome: [Field<Engagement>] {
    [
      Field(\.agreementId, "agreementId", "协议", .reference(kind: "agreement")),
      Field(\.fulfilledQuantity, "fulfilledQuantity", "实际履约数", .integer(0...1_000_000))
        .only(when: "status", is: "implementing", "completed", "evaluated", "terminated"),
      Field(\.declineReason, "declineReason", "婉拒原因", .choice(DeclineReason.options)).required()
        .only(when: "status", is: "declined"),
      Field(\.declineNote, "declineNote", "原因说明", .text(200))
        .only(when: "status", is: "declined", "lapsed", "withdrawn", "terminated"),
      Field(\.endedOn, "endedOn", "结束日期", .date)
        .only(when: "status", is: "declined", "lapsed", "withdrawn", "terminated"),
    ].map { $0.privacy(.internal).section("结果") }
  }

  private static let noteColumns = [
    Column("at", "日期"), Column("by", "记录人岗位"), Column("text", "内容"),
  ]
}

package import Calendar
package import Ledger
package import Records
package import Values

/// An agreement between parties (协议).
///
/// See `exchange.md` §4.5, §13.
///
/// What holds: two parties at least; a signed one has a day of signing and is in force for a period;
/// its text stays internal, that it exists is public when the parties consent.
package struct Agreement: DeclaredRecord {
  package var agreementId = ""
  package var title = ""
  package var kind: AgreementKind?
  package var cooperationForm: CooperationForm?
  package var schoolIds: [String] = []
  package var enterpriseIds: [String] = []
  package var otherParties: [String] = []
  package var isConsented: Bool?
  package var signedOn: CivilDate?
  package var periodStart: CivilDate?
  package var periodEnd: CivilDate?
  package var scope = ""
  package var quantities = CellRows()
  package var money: Fen?
  package var responsibilities = CellRows()
  package var documentHash = ""
  package var confidentialityLevel: AgreementConfidentiality?
  package var status: AgreementStatus?
  package var renewalOf = ""
  package var terminationReason = ""

  package init() {}

  package static var declaration: Declaration<Agreement> {
    Declaration(
      "agreement",
      "协议",
      summary: "校企合作签订的协议：双方、期限、权责与状态。",
      identifier: "agreementId",
      prefix: "XY",
      title: "title",
      columns: [
        "title", "kind", "cooperationForm", "schoolIds", "enterpriseIds", "signedOn", "periodEnd",
        "status",
      ],
      filters: ["kind", "cooperationForm", "status", "schoolIds", "enterpriseIds"],
      searched: ["title", "agreementId"],
      facts: ["kind", "cooperationForm", "signedOn", "periodEnd", "status"],
      isPublic: false,
      access: Access.register(schools: ["schoolIds"], enterprises: ["enterpriseIds"]),
      validity: Validity(from: "periodStart", to: "periodEnd"),
      fields: identity + terms + standing
    )
  }

  private static var identity: [Field<Agreement>] {
    [
      Field(\.agreementId, "agreementId", "协议编号", .identifier(20)).help("不填则自动编号，以后不变。"),
      Field(\.title, "title", "协议名称", .text(100)).required(),
      Field(\.kind, "kind", "类别", .choice(AgreementKind.options)).required(),
      Field(\.cooperationForm, "cooperationForm", "合作形式", .choice(CooperationForm.options))
        .required(),
      Field(\.schoolIds, "schoolIds", "签约学校", .references(kind: "school")),
      Field(\.enterpriseIds, "enterpriseIds", "签约企业", .references(kind: "enterprise")),
      Field(\.otherParties, "otherParties", "其他签约方", .list).help("政府部门、行业组织等的全称。"),
      Field(\.isConsented, "isConsented", "各方同意公开", .boolean).fallback(.boolean(true))
        .help("同意时公开各方、类别和期限，不公开内容。"),
    ].map { $0.section("协议") }
  }

  private static var terms: [Field<Agreement>] {
    [
      Field(\.signedOn, "signedOn", "签订日期", .date),
      Field(\.periodStart, "periodStart", "生效日期", .date),
      Field(\.periodEnd, "periodEnd", "到期日期", .date),
      Field(\.scope, "scope", "合作内容", .longText(2000)).privacy(.internal),
      Field(\.quantities, "quantities", "数量", .rows(quantityColumns)).privacy(.internal)
        .example("实习生;12;人"),
      Field(\.money, "money", "金额", .money).unit("元").privacy(.internal),
      Field(\.responsibilities, "responsibilities", "权责", .rows(responsibilityColumns))
        .privacy(.internal),
    ].map { $0.section("内容") }
  }

  private static var standing: [Field<Agreement>] {
    [
      Field(\.status, "status", "状态", .choice(AgreementStatus.options)).required()
        .fallback(.text("draft")),
      Field(
        \.confidentialityLevel,
        "confidentialityLevel",
        "保密",
        .choice(AgreementConfidentiality.options)
      ).privacy(.internal).fallback(.text("parties")),
      Field(\.documentHash, "documentHash", "文件指纹", .identifier(64)).privacy(.internal)
        .help("协议文件的 SHA-256，64 位十六进制。"),
      Field(\.renewalOf, "renewalOf", "续签自", .reference(kind: "agreement")),
      Field(\.terminationReason, "terminationReason", "终止原因", .text(200)).required()
        .privacy(.internal).only(when: "status", is: "terminated"),
    ].map { $0.section("状态") }
  }

  private static let quantityColumns = [
    Column("what", "内容"), Column("number", "数量"), Column("unit", "单位"),
  ]
  private static let responsibilityColumns = [Column("party", "签约方"), Column("text", "权责")]
}

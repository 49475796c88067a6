package import Calendar
package import Records
package import Values

/// An enterprise (企业), found by its unified social credit code.
///
/// See `registry.md` §3.6.
package struct Enterprise: DeclaredRecord {
  package var enterpriseId = ""
  package var uscc = ""
  package var enterpriseName = ""
  package var branchOf = ""
  package var legalForm: LegalForm?
  package var registeredRegionCode = ""
  package var managingZoneCode = ""
  package var address = ""
  package var longitude: Int?
  package var latitude: Int?
  package var workplaces = CellRows()
  package var gbIndustryCode = ""
  package var industryChainNodeIds: [String] = []
  package var scope = ""
  package var employeesOnPost: Int?
  package var annualOutput: Fen?
  package var annualOutputYear: Int?
  package var annualRevenue: Fen?
  package var sizeClass: SizeClass?
  package var isAboveDesignatedSize: Bool?
  package var tags: [String] = []
  package var creditStatus: CreditStatus?
  package var creditCheckedOn: CivilDate?
  package var contactRole = ""
  package var contactPhone = ""
  package var verification: EnterpriseVerification?

  package init() {}

  package static var declaration: Declaration<Enterprise> {
    Declaration(
      "enterprise",
      "企业",
      summary: "与院校合作或有需求的企业，按统一社会信用代码一企一条。",
      identifier: "enterpriseId",
      prefix: "E",
      title: "enterpriseName",
      keys: [["uscc"]],
      columns: [
        "enterpriseName", "gbIndustryCode", "registeredRegionCode", "sizeClass", "creditStatus",
        "verification",
      ],
      filters: [
        "registeredRegionCode", "gbIndustryCode", "industryChainNodeIds", "sizeClass", "tags",
        "creditStatus", "verification",
      ],
      searched: ["enterpriseName", "uscc"],
      facts: ["uscc", "registeredRegionCode", "gbIndustryCode", "sizeClass", "creditStatus"],
      access: Access.register(regions: ["registeredRegionCode"], enterprises: ["enterpriseId"]),
      duplicates: DuplicateSearch(names: "enterpriseName"),
      fields: identity + business + standing
    )
  }

  private static var identity: [Field<Enterprise>] {
    [
      Field(\.enterpriseId, "enterpriseId", "企业编号", .identifier(20)).help("不填则自动编号，以后不变。")
        .section("身份"),
      Field(\.uscc, "uscc", "统一社会信用代码", .uscc).required().example("91990199MA2XQ00022")
        .section("身份"),
      Field(\.enterpriseName, "enterpriseName", "企业名称", .text(100)).required().formerly("name")
        .section("身份"),
      Field(\.branchOf, "branchOf", "所属法人", .reference(kind: "enterprise"))
        .help("分公司、分厂填写，签协议须有法人授权。").section("身份"),
      Field(\.legalForm, "legalForm", "类型", .choice(LegalForm.options)).section("身份"),
      Field(\.registeredRegionCode, "registeredRegionCode", "注册地", .reference(kind: "region"))
        .required().unknown("REG-E-001").section("地点"),
      Field(\.managingZoneCode, "managingZoneCode", "所属功能区", .reference(kind: "region"))
        .unknown("REG-E-001").section("地点"),
      Field(\.address, "address", "生产经营地址", .text(100)).section("地点"),
      Field(\.longitude, "longitude", "经度", Place.longitude).section("地点"),
      Field(\.latitude, "latitude", "纬度", Place.latitude).section("地点"),
      Field(\.workplaces, "workplaces", "其他生产经营场所", .rows(workplaceColumns)).section("地点"),
    ]
  }

  private static var business: [Field<Enterprise>] {
    [
      Field(\.gbIndustryCode, "gbIndustryCode", "行业", .reference(kind: "industry")).required()
        .formerly("industry_code").help("国民经济行业分类，至少到大类，可填名称或代码。").example("C19")
        .section("经营"),
      Field(
        \.industryChainNodeIds,
        "industryChainNodeIds",
        "产业链环节",
        .references(kind: "industryNode")
      )
      .section("经营"),
      Field(\.scope, "scope", "经营范围", .longText(4000)).section("经营"),
      Field(\.employeesOnPost, "employeesOnPost", "在岗职工", .integer(0...10_000_000)).unit("人")
        .privacy(.internal).help("接收实习生须填：实习生不超过在岗职工的 10%。").section("经营"),
      Field(\.annualOutput, "annualOutput", "年产值", .money).unit("元").privacy(.internal).section(
        "经营"
      ),
      Field(\.annualOutputYear, "annualOutputYear", "产值年份", .integer(1990...2100)).privacy(
        .internal
      )
      .section("经营"),
      Field(\.annualRevenue, "annualRevenue", "营业收入", .money).unit("元").privacy(.internal)
        .section("经营"),
      Field(\.sizeClass, "sizeClass", "规模", .choice(SizeClass.options)).section("经营"),
      Field(\.isAboveDesignatedSize, "isAboveDesignatedSize", "规上企业", .boolean).section("经营"),
      Field(\.tags, "tags", "标签", .choices(EnterpriseTag.options)).section("经营"),
    ]
  }

  private static var standing: [Field<Enterprise>] {
    [
      Field(\.creditStatus, "creditStatus", "信用状态", .choice(CreditStatus.options)).required()
        .fallback(.text("normal")).section("信用与核验"),
      Field(\.creditCheckedOn, "creditCheckedOn", "信用核查日期", .date).section("信用与核验"),
      Field(\.verification, "verification", "核验", .choice(EnterpriseVerification.options))
        .required()
        .privacy(.internal).fallback(.text("verified")).section("信用与核验"),
      Field(\.contactRole, "contactRole", "对接部门", .text(40)).privacy(.internal).section("联系"),
      Field(\.contactPhone, "contactPhone", "办公电话", .identifier(20)).privacy(.internal)
        .section("联系"),
    ]
  }

  private static let workplaceColumns = [
    Column("name", "名称"), Column("regionCode", "区划代码"), Column("address", "地址"),
    Column("commuteNotes", "交通"),
  ]
}

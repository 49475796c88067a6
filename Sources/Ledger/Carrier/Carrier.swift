package import Calendar
package import Records
package import Values

/// A place or organisation in which schools and enterprises work together (载体). See `carriers.md`.
///
/// What holds: it counts once, under one name, owner and kind; it is counted only while it lives, a
/// training base only when somebody uses it, a research platform only from provincial level up.
package struct Carrier: DeclaredRecord {
  package var carrierId = ""
  package var name = ""
  package var kind: CarrierKind?
  package var alias: [String] = []
  package var tier: Tier?
  package var approvalDocNo = ""
  package var approvedOn: CivilDate?
  package var state: CarrierState?
  package var lastActivityOn: CivilDate?
  package var ownerOrgId = ""
  package var ownerEnterpriseId = ""
  package var memberSchoolIds: [String] = []
  package var memberEnterpriseIds: [String] = []
  package var otherMembers: [String] = []
  package var agreementCount: Int?
  package var partyKinds: [String] = []
  package var isCoBuilt = false
  package var isCounted = false
  package var industryNodeIds: [String] = []
  package var programCodes: [String] = []
  package var occupationCodes: [String] = []
  package var locationRegionCode = ""
  package var managingZoneCode = ""
  package var address = ""
  package var longitude: Int?
  package var latitude: Int?
  package var contributions = CellRows()
  package var boardMeetings = CellRows()
  package var outputs = CellRows()
  // 实训基地
  package var baseType: TrainingBaseType?
  package var workplaces: Int?
  package var areaM2: Int?
  package var equipmentValue: Fen?
  package var maxPersonsPerSlot: Int?
  package var hoursPerWeek: Int?
  package var openShare: Bool?
  package var usedInTeaching: Bool?
  package var bookingsThisYear: Int?
  package var supportsLevels: [String] = []
  package var servesStudentsPerYear: Int?
  package var servesSocialTrainings: Int?
  package var hostEnterpriseId = ""
  package var isLegalEntity: Bool?
  // 产业学院
  package var leadEnterpriseIds: [String] = []
  package var ownershipModel: CollegeOwnership?
  package var boardSize: Int?
  package var enterpriseSeats: Int?
  package var directorRole = ""
  package var studentsEnrolled: Int?
  // 职教集团
  package var charterDoc = ""
  package var councilSize: Int?
  package var secretariatOrgId = ""
  package var isSubstantive: Bool?
  package var substantiveForm = ""
  // 联盟、联合体、平台
  package var chainId = ""
  package var initiators: [String] = []
  package var parkName = ""
  package var leadPark = ""
  package var leadSchool = ""
  package var leadEnterprise = ""
  package var platformClass: PlatformClass?
  package var ipCount: Int?
  package var transferIncome: Fen?
  package var functions: [String] = []

  package init() {}

  package static var declaration: Declaration<Carrier> {
    Declaration(
      "carrier",
      "载体",
      summary: "产业学院、职教集团、联盟、科研平台、实训基地等，一个载体只登记一次。",
      identifier: "carrierId",
      prefix: "ZT",
      title: "name",
      keys: [["name", "kind", "ownerOrgId", "ownerEnterpriseId"]],
      columns: [
        "name", "kind", "tier", "ownerOrgId", "locationRegionCode", "partyKinds", "state",
        "isCounted",
      ],
      filters: [
        "kind", "tier", "locationRegionCode", "managingZoneCode", "ownerOrgId", "industryNodeIds",
        "state", "isCoBuilt", "isCounted", "baseType",
      ],
      searched: ["name", "alias", "approvalDocNo", "address"],
      facts: ["kind", "tier", "ownerOrgId", "locationRegionCode", "state"],
      fields: Array(
        [
          identity, parties, purpose, place, trainingBase, trainingBaseUse, industryCollege,
          vocationalGroup, networks, platforms, life,
        ].joined()
      )
    )
  }

  private static var identity: [Field<Carrier>] {
    [
      Field(\.carrierId, "carrierId", "载体编号", .identifier(20)).help("不填则自动编号，以后不变。")
        .section("身份"),
      Field(\.name, "name", "载体名称", .text(120)).required().formerly("名称").section("身份"),
      Field(\.kind, "kind", "载体类型", .choice(CarrierKind.options)).required().formerly("类型")
        .section("身份"),
      Field(\.alias, "alias", "别名", .list).help("其他名录里的名称，避免重复登记。").section("身份"),
      Field(\.tier, "tier", "级别", .choice(Tier.options)).required().section("身份"),
      Field(\.approvalDocNo, "approvalDocNo", "批准文号", .text(60)).formerly("文号")
        .help("市级以上必填。").section("身份"),
      Field(\.approvedOn, "approvedOn", "批准日期", .date).section("身份"),
      Field(\.state, "state", "状态", .choice(CarrierState.options)).required()
        .fallback(.text("active")).section("身份"),
      Field(\.lastActivityOn, "lastActivityOn", "最近活动日期", .date).section("身份"),
      Field(\.isCounted, "isCounted", "计入统计", .boolean).derived().section("身份"),
    ]
  }

  private static var parties: [Field<Carrier>] {
    [
      Field(\.ownerOrgId, "ownerOrgId", "依托学校", .reference(kind: "school"))
        .formerly("依托单位", "学校").section("各方"),
      Field(\.ownerEnterpriseId, "ownerEnterpriseId", "依托企业", .reference(kind: "enterprise"))
        .help("依托学校和依托企业至少填一项。").section("各方"),
      Field(\.memberSchoolIds, "memberSchoolIds", "成员学校", .references(kind: "school"))
        .section("各方"),
      Field(
        \.memberEnterpriseIds,
        "memberEnterpriseIds",
        "成员企业",
        .references(kind: "enterprise")
      ).formerly("合作企业").section("各方"),
      Field(\.otherMembers, "otherMembers", "其他成员", .list).help("政府部门、行业协会、科研院所等的全称。")
        .section("各方"),
      Field(\.agreementCount, "agreementCount", "有效协议", .integer(0...100_000)).unit("份")
        .section("各方"),
      Field(\.partyKinds, "partyKinds", "参与方类别", .choices(PartyKind.options)).derived()
        .section("各方"),
      Field(\.isCoBuilt, "isCoBuilt", "政行企校共建", .boolean).derived().section("各方"),
    ]
  }

  private static var purpose: [Field<Carrier>] {
    [
      Field(
        \.industryNodeIds,
        "industryNodeIds",
        "产业链环节",
        .references(kind: "industryNode")
      ).section("面向"),
      Field(\.programCodes, "programCodes", "面向专业", .references(kind: "program")).section("面向"),
      Field(\.occupationCodes, "occupationCodes", "面向职业", .references(kind: "occupation"))
        .section("面向"),
    ]
  }

  private static var place: [Field<Carrier>] {
    [
      Field(\.locationRegionCode, "locationRegionCode", "所在县（市、区）", .reference(kind: "region"))
        .required().unknown("REG-E-001").help("填到县（市、区），可填名称或 6 位区划代码。").section("地点"),
      Field(\.managingZoneCode, "managingZoneCode", "所属功能区", .reference(kind: "region"))
        .unknown("REG-E-001").section("地点"),
      Field(\.address, "address", "地址", .text(100)).section("地点"),
      Field(\.longitude, "longitude", "经度", Place.longitude).formerly("lng").section("地点"),
      Field(\.latitude, "latitude", "纬度", Place.latitude).formerly("lat").section("地点"),
    ]
  }

  private static var life: [Field<Carrier>] {
    [
      Field(\.contributions, "contributions", "投入", .rows(contributionColumns))
        .privacy(.internal).section("活动"),
      Field(\.boardMeetings, "boardMeetings", "会议", .rows(meetingColumns)).privacy(.internal)
        .section("活动"),
      Field(\.outputs, "outputs", "年度产出", .rows(outputColumns)).section("活动"),
    ]
  }

  private static let contributionColumns = [
    Column("org", "单位"), Column("kind", "类别", options: ContributionKind.options),
    Column("value", "金额（元）"), Column("date", "日期"), Column("evidence", "凭证"),
  ]
  private static let meetingColumns = [Column("date", "日期"), Column("decisions", "决定")]
  private static let outputColumns = [
    Column("year", "年份"), Column("kind", "类别", options: OutputKind.options),
    Column("value", "数量"), Column("evidence", "凭证"),
  ]
}

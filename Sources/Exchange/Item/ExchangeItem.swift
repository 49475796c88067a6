package import Calendar
package import Ledger
package import Records
import Values

/// A need or an offer of a school or an enterprise (供需信息).
///
/// See `exchange.md` §4.1.
///
/// What holds: exactly one school or enterprise owns it, and one that may post the kind on that side;
/// the kind decides which attributes it has; `remaining` is what has not been reserved.
package struct ExchangeItem: DeclaredRecord {
  package var itemId = ""
  package var kind: ItemKind?
  package var side: ItemSide?
  package var ownerSchoolId = ""
  package var ownerEnterpriseId = ""
  package var title = ""
  package var description = ""
  package var regionCode = ""
  package var workplace = ""
  package var longitude: Int?
  package var latitude: Int?
  package var headcount: Int?
  package var minBatch: Int?
  package var periodStart: CivilDate?
  package var periodEnd: CivilDate?
  package var flexDays: Int?
  package var programRefs = CellRows()
  package var occupationCodes: [String] = []
  package var industryNodeIds: [String] = []
  package var levelMin: StudentLevel?
  package var levelMax: StudentLevel?
  package var levelStrict: Bool?
  package var skillTerms = CellRows()
  package var certificateRefs = CellRows()
  package var contactRole = ""
  package var contactChannel = ""
  package var visibility: ItemVisibility?
  package var validUntil: CivilDate?
  package var status: ItemStatus?
  package var statusReason = ""
  package var supportDoc = ""
  package var reserved: Int?
  package var remaining: Int?
  /// What only some kinds have, by the name of the field.
  package var attributes: [String: Value] = [:]

  package init() {}

  /// What only some kinds have, by the name of the field; `.none` when it is unknown.
  package subscript(attribute name: String) -> Value {
    get { attributes[name] ?? Value.none }
    set { attributes[name] = newValue.isNone ? nil : newValue }
  }

  package static var declaration: Declaration<ExchangeItem> {
    Declaration(
      "exchangeItem",
      "供需信息",
      summary: "企业与学校发布的需求和供给：岗位、实习、订单班、技术、培训、共建等。",
      identifier: "itemId",
      prefix: "GX",
      title: "title",
      columns: [
        "title", "kind", "side", "ownerEnterpriseId", "ownerSchoolId", "regionCode", "remaining",
        "periodStart", "validUntil", "status",
      ],
      filters: [
        "kind", "side", "regionCode", "status", "industryNodeIds", "occupationCodes",
        "postCategory", "field", "ownerSchoolId", "ownerEnterpriseId", "levelMin", "visibility",
      ],
      searched: ["title", "description", "workplace", "skillTerms", "itemId"],
      facts: ["kind", "regionCode", "headcount", "periodStart", "validUntil"],
      publicWhen: ["visibility": ["public"], "status": ["published", "filled", "expired"]],
      access: Access.register(
        regions: ["regionCode"],
        schools: ["ownerSchoolId"],
        enterprises: ["ownerEnterpriseId"]
      ) + [
        Grant(
          Role.ofSchool.union(Role.ofEnterprise).union([.countyBureau, .expert]),
          may: [.read],
          .having([
            "visibility": ["public", "verifiedOrgs"], "status": ["published", "filled", "expired"],
          ])
        )
      ],
      peers: Peers(
        alike: ["ownerEnterpriseId", "ownerSchoolId", "kind", "programRefs"],
        read: ["title", "side", "periodStart", "periodEnd", "status"]
      ),
      fields: posting + placeAndTime + attributeFields + requirements + standing
    )
  }

  private static var posting: [Field<ExchangeItem>] {
    [
      Field(\.itemId, "itemId", "编号", .identifier(20)).help("不填则自动编号，以后不变。")
        .example("GX000123").section("基本"),
      Field(\.kind, "kind", "种类", .choice(ItemKind.options)).required().section("基本"),
      Field(\.side, "side", "方向", .choice(ItemSide.options)).required().section("基本"),
      Field(\.ownerEnterpriseId, "ownerEnterpriseId", "发布企业", .reference(kind: "enterprise"))
        .unknown("EXC-E-001").help("发布企业与发布学校填一项。").section("基本"),
      Field(\.ownerSchoolId, "ownerSchoolId", "发布学校", .reference(kind: "school"))
        .unknown("EXC-E-001").help("发布企业与发布学校填一项。").section("基本"),
      Field(\.title, "title", "标题", .text(60)).required().help("不写电话、微信等联系方式。")
        .example("数控车工实习岗位 12 名").section("基本"),
      Field(\.headcount, "headcount", "数量", .integer(1...1_000_000))
        .help("按人、台、项、门计；技术、共建等可不填，按 1 计。").section("基本"),
      Field(\.regionCode, "regionCode", "所在县（市、区）", .reference(kind: "region")).required()
        .unknown("REG-E-001").help("填到县（市、区），可填名称或 6 位区划代码。").section("基本"),
      Field(\.description, "description", "详细说明", .longText(2000))
        .help("不写联系方式；不得限制性别、年龄、婚育、户籍。").section("基本"),
    ]
  }

  private static var placeAndTime: [Field<ExchangeItem>] {
    [
      Field(\.periodStart, "periodStart", "开始日期", .date),
      Field(\.periodEnd, "periodEnd", "结束日期", .date),
      Field(\.flexDays, "flexDays", "可浮动天数", .integer(0...90)).unit("天"),
      Field(\.workplace, "workplace", "详细地点", .text(100)).privacy(.internal),
      Field(\.longitude, "longitude", "经度", Place.longitude).help("不填则取发布单位的坐标。"),
      Field(\.latitude, "latitude", "纬度", Place.latitude),
      Field(\.minBatch, "minBatch", "最小成团", .integer(1...1_000_000)).help("如一个班不少于 20 人。"),
    ].map { $0.section("地点与时间") }
  }

  private static var requirements: [Field<ExchangeItem>] {
    [
      Field(\.programRefs, "programRefs", "专业要求", .rows(programColumns))
        .help("可填 6 位专业代码、4 位专业类或 2 位专业大类。").example("660103;12;是"),
      Field(\.occupationCodes, "occupationCodes", "职业", .references(kind: "occupation"))
        .formerly("occupationCode"),
      Field(\.industryNodeIds, "industryNodeIds", "产业链环节", .references(kind: "industryNode")),
      Field(\.levelMin, "levelMin", "最低学段", .choice(StudentLevel.options)),
      Field(\.levelMax, "levelMax", "最高学段", .choice(StudentLevel.options)),
      Field(\.levelStrict, "levelStrict", "学段不可放宽", .boolean),
      Field(\.skillTerms, "skillTerms", "技能词", .rows(skillColumns)).help("最多 15 个。")
        .example("数控车;是"),
      Field(\.certificateRefs, "certificateRefs", "证书", .rows(certificateColumns))
        .help("还没有取得的写预计取得日期。").example("低压电工证;;是;2022-06-30"),
    ].map { $0.section("要求") }
  }

  private static var standing: [Field<ExchangeItem>] {
    [
      Field(\.contactRole, "contactRole", "联系岗位", .text(40)).privacy(.internal)
        .example("人事部").section("联系与发布"),
      Field(\.contactChannel, "contactChannel", "联系方式", .text(80)).privacy(.internal)
        .help("双方同意后才显示；只填办公电话。").section("联系与发布"),
      Field(\.visibility, "visibility", "可见范围", .choice(ItemVisibility.options))
        .fallback(.text("public")).section("联系与发布"),
      Field(\.validUntil, "validUntil", "有效期至", .date).help("一般 60 天，最长 180 天。")
        .section("联系与发布"),
      Field(\.status, "status", "状态", .choice(ItemStatus.options)).fallback(.text("published"))
        .section("联系与发布"),
      Field(\.statusReason, "statusReason", "状态说明", .text(200)).privacy(.internal)
        .section("联系与发布"),
      Field(\.supportDoc, "supportDoc", "说明文件", .text(120)).privacy(.internal)
        .help("一条超过 500 人须写明说明文件的名称或文号。").section("联系与发布"),
      Field(\.reserved, "reserved", "已预留", .integer(0...1_000_000)).privacy(.internal)
        .fallback(.integer(0)).section("联系与发布"),
      Field(\.remaining, "remaining", "剩余数量", .integer(0...1_000_000)).derived()
        .section("联系与发布"),
    ]
  }

  private static let programColumns = [
    Column(
      "code",
      "专业代码、专业类或大类",
      aliases: ["programCode", "classKey", "categoryIndex"],
      kind: "program"
    ),
    Column("headcount", "人数"),
    Column("required", "必须", options: YesNo.options),
  ]
  private static let skillColumns = [
    Column("term", "技能词"), Column("must", "必须", options: YesNo.options),
  ]
  private static let certificateColumns = [
    Column("certId", "证书"), Column("level", "等级"),
    Column("required", "必须", options: YesNo.options), Column("expectedOn", "预计取得日期"),
  ]

  package mutating func complete() {
    if headcount == nil, let kind, !kind.isCountable { headcount = 1 }
    remaining = headcount.map { max(0, $0 - (reserved ?? 0)) }
  }

  /// The side that posts it; `nil` when it has no owner or two.
  package var poster: ItemPoster? {
    switch (ownerSchoolId.isEmpty, ownerEnterpriseId.isEmpty) {
    case (false, true): .school
    case (true, false): .enterprise
    default: nil
    }
  }
}

import Records

/// The fields every carrier has.
extension Carrier {
  static var identity: [Field<Carrier>] {
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

  static var parties: [Field<Carrier>] {
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

  static var purpose: [Field<Carrier>] {
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

  static var place: [Field<Carrier>] {
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

  static var life: [Field<Carrier>] {
    [
      Field(\.contributions, "contributions", "投入", .rows(contributionColumns))
        .privacy(.internal).section("活动"),
      Field(\.boardMeetings, "boardMeetings", "会议", .rows(meetingColumns)).privacy(.internal)
        .section("活动"),
      Field(\.outputs, "outputs", "年度产出", .rows(outputColumns)).section("活动"),
    ]
  }

  static let contributionColumns = [
    Column("org", "单位"), Column("kind", "类别", options: ContributionKind.options),
    Column("value", "金额（元）"), Column("date", "日期"), Column("evidence", "凭证"),
  ]
  static let meetingColumns = [Column("date", "日期"), Column("decisions", "决定")]
  static let outputColumns = [
    Column("year", "年份"), Column("kind", "类别", options: OutputKind.options),
    Column("value", "数量"), Column("evidence", "凭证"),
  ]
}

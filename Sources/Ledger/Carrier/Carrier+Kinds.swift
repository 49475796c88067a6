import Records

/// The fields only some kinds of carrier have; see `carriers.md` §4.2 and §13.
extension Carrier {
  static var trainingBase: [Field<Carrier>] {
    [
      Field(\.baseType, "baseType", "基地类型", .choice(TrainingBaseType.options)),
      Field(\.workplaces, "workplaces", "工位", .integer(0...1_000_000)).unit("个"),
      Field(\.areaM2, "areaM2", "面积", .integer(0...10_000_000)).unit("平方米"),
      Field(\.equipmentValue, "equipmentValue", "设备值", .money).unit("元"),
      Field(\.maxPersonsPerSlot, "maxPersonsPerSlot", "每时段最多人数", .integer(0...100_000))
        .unit("人"),
      Field(\.hoursPerWeek, "hoursPerWeek", "每周开放", .integer(0...168)).unit("小时"),
      Field(\.hostEnterpriseId, "hostEnterpriseId", "所在企业", .reference(kind: "enterprise"))
        .help("设在企业的基地填写。"),
      Field(\.isLegalEntity, "isLegalEntity", "独立法人", .boolean),
    ].map { $0.only(when: "kind", is: "trainingBase").section("实训基地") }
  }

  static var trainingBaseUse: [Field<Carrier>] {
    [
      Field(\.openShare, "openShare", "对外开放", .boolean),
      Field(\.usedInTeaching, "usedInTeaching", "列入本年教学计划", .boolean)
        .help("列入教学计划、有预约、有协议，三者有其一才计入统计。"),
      Field(\.bookingsThisYear, "bookingsThisYear", "本年预约", .integer(0...1_000_000)).unit("次"),
      Field(\.supportsLevels, "supportsLevels", "服务学段", .choices(StudentLevel.options)),
      Field(\.servesStudentsPerYear, "servesStudentsPerYear", "年实训学生", .integer(0...10_000_000))
        .unit("人次"),
      Field(\.servesSocialTrainings, "servesSocialTrainings", "年社会培训", .integer(0...10_000_000))
        .unit("人次"),
    ].map { $0.only(when: "kind", is: "trainingBase").section("实训基地") }
  }

  static var industryCollege: [Field<Carrier>] {
    [
      Field(
        \.leadEnterpriseIds,
        "leadEnterpriseIds",
        "牵头企业",
        .references(kind: "enterprise")
      ),
      Field(\.ownershipModel, "ownershipModel", "办学体制", .choice(CollegeOwnership.options)),
      Field(\.boardSize, "boardSize", "理事会席位", .integer(0...1000)).unit("席"),
      Field(\.enterpriseSeats, "enterpriseSeats", "企业席位", .integer(0...1000)).unit("席")
        .help("一般不少于理事会的三分之一。"),
      Field(\.directorRole, "directorRole", "院长来源", .text(40)),
      Field(\.studentsEnrolled, "studentsEnrolled", "在籍学生", .integer(0...100_000)).unit("人"),
    ].map { $0.only(when: "kind", is: "industryCollege").section("产业学院") }
  }

  static var vocationalGroup: [Field<Carrier>] {
    [
      Field(\.charterDoc, "charterDoc", "章程文号", .text(60)),
      Field(\.councilSize, "councilSize", "理事单位", .integer(0...10_000)).unit("个"),
      Field(\.secretariatOrgId, "secretariatOrgId", "秘书处所在学校", .reference(kind: "school")),
      Field(\.isSubstantive, "isSubstantive", "实体化运作", .boolean),
      Field(\.substantiveForm, "substantiveForm", "实体法人形式", .text(40)),
    ].map { $0.only(when: "kind", is: "vocationalGroup").section("职教集团") }
  }

  static var networks: [Field<Carrier>] {
    [
      Field(\.chainId, "chainId", "服务产业链", .reference(kind: "industryChain")),
      Field(\.initiators, "initiators", "发起单位", .list).help("至少两家。"),
    ].map { $0.only(when: "kind", is: "alliance").section("产教融合联盟") }
      + [
        Field(\.parkName, "parkName", "园区名称", .text(80)),
        Field(\.leadPark, "leadPark", "牵头园区", .text(80)),
        Field(\.leadSchool, "leadSchool", "牵头学校", .reference(kind: "school")),
        Field(\.leadEnterprise, "leadEnterprise", "牵头龙头企业", .reference(kind: "enterprise")),
      ].map { $0.only(when: "kind", is: "cityConsortium").section("市域产教联合体") }
  }

  static var platforms: [Field<Carrier>] {
    [
      Field(\.platformClass, "platformClass", "平台类别", .choice(PlatformClass.options)),
      Field(\.researchFields, "researchFields", "研究领域", .list).help("对接技术需求时据此匹配。"),
      Field(\.ipCount, "ipCount", "年知识产权", .integer(0...100_000)).unit("项"),
      Field(\.transferIncome, "transferIncome", "年转化收入", .money).unit("元").privacy(.internal),
    ].map { $0.only(when: "kind", is: "researchPlatform").section("科研平台") }
      + [Field(\.functions, "functions", "平台功能", .choices(PlatformFunction.options))]
      .map { $0.only(when: "kind", is: "iurPlatform").section("产学研一体化平台") }
  }
}

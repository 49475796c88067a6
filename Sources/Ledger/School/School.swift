package import Calendar
package import Records
package import Values

/// A school of the city: vocational schools of every level, and the ordinary universities that
/// cooperate with them.
///
/// See `registry.md` §3.2.
///
/// What holds: an education-system school has a ten-digit school code, a technician school has none;
/// a code that begins with 91 is no public school; a closed school names its successor or a reason.
package struct School: DeclaredRecord {
  package var schoolId = ""
  package var schoolName = ""
  package var formerNames = CellRows()
  package var uscc = ""
  package var moeSchoolCode = ""
  package var heiCode = ""
  package var hrssSchoolCode = ""
  package var institutionKind: InstitutionKind?
  package var secondarySubtype: SecondarySubtype?
  package var ownership: Ownership?
  package var sponsor = ""
  package var competentAuthority: CompetentAuthority?
  package var locationRegionCode = ""
  package var managingZoneCode = ""
  package var address = ""
  package var longitude: Int?
  package var latitude: Int?
  package var campuses = CellRows()
  package var foundedOn: CivilDate?
  package var closedOn: CivilDate?
  package var status: RecordStatus?
  package var successorSchoolId = ""
  package var landAreaM2: Int?
  package var buildingAreaM2: Int?
  package var equipmentValue: Fen?
  package var printedBooks: Int?
  package var fullTimeTeachers: Int?
  package var dualQualifiedTeachers: Int?
  package var partTimeTeachers: Int?
  package var contactOffice = ""
  package var contactPhone = ""

  package init() {}

  package static var declaration: Declaration<School> {
    Declaration(
      "school",
      "学校",
      summary: "本市职业院校与参与合作的普通高校。",
      identifier: "schoolId",
      prefix: "S",
      title: "schoolName",
      keys: [["moeSchoolCode"], ["schoolName"]],
      columns: [
        "schoolName", "institutionKind", "ownership", "locationRegionCode", "competentAuthority",
        "status",
      ],
      filters: [
        "institutionKind", "locationRegionCode", "managingZoneCode", "ownership", "status",
      ],
      searched: ["schoolName", "moeSchoolCode", "heiCode", "uscc"],
      facts: [
        "institutionKind", "locationRegionCode", "ownership", "competentAuthority", "moeSchoolCode",
      ],
      fields: identity + place + conditions
    )
  }

  private static var identity: [Field<School>] {
    [
      Field(\.schoolId, "schoolId", "学校编号", .identifier(20)).help("不填则自动编号，以后不变。")
        .section("身份"),
      Field(\.schoolName, "schoolName", "学校全称", .text(80)).required().formerly("name", "学校名称")
        .example("海棠市第一职业中专学校").section("身份"),
      Field(\.formerNames, "formerNames", "曾用名", .rows(Self.nameColumns)).section("身份"),
      Field(\.institutionKind, "institutionKind", "学校类型", .choice(InstitutionKind.options))
        .required().section("身份"),
      Field(\.secondarySubtype, "secondarySubtype", "中职子类", .choice(SecondarySubtype.options))
        .only(when: "institutionKind", is: "secondaryVocationalSchool", "technicianSchool")
        .section("身份"),
      Field(\.moeSchoolCode, "moeSchoolCode", "学校标识码", .identifier(10)).formerly("school_id")
        .help("教育系统学校为 10 位数字；技工学校没有，请留空。").example("4135000000").section("身份"),
      Field(\.heiCode, "heiCode", "院校代码", .identifier(5)).help("仅高等学校，5 位数字。")
        .only(
          when: "institutionKind",
          is: "vocationalUniversity",
          "higherVocationalCollege",
          "ordinaryUniversity"
        ).section("身份"),
      Field(\.hrssSchoolCode, "hrssSchoolCode", "技工院校代码", .identifier(20)).privacy(.internal)
        .only(when: "institutionKind", is: "technicianSchool").section("身份"),
      Field(\.uscc, "uscc", "统一社会信用代码", .uscc).unique().example("129901994893000083")
        .section("身份"),
      Field(\.ownership, "ownership", "办学性质", .choice(Ownership.options)).required().section("身份"),
      Field(\.sponsor, "sponsor", "举办者", .text(80)).section("身份"),
      Field(\.competentAuthority, "competentAuthority", "主管部门", .choice(CompetentAuthority.options))
        .required().section("身份"),
    ]
  }

  private static var place: [Field<School>] {
    [
      Field(\.locationRegionCode, "locationRegionCode", "所在县（市、区）", .reference(kind: "region"))
        .required().unknown("REG-E-001").help("填到县（市、区），可填名称或 6 位区划代码。").section("地点"),
      Field(\.managingZoneCode, "managingZoneCode", "所属功能区", .reference(kind: "region"))
        .unknown("REG-E-001").section("地点"),
      Field(\.address, "address", "地址", .text(100)).section("地点"),
      Field(\.longitude, "longitude", "经度", Place.longitude).formerly("lng").section("地点"),
      Field(\.latitude, "latitude", "纬度", Place.latitude).formerly("lat").section("地点"),
      Field(\.campuses, "campuses", "校区", .rows(Self.campusColumns)).section("地点"),
    ]
  }

  private static var conditions: [Field<School>] {
    [
      Field(\.status, "status", "状态", .choice(RecordStatus.options)).required()
        .fallback(.text("active")).section("状态"),
      Field(\.foundedOn, "foundedOn", "建校日期", .date).section("状态"),
      Field(\.closedOn, "closedOn", "撤销日期", .date).only(when: "status", is: "closed").section("状态"),
      Field(\.successorSchoolId, "successorSchoolId", "继承学校", .reference(kind: "school"))
        .only(when: "status", is: "closed").section("状态"),
      Field(\.landAreaM2, "landAreaM2", "占地面积", .integer(0...100_000_000)).unit("平方米")
        .section("办学条件"),
      Field(\.buildingAreaM2, "buildingAreaM2", "校舍建筑面积", .integer(0...100_000_000)).unit("平方米")
        .section("办学条件"),
      Field(\.equipmentValue, "equipmentValue", "教学仪器设备值", .money).unit("元").section("办学条件"),
      Field(\.printedBooks, "printedBooks", "纸质图书", .integer(0...100_000_000)).unit("册")
        .section("办学条件"),
      Field(\.fullTimeTeachers, "fullTimeTeachers", "专任教师", .integer(0...100_000)).unit("人")
        .section("办学条件"),
      Field(\.dualQualifiedTeachers, "dualQualifiedTeachers", "双师型教师", .integer(0...100_000))
        .unit("人").section("办学条件"),
      Field(\.partTimeTeachers, "partTimeTeachers", "兼职教师", .integer(0...100_000)).unit("人")
        .section("办学条件"),
      Field(\.contactOffice, "contactOffice", "联系部门", .text(40)).section("联系"),
      Field(\.contactPhone, "contactPhone", "联系电话（办公）", .identifier(20)).privacy(.internal)
        .help("只填办公电话，不填个人手机。").section("联系"),
    ]
  }

  private static let nameColumns = [
    Column("name", "名称"), Column("from", "起"), Column("to", "止"),
  ]
  private static let campusColumns = [
    Column("name", "校区"), Column("address", "地址"), Column("regionCode", "区划代码"),
    Column("areaM2", "面积（平方米）"),
  ]
}

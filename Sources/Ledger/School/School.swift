package import Calendar
package import Records
package import Values

/// A school of the city: vocational schools of every level, and the ordinary universities that
/// cooperate with them.
///
/// See `registry.md` §3.2.
///
/// What holds: a school code has ten digits, a technician school has none, any other school is asked
/// for its own; an enterprise's credit code is no public school's; a closed school names its successor
/// or a reason.
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
  package var closureReason = ""
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
      publicWhen: RecordStatus.isOpen,
      access: Access.register(regions: ["locationRegionCode"], schools: ["schoolId"]),
      validity: Validity(from: "foundedOn", to: "closedOn"),
      duplicates: DuplicateSearch(names: "schoolName", "formerNames"),
      fields: identity.section("身份") + place.section("地点") + standing.section("状态")
        + premises.section("办学条件") + contact.section("联系")
    )
  }

  private static var identity: [Field<School>] {
    [
      Field(\.schoolId, "schoolId", "学校编号", .identifier(20)).help("不填则自动编号，以后不变。"),
      Field(\.schoolName, "schoolName", "学校全称", .text(80)).required().formerly("name", "学校名称")
        .example("第一职业中专学校"),
      Field(\.formerNames, "formerNames", "曾用名", .rows(Self.nameColumns)),
      Field(\.institutionKind, "institutionKind", "学校类型", .choice(InstitutionKind.options))
        .required(),
      Field(\.secondarySubtype, "secondarySubtype", "中职子类", .choice(SecondarySubtype.options))
        .only(when: "institutionKind", in: InstitutionKind.secondaryCodes),
      Field(\.moeSchoolCode, "moeSchoolCode", "学校标识码", .identifier(10)).formerly("school_id")
        .help("教育系统学校为 10 位数字；技工学校没有，请留空。").example("4135000000"),
      Field(\.heiCode, "heiCode", "院校代码", .identifier(5)).help("仅高等学校，5 位数字。")
        .only(when: "institutionKind", in: InstitutionKind.higherCodes),
      Field(\.hrssSchoolCode, "hrssSchoolCode", "技工院校代码", .identifier(20)).privacy(.internal)
        .only(when: "institutionKind", is: "technicianSchool"),
      Field(\.uscc, "uscc", "统一社会信用代码", .uscc).unique().example("129901994893000083"),
      Field(\.ownership, "ownership", "办学性质", .choice(Ownership.options)).required(),
      Field(\.sponsor, "sponsor", "举办者", .text(80)),
      Field(\.competentAuthority, "competentAuthority", "主管部门", .choice(CompetentAuthority.options))
        .required(),
    ]
  }

  private static var place: [Field<School>] {
    [
      Field(\.locationRegionCode, "locationRegionCode", "所在县（市、区）", .reference(kind: "region"))
        .required().unknown("REG-E-001").help("填到县（市、区），可填名称或 6 位区划代码。"),
      Field(\.managingZoneCode, "managingZoneCode", "所属功能区", .reference(kind: "region"))
        .unknown("REG-E-001"),
      Field(\.address, "address", "地址", .text(100)),
      Field(\.longitude, "longitude", "经度", Place.longitude).formerly("lng"),
      Field(\.latitude, "latitude", "纬度", Place.latitude).formerly("lat"),
      Field(\.campuses, "campuses", "校区", .rows(Self.campusColumns)),
    ]
  }

  private static var standing: [Field<School>] {
    [
      Field(\.status, "status", "状态", .choice(RecordStatus.options)).required()
        .fallback(.text("active")),
      Field(\.foundedOn, "foundedOn", "建校日期", .date),
      Field(\.closedOn, "closedOn", "撤销日期", .date).only(when: "status", is: "closed"),
      Field(\.successorSchoolId, "successorSchoolId", "继承学校", .reference(kind: "school"))
        .only(when: "status", is: "closed").help("没有继承学校时，请在下一项写明撤销原因。"),
      Field(\.closureReason, "closureReason", "撤销原因", .text(200))
        .only(when: "status", is: "closed"),
    ]
  }

  private static var premises: [Field<School>] {
    [
      Field(\.landAreaM2, "landAreaM2", "占地面积", .integer(0...100_000_000)).unit("平方米"),
      Field(\.buildingAreaM2, "buildingAreaM2", "校舍建筑面积", .integer(0...100_000_000)).unit("平方米"),
      Field(\.equipmentValue, "equipmentValue", "教学仪器设备值", .money).unit("元"),
      Field(\.printedBooks, "printedBooks", "纸质图书", .integer(0...100_000_000)).unit("册"),
      Field(\.fullTimeTeachers, "fullTimeTeachers", "专任教师", .integer(0...100_000)).unit("人"),
      Field(\.dualQualifiedTeachers, "dualQualifiedTeachers", "双师型教师", .integer(0...100_000))
        .unit("人"),
      Field(\.partTimeTeachers, "partTimeTeachers", "兼职教师", .integer(0...100_000)).unit("人"),
    ]
  }

  private static var contact: [Field<School>] {
    [
      Field(\.contactOffice, "contactOffice", "联系部门", .text(40)),
      Field(\.contactPhone, "contactPhone", "联系电话（办公）", .identifier(20)).privacy(.internal)
        .help("只填办公电话，不填个人手机。"),
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

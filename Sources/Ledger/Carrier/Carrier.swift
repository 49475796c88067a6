package import Calendar
package import Records
package import Values

/// A place or organisation in which schools and enterprises work together (载体).
///
/// See `carriers.md`.
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
  // Training bases only.
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
  // Industry colleges only.
  package var leadEnterpriseIds: [String] = []
  package var ownershipModel: CollegeOwnership?
  package var boardSize: Int?
  package var enterpriseSeats: Int?
  package var directorRole = ""
  package var studentsEnrolled: Int?
  // Vocational groups only.
  package var charterDoc = ""
  package var councilSize: Int?
  package var secretariatOrgId = ""
  package var isSubstantive: Bool?
  package var substantiveForm = ""
  // Alliances, consortia and platforms only.
  package var chainId = ""
  package var initiators: [String] = []
  package var parkName = ""
  package var leadPark = ""
  package var leadSchool = ""
  package var leadEnterprise = ""
  package var platformClass: PlatformClass?
  package var researchFields: [String] = []
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
      access: Access.register(
        regions: ["locationRegionCode"],
        schools: ["ownerOrgId"],
        enterprises: ["ownerEnterpriseId"]
      ),
      validity: Validity(from: "approvedOn"),
      duplicates: DuplicateSearch(names: "name", "alias", place: "kind"),
      fields: Array(
        [
          identity, parties, purpose, place, trainingBase, trainingBaseUse, industryCollege,
          vocationalGroup, networks, platforms, life,
        ].joined()
      )
    )
  }
}

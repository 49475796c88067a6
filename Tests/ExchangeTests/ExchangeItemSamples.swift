import Calendar
import Exchange
import Ledger
import Records
import Values

/// Sound items, to be spoilt one way at a time.
enum Sample {
  static var job: ExchangeItem {
    var item = common(.graduateJob, .demand)
    item.occupationCodes = ["6-18-01-01"]
    let attributes: [String: Value] = [
      "postTitle": .text("数控车工"), "payMin": .money(.yuan(5000)), "payMax": .money(.yuan(7000)),
      "probationMonths": .integer(2), "contractYears": .integer(3),
      "socialInsurance": .list(["pension"]), "hoursPerWeek": .integer(44),
      "shiftKind": .text("day"), "lodging": .text("free"), "meals": .text("paid"),
    ]
    item.attributes = attributes
    return item
  }

  static var internship: ExchangeItem {
    var item = common(.internshipPost, .offer)
    item.headcount = 6
    item.programRefs = CellRows([["660103", "6", "true"]])
    let work: [String: Value] = [
      "postTitle": .text("数控车实习"), "postCategory": .text("machining"),
      "typicalTasks": .list(["看图", "编程", "检验"]), "repetitiveShare": .integer(2000),
      "hoursPerDay": .integer(80), "daysPerWeek": .integer(5), "shiftStart": .text("08:00"),
      "shiftEnd": .text("17:00"), "overtime": .boolean(false), "nightShift": .boolean(false),
      "holidayWork": .boolean(false), "labourIntensity": .text("II"),
    ]
    let terms: [String: Value] = [
      "venueKind": .text("factory"), "mentorCount": .integer(2),
      "samePostHeadcount": .integer(30), "internPayMonthly": .money(.yuan(3600)),
      "payDay": .integer(10), "samePostWageMonthly": .money(.yuan(4500)),
      "lowestGradeWageMonthly": .money(.yuan(3200)), "lodging": .text("free"),
      "insuranceBy": .text("school"),
    ]
    item.attributes = work.merging(terms) { first, _ in first }
    return item
  }

  /// An item whose kind each row chooses.
  static var other: ExchangeItem { common(.orderClass, .demand) }

  private static func common(_ kind: ItemKind, _ side: ItemSide) -> ExchangeItem {
    var item = ExchangeItem()
    item.kind = kind
    item.side = side
    item.ownerEnterpriseId = "E1"
    item.title = "招收数控操作"
    item.description = "在数控车间操作机床。"
    item.regionCode = "990102"
    item.headcount = 20
    item.periodStart = CivilDate("2022-08-01")
    item.periodEnd = CivilDate("2023-01-31")
    item.contactRole = "人事部"
    item.contactChannel = "平台消息"
    item.validUntil = CivilDate("2022-09-12")
    item.status = .published
    return item
  }
}

extension Surroundings {
  /// The fourteenth of July 2022 in an invented city.
  static var sample: Surroundings {
    Surroundings(
      today: CivilDate(dayNumber: 19_187),
      city: SampleCity(),
      referred: [
        "region": ["990102": ["regionName": .text("东屿区"), "regionKind": .text("district")]],
        "school": ["S1": school(.text("active")), "S-closed": school(.text("closed"))],
        "enterprise": [
          "E1": enterprise([:]),
          "E-new": enterprise(["verification": .text("selfRegistered")]),
          "E-bad": enterprise(["creditStatus": .text("abnormalOperation")]),
          "E-agency": enterprise(["gbIndustryCode": .text("L7263")]),
          "E-small": enterprise(["employeesOnPost": .integer(8)]),
          "E-nowhere": enterprise(["longitude": .none]),
        ],
      ]
    )
  }

  private static func school(_ status: Value) -> [String: Value] {
    [
      "schoolName": .text("第一职校"), "status": status, "longitude": .integer(1),
      "latitude": .integer(1),
    ]
  }

  private static func enterprise(_ changes: [String: Value]) -> [String: Value] {
    let sound: [String: Value] = [
      "enterpriseName": .text("海棠机械"), "gbIndustryCode": .text("C34"),
      "verification": .text("verified"), "creditStatus": .text("normal"),
      "employeesOnPost": .integer(200), "longitude": .integer(1), "latitude": .integer(1),
    ]
    return sound.merging(changes) { $1 }
  }
}

/// The few rules of the invented city that checks of items ask for.
private struct SampleCity: CityRules {
  let workingDays = WorkingDays()

  func minimumWage(region: String, on date: CivilDate) -> Fen? { .yuan(1900) }

  func codeTable(_ name: String) -> [Option]? {
    switch name {
    case "hazard":
      [
        Option(code: "dust", label: "生产性粉尘", aliases: ["粉尘"]),
        Option(code: "height", label: "高处作业", aliases: ["HZ01"]),
        Option(code: "heavyLabour", label: "高强度体力劳动"),
      ]
    case "venueKind":
      [
        Option(code: "factory", label: "工厂车间"),
        Option(code: "entertainmentBar", label: "酒吧"),
      ]
    default: nil
    }
  }
}

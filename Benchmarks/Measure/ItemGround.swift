import Calendar
import Ledger
import Records
import Values

/// What items are made of: who may post them, and the words of the city's programs and skills.
struct ItemGround {
  /// A program with the jobs and skills that belong to it.
  struct Trade {
    var code: String
    var name: String
    var jobs: [String]
    var skills: [String]
  }

  /// A school or an enterprise that may post.
  struct Owner {
    var id: String
    var county: String
    var place: String
    /// How many interns it may take; 0 for one that may take none.
    var interns = 0
  }

  /// The programs.
  let trades: [Trade]
  /// The enterprises.
  let enterprises: [Owner]
  /// The schools.
  let schools: [Owner]
  /// The day the items are posted.
  let today: CivilDate

  /// Reads the ground out of a register.
  init(_ made: ItemRegister) throws {
    let places = Dictionary(
      try made.all("region").map { ($0.id, $0["shortName"].text ?? $0.title) },
      uniquingKeysWith: { first, _ in first }
    )
    let jobs = Dictionary(
      try made.all("occupation").map { ($0.id, $0.title) },
      uniquingKeysWith: { first, _ in first }
    )
    trades = try made.all("program").map { program in
      let codes = Set(program["occupationCodes"].list)
      let terms = made.city.vocabulary.filter { !codes.isDisjoint(with: $0.occupationCodes) }
      return Trade(
        code: program.id,
        name: program.title,
        jobs: codes.sorted().compactMap { jobs[$0] },
        skills: terms.flatMap { [$0.name] + $0.synonyms }
      )
    }
    enterprises = try made.all("enterprise").filter {
      $0["creditStatus"].text == "normal" && $0["verification"].text == "active"
    }.map { record in
      let county = record["registeredRegionCode"].text ?? ""
      let isAgency = record["gbIndustryCode"].text?.hasPrefix("L726") == true
      let staff = isAgency ? 0 : record["employeesOnPost"].integer ?? 0
      return Owner(
        id: record.id,
        county: county,
        place: places[county] ?? "",
        interns: min(30, staff / 10)
      )
    }
    schools = try made.all("school").filter { $0["status"].text == "active" }.map { record in
      let county = record["locationRegionCode"].text ?? ""
      return Owner(id: record.id, county: county, place: places[county] ?? "")
    }
    today = made.register.clock.now().date
    guard !trades.isEmpty, !schools.isEmpty, enterprises.contains(where: { $0.interns > 0 }) else {
      throw ItemRegister.Unusable(description: "城市里没有专业、学校或能接收实习生的企业，造不出供需")
    }
  }
}

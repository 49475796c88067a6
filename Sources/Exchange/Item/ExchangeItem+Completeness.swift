import Ledger
import Records
import Values

/// What is worth filling in before an item is published; nothing of it stops a clerk in a hurry.
extension ExchangeItem {
  func checkCompleteness(_ surroundings: Surroundings) -> [Problem] {
    guard let kind, status?.isOpen ?? true else { return [] }
    return [checkMissing(kind), checkPlace(surroundings)].compactMap { $0 }
  }

  private func checkMissing(_ kind: ItemKind) -> Problem? {
    let names =
      Self.alwaysExpected + (kind.isTimeBound ? ["periodStart", "periodEnd"] : [])
      + kind.expected
    let missing = Self.allFields.filter {
      names.contains($0.shape.name) && $0.get(self).isNone
    }
    var labels = missing.map(\.shape.label)
    if kind == .internshipPost, self[attribute: "samePostWageMonthly"].isNone,
      self[attribute: "lowestGradeWageMonthly"].isNone
    {
      labels.append("同岗位工资或最低档工资")
    }
    guard !labels.isEmpty else { return nil }
    return Problem(
      "EXC-W-017",
      missing.first?.shape.name ?? "samePostWageMonthly",
      "还缺：\(labels.joined(separator: "、"))，请补齐，写全的信息匹配更准。"
    )
  }

  private func checkPlace(_ surroundings: Surroundings) -> Problem? {
    guard Place.point(longitude, latitude) == nil, !ownerHasPlace(surroundings) else { return nil }
    return Problem("EXC-W-013", "longitude", "没有填坐标，发布单位也没有，匹配时算不出距离，请补填经度和纬度。")
  }

  private func ownerHasPlace(_ surroundings: Surroundings) -> Bool {
    let kind = poster == .school ? "school" : "enterprise"
    let owner = poster == .school ? ownerSchoolId : ownerEnterpriseId
    return !surroundings.referred(kind, owner, "longitude").isNone
      && !surroundings.referred(kind, owner, "latitude").isNone
  }

  private static let allFields = declaration.fields
  private static let alwaysExpected = [
    "description", "contactRole", "contactChannel", "validUntil",
  ]
}

extension ItemKind {
  /// The fields that `exchange.md` §13 wants of the kind, beyond those of every kind.
  var expected: [String] {
    switch self {
    case .graduateJob:
      [
        "postTitle", "occupationCodes", "payMin", "payMax", "probationMonths", "contractYears",
        "socialInsurance", "hoursPerWeek", "shiftKind", "lodging", "meals",
      ]
    case .talentSupply: ["programRefs", "levelMin"]
    case .internshipPost:
      [
        "programRefs", "postTitle", "postCategory", "samePostHeadcount", "typicalTasks",
        "repetitiveShare", "internPayMonthly", "payDay", "hoursPerDay", "daysPerWeek",
        "shiftStart", "shiftEnd", "overtime", "nightShift", "holidayWork", "labourIntensity",
        "venueKind", "mentorCount", "lodging", "insuranceBy",
      ]
    case .internshipNeed: ["programRefs", "cohortYear", "minorsCount", "insuranceBySchool"]
    case .observationVisit: ["tasks"]
    case .orderClass, .apprenticeClass:
      [
        "programRefs", "model", "level", "classSize", "minSize", "recruitFrom", "durationMonths",
        "masterCount",
      ]
    case .techProblem:
      [
        "field", "publicSummary", "currentState", "targets", "ipArrangement", "deadline",
        "isOpenBid",
      ]
    case .techResult:
      ["field", "publicSummary", "ipArrangement", "resultKind", "trl", "transferMode"]
    case .staffTraining: ["topic", "participants", "hours", "mode", "place"]
    case .trainingService: ["topic", "hours", "mode", "capacityPerYear", "qualifications"]
    case .coBuild: ["carrierKind", "goals", "contributions"]
    case .teacherPracticePost, .teacherPracticeNeed:
      [
        "practiceKind", "postTitle", "programRefs", "slots", "durationDays", "supervisorRole",
        "tasks",
      ]
    case .industryMentor: ["subject", "level", "hoursPerTerm"]
    case .equipmentShare:
      ["resourceIds", "openHours", "feePerHour", "operatorRequired", "safetyTraining", "levels"]
    case .courseCoDev, .jobTrial: ["subject"]
    }
  }
}

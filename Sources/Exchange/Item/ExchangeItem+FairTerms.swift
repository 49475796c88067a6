import Calendar
import Records
import Values

/// What is said and paid: no contacts in public, no unlawful requirement, no money from students, no
/// pay below the law. See `exchange.md` §8 R4–R6, R9.
extension ExchangeItem {
  func checkWords() -> [Problem] {
    publicTexts.filter { !$0.text.isEmpty }.flatMap { text in
      [checkContacts(text), checkUnlawful(text), checkFees(text)].compactMap { $0 }
    }
  }

  /// A text anybody reads, with the field it stands in.
  private struct PublicText {
    var name: String
    var label: String
    var text: String
  }

  private var publicTexts: [PublicText] {
    [
      PublicText(name: "title", label: "标题", text: title),
      PublicText(name: "description", label: "详细说明", text: description),
    ]
      + [
        ("postTitle", "岗位名称"), ("promotionPath", "晋升通道"), ("publicSummary", "公开摘要"),
        ("trainerRequirements", "师资要求"), ("titleOrSkillMin", "职称或技能要求"),
      ].map { PublicText(name: $0.0, label: $0.1, text: self[attribute: $0.0].text ?? "") }
  }

  private func checkContacts(_ text: PublicText) -> Problem? {
    let found = ContactScan.contacts(in: text.text)
    guard !found.isEmpty else { return nil }
    return Problem(
      "EXC-W-005",
      text.name,
      "\(text.label)中有联系方式\(quoted(found))，会被公开，请删去，改填到“联系方式”一栏。"
    )
  }

  private func checkUnlawful(_ text: PublicText) -> Problem? {
    guard kind?.choosesPersons == true else { return nil }
    let found = UnlawfulWords.found(in: text.text)
    guard !found.isEmpty else { return nil }
    let words = found.map { "“\($0.word)”（\($0.reason)）" }.joined(separator: "、")
    return Problem(
      "EXC-E-008",
      text.name,
      "\(text.label)中有\(words)，招人不得设置妨碍平等就业的条件（职业教育法第五十三条），请删去或改为技能要求。"
    )
  }

  private func checkFees(_ text: PublicText) -> Problem? {
    guard kind?.concernsStudents == true else { return nil }
    let found = UnlawfulWords.fees(in: text.text)
    guard !found.isEmpty else { return nil }
    return Problem(
      "EXC-W-018",
      text.name,
      "\(text.label)中提到\(quoted(found))，任何环节都不得向学生收费，请删去，或写明由单位承担。"
    )
  }

  private func quoted(_ words: [String]) -> String {
    words.map { "“\($0)”" }.joined(separator: "、")
  }

  // MARK: Pay

  func checkPay(_ surroundings: Surroundings) -> [Problem] {
    [
      checkPayRange(), checkMinimumWage("payMin", "月薪下限", share: .one, surroundings),
      checkMinimumWage("internPayMonthly", "实习报酬", share: fullTimeShare, surroundings),
    ].compactMap { $0 }
  }

  private func checkPayRange() -> Problem? {
    guard let least = self[attribute: "payMin"].integer,
      let most = self[attribute: "payMax"].integer,
      least > most
    else { return nil }
    return Problem(
      "EXC-E-021",
      "payMax",
      "月薪上限 \(Fen(most).yuanText) 元低于下限 \(Fen(least).yuanText) 元，请对调或核对。"
    )
  }

  /// The wage of the day the work begins, for the part of full time that is worked.
  private func checkMinimumWage(
    _ name: String,
    _ label: String,
    share: Ratio,
    _ surroundings: Surroundings
  ) -> Problem? {
    let day = periodStart ?? surroundings.today
    guard let pay = self[attribute: name].integer,
      let least = surroundings.city.minimumWage(region: regionCode, on: day),
      Ratio(Int128(pay)) < Ratio(Int128(least.amount)) * share
    else { return nil }
    let place = surroundings.referred("region", regionCode, "regionName").text ?? regionCode
    let part = share == .one ? "" : "（按工时折算前）"
    return Problem(
      "EXC-E-007",
      name,
      "\(label) \(Fen(pay).yuanText) 元/月低于\(place)最低工资 \(least.yuanText) 元/月\(part)，请提高或核对。"
    )
  }

  /// What part of 40 hours a week an intern works; all of it when the hours are unknown.
  var fullTimeShare: Ratio {
    guard let tenths = self[attribute: "hoursPerDay"].integer,
      let days = self[attribute: "daysPerWeek"].integer
    else { return .one }
    return min(.one, Ratio(Int128(tenths) * Int128(days), 400))
  }
}

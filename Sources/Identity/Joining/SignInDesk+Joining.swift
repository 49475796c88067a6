import Calendar
import Ciphers
package import Records
import Storage
import Values

extension SignInDesk {
  /// How many days a receipt can be looked at.
  private static let receiptDays = 90

  /// Takes in that an organisation wants to join.
  ///
  /// - Parameters:
  ///   - inputs: what was filled in; anything but `Joining.asked` is left out.
  ///   - actor: who asks.
  /// - Returns: the number it has, and the secret of its receipt, which is told once.
  /// - Throws: `Refused` with everything that is wrong; the store's errors; `CipherFailure`.
  package func join(_ inputs: [String: Draft.Input], by actor: Actor) throws -> (
    id: String, receipt: String
  ) {
    guard let kind = register.kind("joining") else { throw Refused(problems: []) }
    var draft = Draft(inputs.filter { Joining.asked.contains($0.key) }, id: nil, version: nil)
    draft.isNew = true
    let code = try SecureRandom.token()
    let saved = try register.inOneTransaction { inside -> Record in
      let record = try inside.save(kind, draft, by: actor).record
      let joining = Joining(values: record.values)
      if let problem = try self.obstacle(joining, besides: record.id, in: inside) {
        throw Refused(problems: [problem])
      }
      return record
    }
    _ = try store.write {
      try $0.execute(
        "INSERT INTO one_time_link (code, account, purpose, expires_at) VALUES ($1, $2, $3, $4)",
        [
          .text(Self.kept(code)), .text(saved.id), .text("receipt"),
          .integer(now + Self.receiptDays * 86_400),
        ]
      )
    }
    return (saved.id, code)
  }

  /// What stands in the way of a joining, as far as the applicant may know.
  private func obstacle(_ joining: Joining, besides id: String, in register: RecordStore) throws
    -> Problem?
  {
    guard let kind = register.kind("joining") else { return nil }
    let code =
      joining.organisationKind == .school
      ? Condition.field("schoolCode", joining.schoolCode) : .field("uscc", joining.uscc)
    let waiting = try register.list(
      kind,
      Query([code, .field("status", JoiningStatus.waiting.rawValue)], limit: 2)
    )
    if waiting.contains(where: { $0.id != id }) {
      return Problem("ACC-E-062", code.path, "这个单位已有一份申请在等确认，请等它办完，或用它的受理编号查询。")
    }
    return nil
  }

  /// The joining of a receipt.
  package func joining(ofReceipt code: String) throws -> Record? {
    guard code.utf8.count == 43, let kind = register.kind("joining") else { return nil }
    let row = try store.read {
      try $0.row(
        "SELECT account FROM one_time_link WHERE code = $1 AND purpose = 'receipt' AND expires_at > $2",
        [.text(Self.kept(code)), .integer(now)]
      )
    }
    return try row?[0].text.flatMap { try register.record(kind, $0) }
  }

  /// A link for the person of a confirmed joining to choose their password by.
  ///
  /// - Parameter code: the secret of the receipt.
  /// - Returns: the code of the link; `nil` when there is nothing to choose any more.
  /// - Throws: the store's errors; `CipherFailure`.
  package func link(forReceipt code: String) throws -> String? {
    guard let record = try joining(ofReceipt: code) else { return nil }
    let joining = Joining(values: record.values)
    guard joining.status == .confirmed, !joining.accountId.isEmpty,
      try !hasPassword(joining.accountId)
    else { return nil }
    return try link(for: joining.accountId, .released)
  }

  /// Refuses a joining.
  ///
  /// - Parameters:
  ///   - id: the joining.
  ///   - reason: why; the applicant reads it.
  ///   - acting: the register as whoever decides.
  ///   - actor: who decides.
  /// - Throws: `Refused`; the store's errors.
  package func refuse(_ id: String, reason: String, acting: RecordStore, by actor: Actor) throws {
    try decide(id, acting: acting, by: actor) { inside, _ in
      [
        "status": JoiningStatus.refused.rawValue, "reason": Text.trimmed(reason),
        "decidedBy": actor.name, "decidedOn": inside.clock.now().date.description,
      ]
    }
  }

  /// Confirms a joining: the organisation is in the register, the person has an account and acts for it.
  ///
  /// - Parameters:
  ///   - id: the joining.
  ///   - acting: the register as whoever decides.
  ///   - actor: who decides.
  /// - Throws: `Refused` with what stands in the way; the store's errors.
  package func confirm(_ id: String, acting: RecordStore, by actor: Actor) throws {
    try decide(id, acting: acting, by: actor) { inside, joining in
      guard let kind = joining.organisationKind else { return [:] }
      let organisation = try self.organisation(joining, in: inside, by: actor)
      let account = try self.account(joining, in: inside, by: actor)
      try self.grant(kind, organisation, account, id, in: inside, by: actor)
      return [
        "status": JoiningStatus.confirmed.rawValue, "decidedBy": actor.name,
        "decidedOn": inside.clock.now().date.description, "organisationId": organisation,
        "accountId": account,
      ]
    }
  }

  private func decide(
    _ id: String,
    acting: RecordStore,
    by actor: Actor,
    _ body: (RecordStore, Joining) throws -> [String: String]
  ) throws {
    guard let kind = register.kind("joining") else { return }
    try acting.store.read { try acting.demand(.confirm, kind, id, in: $0) }
    try register.inOneTransaction { inside in
      guard let record = try inside.record(kind, id) else {
        throw Refused(problems: [Problem("ACC-E-063", "", "没有编号为 \(id) 的入驻申请。")])
      }
      let joining = Joining(values: record.values)
      guard joining.status == .waiting else {
        throw Refused(
          problems: [
            Problem(
              "ACC-E-064",
              "",
              "这份申请已由\(joining.decidedBy)办过（\(joining.status?.label ?? "")）。"
            )
          ]
        )
      }
      let texts = try body(inside, joining)
      try inside.save(kind, Draft(texts: texts, id: id, version: record.version), by: actor)
    }
  }

  /// The organisation of a joining, registered if it is an enterprise that is not there yet.
  private func organisation(_ joining: Joining, in register: RecordStore, by actor: Actor) throws
    -> String
  {
    if joining.organisationKind == .school {
      guard let kind = register.kind("school") else { return "" }
      for field in ["moeSchoolCode", "hrssSchoolCode", "heiCode"] where kind.place(of: field) != nil
      {
        let found = try register.list(kind, Query([.field(field, joining.schoolCode)], limit: 1))
        if let school = found.first { return school.id }
      }
      throw Refused(
        problems: [
          Problem("ACC-E-065", "schoolCode", "台账里没有代码为 \(joining.schoolCode) 的学校，请先登记这所学校，再确认。")
        ]
      )
    }
    guard let kind = register.kind("enterprise") else { return "" }
    let found = try register.list(kind, Query([.field("uscc", joining.uscc)], limit: 1))
    if let enterprise = found.first { return enterprise.id }
    return try register.save(
      kind,
      Draft(
        texts: [
          "uscc": joining.uscc, "enterpriseName": joining.organisationName,
          "registeredRegionCode": joining.regionCode, "gbIndustryCode": joining.gbIndustryCode,
        ]
      ),
      by: actor
    ).record.id
  }

  private func account(_ joining: Joining, in register: RecordStore, by actor: Actor) throws
    -> String
  {
    guard let kind = register.kind("account") else { return "" }
    let taken = try register.list(kind, Query([.field("loginName", joining.loginName)], limit: 1))
    guard taken.isEmpty else {
      throw Refused(
        problems: [Problem("ACC-E-066", "loginName", "登录名 \(joining.loginName) 已有人用，请不同意并请对方换一个。")]
      )
    }
    return try register.save(
      kind,
      Draft(
        texts: [
          "loginName": joining.loginName, "displayName": joining.contactName,
          "note": "入驻：\(joining.organisationName)".prefix(120).description,
        ]
      ),
      by: actor
    ).record.id
  }

  private func grant(
    _ kind: JoiningKind,
    _ organisation: String,
    _ account: String,
    _ joining: String,
    in register: RecordStore,
    by actor: Actor
  ) throws {
    guard let grants = register.kind("roleGrant") else { return }
    let field = kind == .school ? "schoolId" : "enterpriseId"
    let held = try register.list(
      grants,
      Query(
        [
          .field(field, organisation), .field("role", kind.role.rawValue),
          .field("status", RoleGrantStatus.active.rawValue),
        ],
        limit: 20
      )
    )
    let today = register.clock.now().date
    guard !held.contains(where: { RoleGrant(values: $0.values).holds(on: today) }) else {
      throw Refused(
        problems: [
          Problem("ACC-E-067", "", "这个单位已有\(kind.role.label)，请不同意，并请申请人找本单位管理员；要换人的找安全管理员。")
        ]
      )
    }
    try register.save(
      grants,
      Draft(
        texts: [
          "accountId": account, "role": kind.role.rawValue, field: organisation,
          "validFrom": today.description, "reason": "入驻申请 \(joining)",
        ]
      ),
      by: actor
    )
  }
}

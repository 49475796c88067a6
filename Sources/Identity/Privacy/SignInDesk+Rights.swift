import Calendar
package import Records
import Storage
import Values

extension SignInDesk {
  // MARK: Asking and answering

  /// Takes in what somebody asks about the data held on them.
  ///
  /// - Parameters:
  ///   - kind: what they ask, as its code.
  ///   - text: what exactly.
  ///   - account: who asks.
  ///   - actor: who asks, for the audit log.
  /// - Returns: the request, with the day by which it is answered.
  /// - Throws: `Refused` when something is missing or the same is asked already; the store's errors.
  package func ask(_ kind: String, _ text: String, for account: Account, by actor: Actor) throws
    -> Record
  {
    guard let declared = register.kind("rightsRequest") else { throw Refused(problems: []) }
    let open = try requests(of: account.accountId).contains { record in
      let request = RightsRequest(values: record.values)
      return request.status == .waiting && request.kind?.rawValue == kind && request.text == text
    }
    guard !open else {
      throw Refused(problems: [Problem("ACC-E-073", "kind", "同样的请求已经在办，答复之前不用再提。")])
    }
    let today = register.clock.now().date
    let due = register.city.workingDays.date(rules.rightsDays, workingDaysAfter: today)
    return try register.save(
      declared,
      Draft(
        texts: [
          "accountId": account.accountId, "kind": kind, "text": Text.trimmed(text),
          "receivedOn": today.description, "dueOn": due.description,
        ]
      ),
      by: actor
    ).record
  }

  /// What somebody asked, the newest first.
  package func requests(of account: String) throws -> [Record] {
    guard let kind = register.kind("rightsRequest") else { return [] }
    return try register.list(kind, Query([.field("accountId", account)], limit: 200)).reversed()
  }

  /// Answers what somebody asked; who asked for their account to be closed has none any more when it is done.
  ///
  /// - Parameters:
  ///   - id: the request.
  ///   - status: what came of it, as its code.
  ///   - answer: what was done, or why not.
  ///   - actor: who answers.
  ///   - answering: the account that answers.
  /// - Throws: `Refused`; the store's errors; `Erasures.Unwritable`.
  package func answer(
    _ id: String,
    _ status: String,
    _ answer: String,
    by actor: Actor,
    answering: String
  ) throws {
    guard let kind = register.kind("rightsRequest"), let record = try register.record(kind, id)
    else { throw Refused(problems: [Problem("ACC-E-074", "", "没有编号为 \(id) 的请求。")]) }
    let request = RightsRequest(values: record.values)
    guard request.status == .waiting else {
      throw Refused(problems: [Problem("ACC-E-074", "", "这个请求已由\(request.answeredBy)答复。")])
    }
    guard request.accountId != answering else {
      throw Refused(problems: [Problem("ACC-E-074", "", "不能答复自己的请求，请另一位安全管理员答复。")])
    }
    if request.kind == .close, status == RightsStatus.done.rawValue,
      let account = try account(request.accountId)
    {
      try close(account, by: actor, reason: "请求 \(id)")
    }
    let version = try register.record(kind, id)?.version
    try register.save(
      kind,
      Draft(
        texts: [
          "status": status, "answer": Text.trimmed(answer), "answeredBy": actor.name,
          "answeredOn": register.clock.now().date.description,
        ],
        id: id,
        version: version
      ),
      by: actor
    )
  }

  // MARK: Closing an account

  /// Closes an account: nobody signs in by it any more, and who it was is erased wherever a record says so.
  ///
  /// The audit log keeps what was done under its name, as the law asks.
  ///
  /// - Parameters:
  ///   - account: the account.
  ///   - actor: who closes it.
  ///   - reason: why.
  /// - Throws: `Refused` for the last administrator of a kind; the store's errors; `Erasures.Unwritable`.
  package func close(_ account: Account, by actor: Actor, reason: String) throws {
    let id = account.accountId
    if let role = try grants(of: id).compactMap(\.role).first(where: Role.administrators.contains),
      try holders(of: role) < 2
    {
      throw Refused(problems: [Problem("ACC-E-076", "", "这是唯一的\(role.label)，请先授权给另一个账号，再注销。")])
    }
    let login = "closed-\(id.lowercased())"
    var erasures = [
      Erasure("account", id, leaving: ["loginName": login, "status": "disabled", "note": ""])
    ]
    for (kind, leaving) in [
      ("joining", ["loginName": login, "position": Erasure.gone]), ("consent", [:]),
      ("rightsRequest", [:]), ("roleGrant", [:]),
    ] {
      erasures += try records(kind, of: id).map { Erasure(kind, $0.id, leaving: leaving) }
    }
    // On the list first: what is erased from a backup that comes back is on it for sure.
    try self.erasures?.append(erasures)
    try endAll(of: id)
    try register.inOneTransaction { inside in
      guard let kind = inside.kind("roleGrant") else { return }
      for grant in try self.records("roleGrant", of: id)
      where RoleGrant(values: grant.values).status == .active {
        try inside.save(
          kind,
          Draft(
            texts: ["status": "revoked", "reason": "账号注销"],
            id: grant.id,
            version: grant.version
          ),
          by: actor
        )
      }
      for erasure in erasures { try inside.erase(erasure, by: actor, reason: reason) }
    }
  }

  /// How many accounts hold a role today.
  private func holders(of role: Role) throws -> Int {
    guard let kind = register.kind("roleGrant") else { return 0 }
    let today = register.clock.now().date
    let grants = try register.list(kind, Query([.field("role", role.rawValue)], limit: 1_000))
      .map { RoleGrant(values: $0.values) }.filter { $0.holds(on: today) }
    return try Set(grants.map(\.accountId)).count { try account($0)?.status == .active }
  }

  private func records(_ kind: String, of account: String) throws -> [Record] {
    guard let kind = register.kind(kind) else { return [] }
    return try register.list(kind, Query([.field("accountId", account)], limit: 1_000))
  }

  /// Takes away everything an account signs in with.
  private func endAll(of account: String) throws {
    try endSessions(of: account)
    try revokeTokens(of: account)
    _ = try store.write { transaction in
      for statement in [
        "DELETE FROM credential WHERE account = $1",
        "DELETE FROM former_password WHERE account = $1",
        "DELETE FROM one_time_link WHERE account = $1",
      ] {
        try transaction.execute(statement, [.text(account)])
      }
    }
  }

  // MARK: Consents

  /// The age from which one agrees to the use of one's data oneself (个人信息保护法第 28, 31 条).
  static let ageOfConsent = 14

  static let guardianAsked = Problem(
    "ACC-E-075",
    "",
    "未满 \(ageOfConsent) 周岁，要有监护人同意才能登录：请监护人向学校或主办单位书面同意，由安全管理员登记。"
  )

  /// Whether somebody is too young to use the platform without a guardian who agreed.
  func lacksGuardian(_ account: Account) throws -> Bool {
    let today = register.clock.now().date
    guard let birth = account.birthDate, birth.years(until: today) < Self.ageOfConsent else {
      return false
    }
    return try !consents(of: account.accountId).contains { record in
      let consent = Consent(values: record.values)
      return consent.purpose == .guardian && consent.holds(on: today)
    }
  }

  /// To what somebody, or their guardian, agreed.
  package func consents(of account: String) throws -> [Record] {
    try records("consent", of: account)
  }

  /// Takes a consent of somebody's own back, as of today.
  ///
  /// - Parameters:
  ///   - id: the consent.
  ///   - account: whose it is.
  ///   - actor: who takes it back.
  /// - Throws: `Refused` when there is none that holds; the store's errors.
  package func withdraw(_ id: String, of account: String, by actor: Actor) throws {
    guard let kind = register.kind("consent"),
      let record = try consents(of: account).first(where: { $0.id == id }),
      Consent(values: record.values).withdrawnOn == nil
    else { throw Refused(problems: [Problem("ACC-E-077", "", "没有这项同意，或已经撤回。")]) }
    try register.save(
      kind,
      Draft(
        texts: ["withdrawnOn": register.clock.now().date.description],
        id: id,
        version: record.version
      ),
      by: actor
    )
  }
}

import Calendar
import Ciphers
package import Records
import Values

/// The accounts an installation begins with.
extension SignInDesk {
  /// Who makes them.
  static let house = Actor(name: "首次启动", source: .city)

  /// Makes the three separated administrators, each with a one-time link; no password is set.
  ///
  /// - Returns: their roles, login names and the codes of their links.
  /// - Throws: `Refused` when the names are taken; the store's errors; `CipherFailure`.
  package func makeAdministrators() throws -> [(role: Role, login: String, code: String)] {
    try [
      (Role.systemAdmin, "sysadmin"), (.securityAdmin, "secadmin"), (.auditAdmin, "auditadmin"),
    ].map { role, login in
      let account = try make(login, role.label, note: "首次启动时建立")
      try grant(Reader(role), to: account)
      return (role, login, try link(for: account, .released))
    }
  }

  /// Makes the accounts of a demo: entered by one-time links, never by a password.
  ///
  /// - Returns: their login names.
  /// - Throws: `Refused`; the store's errors.
  package func makeDemoAccounts() throws -> [String] {
    func first(_ kind: String, _ conditions: [Condition] = []) throws -> Record? {
      guard let kind = register.kind(kind) else { return nil }
      return try register.list(kind, Query(conditions, limit: 1)).first
    }
    let school = try first("school", [.field("status", "active")])
    let enterprise = try first("enterprise")
    let county = school?["locationRegionCode"].text ?? ""
    let readers: [(String, Reader)] = [
      ("demo-city", Reader(.cityBureau)), ("demo-county", Reader(.countyBureau, region: county)),
      ("demo-department", Reader(.department)),
      ("demo-school", Reader(.schoolAdmin, organisation: school?.id ?? "")),
      ("demo-enterprise", Reader(.enterpriseHR, organisation: enterprise?.id ?? "")),
    ]
    return try readers.compactMap { login, reader in
      let needsOrganisation = reader.role.organisationKind != nil
      guard !needsOrganisation || !reader.organisation.isEmpty,
        !reader.role.isOfCounty || !reader.region.isEmpty
      else { return nil }
      let account = try make(login, "演示·\(reader.role.label)", note: "演示数据")
      try grant(reader, to: account)
      return login
    }
  }

  private func make(_ login: String, _ name: String, note: String) throws -> String {
    guard let kind = register.kind("account") else { return "" }
    let texts = ["loginName": login, "displayName": name, "note": note]
    return try register.save(kind, Draft(texts: texts), by: Self.house).record.id
  }

  private func grant(_ reader: Reader, to account: String) throws {
    guard let kind = register.kind("roleGrant") else { return }
    var texts = [
      "accountId": account, "role": reader.role.rawValue,
      "validFrom": register.clock.now().date.description, "reason": Self.house.name,
    ]
    switch reader.role.organisationKind {
    case "school": texts["schoolId"] = reader.organisation
    case "enterprise": texts["enterpriseId"] = reader.organisation
    default: texts["regionCode"] = reader.region
    }
    try register.save(kind, Draft(texts: texts.filter { !$0.value.isEmpty }), by: Self.house)
  }
}

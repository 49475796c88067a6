import Ciphers
import Foundation
import Records
import Storage
import Values

extension SignInDesk {
  /// What an account's second factor is computed from; `nil` when it has none.
  func secret(of account: String) throws -> TOTP? {
    let sealed = try store.read {
      try $0.row("SELECT one_time FROM credential WHERE account = $1", [.text(account)])
    }?[0].text
    guard let sealed, !sealed.isEmpty else { return nil }
    return TOTP(secretText: try ring.open(sealed, context: Self.context(account)))
  }

  private static func context(_ account: String) -> String { "credential.one_time.\(account)" }

  /// Whether an account has a second factor.
  package func hasSecondFactor(_ account: String) throws -> Bool {
    try secret(of: account) != nil
  }

  /// Whether an account has a password and no second factor; one of a demo has neither.
  func lacksSecondFactor(_ account: String) throws -> Bool {
    try keptPassword(of: account) != nil && secret(of: account) == nil
  }

  /// Begins to set up a second factor: a fresh secret, which holds once a code of it was shown.
  ///
  /// - Parameters:
  ///   - account: the account.
  ///   - issuer: what the app on the phone shows beside the name.
  /// - Returns: the secret as it is typed, as an address that phones read, and sealed, as it comes back
  ///   with the code: nobody sets up a secret of their own choice.
  /// - Throws: `CipherFailure` when there is no entropy.
  package func offerSecret(for account: Account, issuer: String) throws -> (
    secret: String, address: String, sealed: String
  ) {
    let fresh = try TOTP()
    return (
      fresh.secretText, fresh.address(account: account.loginName, issuer: issuer),
      try ring.seal(fresh.secretText, context: Self.offerContext(account.accountId))
    )
  }

  private static func offerContext(_ account: String) -> String { "offered.one_time.\(account)" }

  /// The secret that was offered to an account; `nil` for a text that is no offer to it.
  package func offered(_ sealed: String, to account: Account) -> String? {
    try? ring.open(sealed, context: Self.offerContext(account.accountId))
  }

  /// Sets up the second factor that was offered; who acts already shows the present password, so that a
  /// browser left open is not enough.
  ///
  /// - Parameters:
  ///   - sealed: the offer.
  ///   - code: a code of it.
  ///   - password: the present password; not looked at while setting up is what is asked.
  ///   - token: the session.
  /// - Returns: what comes of it.
  /// - Throws: the store's errors; `CipherFailure`.
  package func enroll(sealed: String, code: String, password: String, token: String) throws
    -> Answer
  {
    guard let signedIn = try signedIn(token), let secret = offered(sealed, to: signedIn.account)
    else { return .refused(Self.ended) }
    if signedIn.state == .open, let problem = try wrongPassword(password, of: signedIn.account) {
      return .refused(problem)
    }
    return try enroll(secret, code: code, token: token)
  }

  /// Sets a second factor up; the other sessions of its owner, which did not show it, end.
  ///
  /// - Parameters:
  ///   - secretText: the secret offered.
  ///   - code: a code of it, as the phone shows it.
  ///   - token: the session of its owner, which goes on as far as nothing else is asked.
  /// - Returns: the new token of the session; a problem when the code is not one of the secret.
  /// - Throws: the store's errors; `CipherFailure`.
  func enroll(_ secretText: String, code: String, token: String) throws -> Answer {
    guard let signedIn = try signedIn(token), signedIn.state == .enroll || signedIn.state == .open
    else { return .refused(Self.ended) }
    guard let secret = TOTP(secretText: secretText),
      let counter = secret.counter(matching: Text.trimmed(code), at: now, after: nil)
    else { return .refused(Problem("ACC-E-024", "code", "验证码不对。请看手机上现在显示的 6 位数字，并核对手机时间。")) }
    let account = signedIn.account.accountId
    let sealed = try ring.seal(secret.secretText, context: Self.context(account))
    _ = try store.write {
      try $0.execute(
        "UPDATE credential SET one_time = $1, last_counter = $2 WHERE account = $3",
        [.text(sealed), .integer(counter), .text(account)]
      )
    }
    try endSessions(of: account, besides: signedIn.session)
    let state = try afterSecond(signedIn.account, keptPassword(of: account)?.changedAt ?? 0)
    try note("enroll", signedIn.account)
    return .signedIn(token: try renew(token, state), state)
  }

  /// Takes the code of a second factor; one that was used is not taken again.
  package func second(_ code: String, token: String, from origin: Origin) throws -> Answer {
    guard let signedIn = try signedIn(token), signedIn.state == .second else {
      return .refused(Self.ended)
    }
    let account = signedIn.account
    // Guessing codes counts as guessing passwords does.
    let seconds = try wait(origin, account.loginName)
    guard seconds == 0 else { return .wait(seconds) }
    let isRight = try store.write { transaction -> Bool in
      let last = try transaction.row(
        "SELECT last_counter FROM credential WHERE account = $1",
        [.text(account.accountId)]
      )?[0].integer
      guard let secret = try secret(of: account.accountId),
        let counter = secret.counter(matching: Text.trimmed(code), at: now, after: last)
      else { return false }
      try transaction.execute(
        "UPDATE credential SET last_counter = $1 WHERE account = $2",
        [.integer(counter), .text(account.accountId)]
      )
      return true
    }
    guard isRight else {
      try failed(origin, account.loginName)
      try note("secondFactor", account, from: origin, .failure, reason: "验证码不对或用过")
      return .refused(Problem("ACC-E-024", "code", "验证码不对或已经用过，请等下一个再填。"))
    }
    try succeeded(origin, account.loginName)
    let state = try afterSecond(account, keptPassword(of: account.accountId)?.changedAt ?? 0)
    try note("secondFactor", account, from: origin)
    return .signedIn(token: try renew(token, state), state)
  }

  /// Seals every second factor with the current key that is sealed with another.
  ///
  /// - Returns: how many there were.
  /// - Throws: the store's errors; `CipherFailure` when one can't be opened, and then none is changed.
  package func reseal() throws -> Int {
    let changed = try store.write { transaction -> Int in
      var fresh: [(String, String)] = []
      try transaction.each("SELECT account, one_time FROM credential WHERE one_time <> ''", []) {
        row in
        let (account, sealed) = (row[0].text ?? "", row[1].text ?? "")
        guard !ring.isCurrent(sealed) else { return true }
        let context = Self.context(account)
        let text = try ring.open(sealed, context: context)
        fresh.append((account, try ring.seal(text, context: context)))
        return true
      }
      for (account, sealed) in fresh {
        try transaction.execute(
          "UPDATE credential SET one_time = $1 WHERE account = $2",
          [.text(sealed), .text(account)]
        )
      }
      return fresh.count + (try resealProvider(in: transaction))
    }
    try note("rotateKeys", nil, reason: "\(changed) 项")
    return changed
  }

  /// Takes the second factor from an account, when its owner lost the phone.
  package func dropSecondFactor(of account: String) throws {
    _ = try store.write {
      try $0.execute(
        "UPDATE credential SET one_time = '', last_counter = NULL WHERE account = $1",
        [.text(account)]
      )
    }
  }

  static let ended = Problem("ACC-E-025", "", "登录已过期，请重新登录。")
}

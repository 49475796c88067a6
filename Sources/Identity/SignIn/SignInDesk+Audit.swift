import Records
import Values

extension SignInDesk {
  /// Notes in the audit log that somebody signed in, tried to, or changed what they sign in with.
  ///
  /// A name that is no account is not written down: it may be a password typed into the wrong box.
  ///
  /// - Parameters:
  ///   - action: what was done.
  ///   - account: whose account it is about; `nil` for none.
  ///   - origin: where it was done from; `nil` where that is not known.
  ///   - result: how it ended.
  ///   - reason: why.
  /// - Throws: the store's errors; then what was done must not stand.
  func note(
    _ action: String,
    _ account: Account?,
    from origin: Origin? = nil,
    _ result: AuditEvent.Result = .success,
    reason: String = ""
  ) throws {
    var event = AuditEvent(
      action,
      by: Actor(
        name: account?.loginName
          ?? (["rotateKeys", "provider"].contains(action) ? "本机操作员" : "（没有这个账号）"),
        source: .manual,
        address: origin?.address ?? ""
      )
    )
    event.kind = "account"
    event.id = account?.accountId ?? ""
    event.result = result
    event.reason = reason
    try journal(event)
  }
}

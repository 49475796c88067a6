package import Records

/// Who may see and do what: accounts, the roles they hold, how they sign in.
package enum Identity {
  /// The kinds of record, each after those it refers to; they come after the ledger's.
  package static let kinds = [
    Kind(Account.self), Kind(RoleGrant.self), Kind(ExportRequest.self), Kind(Joining.self),
    Kind(Consent.self), Kind(RightsRequest.self),
  ]
}

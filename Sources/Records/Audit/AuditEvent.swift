package import Calendar
package import Values

/// Something that was done, or tried, and belongs into the audit log.
package struct AuditEvent: Hashable, Sendable {
  /// How it ended.
  package enum Result: String, CaseIterable, Sendable {
    /// It was done.
    case success
    /// It was tried and did not work, such as a sign-in with a wrong password.
    case failure
    /// It was not allowed.
    case denied
  }

  /// What was done: `create`, `update`, `signIn` and the like.
  package var action: String
  /// Who did it.
  package var actor: Actor
  /// The kind of what it was done to; empty for nothing in particular.
  package var kind = ""
  /// The identifier of what it was done to; may be empty.
  package var id = ""
  /// What else is to be known of it.
  package var detail = JSON.object([])
  /// How it ended.
  package var result = Result.success
  /// Why it was done, or why it failed; may be empty.
  package var reason = ""
  /// When it happened; the moment it is entered when `nil`.
  package var at: Instant?

  /// Makes an event without an object.
  ///
  /// - Parameters:
  ///   - action: what was done.
  ///   - actor: who did it.
  package init(_ action: String, by actor: Actor) {
    self.action = action
    self.actor = actor
  }
}

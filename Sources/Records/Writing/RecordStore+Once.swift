import Calendar
import Storage
import Values

extension RecordStore {
  /// Does several things on the register as one transaction.
  ///
  /// - Parameter body: what is done; its register must not outlive it.
  /// - Returns: what the body answers.
  /// - Throws: what the body throws, and then nothing happened; the store's errors.
  package func inOneTransaction<Answer: Sendable>(_ body: (RecordStore) throws -> Answer) throws
    -> Answer
  {
    try OneTransaction.run(on: self) { (try body($0), true) }
  }

  /// What was answered to a request under a key; `nil` for a new key.
  package func answer(to key: String) throws -> (
    request: String, status: Int, type: String, body: String
  )? {
    try store.read { reading in
      try reading.row(
        "SELECT request, status, type, body FROM answered WHERE key = $1",
        [.text(key)]
      ).map {
        (
          $0[0].text ?? "", $0[1].integer ?? 200, $0[2].text ?? "",
          try openedAnswer($0[3].text ?? "", to: key)
        )
      }
    }
  }

  /// Remembers what was answered to a request under a key, for a day.
  package func remember(
    _ key: String,
    request: String,
    status: Int,
    type: String,
    body: String
  ) throws {
    try store.write { transaction in
      let now = clock.now().seconds
      try transaction.execute("DELETE FROM answered WHERE at < $1", [.integer(now - 86_400)])
      try transaction.execute(
        """
        INSERT INTO answered (key, at, request, status, type, body)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        [
          .text(key), .integer(now), .text(request), .integer(status), .text(type),
          .text(try sealedAnswer(body, to: key)),
        ]
      )
    }
  }
}

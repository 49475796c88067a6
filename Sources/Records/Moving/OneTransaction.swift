import Storage

/// A store that is one open transaction: for work on a register that is kept or thrown away whole.
struct OneTransaction: Store {
  // A transaction is used only where its body runs, and this store never leaves that body.
  private nonisolated(unsafe) let transaction: any Writing

  private init(_ transaction: any Writing) { self.transaction = transaction }

  func read<Answer: Sendable>(_ body: (any Reading) throws -> Answer) throws -> Answer {
    try body(transaction)
  }

  func write<Answer: Sendable>(_ body: (any Writing) throws -> Answer) throws -> Answer {
    try body(transaction)
  }

  func close() throws {}

  /// Runs a body on a register inside one transaction.
  ///
  /// - Parameters:
  ///   - register: the register.
  ///   - body: what is done; its register must not outlive it. It says whether what it did is kept.
  /// - Returns: the answer of the body.
  /// - Throws: what the body throws; the store's errors. Then nothing is kept.
  static func run<Answer: Sendable>(
    on register: RecordStore,
    _ body: (RecordStore) throws -> (answer: Answer, isKept: Bool)
  ) throws -> Answer {
    do {
      return try register.store.write { transaction in
        let inside = RecordStore(
          store: OneTransaction(transaction),
          kinds: register.kinds,
          city: register.city,
          clock: register.clock,
          ring: register.ring,
          reader: register.reader
        )
        let (answer, isKept) = try body(inside)
        guard isKept else { throw ThrownAway(answer: answer) }
        return answer
      }
    } catch let away as ThrownAway<Answer> {
      return away.answer
    }
  }
}

/// Leaves a transaction so that nothing of it is kept.
private struct ThrownAway<Answer: Sendable>: Error {
  var answer: Answer
}

import Storage
import Synchronization

/// A store that counts what is written to it, so that what was found out is known to be so still.
final class CountedStore: Store {
  private let inner: any Store
  private let writes = Mutex(0)

  init(_ inner: any Store) { self.inner = inner }

  /// How often something was written by this process.
  var count: Int { writes.withLock { $0 } }

  func read<Answer: Sendable>(_ body: (any Reading) throws -> Answer) throws -> Answer {
    try inner.read(body)
  }

  func write<Answer: Sendable>(_ body: (any Writing) throws -> Answer) throws -> Answer {
    // Counted before and after: what was found out while it was being written counts as old.
    writes.withLock { $0 += 1 }
    defer { writes.withLock { $0 += 1 } }
    return try inner.write(body)
  }

  func close() throws { try inner.close() }
}

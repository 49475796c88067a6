internal import Foundation
internal import GRDB
package import Storage
import Synchronization

/// The embedded store: one SQLite file, many readers and one writer at a time.
package final class SQLiteStore: Store {
  private let reader: any DatabaseReader
  /// `nil` when the store was opened to be looked at only.
  private let pool: DatabasePool?
  private let path: String
  private let numbers = Numbers()

  /// How a store is opened.
  package enum Mode: Sendable {
    /// The file must exist.
    case existing
    /// The file must not exist; it is made.
    case new
    /// The file must exist; neither it nor its folder is changed, and writing is refused.
    case untouched
  }

  /// Opens a store.
  ///
  /// Every acknowledged write is on disk (`synchronous=FULL`); references are enforced.
  ///
  /// - Parameters:
  ///   - path: the database file.
  ///   - mode: whether the file must exist or be made.
  /// - Throws: `StorageError` when the file can't be opened or is no database.
  package init(path: String, mode: Mode) throws {
    let exists = FileManager.default.fileExists(atPath: path)
    switch mode {
    case .existing where !exists, .untouched where !exists:
      throw StorageError.cannotOpen(path: path, reason: "文件不存在")
    case .new where exists:
      throw StorageError.cannotOpen(path: path, reason: "文件已存在")
    default: break
    }
    self.path = path
    do {
      if mode == .untouched {
        pool = nil
        reader = try Self.untouched(path)
      } else {
        let pool = try DatabasePool(path: path, configuration: Self.configuration())
        self.pool = pool
        reader = pool
      }
    } catch let error as DatabaseError {
      switch StorageError(error) {
      case .damaged(let reason): throw StorageError.damaged(reason: reason)
      case .readOnly: throw StorageError.readOnly
      default:
        throw StorageError.cannotOpen(path: path, reason: error.message ?? "\(error.resultCode)")
      }
    }
  }

  private static func configuration(readonly: Bool = false) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readonly
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(10)
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = -2000")
      if !database.configuration.readonly {
        try database.execute(sql: "PRAGMA synchronous = FULL")
      }
    }
    return configuration
  }

  /// Opens a file to be looked at.
  ///
  /// With a log beside it somebody works on it or was interrupted: then the log is read with it. Without,
  /// the file is all there is, and SQLite is told that nobody changes it, else it would begin a log.
  private static func untouched(_ path: String) throws -> any DatabaseReader {
    let configuration = configuration(readonly: true)
    guard !FileManager.default.fileExists(atPath: path + "-wal") else {
      return try DatabaseQueue(path: path, configuration: configuration)
    }
    let address = URL(fileURLWithPath: path).absoluteString + "?immutable=1"
    do {
      return try DatabaseQueue(path: address, configuration: configuration)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
      // A library built without addresses takes them for names of files.
      return try DatabaseQueue(path: path, configuration: configuration)
    }
  }

  package func read<Answer: Sendable>(_ body: (any Reading) throws -> Answer) throws -> Answer {
    // A read inside a read or write of the same store is part of it.
    if let open = Open.now, open.reader === reader {
      return try translated { try body(open.transaction) }
    }
    return try translated {
      try reader.read {
        try joined(Transaction(database: $0, numbers: numbers, isWriting: false), body)
      }
    }
  }

  package func write<Answer: Sendable>(_ body: (any Writing) throws -> Answer) throws -> Answer {
    guard let pool else { throw StorageError.readOnly }
    return try translated {
      try pool.write {
        try joined(Transaction(database: $0, numbers: numbers, isWriting: true), body)
      }
    }
  }

  /// Runs a body of a transaction so that reads inside it join it.
  private func joined<Answer>(
    _ transaction: Transaction,
    _ body: (Transaction) throws -> Answer
  ) throws -> Answer {
    try Open.$now.withValue(Open(reader: reader, transaction: transaction)) {
      try body(transaction)
    }
  }

  package func close() throws {
    try translated {
      try pool?.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      try reader.close()
    }
  }

  /// The size of the database in bytes, its log included.
  package var bytes: Int {
    ["", "-wal"].reduce(0) { sum, suffix in
      let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
      return sum + ((attributes?[.size] as? Int) ?? 0)
    }
  }

  private func translated<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do { return try body() } catch let error as DatabaseError { throw StorageError(error) }
  }
}

/// The transaction this thread is in; never outlives the body it is open for.
private struct Open: @unchecked Sendable {
  @TaskLocal static var now: Open?

  let reader: any DatabaseReader
  let transaction: Transaction
}

private struct Transaction: Writing {
  let database: Database
  let isWriting: Bool
  let memory = TransactionMemory()
  private let numbers: Numbers

  init(database: Database, numbers: Numbers, isWriting: Bool) {
    self.database = database
    self.numbers = numbers
    self.isWriting = isWriting
  }

  func each(_ sql: String, _ arguments: [Stored], _ body: ([Stored]) throws -> Bool) throws {
    let statement = try database.cachedStatement(sql: numbered(sql))
    let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
    while let row = try rows.next() {
      var values: [Stored] = []
      values.reserveCapacity(row.count)
      for index in 0..<row.count { values.append(stored(row, index)) }
      guard try body(values) else { return }
    }
  }

  func execute(_ sql: String, _ arguments: [Stored]) throws -> Int {
    let before = database.totalChangesCount
    let statement = try database.cachedStatement(sql: numbered(sql))
    try statement.execute(arguments: StatementArguments(arguments))
    return database.totalChangesCount - before
  }

  private func numbered(_ sql: String) -> String { numbers.numbered(sql) }

  private func stored(_ row: Row, _ index: Int) -> Stored {
    switch row.databaseValue(at: index).storage {
    case .int64(let number): .integer(Int(number))
    case .double(let number): .integer(Int(number.rounded()))
    case .string(let text): .text(text)
    case .blob(let data): .text(String(decoding: data, as: UTF8.self))
    case .null: .null
    }
  }
}

/// SQLite numbers its parameters `?1`, the contract `$1`; what was rewritten once is remembered.
private final class Numbers: Sendable {
  private let known = Mutex<[String: String]>([:])

  func numbered(_ sql: String) -> String {
    known.withLock { known in
      if let text = known[sql] { return text }
      let text = String(
        decoding: sql.utf8.map { $0 == UInt8(ascii: "$") ? UInt8(ascii: "?") : $0 },
        as: UTF8.self
      )
      // Filters make new statements; those of records are few and come again and again.
      if known.count > 500 { known = [:] }
      known[sql] = text
      return text
    }
  }
}

extension StatementArguments {
  fileprivate init(_ stored: [Stored]) {
    self.init(
      stored.map { value -> (any DatabaseValueConvertible)? in
        switch value {
        case .null: nil
        case .integer(let number): number
        case .text(let text): text
        }
      }
    )
  }
}

extension Row {
  fileprivate func databaseValue(at index: Int) -> DatabaseValue { self[index] }
}

extension StorageError {
  fileprivate init(_ error: DatabaseError) {
    let reason = error.message ?? "\(error.resultCode)"
    self =
      switch error.resultCode {
      case .SQLITE_READONLY, .SQLITE_PERM: .readOnly
      case .SQLITE_CANTOPEN: .cannotOpen(path: "", reason: reason)
      case .SQLITE_FULL: .full
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: .damaged(reason: reason)
      case .SQLITE_CONSTRAINT: .constraint(reason: reason)
      default: .failed(reason: reason, statement: error.sql ?? "")
      }
  }
}

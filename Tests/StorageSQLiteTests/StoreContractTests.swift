import CitongTesting
import Storage
import StorageSQLite
import Testing

/// What every store promises (`Storage/Store.swift`), on the embedded one.
@Suite struct StoreContractTests {
  /// Some failure of a body, not of the store.
  struct Oops: Error, Equatable {}

  private func withStore<R>(_ body: (any Store) throws -> R) throws -> R {
    try withFolder { folder in
      let store = try SQLiteStore(path: folder + "/test.sqlite", mode: .new)
      defer { try? store.close() }
      _ = try store.write {
        try $0.execute("CREATE TABLE thing (id TEXT PRIMARY KEY, size INTEGER)", [])
      }
      return try body(store)
    }
  }

  @Test func `parameters stand in any order and as often as one likes`() throws {
    try withStore { store in
      let row = try store.read {
        try $0.row("SELECT $2, $1, $2, $1 || $1", [.text("海"), .integer(7)])
      }
      #expect(row == [.integer(7), .text("海"), .integer(7), .text("海海")])
    }
  }

  @Test func `the tenth parameter is not the first`() throws {
    try withStore { store in
      let arguments = (1...12).map { Stored.integer($0 * 100) }
      let row = try store.read {
        try $0.row("SELECT $12, $1, $10, $2 + $3 + $4 + $5 + $6 + $7 + $8 + $9 + $11", arguments)
      }
      #expect(row == [.integer(1200), .integer(100), .integer(1000), .integer(5500)])
    }
  }

  @Test func `values come back as they went in`() throws {
    try withStore { store in
      for value in [
        Stored.null, .integer(0), .integer(.max), .integer(.min), .text(""),
        .text("刺桐 'x' \"y\" ; --"),
        .text("𠮷😀\n\t"), .text("123"), .text("$1"),
      ] {
        let row = try store.read { try $0.row("SELECT $1", [value]) }
        #expect(row == [value])
      }
    }
  }

  @Test func `rows come one by one until they are refused`() throws {
    try withStore { store in
      try store.write { transaction in
        for number in 1...5 {
          try transaction.execute(
            "INSERT INTO thing (id, size) VALUES ($1, $2)",
            [.text("T\(number)"), .integer(number)]
          )
        }
      }
      let seen = try store.read { reading in
        var seen: [Stored] = []
        try reading.each("SELECT id FROM thing WHERE size >= $1 ORDER BY size", [.integer(2)]) {
          seen.append($0[0])
          return seen.count < 3
        }
        return seen
      }
      #expect(seen == [.text("T2"), .text("T3"), .text("T4")])
      try #expect(store.read { try $0.row("SELECT 1 WHERE 1 = 2") } == nil)
      try #expect(
        store.read { try $0.rows("SELECT id FROM thing WHERE size > 4") } == [[.text("T5")]]
      )
    }
  }

  @Test func `a statement tells how many rows it changed`() throws {
    try withStore { store in
      let counts = try store.write { transaction in
        [
          try transaction.execute("INSERT INTO thing (id, size) VALUES ('a', 1), ('b', 2)", []),
          try transaction.execute("UPDATE thing SET size = size + 1", []),
          try transaction.execute("DELETE FROM thing WHERE id = $1", [.text("none")]),
        ]
      }
      #expect(counts == [2, 2, 0])
    }
  }

  @Test func `a conflict updates instead when the statement says so`() throws {
    try withStore { store in
      let sql = """
        INSERT INTO thing (id, size) VALUES ($1, 1)
        ON CONFLICT (id) DO UPDATE SET size = size + 1
        """
      for _ in 1...3 { _ = try store.write { try $0.execute(sql, [.text("a")]) } }
      try #expect(store.read { try $0.row("SELECT size FROM thing") } == [.integer(3)])
    }
  }

  @Test func `when a body throws nothing of it happened and its error comes through`() throws {
    try withStore { store in
      #expect(throws: Oops.self) {
        try store.write { transaction in
          try transaction.execute("INSERT INTO thing (id) VALUES ('a')", [])
          throw Oops()
        }
      }
      let left = try store.read { try $0.rows("SELECT id FROM thing") }
      #expect(left.isEmpty)
      _ = try store.write { try $0.execute("INSERT INTO thing (id) VALUES ('b')", []) }
      try #expect(store.read { try $0.rows("SELECT id FROM thing") } == [[.text("b")]])
    }
  }

  @Test func `a writer sees what it has written, before anybody else`() throws {
    try withStore { store in
      let inside = try store.write { transaction in
        try transaction.execute("INSERT INTO thing (id) VALUES ('a')", [])
        return try transaction.row("SELECT COUNT(*) FROM thing")
      }
      #expect(inside == [.integer(1)])
    }
  }

  @Test func `a key taken twice is a constraint, not a failure`() throws {
    try withStore { store in
      let error = #expect(throws: StorageError.self) {
        try store.write { transaction in
          try transaction.execute("INSERT INTO thing (id) VALUES ('a')", [])
          try transaction.execute("INSERT INTO thing (id) VALUES ('a')", [])
        }
      }
      guard case .constraint(let reason) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.contains("thing.id"))
      let left = try store.read { try $0.rows("SELECT id FROM thing") }
      #expect(left.isEmpty)
    }
  }

  @Test func `a reference to nothing is refused, at once or at the end`() throws {
    try withStore { store in
      try store.write { transaction in
        try transaction.execute("CREATE TABLE now (thing TEXT REFERENCES thing)", [])
        try transaction.execute(
          "CREATE TABLE later (thing TEXT REFERENCES thing DEFERRABLE INITIALLY DEFERRED)",
          []
        )
      }
      for table in ["now", "later"] {
        let error = #expect(throws: StorageError.self) {
          try store.write { try $0.execute("INSERT INTO \(table) VALUES ($1)", [.text("none")]) }
        }
        guard case .constraint = error else {
          Issue.record("\(table): \(String(describing: error))")
          continue
        }
        try #expect(store.read { try $0.rows("SELECT * FROM \(table)") } == [])
      }
      try store.write { transaction in
        try transaction.execute("INSERT INTO later VALUES ('a')", [])
        try transaction.execute("INSERT INTO thing (id) VALUES ('a')", [])
      }
      try #expect(store.read { try $0.rows("SELECT * FROM later") } == [[.text("a")]])
    }
  }

  @Test func `a failed statement is told without its arguments`() throws {
    try withStore { store in
      let error = #expect(throws: StorageError.self) {
        try store.read { try $0.rows("SELECT nothing FROM thing WHERE id = $1", [.text("秘密")]) }
      }
      guard case .failed(let reason, let statement) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.contains("nothing"))
      #expect(statement.contains("FROM thing"))
      #expect(!"\(reason) \(statement)".contains("秘密"))
    }
  }
}

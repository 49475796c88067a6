import CitongTesting
import Foundation
import Storage
import StorageSQLite
import Testing

/// Opening the embedded store, and what a user is told when that fails.
@Suite struct OpeningTests {
  @Test func `what was written is there when the file is opened again`() throws {
    try withFolder { folder in
      let path = folder + "/test.sqlite"
      let first = try SQLiteStore(path: path, mode: .new)
      try first.write { transaction in
        try transaction.execute("CREATE TABLE thing (id TEXT)", [])
        try transaction.execute("INSERT INTO thing VALUES ('刺桐')", [])
      }
      #expect(first.bytes > 0)
      try first.close()
      let second = try SQLiteStore(path: path, mode: .existing)
      try #expect(second.read { try $0.rows("SELECT id FROM thing") } == [[.text("刺桐")]])
      try second.close()
    }
  }

  @Test func `a file that must exist and does not is told`() throws {
    try withFolder { folder in
      let path = folder + "/none.sqlite"
      #expect(throws: StorageError.cannotOpen(path: path, reason: "文件不存在")) {
        try SQLiteStore(path: path, mode: .existing)
      }
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func `a file that must not exist and does is told and left alone`() throws {
    try withFolder { folder in
      let path = folder + "/there.sqlite"
      try "别动我".write(toFile: path, atomically: true, encoding: .utf8)
      #expect(throws: StorageError.cannotOpen(path: path, reason: "文件已存在")) {
        try SQLiteStore(path: path, mode: .new)
      }
      try #expect(String(contentsOfFile: path, encoding: .utf8) == "别动我")
    }
  }

  @Test func `a read inside a read or a write is part of it`() throws {
    try withFolder { folder in
      let store = try SQLiteStore(path: folder + "/nested.sqlite", mode: .new)
      let inside = try store.write { transaction in
        try transaction.execute("CREATE TABLE thing (id INTEGER)", [])
        try transaction.execute("INSERT INTO thing VALUES (1)", [])
        return try store.read { try $0.rows("SELECT id FROM thing") }
      }
      #expect(inside == [[.integer(1)]])
      let nested = try store.read { _ in
        try store.read { try $0.rows("SELECT id FROM thing") }
      }
      #expect(nested == [[.integer(1)]])
      try store.close()
    }
  }

  @Test func `a full disk is told and leaves nothing half written`() throws {
    try withFolder { folder in
      let store = try SQLiteStore(path: folder + "/full.sqlite", mode: .new)
      try store.write { transaction in
        try transaction.execute("CREATE TABLE thing (id INTEGER, text TEXT)", [])
        try transaction.execute("INSERT INTO thing VALUES (0, '先到')", [])
      }
      // The store may grow by a few pages only, as on a disk with no room left.
      try store.write { _ = try $0.rows("PRAGMA max_page_count = 12") }
      let long = String(repeating: "满", count: 10_000)
      #expect(throws: StorageError.full) {
        try store.write { transaction in
          for number in 1...50 {
            try transaction.execute(
              "INSERT INTO thing VALUES ($1, $2)",
              [.integer(number), .text(long)]
            )
          }
        }
      }
      try #expect(store.read { try $0.rows("SELECT id FROM thing") } == [[.integer(0)]])
      try store.close()
    }
  }

  @Test func `a file that is no database is told and left alone`() throws {
    try withFolder { folder in
      let path = folder + "/text.sqlite"
      let text = String(repeating: "这不是数据库，只是一段文字。\n", count: 400)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let error = #expect(throws: StorageError.self) {
        let store = try SQLiteStore(path: path, mode: .existing)
        _ = try store.read { try $0.rows("SELECT 1") }
      }
      guard case .damaged = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      try #expect(String(contentsOfFile: path, encoding: .utf8) == text)
    }
  }

  @Test func `a folder that is not there is told with the path`() throws {
    try withFolder { folder in
      let path = folder + "/none/test.sqlite"
      try expectCannotOpen(path)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
  func `a folder that may not be written is told with the path`() throws {
    try withFolder { folder in
      let manager = FileManager.default
      try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
      defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder) }
      try expectCannotOpen(folder + "/test.sqlite")
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
  func `a database that may not be written refuses a write as read-only`() throws {
    try withFolder { folder in
      let path = folder + "/test.sqlite"
      let first = try SQLiteStore(path: path, mode: .new)
      _ = try first.write { try $0.execute("CREATE TABLE thing (id TEXT)", []) }
      try first.close()
      let manager = FileManager.default
      try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
      defer { try? manager.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path) }
      let error = #expect(throws: StorageError.self) {
        let store = try SQLiteStore(path: path, mode: .existing)
        _ = try store.write { try $0.execute("INSERT INTO thing VALUES ('a')", []) }
      }
      switch error {
      case .readOnly, .cannotOpen: break
      default: Issue.record("\(String(describing: error))")
      }
    }
  }

  private func expectCannotOpen(_ path: String) throws {
    let error = #expect(throws: StorageError.self) { try SQLiteStore(path: path, mode: .new) }
    guard case .cannotOpen(let told, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(told == path)
    #expect(!reason.isEmpty)
  }
}

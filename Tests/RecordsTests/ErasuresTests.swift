import CitongTesting
import Foundation
import Records
import Testing

/// The list of what was erased, as a file.
@Suite struct ErasuresTests {
  @Test func `a line broken off by a crash does not swallow the next`() throws {
    try withFolder { folder in
      let list = Erasures(folder: folder)
      #expect(try list.all().isEmpty)
      try list.append([Erasure("account", "A1")])
      try list.append([Erasure("account", "A2")])
      let file = URL(filePath: folder + "/erasures.jsonl")
      try Data(contentsOf: file).dropLast(5).write(to: file)
      try list.append([Erasure("account", "A3")])
      try list.append([Erasure("account", "A4"), Erasure("account", "A5")])
      #expect(try list.all().map(\.id) == ["A1", "A3", "A4", "A5"])
    }
  }

  @Test func `a list that can't be read does not pass for one that is empty`() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/erasures.jsonl",
        withIntermediateDirectories: false
      )
      #expect(throws: Erasures.Unreadable.self) { try Erasures(folder: folder).all() }
    }
  }
}

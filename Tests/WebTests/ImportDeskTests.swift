import CitongTesting
import Foundation
import Records
import Testing
import Web

/// Files that are handed in and written.
@Suite struct ImportDeskTests {
  @Test func `a file is written even where the register remembers jobs the desk does not`() throws {
    // The folder of the desk is new, the register is not: a copied or restored one. Under the name of
    // an import that was carried out, a file would be called done and never written.
    try withCity { city in
      let first = try Desk(city, "first")
      for number in 1...8 { try first.take(in: "第\(number)批", expecting: number) }
      let second = try Desk(city, "second")
      for number in 9...16 { try second.take(in: "第\(number)批", expecting: number) }
    }
  }

  /// A desk with its folder.
  private struct Desk {
    let desk: ImportDesk
    let city: TestCity

    init(_ city: TestCity, _ name: String) throws {
      self.city = city
      desk = ImportDesk(city.register, folder: city.folder + "/" + name)
    }

    /// Hands in a file of one enterprise and has it checked and written.
    func take(in name: String, expecting count: Int) throws {
      let path = try desk.inbox()
      let text = """
        统一社会信用代码,企业名称,注册地,行业,经营范围
        919901020000000007,演示海达水产有限公司,990102,C136,\(name)

        """
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let job = try desk.receive(path, name: "企业.csv", kind: "enterprise", by: .init())
      desk.work(on: job.id)
      try #require(desk.job(job.id)?.state == .checked)
      try desk.commit(job.id, isWhole: true)
      desk.work(on: job.id)
      #expect(desk.job(job.id)?.state == .done)
      #expect(try city.register.imports().count == count, "\(name) as \(job.id)")
    }
  }
}

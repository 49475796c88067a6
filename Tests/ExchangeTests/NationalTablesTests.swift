import CitongTesting
import Exchange
import Foundation
import Records
import Storage
import Testing
import Values

/// The complete national tables, where `CITONG_TEST_DATA` says they are.
@Suite struct NationalTablesTests {
  @Test func `the national tables go in once, by their headers alone`() throws {
    guard let folder = nationalData else {
      print("CITONG_TEST_DATA is not set: the national tables were not tried")
      return
    }
    try withCity { city in
      let importer = Importer(city.register)
      let actor = Actor(name: "test", source: .imported)
      for (name, kind, rows) in [
        ("divisions", "region", 4_499), ("industries", "industry", 1_900),
        ("programs", "program", 1_470), ("occupations", "occupation", 2_100),
        ("colleges", "college", 2_919),
      ] {
        let path = "\(folder)/\(name).csv"
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let report = try importer.take(bytes, file: path, as: nil, mode: .goodRows, by: actor)
        #expect(report.refused == 0, "\(name): \(report.problems.prefix(3))")
        #expect(report.new + report.changed + report.unchanged >= rows, "\(name)")
        let declared = try #require(city.register.kind(kind))
        let count = try city.register.store.read {
          try city.register.count(declared, Query(), in: $0)
        }
        #expect(count >= rows, "\(name)")
      }
    }
  }

  @Test func `matching gets better by the introductions of programs`() throws {
    guard let folder = nationalData else {
      print("CITONG_TEST_DATA is not set: matching with the national tables was not tried")
      return
    }
    try withCity { city in
      let importer = Importer(city.register)
      let actor = Actor(name: "test", source: .imported)
      for name in ["programs", "program_intros"] {
        let path = "\(folder)/\(name).csv"
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let report = try importer.take(bytes, file: path, as: nil, mode: .goodRows, by: actor)
        #expect(report.refused == 0)
      }
      let index = MatchIndex(city.register, city: city.city)
      try index.catchUp()
      let desk = MatchDesk(city.register, city: city.city, index: index)
      for (title, name) in [
        ("急聘电焊工（包吃住）", "焊接技术应用"), ("护士", "护理"), ("茶艺师", "茶艺与茶营销"), ("施工员", "建筑工程施工"),
      ] {
        let line = JSON.object(["title": .string(title)]).text
        let found = try #require(try desk.match(line.utf8, most: 20).result).candidates
        #expect(found.prefix(5).contains { $0.profile.name == name }, "\(title)")
      }
    }
  }
}

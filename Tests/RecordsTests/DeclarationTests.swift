import CitongTesting
import Records
import Testing
import Values

@Suite struct DeclarationTests {
  /// A declaration with a fault of every sort.
  struct Broken: DeclaredRecord {
    var brokenId = ""
    var name = ""

    static var declaration: Declaration<Broken> {
      Declaration(
        "broken",
        "坏的",
        summary: "测试用。",
        identifier: "id",
        title: "name",
        columns: ["nam"],
        access: Access.ofCity,
        fields: [
          Field(\.brokenId, "brokenId", "编号", .identifier(20)),
          Field(\.name, "name", "名称", .text(20)),
          Field(\.name, "name", "又一个名称", .text(20)).only(when: "kind", is: "x"),
        ]
      )
    }
  }

  @Test func `every fault of a declaration is told, not the first only`() {
    #expect(
      Kind(Broken.self).faults == [
        "broken: field name is declared twice", "broken: no field is called nam",
        "broken: no field is called id", "broken: no field is called kind",
      ]
    )
    #expect(sampleKinds.flatMap(\.faults) == [])
  }

  /// The sample of an earlier release, without most of its fields.
  struct Early: DeclaredRecord {
    var sampleId = ""
    var title = ""

    static var declaration: Declaration<Early> {
      Declaration(
        "sample",
        "样品",
        summary: "测试用。",
        identifier: "sampleId",
        prefix: "SP",
        title: "title",
        columns: ["title"],
        access: Access.ofCity,
        fields: [
          Field(\.sampleId, "sampleId", "编号", .identifier(20)),
          Field(\.title, "title", "名称", .text(40)).required(),
        ]
      )
    }
  }

  @Test func `migrating again is harmless and keeps the records`() throws {
    try withCity(kinds: sampleKinds) { city in
      try city.save("sample", ["title": "甲"])
      try city.register.migrate()
      try city.register.migrate()
      try #expect(city.rows(in: "sample") == 1)
    }
  }

  @Test func `fields declared later are added to the records there are`() throws {
    try withCity(kinds: [Kind(Early.self)]) { city in
      let old = try city.save("sample", ["title": "旧"])
      var later = city
      later.register = RecordStore(
        store: city.store,
        kinds: sampleKinds,
        city: city.city,
        clock: city.register.clock
      )
      try later.register.migrate()
      let kind = try later.kind("sample")
      try #expect(later.register.record(kind, old.id)?["size"].isNone == true)
      try #expect(
        later.save("sample", ["size": "5", "colour": "红色"], id: old.id)["size"] == .integer(5)
      )
    }
  }

  @Test func `settings are kept and replaced`() throws {
    try withCity(kinds: sampleKinds) { city in
      try #expect(city.register.setting("cityCode") == nil)
      try city.register.set("cityCode", to: "990100")
      try city.register.set("cityCode", to: "990200")
      try #expect(city.register.setting("cityCode") == "990200")
    }
  }

  @Test func `values are shown as people read them`() throws {
    try withCity(kinds: sampleKinds) { city in
      let record = try city.save(
        "sample",
        [
          "title": "甲", "colour": "朱红", "field": "环保", "size": "1000", "weight": "1.5",
          "isGood": "y", "price": "1.2万", "labels": "a；b", "colours": "红色、green",
          "parts": "壳;2|盖;1", "day": "2022年7月4日",
        ]
      )
      let table = [
        ("colour", "红色"), ("field", "资源与环境"), ("size", "1,000"), ("weight", "1.50"),
        ("isGood", "是"), ("price", "12,000"), ("labels", "a、b"), ("colours", "红色、绿色"),
        ("parts", "壳 2；盖 1"), ("day", "2022-07-04"), ("note", ""),
      ]
      for (name, text) in table {
        let place = try #require(record.kind.place(of: name))
        let field = record.kind.fields[place]
        #expect(field.shown(record.values[place], city: city.city) == text, "\(name)")
      }
    }
  }
}

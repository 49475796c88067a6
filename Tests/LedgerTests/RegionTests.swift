import CitongTesting
import Records
import Testing
import Values

/// Where a body may stand, `registry.md` §3.1 and REG-E-001…004, in the example city.
@Suite struct RegionTests {
  @Test func `a body stands in a county that exists today`() throws {
    let table: [([String: String], String, String, String)] = [
      (
        ["locationRegionCode": "999999"], "REG-E-001", "locationRegionCode",
        "所在县（市、区）填的是“999999”，找不到这样的区域。请先登记，或从列表中选择。"
      ),
      (
        ["locationRegionCode": "东弯区"], "REG-E-001", "locationRegionCode",
        "所在县（市、区）填的是“东弯区”，找不到这样的区域。你是不是想填：东湾区？"
      ),
      (
        ["locationRegionCode": "990122"], "REG-E-002", "locationRegionCode",
        "区划代码 990122（潮安埠县）已于 2010-05-31 废止，现用代码为 990181，请改用现行代码。"
      ),
      (
        ["locationRegionCode": "990100"], "REG-E-003", "locationRegionCode",
        "“海棠市”是地级市，请填写到县（市、区）。"
      ),
      (
        ["locationRegionCode": "990000"], "REG-E-003", "locationRegionCode",
        "“示例省”是省级，请填写到县（市、区）。"
      ),
      (
        ["locationRegionCode": "990103002"], "REG-E-003", "locationRegionCode",
        "“榕桥街道”是乡镇街道，请填写到县（市、区）。"
      ),
      (
        ["locationRegionCode": "990100Z1"], "REG-E-003", "locationRegionCode",
        "“海棠高新技术产业园区”是功能区，请填写到县（市、区）。"
      ),
      (
        ["managingZoneCode": "990103"], "REG-E-004", "managingZoneCode",
        "“南屿区”不是功能区，请选择功能区或留空。"
      ),
    ]
    let school = [
      "schoolName": "海棠测试职业中专学校", "institutionKind": "中职学校", "ownership": "公办",
      "competentAuthority": "市教育局", "locationRegionCode": "990103",
      "moeSchoolCode": "3199099901",
    ]
    try withCity { city in
      for (change, code, path, message) in table {
        let problems = try city.problems(of: "school", school.merging(change) { $1 })
        #expect(problems == [Problem(code, path, message)], "\(change)")
      }
      let inZone = school.merging(["managingZoneCode": "990100Z1"]) { $1 }
      try #expect(city.problems(of: "school", inZone) == [])
    }
  }

  @Test func `short codes and foreign words for kinds are made good`() throws {
    try withCity { city in
      let region = try city.save(
        "region",
        ["regionCode": "9902", "regionName": "木兰市", "regionKind": "city", "parentCode": "99"]
      )
      #expect(region.id == "990200")
      #expect(region["parentCode"] == .text("990000"))
      #expect(region["regionKind"] == .text("prefectureCity"))
      #expect(region["shortName"] == .text("木兰"))
      let county = try city.save(
        "region",
        ["regionCode": "990203", "regionName": "云门区", "regionKind": "county", "parentCode": "9902"]
      )
      #expect(county["regionKind"] == .text("district"))
    }
  }

  @Test func `a list of divisions with short codes is imported twice without harm`() throws {
    let file =
      "code,name,level,parent\n98,虚构省,province,\n9801,虚构市,city,98\n980102,虚构区,county,9801\n"
    try withCity { city in
      let first = try city.take(file, as: "region")
      #expect([first.new, first.refused] == [3, 0])
      let second = try city.take(file, as: "region")
      #expect([second.new, second.changed, second.unchanged, second.refused] == [0, 0, 3, 0])
    }
  }

  @Test func `a code of no shape is refused`() throws {
    try withCity { city in
      try #expect(
        city.problems(
          of: "region",
          ["regionCode": "99012", "regionName": "某县", "regionKind": "county"]
        ) == [
          Problem("REG-E-001", "regionCode", "区划代码 99012 不合格式，应为 6 位数字（乡镇 9 位，功能区如 990100Z1）。")
        ]
      )
    }
  }
}

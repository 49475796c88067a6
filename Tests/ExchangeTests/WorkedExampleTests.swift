import Exchange
import Matching
import Testing
import Values

/// The worked example of `exchange.md` §6.3, from two posted items to the score.
@Suite struct WorkedExampleTests {
  private let post = [
    "kind": "internshipPost", "side": "offer", "title": "数控车实习岗位", "ownerEnterpriseId": "E1",
    "regionCode": "990181", "headcount": "12", "programRefs": "660103;12", "levelMin": "中职",
    "levelMax": "中职", "skillTerms": "数控车;是|CAD|三坐标",
    // 35,000 m north of the school.
    "longitude": "123.52", "latitude": "29.824762",
    // A hundred days.
    "periodStart": "2022-08-01", "periodEnd": "2022-11-08",
  ]
  private let students = [
    "kind": "internshipNeed", "side": "demand", "title": "数控班岗位实习",
    "ownerSchoolId": MatchTown.school,
    "regionCode": "990102", "headcount": "30", "programRefs": "660103", "levelMin": "中职",
    "levelMax": "中职", "skillTerms": "CNC车削|CAD",
    // The last eighty of the hundred days and more.
    "periodStart": "2022-08-21", "periodEnd": "2022-12-31",
  ]

  @Test func `twelve places and a class of thirty come out to the digit`() throws {
    try MatchTown.open { town in
      let asked = try town.post(post)
      let candidate = try town.post(students)
      let fit = try #require(try town.fit(asked, candidate))
      let card = fit.candidate.card
      #expect(fit.isRecommended)
      #expect(card.score == Ratio(8225, 95))
      #expect(card.score?.decimal(places: 2) == "86.58")
      #expect(card.shown == 87)
      #expect(card.grade == .a)
      #expect(card.completeness == Ratio(95, 100))
      let table: [(name: String, weight: Int, value: Ratio?, evidence: String)] = [
        ("program", 30, .one, "专业一致（660103 数控技术应用）"),
        ("skill", 15, Ratio(3, 4), "技能 3 项中满足 2 项：数控车、CAD；缺：三坐标"),
        ("cert", 5, nil, "没有证书要求"), ("level", 10, .one, "学历层次符合"),
        ("region", 15, Ratio(3, 5), "相距约 35 km"), ("capacity", 10, .one, "有 30，满足需要的 12"),
        ("timing", 10, Ratio(4, 5), "时间重合 80 天，需要 100 天"),
        ("track", 5, Ratio(4, 5), "新参与方，按 0.8 计"),
      ]
      #expect(card.factors.count == table.count)
      for row in table {
        let factor = try #require(fit.factor(row.name))
        #expect(card.weight(of: factor) == row.weight, "\(row.name)")
        #expect(factor.value == row.value, "\(row.name)")
        #expect(factor.evidence == row.evidence)
      }
      #expect(
        fit.candidate.reasons == [
          "专业一致（660103 数控技术应用）", "技能 3 项中满足 2 项：数控车、CAD；缺：三坐标", "有 30，满足需要的 12",
          "学历层次符合", "相距约 35 km", "时间重合 80 天，需要 100 天",
        ]
      )
    }
  }
}

import CitongTesting
import Records
import Testing
import Values

/// How the yearly amounts of a fund are told apart, `funds.md` §8.5.
@Suite struct FundYearTests {
  @Test func `a yearly amount is found again though its file does not say the sense`() throws {
    try withCity { city in
      let file = "fundName,year,amount\n职业教育专项,2021,40000000\n"
      try #expect(city.take(file, as: "fundYear").new == 1)
      try #expect(city.take(file, as: "fundYear").unchanged == 1)
      let report = try city.take(file + "职业教育专项,2021,50000000\n", as: "fundYear")
      #expect(report.problems.map(\.problem.code) == ["REC-W-022"])
    }
  }

  @Test func `the same year in another sense is another record`() throws {
    let arranged = ["fundName": "职业教育专项", "year": "2021", "amount": "4000万", "notion": "安排"]
    try withCity { city in
      let first = try city.save("fundYear", arranged)
      try #expect(
        city.save("fundYear", arranged.merging(["amount": "4100万"]) { $1 }).id == first.id
      )
      for change in [["notion": "支出"], ["isCumulative": "是"]] {
        let other = try city.save("fundYear", arranged.merging(change) { $1 })
        #expect(other.id != first.id, "\(change)")
      }
    }
  }
}

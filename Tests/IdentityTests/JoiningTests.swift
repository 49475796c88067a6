import Ciphers
import CitongTesting
import Identity
import Ledger
import Records
import Testing
import Values

@Suite struct JoiningTests {
  private static let uscc = "91990199MA2XQ00022"
  private static let applicant = Actor(name: "入驻申请人", source: .manual)
  private static let clerk = Actor(name: "县局（县级教育局）", source: .manual, role: "countyBureau")

  private func enterprise(_ changes: [String: String] = [:]) -> [String: Draft.Input] {
    var texts = [
      "organisationKind": "enterprise", "uscc": Self.uscc, "organisationName": "甲测试有限公司",
      "regionCode": "990102", "gbIndustryCode": "3900", "contactName": "陈某", "position": "人事",
      "phone": "0990-0000001", "loginName": "jia.test", "hasReadNotice": "true",
    ]
    texts.merge(changes) { $1 }
    return texts.filter { !$0.value.isEmpty }.mapValues { .text($0) }
  }

  /// A desk over the example city, with an industry and two counties.
  private func withJoinings(_ body: (TestCity, SignInDesk) throws -> Void) throws {
    try withCity(kinds: TestCity.kinds) { city in
      let ring = try #require(TestCity.ring)
      try body(
        city,
        SignInDesk(
          city.register,
          ring: ring,
          cost: .init(exponent: 4, blockSize: 1, parallelism: 1) ?? .standard
        )
      )
    }
  }

  private func joining(_ receipt: String, _ desk: SignInDesk) throws -> Joining {
    let record = try desk.joining(ofReceipt: receipt)
    return try Joining(values: #require(record).values)
  }

  private func county(_ code: String, _ city: TestCity) -> RecordStore {
    city.register.acting(as: Reader(.countyBureau, account: "U1", region: code))
  }

  private func problems(_ body: () throws -> Void) -> [String] {
    do { try body() } catch let refused as Refused {
      return refused.problems.map { "\($0.code) \($0.message)" }
    } catch {
      return ["\(error)"]
    }
    return []
  }

  @Test
  func
    `an enterprise is confirmed by its county: registered, with an account that acts for it only`()
    throws
  {
    try withJoinings { city, desk in
      let region = try #require(
        try city.register.list(
          city.kind("region"),
          Query([.field("regionKind", "county")], limit: 2)
        )
        .first
      )
      let industry = try #require(
        try city.register.list(city.kind("industry"), Query(limit: 1)).first
      )
      let asked = enterprise(["regionCode": region.id, "gbIndustryCode": industry.id])
      let (id, receipt) = try desk.join(asked, by: Self.applicant)
      #expect(try desk.joining(ofReceipt: receipt)?.id == id)
      #expect(try desk.link(forReceipt: receipt) == nil)
      try desk.confirm(id, acting: county(region.id, city), by: Self.clerk)
      let joining = try self.joining(receipt, desk)
      #expect(joining.status == .confirmed)
      let made = try city.register.list(city.kind("enterprise"), Query([.field("uscc", Self.uscc)]))
      #expect(made.map(\.id) == [joining.organisationId])
      let grants = try desk.grants(of: joining.accountId)
      #expect(grants.map(\.role) == [.enterpriseOwner])
      #expect(grants.first?.reader.organisation == joining.organisationId)
      // The link chooses the first password, and then no more.
      let code = try #require(try desk.link(forReceipt: receipt))
      let origin = SignInDesk.Origin(address: "127.0.0.1", agent: "")
      guard case .signedIn = try desk.redeem(code, password: "River-Otter-7391", from: origin)
      else {
        Issue.record("the link does not let in")
        return
      }
      #expect(try desk.link(forReceipt: receipt) == nil)
      let again = problems { try desk.confirm(id, acting: county(region.id, city), by: Self.clerk) }
      #expect(again == ["ACC-E-064 这份申请已由县局（县级教育局）办过（已确认）。"])
    }
  }

  @Test func `another county doesn't see it, and can't decide on it`() throws {
    try withJoinings { city, desk in
      let regions = try city.register.list(
        city.kind("region"),
        Query([.field("regionKind", "county")], limit: 2)
      )
      let industry = try #require(
        try city.register.list(city.kind("industry"), Query(limit: 1)).first
      )
      let (id, _) = try desk.join(
        enterprise(["regionCode": regions[0].id, "gbIndustryCode": industry.id]),
        by: Self.applicant
      )
      let other = county(regions[1].id, city)
      #expect(try other.record(city.kind("joining"), id) == nil)
      let told = problems { try desk.confirm(id, acting: other, by: Self.clerk) }
      #expect(told == ["REC-E-021 找不到编号为 \(id) 的入驻申请，可能已被删除或编号有误。"])
      #expect(try city.rows(in: "account") == 0)
      let student = city.register.acting(as: Reader(.student, account: "U2"))
      #expect(
        problems { try desk.confirm(id, acting: student, by: Self.clerk) }.first?.hasPrefix(
          "REC-E-021"
        ) == true
      )
    }
  }

  @Test
  func `one application waits at a time, a refusal has a reason, and after it one may ask again`()
    throws
  {
    try withJoinings { city, desk in
      let region = try #require(
        try city.register.list(
          city.kind("region"),
          Query([.field("regionKind", "county")], limit: 1)
        )
        .first
      )
      let industry = try #require(
        try city.register.list(city.kind("industry"), Query(limit: 1)).first
      )
      let asked = enterprise(["regionCode": region.id, "gbIndustryCode": industry.id])
      let (id, receipt) = try desk.join(asked, by: Self.applicant)
      #expect(
        problems { _ = try desk.join(asked, by: Self.applicant) }
          == ["ACC-E-062 这个单位已有一份申请在等确认，请等它办完，或用它的受理编号查询。"]
      )
      #expect(try city.rows(in: "joining") == 1)
      let acting = county(region.id, city)
      #expect(
        problems { try desk.refuse(id, reason: " ", acting: acting, by: Self.clerk) }
          == ["ACC-E-061 不同意要写明理由，申请人看得到。"]
      )
      try desk.refuse(id, reason: "请用本单位邮箱联系", acting: acting, by: Self.clerk)
      #expect(
        try self.joining(receipt, desk).reason == "请用本单位邮箱联系"
      )
      _ = try desk.join(asked, by: Self.applicant)
    }
  }

  @Test func `what stands in the way of a confirmation is told, and nothing is half made`() throws {
    try withJoinings { city, desk in
      let region = try #require(
        try city.register.list(
          city.kind("region"),
          Query([.field("regionKind", "county")], limit: 1)
        )
        .first
      )
      let industry = try #require(
        try city.register.list(city.kind("industry"), Query(limit: 1)).first
      )
      let acting = county(region.id, city)
      try city.save("account", ["loginName": "jia.test", "displayName": "甲"])
      let (first, _) = try desk.join(
        enterprise(["regionCode": region.id, "gbIndustryCode": industry.id]),
        by: Self.applicant
      )
      #expect(
        problems { try desk.confirm(first, acting: acting, by: Self.clerk) }
          == ["ACC-E-066 登录名 jia.test 已有人用，请不同意并请对方换一个。"]
      )
      #expect(
        try city.register.list(city.kind("enterprise"), Query([.field("uscc", Self.uscc)])).isEmpty
      )
      let school = enterprise([
        "organisationKind": "school", "schoolCode": "0000000000", "uscc": "", "gbIndustryCode": "",
        "regionCode": region.id, "loginName": "yi.test",
      ])
      let (second, _) = try desk.join(school, by: Self.applicant)
      #expect(
        problems { try desk.confirm(second, acting: acting, by: Self.clerk) }
          == ["ACC-E-065 台账里没有代码为 0000000000 的学校，请先登记这所学校，再确认。"]
      )
    }
  }

  @Test func `what an applicant may not decide they can't fill in`() throws {
    try withJoinings { city, desk in
      let region = try #require(
        try city.register.list(
          city.kind("region"),
          Query([.field("regionKind", "county")], limit: 1)
        )
        .first
      )
      let industry = try #require(
        try city.register.list(city.kind("industry"), Query(limit: 1)).first
      )
      let (_, receipt) = try desk.join(
        enterprise([
          "regionCode": region.id, "gbIndustryCode": industry.id, "status": "confirmed",
          "accountId": "U000001",
          "joiningId": "J000099",
        ]),
        by: Self.applicant
      )
      let joining = try self.joining(receipt, desk)
      #expect(joining.status == .waiting)
      #expect(joining.accountId.isEmpty && joining.joiningId != "J000099")
      #expect(
        problems {
          _ = try desk.join(
            enterprise(["uscc": "91990199MA2XQ00023", "hasReadNotice": "false"]),
            by: Self.applicant
          )
        }
        .contains { $0.hasPrefix("ACC-E-060") || $0.contains("统一社会信用代码") }
      )
      #expect(try desk.joining(ofReceipt: "x") == nil)
    }
  }
}

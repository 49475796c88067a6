import Exchange
import Matching
import Testing
import Values

/// Certificates at hand and on the way, `exchange.md` §6.1 G5 and §6.2 `cert`, `level`.
@Suite struct CertificateMatchTests {
  private let wish = ["certificateRefs": "低压电工证;;是"]
  private let onTheWay = "要求的 1 个证书具备 0 个，计划取得 1 个（按一半计）"
  private let late = "必须的证书“特种作业操作证(电工)”预计 2022-08-02 取得，晚于开始日期 2022-08-01"

  private func expect(_ fit: MatchTown.Fit?, _ value: Ratio?, _ evidence: String, _ row: String) {
    #expect(fit?.factor("cert")?.value == value, "\(row)")
    #expect(fit?.factor("cert")?.evidence == evidence, "\(row)")
  }

  @Test func `what is held by the start opens the gate, and counts half until it is held`() throws {
    let held = "要求的 1 个证书具备 1 个"
    let table: [(String, Ratio, String, String)] = [
      ("低压电工证", .one, held, "held, by another name"),
      ("permitElectrician", .one, held, "held, by its code"),
      ("低压电工证;;;2022-08-01", Ratio(1, 2), onTheWay, "on the first day"),
      ("特种作业操作证（电工）;;;2022/7/31", Ratio(1, 2), onTheWay, "the day before"),
      ("低压电工证;;;2022-12-01|低压电工证", .one, held, "held, and expected once more"),
      ("低压电工证;;;2022-12-01|低压电工证;;;2022-07-20", Ratio(1, 2), onTheWay, "the earlier of two"),
    ]
    try MatchTown.open { town in
      let job = try town.post(MatchTown.job, wish)
      for (certificates, value, evidence, row) in table {
        let graduates = try town.post(MatchTown.graduates, ["certificateRefs": certificates])
        let fit = try town.fit(job, graduates)
        #expect(fit?.isRecommended == true, "\(row)")
        expect(fit, value, evidence, row)
      }
    }
  }

  @Test func `what comes after the start or not at all shuts the gate, with the way to open it`()
    throws
  {
    let never = "G5 缺少必须的证书“特种作业操作证(电工)” → 开始前取得该证书，或改为“优先”"
    let late = "G5 \(late) → 开始日期推迟到 2022-08-02，或提前取得证书"
    let none = "要求的 1 个证书具备 0 个"
    let table: [(String, String, Ratio?, String)] = [
      ("低压电工证;;;2022-08-02", late, Ratio(1, 2), onTheWay),
      ("低压电工证;;;2022-12-01|低压电工证;;;2022-08-02", late, Ratio(1, 2), onTheWay),
      ("焊工证", never, .zero, none), ("焊工证;;;2022-07-20", never, .zero, none),
      ("", never, nil, "对方没有写明证书"),
    ]
    try MatchTown.open { town in
      let job = try town.post(MatchTown.job, wish)
      for (certificates, gate, value, evidence) in table {
        let graduates = try town.post(MatchTown.graduates, ["certificateRefs": certificates])
        let fit = try town.fit(job, graduates)
        #expect(fit?.isRecommended == false, "\(certificates)")
        #expect(fit?.gates == [gate], "\(certificates)")
        expect(fit, value, evidence, certificates)
      }
    }
  }

  @Test func `a certificate the city's table does not know is told as it was written`() throws {
    try MatchTown.open { town in
      let job = try town.post(MatchTown.job, ["certificateRefs": "叉车证;;是"])
      let graduates = try town.post(MatchTown.graduates)
      let fit = try town.fit(job, graduates)
      #expect(fit?.candidate.failed.map(\.reason) == ["缺少必须的证书“叉车证”"])
    }
  }

  @Test func `a wish for a certificate is no gate`() throws {
    try MatchTown.open { town in
      let job = try town.post(MatchTown.job, ["certificateRefs": "低压电工证|焊工证;;否"])
      let graduates = try town.post(
        MatchTown.graduates,
        ["certificateRefs": "低压电工证|焊工证;;;2022-12-01"]
      )
      let fit = try town.fit(job, graduates)
      #expect(fit?.isRecommended == true)
      expect(fit, Ratio(3, 4), "要求的 2 个证书具备 1 个，计划取得 1 个（按一半计）", "two wishes")
    }
  }

  @Test func `the start is the asker's, else the other's, and without one the gate is open`() throws
  {
    let open = ["periodStart": "", "periodEnd": ""]
    try MatchTown.open { town in
      let job = try town.post(MatchTown.job, open.merging(wish) { $1 })
      let late = ["certificateRefs": "低压电工证;;;2022-08-02"]
      let dated = try town.post(MatchTown.graduates, late)
      try #expect(town.fit(job, dated)?.candidate.failed.map(\.reason) == [self.late])
      let undated = try town.post(MatchTown.graduates, late.merging(open) { $1 })
      try #expect(town.fit(job, undated)?.isRecommended == true)
    }
  }
}

/// What 1+X pilots plan, and what an advanced certificate is worth.
@Suite struct CertificateLevelMatchTests {
  private let pilot = [
    "name": "数控车铣加工试点", "model": "1+X", "tier": "校级", "schoolId": MatchTown.school,
    "programCodes": "660103", "certificate": "cncMilling", "status": "已批准",
    "approvedOn": "2021-09-01",
  ]
  private let planned = "要求的 1 个证书具备 0 个，计划取得 1 个（按一半计）"

  @Test func `a 1+X pilot of the school plans its certificate for the program`() throws {
    try MatchTown.open { town in
      try town.save("pilot", pilot)
      let job = try town.post(MatchTown.job, ["certificateRefs": "数控车铣;;是"])
      let table: [([String: String], Ratio?, String)] = [
        ([:], Ratio(1, 2), planned), (["ownerSchoolId": MatchTown.otherSchool], nil, "对方没有写明证书"),
        (["programRefs": "660301"], nil, "对方没有写明证书"),
        (["certificateRefs": "数控车铣加工"], .one, "要求的 1 个证书具备 1 个"),
      ]
      for (changes, value, evidence) in table {
        let graduates = try town.post(MatchTown.graduates, changes)
        let fit = try town.fit(job, graduates)
        #expect(fit?.factor("cert")?.value == value, "\(changes)")
        #expect(fit?.factor("cert")?.evidence == evidence, "\(changes)")
        #expect(fit?.isRecommended == (value != nil), "\(changes)")
      }
      let program = try town.fit(job, "660103")
      #expect(program?.factor("cert")?.value == Ratio(1, 2))
    }
  }

  @Test func `a pilot plans from its approval until it ends`() throws {
    let table = [
      ("已申报", false), ("已推荐", false), ("已批准", true), ("招生中", true), ("培养中", true), ("整改中", true),
      ("已结业", false), ("已验收", false), ("已终止", false),
    ]
    try MatchTown.open { town in
      let id = try town.save("pilot", pilot)
      let job = try town.post(MatchTown.job, ["certificateRefs": "数控车铣"])
      let graduates = try town.post(MatchTown.graduates)
      for (status, isPlanned) in table {
        try town.save("pilot", ["status": status], id: id)
        let value = try town.fit(job, graduates)?.factor("cert")?.value
        #expect(value == (isPlanned ? Ratio(1, 2) : nil), "\(status)")
      }
    }
  }

  @Test func `a pilot of another certificate tells nothing`() throws {
    try MatchTown.open { town in
      let job = try town.post(MatchTown.job, ["certificateRefs": "焊工证"])
      let graduates = try town.post(MatchTown.graduates)
      try town.save("pilot", pilot)
      for other in [graduates, "660103"] {
        let factor = try town.fit(job, other)?.factor("cert")
        #expect(factor?.value == nil, "\(other)")
        #expect(factor?.evidence == "对方没有写明证书", "\(other)")
      }
    }
  }

  @Test func `what a school's pilot plans is no wish of the school`() throws {
    try MatchTown.open { town in
      try town.save("pilot", pilot)
      let graduates = try town.post(MatchTown.graduates)
      let job = try town.post(MatchTown.job, ["certificateRefs": "焊工证"])
      let factor = try town.fit(graduates, job)?.factor("cert")
      #expect(factor?.value == nil)
      #expect(factor?.evidence == "没有写明具备哪些证书")
    }
  }

  @Test func `a school that asks is held against what the post requires`() throws {
    try MatchTown.open { town in
      let graduates = try town.post(MatchTown.graduates, ["certificateRefs": "数控车铣"])
      let table: [(certificates: String, value: Ratio?, isRecommended: Bool)] = [
        ("数控车铣;;是", .one, true), ("数控车铣|焊工证", Ratio(1, 2), true), ("焊工证;;是", .zero, false),
      ]
      for row in table {
        let job = try town.post(MatchTown.job, ["certificateRefs": row.certificates])
        let fit = try town.fit(graduates, job)
        #expect(fit?.factor("cert")?.value == row.value, "\(row)")
        #expect(fit?.isRecommended == row.isRecommended, "\(row)")
      }
    }
  }

  @Test func `one level below counts half with an advanced certificate at hand`() throws {
    let half = "学历层次低一级，有三级（高级工）以上证书"
    let table: [(String, Ratio, String)] = [
      ("数控车工;三级", Ratio(1, 2), half), ("数控车工;高级工", Ratio(1, 2), half),
      ("数控车工;三级（高级工）", Ratio(1, 2), half), ("数控车工;三级/高级工", Ratio(1, 2), half),
      ("数控车工;技师", Ratio(1, 2), half), ("数控车工;一级", Ratio(1, 2), half),
      ("数控车工;四级", .zero, "学历层次不符"), ("数控车工;中级工", .zero, "学历层次不符"),
      // The 高级 of 1+X is another scale.
      ("数控车铣;高级", .zero, "学历层次不符"),
      // Still on the way.
      ("数控车工;三级;;2022-07-20", .zero, "学历层次不符"), ("", .zero, "学历层次不符"),
    ]
    try MatchTown.open { town in
      let job = try town.post(
        MatchTown.job,
        ["levelMin": "高职专科", "levelMax": "高职专科", "programRefs": "6601"]
      )
      let secondary = ["levelMin": "中职", "levelMax": "中职"]
      for (certificates, value, evidence) in table {
        let graduates = try town.post(
          MatchTown.graduates,
          secondary.merging(["certificateRefs": certificates]) { $1 }
        )
        let factor = try town.fit(job, graduates)?.factor("level")
        #expect(factor?.value == value, "\(certificates)")
        #expect(factor?.evidence == evidence, "\(certificates)")
      }
    }
  }

  @Test func `two levels below count nothing, whatever the certificate`() throws {
    try MatchTown.open { town in
      let job = try town.post(
        MatchTown.job,
        ["levelMin": "职业本科", "levelMax": "职业本科", "programRefs": "6601"]
      )
      let graduates = try town.post(
        MatchTown.graduates,
        ["levelMin": "中职", "levelMax": "中职", "certificateRefs": "数控车工;三级"]
      )
      try #expect(town.fit(job, graduates)?.factor("level")?.value == .zero)
    }
  }
}

import Records

extension Figure {
  /// Every figure of the achievements paragraph a city's reply begins with; the codes are those of
  /// `registry.md` §6–7, `carriers.md` §10 and `apprenticeship.md` §8.
  ///
  /// - Parameters:
  ///   - schoolYear: the school year the yearly numbers are taken of.
  ///   - retentionLabel: what the city calls the share of graduates who stay.
  /// - Returns: the figures, each with its parts.
  package static func all(schoolYear: String, retentionLabel: String) -> [Figure] {
    schools
      + people(Selection("schoolAnnualStat", .field("schoolYear", schoolYear)), retentionLabel)
      + honours + enterprises + carriers + pilots + money
  }

  /// What a yearly report must be to count: handed in, whether checked already or not.
  static let isReported = Condition(
    "reportStatus",
    .isOneOf(["reported", "checked", "accepted", "frozen"])
  )

  private static let active = Condition.field("status", "active")

  private static func school(_ kinds: String...) -> Selection {
    Selection("school", active, Condition("institutionKind", .isOneOf(kinds)))
  }

  private static let schools: [Figure] = [
    Figure(
      "S1",
      "本科层次职业院校",
      .schools,
      .amount(.count, school("vocationalUniversity")),
      words: "在用的本科层次职业学校数",
      group: "院校"
    ),
    Figure(
      "S2",
      "高职院校",
      .schools,
      .amount(.count, school("higherVocationalCollege")),
      words: "在用的高职（专科）院校数",
      group: "院校"
    ),
    Figure(
      "S3",
      "中职学校",
      .schools,
      .amount(.count, school("secondaryVocationalSchool", "technicianSchool")),
      words: "在用的中等职业学校与技工学校之和；技工学校含在其中，不另加",
      group: "院校",
      parts: [
        Figure(
          "S3.technician",
          "其中技工学校",
          .schools,
          .amount(.count, school("technicianSchool")),
          words: "在用的技工学校数"
        ),
        Figure(
          "S3.secondary",
          "其中中等职业学校",
          .schools,
          .amount(.count, school("secondaryVocationalSchool")),
          words: "在用的中等职业学校数，不含技工学校"
        ),
      ]
    ),
    Figure(
      "school.count",
      "职业院校",
      .schools,
      .amount(
        .count,
        school(
          "vocationalUniversity",
          "higherVocationalCollege",
          "secondaryVocationalSchool",
          "technicianSchool"
        )
      ),
      words: "在用的本科层次职业学校、高职院校、中职学校（含技工学校）之和",
      group: "院校"
    ),
  ]

  private static func people(_ stats: Selection, _ retentionLabel: String) -> [Figure] {
    let counted = stats.and(isReported)
    func levels(_ code: String, _ field: String) -> [Figure] {
      StudentLevel.allCases.map { level in
        Figure(
          "\(code).\(level.rawValue)",
          "其中\(level.label)",
          .persons,
          .amount(.sum(field), counted.and(.field("studentLevel", level.rawValue))),
          words: "\(level.label)学段的合计"
        )
      }
    }
    return [
      Figure(
        "S4",
        "在校生",
        .persons,
        .amount(.sum("enrolled"), counted),
        words: "最近学年各校各学段已填报的在校生之和，含非全日制",
        group: "学生与毕业生",
        parts: levels("S4", "enrolled")
      ),
      Figure(
        "S5",
        "每年毕业生",
        .persons,
        .amount(.sum("graduates"), counted),
        words: "最近学年各校各学段已填报的毕业生之和",
        group: "学生与毕业生",
        parts: levels("S5", "graduates")
      ),
      Figure(
        "S6",
        "就业率（含升学）",
        .ratio,
        .ratio(["employed", "furtherStudy"], by: ["graduates"], counted),
        words: "（就业＋升学）÷ 毕业生，即毕业去向落实率",
        group: "学生与毕业生",
        parts: [
          Figure(
            "S6.employed",
            "直接就业占毕业生",
            .ratio,
            .ratio(["employed"], by: ["graduates"], counted),
            words: "就业 ÷ 毕业生，升学不算"
          )
        ]
      ),
      Figure(
        "S7",
        "\(retentionLabel)（市内就业占就业）",
        .ratio,
        .ratio(["employedInCity"], by: ["employedRegionKnown"], counted),
        words: "市内就业 ÷ 工作地已知的就业；升学不在分母里",
        group: "学生与毕业生",
        parts: [
          Figure(
            "S7.ofGraduates",
            "市内就业占全部毕业生",
            .ratio,
            .ratio(["employedInCity"], by: ["graduates"], counted),
            words: "市内就业 ÷ 毕业生，另一种分母"
          )
        ]
      ),
    ]
  }

  private static func honour(_ type: String, _ kinds: String...) -> Selection {
    let all = Selection(
      "honour",
      .field("honourType", type),
      Condition("status", .isOneOf(["construction", "accepted"]))
    )
    return kinds.isEmpty ? all : all.and(Condition("schoolId.institutionKind", .isOneOf(kinds)))
  }

  private static func honourFigure(
    _ code: String,
    _ label: String,
    _ unit: Unit,
    _ type: String,
    comparisons: [Figure] = []
  ) -> Figure {
    Figure(
      code,
      label,
      unit,
      .amount(.count, honour(type)),
      words: "立项建设或验收通过的“\(label)”项目数；培育的不算",
      group: "荣誉与专业",
      parts: [
        Figure(
          "\(code).college",
          "其中高职",
          unit,
          .amount(.count, honour(type, "higherVocationalCollege", "vocationalUniversity")),
          words: "所属学校为高职院校或本科层次职业学校"
        ),
        Figure(
          "\(code).secondary",
          "其中中职",
          unit,
          .amount(.count, honour(type, "secondaryVocationalSchool", "technicianSchool")),
          words: "所属学校为中职学校（含技工学校）"
        ),
      ] + comparisons
    )
  }

  private static func share(_ code: String, _ selection: Selection, of key: String) -> Figure {
    Figure(
      "\(code).share",
      "占全省比重",
      .ratio,
      .share(.count, selection, of: key),
      words: "本市数 ÷ 全省数；全省数见比较基数"
    )
  }

  private static func rank(_ code: String, _ key: String) -> Figure {
    Figure(
      "\(code).rank",
      "在全省设区市中的位次",
      .rank,
      .benchmark(key),
      words: "文件载明的位次，来源见比较基数"
    )
  }

  private static let honours: [Figure] = [
    honourFigure("S8", "省级示范性现代职业院校", .schools, "demoModernSchool"),
    honourFigure(
      "S9",
      "省“双高计划”院校",
      .schools,
      "provDoubleHigh",
      comparisons: [
        share("S9", honour("provDoubleHigh"), of: "provDoubleHigh"),
        rank("S9", "provDoubleHigh.rank"),
      ]
    ),
    honourFigure(
      "S10",
      "省“双高计划”专业群",
      .pieces,
      "provDoubleHighGroup",
      comparisons: [
        share("S10", honour("provDoubleHighGroup"), of: "provDoubleHighGroup"),
        rank("S10", "provDoubleHighGroup.rank"),
      ]
    ),
    Figure(
      "S11",
      "省级以上对接产业的学科和专业（群）",
      .pieces,
      .amount(
        .count,
        honour("industryLinkedProgramme").and(
          Condition("tier", .isOneOf(["provincial", "national"]))
        )
      ),
      words: "省级以上、立项建设或验收通过、对接产业的学科和专业（群）数",
      group: "荣誉与专业"
    ),
  ]

  private static let partners = Selection(
    "enterprise",
    Condition(
      "cooperation",
      .isReferredTo(
        by: "enterpriseId",
        [
          .field("status", "active"),
          Condition(
            "institutionId.institutionKind",
            .isOneOf(["vocationalUniversity", "higherVocationalCollege", "ordinaryUniversity"])
          ),
        ]
      )
    )
  )

  private static let enterprises: [Figure] = [
    Figure(
      "S12",
      "与高校合作的企业",
      .firms,
      .amount(.count, partners),
      words: "与本市任一高校有执行中合作的企业，一家企业只算一次",
      group: "校企合作",
      parts: [
        Figure(
          "S12.over100m",
          "其中年产值亿元以上",
          .firms,
          .amount(.count, partners.and(Condition("annualOutput", .atLeast(10_000_000_000)))),
          words: "年产值不少于 1 亿元的合作企业"
        )
      ]
    )
  ]

  private static func carrier(_ code: String, _ label: String, _ kind: String, _ words: String)
    -> Figure
  {
    let counted = Selection("carrier", .field("kind", kind), .field("isCounted", "true"))
    return Figure(
      code,
      label,
      .pieces,
      .amount(.count, counted),
      words: words,
      group: "载体",
      parts: [
        Figure(
          "\(code).coBuilt",
          "其中政行企校共建",
          .pieces,
          .amount(.count, counted.and(.field("isCoBuilt", "true"))),
          words: "成员至少含政府、行业、企业、学校中的两类"
        )
      ]
    )
  }

  private static let carriers: [Figure] = [
    carrier("K1", "产业学院", "industryCollege", "运行中或已验收的产业学院数"),
    carrier("K2", "职教集团", "vocationalGroup", "运行中或已验收的职教集团数"),
    carrier("K3", "产教融合联盟", "alliance", "运行中或已验收的产教融合联盟数"),
    carrier("K4", "省级以上科研平台", "researchPlatform", "运行中或已验收、省级以上的科研平台数"),
    carrier("K5", "实训基地", "trainingBase", "运行中或已验收，且本年列入教学、有预约或有协议的实训基地数"),
  ]

  private static func pilot(_ model: String) -> Selection {
    Selection(
      "pilot",
      .field("model", model),
      Condition(
        "status",
        .isOneOf(["approved", "recruiting", "training", "completed", "accepted", "rectifying"])
      )
    )
  }

  private static let pilots: [Figure] = [
    Figure(
      "P1",
      "全国首批产教融合试点城市",
      .pieces,
      .benchmark("pilotCity.national"),
      words: "国家公布的首批试点城市数，来源见比较基数",
      group: "试点",
      parts: [
        Figure(
          "P1.province",
          "其中本省城市",
          .pieces,
          .benchmark("pilotCity.province"),
          words: "为 1 即全省唯一"
        )
      ]
    ),
    Figure(
      "A1",
      "省级二元制试点",
      .pieces,
      .amount(.count, pilot("erYuan").and(.field("tier", "provincial"))),
      words: "省级、已批准及以后各状态的二元制试点项目数，历年累计",
      group: "试点",
      parts: [rank("A1", "erYuan.rank")]
    ),
    Figure(
      "A2",
      "现代学徒制试点",
      .pieces,
      .amount(.count, pilot("modern")),
      words: "已批准及以后各状态的现代学徒制试点项目数，各级合计",
      group: "试点",
      parts: [rank("A2", "modern.rank")]
    ),
    Figure(
      "X1",
      "1+X 证书制度试点项目",
      .pieces,
      .amount(.count, pilot("onePlusX")),
      words: "学校 × 证书 × 批次，一项一个",
      group: "试点",
      parts: [share("X1", pilot("onePlusX"), of: "onePlusX")]
    ),
  ]

  private static let money: [Figure] = [
    Figure(
      "T1",
      "年均职业技能培训",
      .personTimes,
      .mean("personTimes", per: "year", Selection("trainingStat")),
      words: "各校历年面向社会培训人次之和 ÷ 年数",
      group: "培训与资金"
    ),
    Figure(
      "F1",
      "市级专项资金累计投入",
      .yuan,
      .amount(
        .sum("amount"),
        Selection("fundYear", .field("notion", "arranged"), .field("isCumulative", "false"))
      ),
      words: "各年度安排数之和；下达、到位、支出是另外的口径，不与安排数相加；含以前年度的累计数不重复计入",
      group: "培训与资金"
    ),
  ]
}

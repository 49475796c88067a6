import Exchange

/// How items of one kind and side are written, and how many of a hundred are such.
struct ItemForm {
  /// The kind.
  var kind: ItemKind
  /// The side.
  var side: ItemSide
  /// Who posts it.
  var poster: ItemPoster
  /// How many of a hundred.
  var share: Int
  /// Titles.
  var titles: [Wording]
  /// Sentences of the description.
  var sentences: [Wording]

  /// The number of the form for each of a hundred items.
  static let places = all.enumerated().flatMap {
    Array(repeating: $0.offset, count: $0.element.share)
  }

  /// Everyday names of jobs, beside those of the catalogue.
  static let jobs = [
    "数控车工", "CNC 操作员", "焊工", "模具钳工", "电商客服", "直播运营", "仓库管理员", "叉车司机", "外贸跟单员", "质检员",
    "设备维修电工", "机电维修工", "服装打版师", "针车工", "鞋样设计师", "食品检验员", "面点师", "中餐厨师", "会计", "出纳",
    "行政文员", "前端工程师", "Java 程序员", "网络运维", "平面设计师", "短视频剪辑", "幼儿教师", "养老护理员", "药店营业员", "汽车维修工",
    "物流专员", "采购员", "工业机器人调试员", "PLC 工程师", "注塑技术员", "陶瓷彩绘师", "石雕工", "茶艺师", "酒店前台", "导游",
  ]

  /// All forms; the shares add up to a hundred.
  static let all = [
    ItemForm(
      kind: .graduateJob,
      side: .demand,
      poster: .enterprise,
      share: 36,
      titles: [
        "招聘{岗位}{人数}名", "急聘{岗位}，月薪 {月薪} 元起", "{县}招{岗位} {人数} 人，包食宿", "诚聘{专业}毕业生 {人数} 名",
        "{岗位}（{技能}方向）", "{专业}相关专业{岗位}", "长期招{岗位}", "{县}工厂直招{岗位}{人数}名，五险一金",
      ],
      sentences: jobSentences
    ),
    ItemForm(
      kind: .internshipPost,
      side: .offer,
      poster: .enterprise,
      share: 20,
      titles: [
        "{岗位}实习岗位 {人数} 名", "{专业}方向实习岗位{人数}名", "{县}{岗位}岗位实习，提供住宿", "{技能}实习岗位 {人数} 人",
        "接收{专业}学生岗位实习 {人数} 名",
      ],
      sentences: jobSentences + [
        "实习期 {月数} 个月，有师傅带教，每名师傅带不超过五名学生。", "实习岗位与{专业}专业对口，不安排夜班和加班。",
        "由企业和学校共同投保实习责任险，实习报酬按月足额发放。",
      ]
    ),
    ItemForm(
      kind: .internshipNeed,
      side: .demand,
      poster: .school,
      share: 12,
      titles: [
        "{专业}班 {人数} 人寻实习岗位", "{专业}专业学生 {人数} 名需要岗位实习", "{县}周边{岗位}类实习岗位需求 {人数} 人",
      ],
      sentences: schoolSentences
    ),
    ItemForm(
      kind: .talentSupply,
      side: .offer,
      poster: .school,
      share: 8,
      titles: ["{专业}应届毕业生 {人数} 人", "{专业}毕业生 {人数} 名，会{技能}", "推荐{岗位}方向毕业生{人数}名"],
      sentences: schoolSentences
    ),
    ItemForm(
      kind: .orderClass,
      side: .demand,
      poster: .enterprise,
      share: 6,
      titles: ["{专业}订单班 {人数} 人", "与学校共办{岗位}订单班", "{县}企业求{专业}冠名班"],
      sentences: partnerSentences
    ),
    ItemForm(
      kind: .orderClass,
      side: .offer,
      poster: .school,
      share: 4,
      titles: ["{专业}可开订单班，{人数} 人一班", "{专业}专业承接{岗位}订单培养"],
      sentences: schoolSentences + partnerSentences
    ),
    ItemForm(
      kind: .staffTraining,
      side: .demand,
      poster: .enterprise,
      share: 4,
      titles: ["{人数} 名职工参加{技能}培训", "{岗位}技能提升培训需求", "{技能}职业技能等级评价 {人数} 人"],
      sentences: partnerSentences
    ),
    ItemForm(
      kind: .trainingService,
      side: .offer,
      poster: .school,
      share: 3,
      titles: ["承接{技能}培训与评价", "{岗位}岗前培训，可上门", "{专业}专业面向企业开展{技能}培训"],
      sentences: schoolSentences + partnerSentences
    ),
    ItemForm(
      kind: .techProblem,
      side: .demand,
      poster: .enterprise,
      share: 4,
      titles: ["{技能}工艺改进技术需求", "{专业}相关：{技能}良品率提升", "寻求{技能}设备自动化改造方案"],
      sentences: partnerSentences + ["目前主要问题出在{技能}环节，废品率偏高，希望 {月数} 个月内解决。"]
    ),
    ItemForm(
      kind: .coBuild,
      side: .demand,
      poster: .enterprise,
      share: 3,
      titles: ["共建{专业}实训基地", "共建{县}{专业}产业学院", "共建{技能}工作站"],
      sentences: partnerSentences
    ),
  ]

  private static let jobSentences: [Wording] = [
    "负责{岗位}日常工作，按图纸和工艺要求完成生产任务。", "熟悉{技能}，有{技能}经验者优先考虑。", "会{技能}，懂{技能}基本操作，服从车间安排。",
    "{专业}及相关专业，应届毕业生亦可，公司安排师傅带教。", "工作地点在{县}，厂区有食堂和宿舍，上下班有班车。", "综合月薪 {月薪} 元左右，多劳多得，每月按时发放。",
    "周末单休，法定节假日正常休息，缴纳五险一金。", "能吃苦耐劳，工作认真负责，有团队合作精神。", "试用期 {月数} 个月，转正后签订正式劳动合同。",
    "掌握{技能}和质量检验的基本方法，能独立填写生产记录。", "岗位对视力有要求，需要长时间站立操作设备。", "有{岗位}工作经历者待遇从优，可面谈。",
  ]

  private static let schoolSentences: [Wording] = [
    "本届{专业}专业共 {人数} 人，已学完{技能}等核心课程。", "学生已取得{技能}相关职业技能等级证书。", "希望在{县}及周边安排，企业提供住宿更好。",
    "实习时间约 {月数} 个月，由学校派专职教师跟班管理。", "适合{岗位}及相近岗位，欢迎企业来校面谈。", "专业与本地产业对接紧密，曾与多家企业开展{技能}项目合作。",
    "校内有{技能}实训室，设备与企业生产现场同步。",
  ]

  private static let partnerSentences: [Wording] = [
    "希望与开设{专业}专业的学校合作，共同制定人才培养方案。", "企业提供{技能}设备和技术骨干，学校提供场地与教师。", "合作期 {月数} 个月，到期双方可以续签。",
    "围绕{岗位}岗位开发课程和教材，内容包括{技能}、{技能}。", "培训对象为一线员工，利用晚上和周末授课，共 {人数} 人。", "成果归双方共有，具体方式面谈。",
    "企业位于{县}，主营业务与{专业}密切相关，订单稳定。",
  ]
}

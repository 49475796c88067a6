import Calendar
import Exchange
import Ledger
import Records
import Values

extension Row {
  static let owners = [
    Row("EXC-E-001", "没有填发布单位，请填写发布企业或发布学校其中一项。") { $0.ownerEnterpriseId = "" },
    Row("EXC-E-001", "发布企业和发布学校都填了，一条只能有一个发布单位，请留一项。") { $0.ownerSchoolId = "S1" },
    Row("EXC-E-001", "“海棠机械”的核验状态是“已自行登记”，已核验的企业才能发布，请先完成核验或存为草稿。") {
      $0.ownerEnterpriseId = "E-new"
    },
    Row("EXC-E-001", "“海棠机械”的信用状态是“经营异常”，信用正常的企业才能发布，请先修复信用并更新企业信息。") {
      $0.ownerEnterpriseId = "E-bad"
    },
    Row("EXC-E-001", "“第一职校”的状态是“已撤销”，核实并在用的学校才能发布，请先核实或存为草稿。") {
      $0.ownerEnterpriseId = ""
      $0.ownerSchoolId = "S-closed"
    },
    Row(
      "EXC-W-025",
      "“海棠机械”是人力资源服务、劳务派遣企业，只能为写明的用工单位招人，请在详细说明中写“用工单位：”和单位全称。"
    ) { $0.ownerEnterpriseId = "E-agency" },
    Row("EXC-E-019", "“毕业生用工岗位”只有需求，方向填的是“供给”，请改为“需求”或改选种类。") { $0.side = .offer },
    Row("EXC-E-020", "“毕业生用工岗位”的需求由企业发布，发布单位填的是学校，请改填发布单位或改选种类。") {
      $0.ownerEnterpriseId = ""
      $0.ownerSchoolId = "S1"
    },
    Row("EXC-W-013", "没有填坐标，发布单位也没有，匹配时算不出距离，请补填经度和纬度。") {
      $0.ownerEnterpriseId = "E-nowhere"
    },
    Row("EXC-W-017", "还缺：详细说明、岗位名称，请补齐，写全的信息匹配更准。") {
      $0.description = ""
      $0[attribute: "postTitle"] = .none
    },
  ]

  static let numbers = [
    Row("EXC-E-002", "结束日期 2022-07-20 早于开始日期 2022-08-01，请核对。") {
      $0.periodEnd = CivilDate("2022-07-20")
    },
    Row("EXC-E-002", "从 2022-08-01 到 2027-09-01 超过 5 年，请缩短，期满后可续发。") {
      $0.periodEnd = CivilDate("2027-09-01")
    },
    Row("EXC-E-002", "结束日期 2022-07-13 已经过去，请改为今天以后的日期。") {
      $0.periodStart = nil
      $0.periodEnd = CivilDate("2022-07-13")
    },
    Row("EXC-E-023", "有效期至 2022-07-13，已经过去，请改为今天以后的日期。") {
      $0.validUntil = CivilDate("2022-07-13")
    },
    Row("EXC-E-023", "有效期至 2023-01-11，最长 180 天，请改为不晚于 2023-01-10 的日期，到期可续。") {
      $0.validUntil = CivilDate("2023-01-11")
    },
    Row("EXC-E-003", "请填写数量（人），至少为 1。") { $0.headcount = nil },
    Row("EXC-E-003", "数量填的是 0，至少为 1，请核对。") { $0.headcount = 0 },
    Row("EXC-E-003", "数量填的是 501 人，一条超过 500 须写明说明文件，请补填说明文件或分成几条。") {
      $0.headcount = 501
    },
    Row("EXC-E-010", "已预留 21，多于数量 20，请先减少预留或增加数量。") { $0.reserved = 21 },
    Row("EXC-E-022", "最小成团 30 大于数量 20，永远凑不成，请改小最小成团或改大数量。") { $0.minBatch = 30 },
  ]

  static let requirements = [
    Row("EXC-E-024", "最高学段“中职”低于最低学段“高职专科”，请对调或核对。") {
      $0.levelMin = .juniorCollege
      $0.levelMax = .secondary
    },
    Row("EXC-E-004", "专业代码 460103 是高职专科的专业，学段填的是中职，请改专业代码或学段。") {
      $0.levelMin = .secondary
      $0.levelMax = .secondary
      $0.programRefs = CellRows([["460103", "", ""]])
    },
    Row("EXC-E-004", "专业代码 260103 是职业本科的专业，学段填的是中职到高职专科，请改专业代码或学段。") {
      $0.levelMin = .secondary
      $0.levelMax = .juniorCollege
      $0.programRefs = CellRows([["260103", "", ""]])
    },
    Row(
      "EXC-W-026",
      "专业要求填的是“数控技术”，不是专业代码，匹配时用不上，请填 6 位专业代码、4 位专业类或 2 位专业大类。"
    ) { $0.programRefs = CellRows([["数控技术", "", ""]]) },
    Row("EXC-E-033", "技能词有 16 个，最多 15 个，请保留最要紧的。") {
      $0.skillTerms = CellRows((1...16).map { ["技能\($0)", ""] })
    },
    Row("EXC-E-041", "证书“低压电工证”的预计取得日期填的是“明年”，应为日期，例如 2022-06-30。") {
      $0.certificateRefs = CellRows([["低压电工证", "", "true", "明年"]])
    },
    Row("EXC-E-041", "证书“焊工证”的预计取得日期填的是“2022-02-30”，应为日期，例如 2022-06-30。") {
      $0.certificateRefs = CellRows([
        ["低压电工证", "", "true", "2022/6/30"], ["焊工证", "", "", "2022-02-30"],
      ])
    },
  ]

  static let words = [
    Row("EXC-W-005", "详细说明中有联系方式“13800000000”，会被公开，请删去，改填到“联系方式”一栏。") {
      $0.description = "有意请打13800000000。"
    },
    Row("EXC-W-005", "标题中有联系方式“微信:haitang01”，会被公开，请删去，改填到“联系方式”一栏。") {
      $0.title = "急招车工 微信：haitang01"
    },
    Row("EXC-W-005", "详细说明中有联系方式“QQ12345678”、“hr@example.com”，会被公开，请删去，改填到“联系方式”一栏。") {
      $0.description = "联系QQ12345678或hr@example.com。"
    },
    Row(
      "EXC-E-008",
      "详细说明中有“仅限男性”（限制性别）、“35岁以下”（限制年龄），招人不得设置妨碍平等就业的条件（职业教育法第五十三条），请删去或改为技能要求。"
    ) { $0.description = "仅限男性，35岁以下。" },
    Row(
      "EXC-E-008",
      "标题中有“未婚”（限制婚育），招人不得设置妨碍平等就业的条件（职业教育法第五十三条），请删去或改为技能要求。"
    ) { $0.title = "招未婚女工" },
    Row(
      "EXC-E-008",
      "详细说明中有“限本地户籍”（限制户籍）、“乙肝”（限制健康状况）、“全日制本科”（限制毕业院校或学历类型），招人不得设置妨碍平等就业的条件（职业教育法第五十三条），请删去或改为技能要求。"
    ) { $0.description = "限本地户籍。全日制本科。须查乙肝。" },
    Row("EXC-W-018", "详细说明中提到“押金”、“服装费”，任何环节都不得向学生收费，请删去，或写明由单位承担。") {
      $0.description = "入职交押金200元。另收服装费。"
    },
  ]

  static let pay = [
    Row("EXC-E-021", "月薪上限 4000 元低于下限 5000 元，请对调或核对。") {
      $0[attribute: "payMax"] = .money(.yuan(4000))
    },
    Row("EXC-E-007", "月薪下限 1899 元/月低于东屿区最低工资 1900 元/月，请提高或核对。") {
      $0[attribute: "payMin"] = .money(.yuan(1899))
    },
  ]
}

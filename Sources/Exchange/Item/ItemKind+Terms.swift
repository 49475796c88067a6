/// The table of `exchange.md` §3: one row for each kind.
extension ItemKind {
  struct Terms {
    var label: String
    var unit: String
    var demand: [ItemPoster] = []
    var offer: [ItemPoster] = []
    var counterparts: [ItemKind]
    var example: String
  }

  var terms: Terms {
    switch self {
    case .graduateJob, .talentSupply, .internshipPost, .internshipNeed, .observationVisit,
      .orderClass, .apprenticeClass:
      studentTerms
    case .techProblem, .techResult, .staffTraining, .trainingService, .coBuild:
      serviceTerms
    case .teacherPracticePost, .teacherPracticeNeed, .industryMentor, .equipmentShare,
      .courseCoDev, .jobTrial:
      resourceTerms
    }
  }

  private var studentTerms: Terms {
    switch self {
    case .talentSupply:
      Terms(
        label: "毕业生供给",
        unit: "人",
        offer: [.school],
        counterparts: [.graduateJob],
        example: "如：机电专业明年有 45 名毕业生，希望对接用人企业"
      )
    case .internshipPost:
      Terms(
        label: "实习岗位",
        unit: "人",
        offer: [.enterprise],
        counterparts: [.internshipNeed],
        example: "如：数控车间接收 12 名学生岗位实习，包住宿"
      )
    case .internshipNeed:
      Terms(
        label: "实习岗位需求",
        unit: "人",
        demand: [.school],
        counterparts: [.internshipPost],
        example: "如：数控专业 180 名学生 7 月起需要实习岗位"
      )
    case .observationVisit:
      Terms(
        label: "认识实习与参观研学",
        unit: "人次",
        demand: [.school],
        offer: [.enterprise],
        counterparts: [.observationVisit],
        example: "如：新生一天参观生产线，每批 40 人"
      )
    case .orderClass:
      Terms(
        label: "订单班、冠名班",
        unit: "人",
        demand: [.enterprise],
        offer: [.school],
        counterparts: [.orderClass],
        example: "如：想与学校开一个 30 人的鞋样设计订单班"
      )
    case .apprenticeClass:
      Terms(
        label: "学徒班",
        unit: "人",
        demand: [.enterprise],
        offer: [.school],
        counterparts: [.apprenticeClass],
        example: "如：现代学徒制、二元制、企业新型学徒制培养 25 人"
      )
    default:
      Terms(
        label: "毕业生用工岗位",
        unit: "人",
        demand: [.enterprise],
        counterparts: [.talentSupply],
        example: "如：招数控操作工 20 人，月薪 5000 至 7000 元"
      )
    }
  }

  private var serviceTerms: Terms {
    switch self {
    case .techResult:
      Terms(
        label: "成果转化",
        unit: "项",
        offer: [.school],
        counterparts: [.techProblem],
        example: "如：一项鞋底发泡工艺专利，可许可使用"
      )
    case .staffTraining:
      Terms(
        label: "职工培训需求",
        unit: "人",
        demand: [.enterprise],
        counterparts: [.trainingService],
        example: "如：60 名职工参加电工中级工培训和评价"
      )
    case .trainingService:
      Terms(
        label: "培训与评价服务",
        unit: "人",
        offer: [.school],
        counterparts: [.staffTraining],
        example: "如：可上门开展焊工培训，年承训 500 人"
      )
    case .coBuild:
      Terms(
        label: "共建合作",
        unit: "个",
        demand: [.enterprise, .school],
        offer: [.enterprise, .school],
        counterparts: [.coBuild],
        example: "如：共建产业学院、实训基地、研发平台、“校中厂”"
      )
    default:
      Terms(
        label: "技术需求",
        unit: "项",
        demand: [.enterprise],
        counterparts: [.techResult],
        example: "如：解决注塑件缩水率偏高，可“揭榜挂帅”"
      )
    }
  }

  private var resourceTerms: Terms {
    switch self {
    case .teacherPracticeNeed:
      Terms(
        label: "教师实践需求",
        unit: "人",
        demand: [.school],
        counterparts: [.teacherPracticePost],
        example: "如：两名专业教师暑期到企业实践 4 周"
      )
    case .industryMentor:
      Terms(
        label: "产业导师",
        unit: "人",
        demand: [.school],
        offer: [.enterprise],
        counterparts: [.industryMentor],
        example: "如：聘请一名高级技师每周授课 4 学时"
      )
    case .equipmentShare:
      Terms(
        label: "设备场地共享",
        unit: "台（套）",
        demand: [.enterprise, .school],
        offer: [.enterprise, .school],
        counterparts: [.equipmentShare],
        example: "如：三坐标测量机每周三下午可预约"
      )
    case .courseCoDev:
      Terms(
        label: "课程教材开发",
        unit: "门",
        demand: [.enterprise, .school],
        offer: [.enterprise, .school],
        counterparts: [.courseCoDev],
        example: "如：共同编写直播电商活页式教材"
      )
    case .jobTrial:
      Terms(
        label: "大师工作室、竞赛与职业体验",
        unit: "个",
        demand: [.enterprise, .school],
        offer: [.enterprise, .school],
        counterparts: [.jobTrial],
        example: "如：陶瓷大师工作室开放职业体验"
      )
    default:
      Terms(
        label: "教师实践岗位",
        unit: "人",
        offer: [.enterprise],
        counterparts: [.teacherPracticeNeed],
        example: "如：设备部可接收一名教师顶岗实践"
      )
    }
  }
}

import Records

/// Where a graduate went (去向), with the ministry's codes.
package enum Destination: String, Choice {
  case employmentAgreement = "10"
  case labourContract = "11"
  case researchAssistant = "27"
  case military = "46"
  case nationalGrassroots = "50"
  case localGrassroots = "51"
  case startup = "75"
  case otherEmployment = "12"
  case freelance = "76"
  case furtherStudy = "80"
  case abroad = "85"
  case seeking = "70"
  case preparingForStudy = "71"
  case notSeeking = "72"

  package var label: String {
    switch self {
    case .employmentAgreement: "签就业协议"
    case .labourContract: "签劳动合同"
    case .researchAssistant: "科研助理"
    case .military: "应征义务兵"
    case .nationalGrassroots: "国家基层项目"
    case .localGrassroots: "地方基层项目"
    case .startup: "自主创业"
    case .otherEmployment: "其他录用形式"
    case .freelance: "自由职业"
    case .furtherStudy: "境内升学"
    case .abroad: "出国出境"
    case .seeking: "待就业"
    case .preparingForStudy: "不就业拟升学"
    case .notSeeking: "其他暂不就业"
    }
  }

  package var aliases: [String] { self == .furtherStudy ? ["升学"] : [] }

  /// The group the figures are made of.
  package var group: DestinationGroup {
    switch self {
    case .employmentAgreement, .labourContract, .researchAssistant, .military,
      .nationalGrassroots, .localGrassroots:
      .contractEmployment
    case .startup: .startup
    case .otherEmployment, .freelance: .flexible
    case .furtherStudy, .abroad: .furtherStudy
    case .seeking: .seeking
    case .preparingForStudy, .notSeeking: .notSeeking
    }
  }

  /// The codes of those who work.
  static let employedCodes = allCases.filter(\.group.isEmployed).map(\.rawValue)
}

/// A group of destinations (去向组).
package enum DestinationGroup: String, Choice {
  case contractEmployment, startup, flexible, furtherStudy, seeking, notSeeking

  package var label: String {
    switch self {
    case .contractEmployment: "协议和合同就业"
    case .startup: "自主创业"
    case .flexible: "灵活就业"
    case .furtherStudy: "升学"
    case .seeking: "待就业"
    case .notSeeking: "暂不就业"
    }
  }

  /// Whether the graduate works.
  package var isEmployed: Bool {
    switch self {
    case .contractEmployment, .startup, .flexible: true
    case .furtherStudy, .seeking, .notSeeking: false
    }
  }
}

/// What proves a destination (证明材料).
package enum DestinationEvidence: String, Choice {
  case agreement, contract, socialInsurance, admissionNotice, businessLicence, ownStatement

  package var label: String {
    switch self {
    case .agreement: "就业协议"
    case .contract: "劳动合同"
    case .socialInsurance: "社保"
    case .admissionNotice: "录取通知"
    case .businessLicence: "营业执照"
    case .ownStatement: "自述"
    }
  }
}

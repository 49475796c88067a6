import Records
import Values

/// A catalogue of programs (目录).
package enum ProgramCatalog: String, Choice {
  case ministry2021 = "MOE2021"
  case technician = "HRSS"

  package var label: String {
    switch self {
    case .ministry2021: "职业教育专业目录（2021 年）"
    case .technician: "技工院校专业目录"
    }
  }

  package var aliases: [String] { self == .ministry2021 ? ["教育部目录"] : ["人社部目录"] }

  /// The nineteen major categories (专业大类), in the order of their numbers.
  static let categories = [
    "农林牧渔大类", "资源环境与安全大类", "能源动力与材料大类", "土木建筑大类", "水利大类", "装备制造大类",
    "生物与化工大类", "轻工纺织大类", "食品药品与粮食大类", "交通运输大类", "电子与信息大类", "医药卫生大类",
    "财经商贸大类", "旅游大类", "文化艺术大类", "新闻传播大类", "教育与体育大类", "公安与司法大类",
    "公共管理与服务大类",
  ]
}

extension StudentLevel {
  /// The level a program code tells.
  init?(_ code: ProgramCode) { self.init(rawValue: code.level.rawValue) }

  /// The first two digits of the codes of the level.
  var codeRange: String {
    switch self {
    case .secondary: "61–79"
    case .juniorCollege: "41–59"
    case .vocationalBachelor: "21–39"
    }
  }
}

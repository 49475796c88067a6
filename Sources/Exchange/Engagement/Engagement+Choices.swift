import Records

/// Where an engagement stands (阶段); see `exchange.md` §5.2.
package enum EngagementStatus: String, Choice {
  case intent, contacted, negotiating, drafted, signed, implementing, completed, evaluated
  case declined, lapsed, withdrawn, terminated

  package var label: String {
    switch self {
    case .intent: "意向"
    case .contacted: "已接洽"
    case .negotiating: "洽谈中"
    case .drafted: "协议拟定"
    case .signed: "已签约"
    case .implementing: "实施中"
    case .completed: "已完成"
    case .evaluated: "已评价"
    case .declined: "婉拒"
    case .lapsed: "逾期失效"
    case .withdrawn: "撤回"
    case .terminated: "中止"
    }
  }

  /// Whether it left the pipeline.
  package var isExit: Bool {
    switch self {
    case .declined, .lapsed, .withdrawn, .terminated: true
    default: false
    }
  }

  /// Whether its quantity is kept for it; an exit gives it back.
  package var reserves: Bool {
    switch self {
    case .drafted, .signed, .implementing, .completed, .evaluated: true
    default: false
    }
  }

  /// Whether an agreement must cover it (职业教育法第四十条).
  package var needsAgreement: Bool {
    switch self {
    case .signed, .implementing, .completed, .evaluated: true
    default: false
    }
  }
}

/// One of the two parties (发起方).
package enum EngagementParty: String, Choice {
  case partyA, partyB

  package var label: String { self == .partyA ? "甲方" : "乙方" }
}

/// Why somebody said no (婉拒原因).
package enum DeclineReason: String, Choice {
  case farDistance, pay, timing, skill, capacity, filled, level, credit, other

  package var label: String {
    switch self {
    case .farDistance: "距离太远"
    case .pay: "待遇"
    case .timing: "时间不合"
    case .skill: "技能不符"
    case .capacity: "容量不足"
    case .filled: "已满"
    case .level: "层次不符"
    case .credit: "信用"
    case .other: "其他"
    }
  }
}

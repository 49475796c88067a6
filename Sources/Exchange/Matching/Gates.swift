import Calendar
import Values

/// A gate that a pair did not pass, with the smallest change that would open it; see `exchange.md` §6.1.
package struct FailedGate: Hashable, Sendable {
  /// The gate, `G1` … `G9`.
  package var code: String
  /// Why it stayed shut.
  package var reason: String
  /// The smallest change that would open it; empty when nothing would but another item, or when
  /// nobody asked for words.
  package var remedy: String
  /// Whether nothing would open it but another item.
  package var isFinal = false
}

extension Comparison {
  /// The gates the pair does not pass; none for a pair that may be recommended.
  package func failedGates() -> [FailedGate] {
    [
      soundness, timing70, remaining, strictLevel, certificatesHeld, category, minors, openness,
      confidentiality,
    ].compactMap { $0 }
  }

  private var soundness: FailedGate? {
    guard asked.isOwnerSound else {
      return FailedGate(code: "G1", reason: "本单位信用异常或未核验", remedy: "核验并恢复正常后再对接")
    }
    guard !candidate.isOwnerSound else { return nil }
    return FailedGate(code: "G1", reason: "对方单位信用异常或未核验", remedy: "等待对方恢复正常后再对接")
  }

  private var timing70: FailedGate? {
    guard let needed = asked.period, let offered = candidate.period else { return nil }
    let overlap = needed.overlap(with: offered, movableBy: asked.flexDays + candidate.flexDays)
    guard overlap * 10 < needed.days * 7 else { return nil }
    return FailedGate(
      code: "G2",
      reason: words("时间只重合 \(overlap) 天，不到需要的 70%（\(needed.days) 天）"),
      remedy: words("开始时间\(needed.start < offered.start ? "推迟" : "提前")到 \(offered.start) 即可匹配")
    )
  }

  private var remaining: FailedGate? {
    guard let available = candidate.quantity else { return nil }
    let least = max(1, asked.minBatch ?? 1, candidate.kind == .offer ? candidate.minBatch ?? 1 : 1)
    guard available < least else { return nil }
    return FailedGate(
      code: "G3",
      reason: words("剩余 \(available)，不足成团的 \(least)"),
      remedy: available < 1 ? "" : words("最小成团降到 \(available)"),
      isFinal: available < 1
    )
  }

  private var strictLevel: FailedGate? {
    guard seeker.isLevelStrict, let wanted = seeker.levels, let held = holder.levels,
      !wanted.overlaps(held)
    else { return nil }
    return FailedGate(code: "G4", reason: "学历层次不符且不可放宽", remedy: "取消“学段不可放宽”")
  }

  /// Required certificates are held, or will be when it begins.
  private var certificatesHeld: FailedGate? {
    guard candidate.kind == .offer || candidate.kind == .need else { return nil }
    let start = asked.period?.start ?? candidate.period?.start
    for wanted in seeker.certificates where wanted.isRequired {
      let name = knowledge.certificateNames[wanted.id] ?? wanted.id
      let matching = holder.certificates.filter { $0.id == wanted.id }
      guard !matching.contains(where: { $0.isHeld(by: start) }) else { continue }
      if let start, let expected = matching.compactMap(\.expectedOn).min() {
        return FailedGate(
          code: "G5",
          reason: words("必须的证书“\(name)”预计 \(expected) 取得，晚于开始日期 \(start)"),
          remedy: words("开始日期推迟到 \(expected)，或提前取得证书")
        )
      }
      return FailedGate(
        code: "G5",
        reason: words("缺少必须的证书“\(name)”"),
        remedy: "开始前取得该证书，或改为“优先”"
      )
    }
    return nil
  }

  /// Interns stay within the category of their program (no cross-category placement).
  private var category: FailedGate? {
    guard let kind = asked.itemKind ?? candidate.itemKind,
      kind == .internshipPost || kind == .internshipNeed
    else { return nil }
    let (wanted, offered) = (asked.categories, candidate.categories)
    guard !wanted.isEmpty, !offered.isEmpty, wanted.isDisjoint(with: offered) else { return nil }
    return FailedGate(code: "G6", reason: "实习岗位与专业大类不符，不得跨大类安排实习", remedy: "", isFinal: true)
  }

  /// Nobody under eighteen at a post with hazards (未成年工特殊保护规定).
  private var minors: FailedGate? {
    let hazards = asked.hazards + candidate.hazards
    let minors = asked.minors + candidate.minors
    guard minors > 0, !hazards.isEmpty else { return nil }
    return FailedGate(
      code: "G6",
      reason: words("有 \(minors) 名学生未满 18 周岁，岗位有危害（\(hazards.joined(separator: "、"))）"),
      remedy: "把未满 18 周岁的学生另行安排，或换没有危害的岗位"
    )
  }

  /// Neither party has closed itself to the other; nothing is told of it, so no remedy either.
  private var openness: FailedGate? {
    guard !candidate.ownerID.isEmpty, question.closed.contains(candidate.ownerID) else {
      return nil
    }
    return FailedGate(code: "G8", reason: "双方已设为不互相推荐", remedy: "", isFinal: true)
  }

  /// Whoever would solve a confidential problem is ready to sign for it.
  private var confidentiality: FailedGate? {
    let refuses =
      asked.isConfidential && candidate.acceptsConfidentiality == false
      || candidate.isConfidential && asked.acceptsConfidentiality == false
    guard refuses else { return nil }
    return FailedGate(
      code: "G9",
      reason: "技术需求要签保密协议，成果方写明不接受",
      remedy: "成果方接受保密协议，或把需求改为可公开"
    )
  }
}

package import Matching
import Calendar
package import Values

/// Looks at two profiles from each dimension; see `exchange.md` §6.2.
///
/// Every function decides from its
/// arguments alone.
package struct Comparison: Sendable {
  /// What is asked, and what its text suggests where it names nothing itself.
  let question: Question
  /// What may fit it.
  let candidate: Profile
  /// Whether the facts are put into words; ranking many needs no words.
  let isExplained: Bool

  var asked: Profile { question.asked }
  var suggested: Suggestions { question.suggested }
  var knowledge: MatchKnowledge { question.knowledge }

  /// Every dimension's word on the pair.
  package func factors() -> [Factor] {
    [program, industry, skill, certificate, level, region, capacity, timing, track, pay, expertise]
  }

  /// A sentence, unless nobody will read it.
  func words(_ sentence: @autoclosure () -> String) -> String { isExplained ? sentence() : "" }

  // MARK: program

  private static let program = Dimension("program", "专业契合")

  private var program: Factor {
    if asked.wishes.isEmpty, asked.occupations.isEmpty { return suggestedProgram }
    guard !candidate.wishes.isEmpty || !candidate.occupations.isEmpty else {
      return Factor(Self.program, nil, "对方没有写明专业", improvement: "补充专业要求")
    }
    guard !asked.wishes.isEmpty else { return sharedOccupation }
    var sum = Ratio.zero
    var total: Int128 = 0
    var best: (value: Ratio, words: String)?
    for (number, wish) in asked.wishes.enumerated() {
      let fit = self.fit(wish, question.wishOccupations[number])
      let weight = Int128(max(1, wish.headcount ?? 1))
      sum = sum + fit.value * Ratio(weight)
      total += weight
      if fit.value > best?.value ?? Ratio(-1) { best = fit }
    }
    let value = sum / Ratio(total)
    return Factor(
      Self.program,
      value,
      best?.words ?? "",
      improvement: value < .one ? "专业要求放宽到同一专业类" : ""
    )
  }

  private var sharedOccupation: Factor {
    let fit = occupationFit(asked.occupations)
    if fit.value == .zero, let guess = suggestedValue, guess.value ?? .zero > .zero { return guess }
    return Factor(Self.program, fit.value, fit.words)
  }

  /// The best of same code, class, occupation, category for one wish.
  private func fit(_ wish: ProgramWish, _ occupations: Set<String>) -> (value: Ratio, words: String)
  {
    var best = (value: Ratio.zero, words: "专业不同")
    for other in candidate.wishes {
      let fit = fit(wish, other)
      if fit.value > best.value { best = fit }
    }
    guard best.value < Ratio(3, 4), case .program = wish.scope else { return best }
    let shared = occupationFit(occupations)
    return shared.value > best.value ? shared : best
  }

  private func fit(_ left: ProgramWish, _ right: ProgramWish) -> (value: Ratio, words: String) {
    if case .program(let code) = left.scope, case .program(code) = right.scope {
      return (.one, words("专业一致（\(named(code))）"))
    }
    if let key = left.classKey, key == right.classKey {
      let code = [right, left].lazy.compactMap(\.code).first
      guard left.code != nil else { return (.one, words("属于要求的专业类（\(code.map(named) ?? key)）")) }
      return (Ratio(17, 20), words("同一专业类（\(code.map(named) ?? key)）"))
    }
    if let category = left.category, category == right.category {
      if case .category = left.scope { return (.one, "属于要求的专业大类") }
      return (Ratio(2, 5), "同一专业大类")
    }
    return (.zero, "专业不同")
  }

  /// A program by its code and name.
  private func named(_ code: String) -> String { "\(code) \(knowledge.programNames[code] ?? "")" }

  private func occupationFit(_ wanted: Set<String>) -> (value: Ratio, words: String) {
    guard !wanted.isEmpty else { return (.zero, "面向的职业不同") }
    var groups: Set<Substring> = []
    var shared: String?
    func look(_ code: String) {
      if wanted.contains(code), shared.map({ code < $0 }) ?? true { shared = code }
      groups.insert(code.prefix(7))
    }
    candidate.occupations.forEach(look)
    for wish in candidate.wishes {
      if let code = wish.code { knowledge.occupations[code]?.forEach(look) }
    }
    if let shared {
      return (Ratio(3, 4), words("面向同一职业（\(knowledge.occupationNames[shared] ?? shared)）"))
    }
    if let group = wanted.lazy.map({ $0.prefix(7) }).filter(groups.contains).min() {
      return (Ratio(3, 5), words("面向同一职业小类（\(group)）"))
    }
    return (.zero, "面向的职业不同")
  }

  private var suggestedProgram: Factor {
    suggestedValue ?? Factor(Self.program, nil, "没有写明专业，从文字也看不出", improvement: "补充专业要求")
  }

  /// The sureness of what the text suggests, for the program the candidate is about.
  private var suggestedValue: Factor? {
    guard !suggested.programs.isEmpty else { return nil }
    var best = (value: Ratio.zero, words: "文字没有提到这方面的专业")
    func offer(_ guess: Suggestions.Guess?, _ value: Ratio, _ relation: String) {
      guard let guess, guess.confidence * value > best.value else { return }
      best = (
        guess.confidence * value,
        words("推测专业为 \(guess.code) \(guess.name)\(relation.isEmpty ? "" : "：" + relation)")
      )
    }
    if candidate.kind == .program {
      // A program stands for itself: what its class lends it is in the sureness already.
      offer(question.guessed[candidate.code], .one, "")
    } else {
      for wish in candidate.wishes {
        if let code = wish.code { offer(question.guessed[code], .one, "专业一致") }
        if let key = wish.classKey { offer(question.guessedClass[key], Ratio(17, 20), "同一专业类") }
        if let category = wish.category {
          offer(question.guessedCategory[category], Ratio(2, 5), "同一专业大类")
        }
      }
    }
    return Factor(
      Self.program,
      best.value,
      best.words,
      isSuggested: true,
      improvement: "确认或改正推测的专业"
    )
  }
}

extension Comparison {
  private static let industry = Dimension("industry", "产业链契合")
  private static let skill = Dimension("skill", "技能词")
  private static let certificate = Dimension("cert", "证书")
  private static let level = Dimension("level", "层次")
  private static let region = Dimension("region", "距离")
  private static let capacity = Dimension("capacity", "数量")
  private static let timing = Dimension("timing", "时间")
  static let track = Dimension("track", "履约")
  private static let pay = Dimension("pay", "待遇")
  private static let expertise = Dimension("expertise", "研究领域")

  private var industry: Factor {
    let isSuggested = asked.nodes.isEmpty && candidate.kind != .program
    let nodes = isSuggested ? question.nodes : asked.nodes
    guard !nodes.isEmpty, !candidate.nodes.isEmpty else {
      return Factor(Self.industry, nil, "缺少产业链信息", improvement: "补充产业链环节")
    }
    var fit: (value: Ratio, words: String) = (.zero, "产业链不同")
    let others = candidate.nodes
    if let node = others.filter(nodes.contains).min() {
      fit = (.one, words("同一产业链环节（\(knowledge.names[node] ?? node)）"))
    } else if let chain = others.lazy.compactMap({ self.knowledge.chains[$0] })
      .filter(question.chains.contains).min()
    {
      fit = (Ratio(7, 10), words("同一产业链（\(knowledge.names[chain] ?? chain)）"))
    } else if others.contains(where: {
      !question.divisions.isDisjoint(with: knowledge.divisions[$0] ?? [])
    }) {
      fit = (Ratio(1, 2), "同一行业大类")
    }
    guard isSuggested else { return Factor(Self.industry, fit.value, fit.words) }
    return Factor(
      Self.industry,
      fit.value * Ratio(1, 2),
      words("推测：\(fit.words)"),
      isSuggested: true,
      improvement: "确认产业链环节"
    )
  }

  private var skill: Factor {
    let isSuggested = asked.skills.isEmpty && candidate.kind != .program
    let wanted = isSuggested ? question.guessedSkills : asked.skills
    guard !wanted.isEmpty, !candidate.skills.isEmpty else {
      return Factor(
        Self.skill,
        nil,
        words(wanted.isEmpty ? "没有写明技能要求" : "对方没有写明技能"),
        improvement: "补充技能词"
      )
    }
    var covered = Ratio.zero
    var total: Int128 = 0
    var met: [String] = []
    var missing: [String] = []
    for one in wanted {
      let weight: Int128 = one.isMust ? 2 : 1
      total += weight
      let share = coverage(one, by: candidate.skills)
      covered = covered + share * Ratio(weight)
      if share > .zero { met.append(one.name) } else { missing.append(one.name) }
    }
    func sentence() -> String {
      var sentence = "技能 \(wanted.count) 项中满足 \(met.count) 项"
      if !met.isEmpty { sentence += "：\(met.joined(separator: "、"))" }
      if !missing.isEmpty { sentence += "；缺：\(missing.joined(separator: "、"))" }
      return (isSuggested ? "推测：" : "") + sentence
    }
    let value = covered / Ratio(total)
    return Factor(
      Self.skill,
      isSuggested ? value * Ratio(4, 5) : value,
      words(sentence()),
      isSuggested: isSuggested,
      improvement: missing.isEmpty ? "" : words("补上技能：\(missing.joined(separator: "、"))")
    )
  }

  /// 1 for the same term or a synonym, one half for a broader or narrower one.
  private func coverage(_ wanted: Profile.Skill, by skills: [Profile.Skill]) -> Ratio {
    if skills.contains(where: { $0.term == wanted.term }) { return .one }
    let isNear = skills.contains {
      knowledge.broader[wanted.term]?.contains($0.term) == true
        || knowledge.broader[$0.term]?.contains(wanted.term) == true
    }
    return isNear ? Ratio(1, 2) : .zero
  }

  /// Who looks for levels and certificates, and who has them: a school that tells of its students has
  /// them, whichever side asks.
  var seeker: Profile { asked.tellsOfStudents && !candidate.tellsOfStudents ? candidate : asked }
  var holder: Profile { asked.tellsOfStudents && !candidate.tellsOfStudents ? asked : candidate }

  private var certificate: Factor {
    // A program or carrier asks for nothing.
    let wished = seeker.kind == .program || seeker.kind == .carrier ? [] : seeker.certificates
    guard !wished.isEmpty else { return Factor(Self.certificate, nil, "没有证书要求") }
    let matching = wished.compactMap { wish in
      holder.certificates.filter { $0.id == wish.id }.min { !$0.isPlanned && $1.isPlanned }
    }
    guard !matching.isEmpty || !holder.certificates.allSatisfy(\.isOfPilot) else {
      let isOther = candidate.id == holder.id
      return Factor(
        Self.certificate,
        nil,
        isOther ? "对方没有写明证书" : "没有写明具备哪些证书",
        improvement: "补充证书"
      )
    }
    let planned = matching.count(where: \.isPlanned)
    let held = matching.count - planned
    return Factor(
      Self.certificate,
      Ratio(Int128(2 * held + planned), Int128(2 * wished.count)),
      words(
        "要求的 \(wished.count) 个证书具备 \(held) 个" + (planned > 0 ? "，计划取得 \(planned) 个（按一半计）" : "")
      )
    )
  }

  private var level: Factor {
    guard let wanted = seeker.levels, let held = holder.levels else {
      return Factor(Self.level, nil, "没有写明学历层次", improvement: "补充学历层次")
    }
    if wanted.overlaps(held) { return Factor(Self.level, .one, "学历层次符合") }
    if held.lowerBound == wanted.upperBound + 1 {
      return Factor(Self.level, Ratio(7, 10), "学历层次高一级")
    }
    if held.upperBound + 1 == wanted.lowerBound,
      holder.certificates.contains(where: { $0.isAdvanced && !$0.isPlanned })
    {
      return Factor(Self.level, Ratio(1, 2), "学历层次低一级，有三级（高级工）以上证书")
    }
    return Factor(Self.level, .zero, "学历层次不符", improvement: "放宽学历层次")
  }

  private var region: Factor {
    guard let from = asked.point else {
      return Factor(Self.region, nil, "不知道位置", improvement: "补充所在县（市、区）")
    }
    var nearest: (metres: Int, name: String)?
    if let point = candidate.point { nearest = (from.metres(to: point), "") }
    for (point, name) in candidate.points {
      let metres = from.metres(to: point)
      if metres < nearest?.metres ?? .max { nearest = (metres, name) }
    }
    guard let nearest else { return Factor(Self.region, nil, "对方没有位置", improvement: "补充位置") }
    let hasDorm = asked.hasFreeDorm || candidate.hasFreeDorm
    let isSameCounty = !asked.region.isEmpty && asked.region == candidate.region
    let value = Self.nearness(metres: nearest.metres, atLeast: hasDorm || isSameCounty)
    let kilometres = (nearest.metres + 500) / 1000
    let origin = nearest.name.isEmpty ? "相距" : "距\(nearest.name)"
    return Factor(
      Self.region,
      value,
      words("\(origin)约 \(kilometres) km\(isSameCounty ? "，同县" : "")\(hasDorm ? "，有免费住宿" : "")"),
      improvement: value < Ratio(3, 5) ? "提供免费住宿" : ""
    )
  }

  /// 1 up to 10 km, falling evenly to 0.2 at 60 km and beyond; 0.6 at least where that holds.
  package static func nearness(metres: Int, atLeast isFloored: Bool = false) -> Ratio {
    let value: Ratio =
      switch metres {
      case ...10_000: .one
      case 60_000...: Ratio(1, 5)
      default: .one - Ratio(4, 5) * Ratio(Int128(metres - 10_000), 50_000)
      }
    return isFloored ? max(value, Ratio(3, 5)) : value
  }

  private var capacity: Factor {
    guard let needed = asked.quantity, needed > 0, let available = candidate.quantity else {
      return Factor(Self.capacity, nil, "没有写明数量", improvement: "补充数量")
    }
    let value = Ratio(Int128(min(available, needed)), Int128(needed))
    return Factor(
      Self.capacity,
      value,
      words(
        available >= needed ? "有 \(available)，满足需要的 \(needed)" : "有 \(available)，需要 \(needed)"
      ),
      improvement: value < .one ? words("数量降到 \(available)，或分批进行") : ""
    )
  }

  private var timing: Factor {
    guard let needed = asked.period, let offered = candidate.period else {
      return Factor(Self.timing, nil, "没有写明时间", improvement: "补充起止日期")
    }
    let overlap = needed.overlap(with: offered, movableBy: asked.flexDays + candidate.flexDays)
    let value = Ratio(Int128(overlap), Int128(needed.days))
    return Factor(
      Self.timing,
      value,
      words("时间重合 \(overlap) 天，需要 \(needed.days) 天"),
      improvement: value < .one ? words("调整起止日期到 \(offered.start) 至 \(offered.end)") : ""
    )
  }

  private var track: Factor {
    guard asked.kind != .program, candidate.kind == .offer || candidate.kind == .need else {
      return Factor(Self.track, nil, "没有履约记录")
    }
    return Factor(Self.track, candidate.track.value, words(candidate.track.sentence))
  }

  /// Where the pay stands among posts of its kind and category; five at least, or nothing is said.
  private var pay: Factor {
    let post = candidate.pay == nil ? asked : candidate
    guard let pay = post.pay else {
      return Factor(Self.pay, nil, "没有写明待遇", improvement: "补充待遇")
    }
    guard let all = question.pays[post.payGroup], all.count >= 5 else {
      return Factor(Self.pay, nil, "同类岗位待遇不足 5 条，不比较")
    }
    let reached = all.count { $0 <= pay }
    return Factor(
      Self.pay,
      Ratio(Int128(reached), Int128(all.count)),
      words("月薪约 \(Numerals.grouped(pay / 100)) 元，不低于 \(all.count) 个同类岗位中的 \(reached) 个"),
      improvement: reached * 2 < all.count ? "提高待遇" : ""
    )
  }

  /// How many of the fields of research asked for the other side works in.
  private var expertise: Factor {
    guard !asked.expertise.isEmpty else {
      return Factor(Self.expertise, nil, "没有写明研究领域", improvement: "补充研究领域")
    }
    let known = candidate.expertise + candidate.skills
    guard !candidate.expertise.isEmpty else {
      return Factor(Self.expertise, nil, "对方没有写明研究领域", improvement: "请对方补充研究领域")
    }
    let covered = asked.expertise.map { coverage($0, by: known) }
    let met = zip(asked.expertise, covered).filter { $0.1 > .zero }.map(\.0.name)
    let missing = zip(asked.expertise, covered).filter { $0.1 == .zero }.map(\.0.name)
    func sentence() -> String {
      "研究领域 \(asked.expertise.count) 项中涉及 \(met.count) 项"
        + (met.isEmpty ? "" : "：" + met.joined(separator: "、"))
        + (missing.isEmpty ? "" : "；缺：" + missing.joined(separator: "、"))
    }
    return Factor(
      Self.expertise,
      covered.reduce(.zero, +) / Ratio(Int128(covered.count)),
      words(sentence())
    )
  }
}

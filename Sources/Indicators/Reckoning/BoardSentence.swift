import Values

/// The sentence under a question of the board, made from what was reckoned.
package struct BoardSentence: Sendable {
  /// A place that is compared, and what it has.
  package struct Peer: Sendable {
    /// What it is called.
    package var name: String
    /// Its value.
    package var value: IndicatorValue

    /// Names a peer.
    package init(_ name: String, _ value: IndicatorValue) {
      self.name = name
      self.value = value
    }
  }

  /// What the place is called; empty for the city.
  package var name: String
  /// The value.
  package var value: IndicatorValue
  /// The value of the year before, if it is of a year.
  package var before: IndicatorValue?
  /// The places below it, or beside it.
  package var peers: [Peer]
  /// What the places are called together: 县（市、区）, 同类学校.
  package var peersName: String
  /// The value of the city; `nil` when the place is the city.
  package var whole: IndicatorValue?

  /// Takes what the sentence is made from.
  package init(
    _ name: String,
    _ value: IndicatorValue,
    before: IndicatorValue? = nil,
    peers: [Peer] = [],
    peersName: String = "",
    whole: IndicatorValue? = nil
  ) {
    self.name = name
    self.value = value
    self.before = before
    self.peers = peers
    self.peersName = peersName
    self.whole = whole
  }

  /// The sentence.
  package var text: String {
    let indicator = value.indicator
    let place = name.isEmpty ? "全市" : name
    let head = "\(Self.said(year: value.year))\(place)\(indicator.label)"
    guard let number = value.value else {
      return "\(head)：\(value.missing ?? "")。" + (whole == nil ? among : "")
    }
    var parts = ["\(head) \(value.display)"]
    if let change = change(number) { parts.append(change) }
    if let whole, whole.value != nil {
      parts += [standing, "全市 \(whole.display)"].compactMap(\.self)
      return parts.joined(separator: "，") + "。"
    }
    return parts.joined(separator: "，") + "。" + among
  }

  /// A year as a sentence has it.
  package static func said(year: String) -> String {
    guard !year.isEmpty else { return "" }
    return year.contains("-") ? "\(year) 学年" : "\(year) 年"
  }

  /// How it changed since the year before.
  private func change(_ number: Ratio) -> String? {
    guard let former = before?.value else { return nil }
    let difference = number - former
    let word = difference < .zero ? "少" : "多"
    let much = difference < .zero ? Ratio.zero - difference : difference
    if difference == .zero { return "与上一年相同" }
    if value.indicator.isPercent {
      let points = (much * Ratio(100)).decimal(places: 2)
      if points == "0.00" { return "与上一年持平" }
      return "比上一年\(difference < .zero ? "低" : "高") \(points) 个百分点"
    }
    guard former != .zero else { return nil }
    let share = difference < .zero ? Ratio.zero - difference / former : difference / former
    return "比上一年\(word) \(Numerals.percent(share))"
  }

  /// The peers with values, the greatest first; of what is better when less, the least.
  private var ranked: [Peer] {
    let told = peers.filter { $0.value.value != nil }
    return told.sorted { one, other in
      let (first, second) = (one.value.value ?? .zero, other.value.value ?? .zero)
      return value.indicator.direction == .negative ? first < second : second < first
    }
  }

  /// Which place it takes among its peers.
  private var standing: String? {
    let ranked = ranked
    guard ranked.count > 1, let number = value.value else { return nil }
    let better = ranked.count { peer in
      guard let other = peer.value.value else { return false }
      return value.indicator.direction == .negative ? other < number : number < other
    }
    let order =
      switch value.indicator.direction ?? .neutral {
      case .positive, .neutral: "从高到低"
      case .negative: "从低到高"
      }
    return "在 \(ranked.count) 个\(peersName)中\(order)排第 \(better + 1)"
  }

  /// Which of the peers have most and least, and of how many nothing is known.
  private var among: String {
    let ranked = ranked
    var parts: [String] = []
    if ranked.count > 1, let first = ranked.first, let last = ranked.last {
      let isAmount = !value.indicator.isPercent && !value.indicator.unit.isEmpty
      let isLess = value.indicator.direction == .negative
      let words =
        isAmount && !isLess ? ("最多", "最少") : isLess ? ("最低", "最高") : ("最高", "最低")
      if first.value.value == last.value.value {
        parts.append("各\(peersName)都是 \(first.value.display)")
      } else if first.value.display == last.value.display {
        parts.append("各\(peersName)基本持平，在 \(last.value.exact) 至 \(first.value.exact) 之间")
      } else {
        parts.append("\(words.0)的是\(named(first, ranked))\(share(first))）")
        parts.append("\(words.1)的是\(named(last, ranked.reversed()))）")
      }
    }
    let missing = peers.count { $0.value.value == nil && !$0.value.isKeptBack }
    let kept = peers.count { $0.value.isKeptBack }
    if missing > 0 { parts.append("\(missing) 个\(peersName)没有数") }
    if kept > 0 { parts.append("\(kept) 个\(peersName)人数过少不公开") }
    return parts.isEmpty ? "" : parts.joined(separator: "，") + "。"
  }

  /// A peer at one end with its value, and how many have the same; the bracket is left open.
  private func named(_ peer: Peer, _ ranked: [Peer]) -> String {
    let alike = ranked.prefix { $0.value.display == peer.value.display }
    return alike.count > 1
      ? "\(alike[0].name)等 \(alike.count) 个（各 \(peer.value.display)"
      : "\(peer.name)（\(peer.value.display)"
  }

  /// What part of the whole a peer has, where that means anything.
  private func share(_ peer: Peer) -> String {
    guard !value.indicator.isPercent, let all = value.value, all != .zero,
      let own = peer.value.value,
      peers.compactMap(\.value.value).reduce(.zero, +) == all
    else { return "" }
    return "，占 \(Numerals.percent(own / all))"
  }
}

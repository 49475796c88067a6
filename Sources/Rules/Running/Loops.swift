import Values

/// The elements a macro walks: their places or keys, and themselves.
struct Elements {
  let firsts: [RuleValue]?
  let elements: [RuleValue]

  /// The elements of a list, the keys or entries of a map; `nil` for anything else.
  ///
  /// - Parameters:
  ///   - value: what is walked.
  ///   - isPaired: whether places and keys are wanted beside.
  init?(_ value: RuleValue, isPaired: Bool) {
    switch value {
    case .list(let list):
      elements = list
      firsts = isPaired ? list.indices.map { .int(Int64($0)) } : nil
    case .map, .record:
      let map = value.entries
      elements = isPaired ? map.values : map.keys
      firsts = isPaired ? map.keys : nil
    default: return nil
    }
  }
}

/// A macro: walks elements, each under its name.
final class Loop: Node, @unchecked Sendable {
  /// What it is made of.
  struct Parts {
    var verb: Macro.Verb
    var range: Node
    var first: Int
    var second: Int?
    var filter: Node?
    var value: Node?
    /// The steps of one element.
    var steps: Int
  }

  private let parts: Parts

  init(_ parts: Parts) { self.parts = parts }

  override func value(_ frame: inout Frame) -> RuleValue {
    let range = parts.range.value(&frame)
    if range.failure != nil { return range }
    guard let elements = Elements(range, isPaired: parts.second != nil) else {
      return .failure(
        RuleFailure(.noOverload, "\(parts.verb.rawValue) 要用在列表或映射上，却是 \(range.typeName)")
      )
    }
    switch parts.verb {
    case .all: return decide(elements, &frame, stopsAt: false)
    case .exists: return decide(elements, &frame, stopsAt: true)
    case .existsOne: return one(elements, &frame)
    case .map, .filter, .transformList: return list(elements, &frame)
    case .transformMap, .transformMapEntry: return map(elements, &frame)
    case .count, .sum, .avg, .min, .max: return aggregate(elements, &frame)
    case .sortBy: return sorted(elements, &frame)
    }
  }

  /// Puts an element under its name.
  private func set(_ index: Int, _ elements: Elements, _ frame: inout Frame) -> RuleFailure? {
    if let failure = frame.take(parts.steps) { return failure }
    if let second = parts.second, let firsts = elements.firsts {
      frame.slots[parts.first] = firsts[index]
      frame.slots[second] = elements.elements[index]
    } else {
      frame.slots[parts.first] = elements.elements[index]
    }
    return nil
  }

  private func decide(_ elements: Elements, _ frame: inout Frame, stopsAt end: Bool) -> RuleValue {
    var failed: RuleFailure?
    for index in elements.elements.indices {
      if let failure = set(index, elements, &frame) { return .failure(failure) }
      switch parts.filter?.truth(&frame) ?? .yes {
      case .yes: if end { return .bool(true) }
      case .no: if !end { return .bool(false) }
      case .failed(let failure):
        if failure.kind == .tooCostly { return .failure(failure) }
        failed = failed ?? failure
      }
    }
    return failed.map(RuleValue.failure) ?? .bool(!end)
  }

  private func one(_ elements: Elements, _ frame: inout Frame) -> RuleValue {
    var count = 0
    for index in elements.elements.indices {
      if let failure = set(index, elements, &frame) { return .failure(failure) }
      switch parts.filter?.truth(&frame) ?? .yes {
      case .yes: count += 1
      case .no: break
      case .failed(let failure): return .failure(failure)
      }
    }
    return .bool(count == 1)
  }

  /// Calls a body with the value of each element that counts.
  private func each(
    _ elements: Elements,
    _ frame: inout Frame,
    _ body: (Int, RuleValue) -> RuleFailure?
  ) -> RuleFailure? {
    for index in elements.elements.indices {
      if let failure = set(index, elements, &frame) { return failure }
      if let filter = parts.filter {
        switch filter.truth(&frame) {
        case .yes: break
        case .no: continue
        case .failed(let failure): return failure
        }
      }
      let value = parts.value?.value(&frame) ?? elements.elements[index]
      if let failure = value.failure ?? body(index, value) { return failure }
    }
    return nil
  }

  private func list(_ elements: Elements, _ frame: inout Frame) -> RuleValue {
    var made: [RuleValue] = []
    let failure = each(elements, &frame) { _, value in
      made.append(value)
      return nil
    }
    return failure.map(RuleValue.failure) ?? .list(made)
  }

  private func map(_ elements: Elements, _ frame: inout Frame) -> RuleValue {
    var made = RuleMap()
    let failure = each(elements, &frame) { index, value in
      guard parts.verb == .transformMapEntry else {
        return made.add(elements.firsts?[index] ?? .null, value)
      }
      guard case .map(let entry) = value else {
        return RuleFailure(.noOverload, "transformMapEntry 的结果应是映射")
      }
      for (key, value) in zip(entry.keys, entry.values) {
        if let failure = made.add(key, value) { return failure }
      }
      return nil
    }
    return failure.map(RuleValue.failure) ?? .map(made)
  }

  private func aggregate(_ elements: Elements, _ frame: inout Frame) -> RuleValue {
    var count = 0
    var sum = Exact.zero
    var best: RuleValue?
    let failure = each(elements, &frame) { _, value in
      if parts.verb == .count {
        count += 1
        return nil
      }
      // What is not filled in adds nothing.
      if case .null = value { return nil }
      count += 1
      if parts.verb == .min || parts.verb == .max {
        guard let former = best else {
          best = value
          return nil
        }
        guard let order = RuleValue.order(value, former) else {
          return RuleFailure(.noOverload, "\(former.typeName) 和 \(value.typeName) 比不了大小")
        }
        if order == (parts.verb == .min ? .less : .greater) { best = value }
        return nil
      }
      guard let exact = value.exact ?? value.fromDouble, let more = sum.adding(exact) else {
        return value.exact == nil
          ? RuleFailure(.noOverload, "\(value.typeName) 不能相加") : RuleFailure(.outOfRange, "合计")
      }
      sum = more
      return nil
    }
    if let failure { return .failure(failure) }
    switch parts.verb {
    case .count: return .decimal(Exact(count))
    case .sum: return .decimal(sum)
    case .avg:
      guard count > 0 else { return .failure(RuleFailure(.noData, "平均：一条也没有")) }
      return sum.divided(by: Exact(count)).map(RuleValue.decimal)
        ?? .failure(RuleFailure(.outOfRange, "平均"))
    default: return best ?? .failure(RuleFailure(.noData, "\(parts.verb.rawValue)：一条也没有"))
    }
  }

  private func sorted(_ elements: Elements, _ frame: inout Frame) -> RuleValue {
    var keyed: [(key: RuleValue, element: RuleValue)] = []
    let failure = each(elements, &frame) { index, value in
      keyed.append((value, elements.elements[index]))
      return nil
    }
    if let failure { return .failure(failure) }
    return RuleValue.sorted(keyed.map(\.key)).map { order in
      .list(order.map { keyed[$0].element })
    } ?? .failure(RuleFailure(.noOverload, "sortBy：比不了大小"))
  }
}

extension RuleValue {
  /// The exact value of a number of floating point.
  fileprivate var fromDouble: Exact? {
    if case .double(let number) = self { Exact(exactly: number) } else { nil }
  }

  /// The places of values in their order, equal ones as they stand; `nil` when two have no order.
  static func sorted(_ values: [RuleValue]) -> [Int]? {
    guard let first = values.first else { return [] }
    for value in values {
      guard value.typeName == first.typeName, order(first, value) != nil else { return nil }
    }
    return values.indices.sorted { left, right in
      switch order(values[left], values[right]) {
      case .less: true
      case .greater: false
      default: left < right
      }
    }
  }
}

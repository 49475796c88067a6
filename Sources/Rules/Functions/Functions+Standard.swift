import Values

extension Functions {
  /// What every rule can use: sizes, texts, patterns.
  static let standard: [Function] =
    [".size", "size"].map { name in
      Function(name, "string>int|bytes>int|list>int|map>int") { arguments in
        switch arguments[0] {
        case .string(let text): .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): .int(Int64(bytes.count))
        case .list(let elements): .int(Int64(elements.count))
        case .map(let map): .int(Int64(map.count))
        case .record(let record): .int(Int64(record.values.count))
        default: none("size", arguments)
        }
      }
    } + [
      Function(".contains", "string,string>bool") { text("contains", $0) { $0.holds($1) } },
      Function(".startsWith", "string,string>bool") {
        text("startsWith", $0) { $0.starts(with: $1) }
      },
      Function(".endsWith", "string,string>bool") {
        text("endsWith", $0) { $0.reversed().starts(with: $1.reversed()) }
      }, Function(".matches", "string,string>bool", matches),
      Function("matches", "string,string>bool", matches),
      Function("dyn", "dyn>dyn") { $0[0] },
      Function("type", "dyn>type") { .type($0[0].typeName) },
    ]

  private static func text(
    _ name: String,
    _ arguments: [RuleValue],
    _ test: ([UInt8], [UInt8]) -> Bool
  ) -> RuleValue {
    guard case .string(let whole) = arguments[0], case .string(let part) = arguments[1] else {
      return none(name, arguments)
    }
    return .bool(test(Array(whole.utf8), Array(part.utf8)))
  }

  private static let matches: @Sendable ([RuleValue]) -> RuleValue = { arguments in
    guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1] else {
      return none("matches", arguments)
    }
    guard let regex = Regex(pattern) else { return wrong("正则式 \(pattern) 写得不对") }
    return .bool(regex.matches(text))
  }
}

extension [UInt8] {
  /// Whether other bytes stand somewhere in these.
  fileprivate func holds(_ part: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    guard count >= part.count else { return false }
    return (0...(count - part.count)).contains { start in
      self[start] == first && self[start..<(start + part.count)].elementsEqual(part)
    }
  }
}

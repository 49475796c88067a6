import Values

/// A word of the rule language.
struct Token: Sendable {
  enum Kind: Sendable, Equatable {
    case identifier(String)
    /// A name between back quotes, for fields.
    case quoted(String)
    case int(String)
    case uint(String)
    case double(String)
    case string(String)
    case bytes([UInt8])
    /// An operator or a bracket.
    case sign(String)
    case end
  }

  var kind: Kind
  var range: Range<Int>
}

/// Cuts the text of a rule into words.
struct Lexer {
  private let text: [UInt8]
  private var place = 0

  init(_ text: [UInt8]) { self.text = text }

  /// All words, the end being the last.
  ///
  /// - Throws: the first sign that begins no word.
  mutating func tokens() throws(RuleFault) -> [Token] {
    var tokens: [Token] = []
    while true {
      skipBlanks()
      let start = place
      guard place < text.count else {
        tokens.append(Token(kind: .end, range: start..<start))
        return tokens
      }
      let kind = try word()
      tokens.append(Token(kind: kind, range: start..<place))
    }
  }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    place + ahead < text.count ? text[place + ahead] : nil
  }

  private func fault(_ code: String, _ message: String, at offset: Int) -> RuleFault {
    RuleFault(code, message, at: offset, in: text)
  }

  private mutating func skipBlanks() {
    while let byte = peek() {
      if [0x20, 0x09, 0x0A, 0x0D, 0x0C].contains(byte) {
        place += 1
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        while let byte = peek(), byte != 0x0A { _ = byte; place += 1 }
      } else {
        return
      }
    }
  }

  private mutating func word() throws(RuleFault) -> Token.Kind {
    guard let byte = peek() else { return .end }
    if let quote = try literalText() { return quote }
    if Self.isDigit(byte) || (byte == UInt8(ascii: ".") && peek(1).map(Self.isDigit) ?? false) {
      return try number()
    }
    if byte == UInt8(ascii: "`") { return try backquoted() }
    if let scalar = scalar(at: place), Self.begins(scalar.scalar) {
      return .identifier(identifier())
    }
    for sign in ["&&", "||", "<=", ">=", "==", "!="] where text[place...].starts(with: sign.utf8) {
      place += 2
      return .sign(sign)
    }
    if "+-*/%<>!?:,.()[]{}".utf8.contains(byte) {
      place += 1
      return .sign(String(UnicodeScalar(byte)))
    }
    let found = scalar(at: place).map { String(Character($0.scalar)) } ?? "?"
    let wide = [
      "（": "(", "）": ")", "，": ",", "“": "\"", "”": "\"", "＝": "==", "＞": ">", "＜": "<", "≥": ">=",
      "≤": "<=", "＋": "+", "－": "-", "×": "*", "÷": "/", "：": ":", "？": "?", "！": "!", "＆": "&&",
    ]
    let hint = wide[found].map { "，应写成 \($0)" } ?? ""
    throw fault("RUL-E-001", "看不懂“\(found)”\(hint)。", at: place)
  }

  // MARK: Names

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func begins(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_"
      || (scalar.isASCII ? scalar.properties.isAlphabetic : scalar.properties.isXIDStart)
  }

  private static func goesOn(_ scalar: Unicode.Scalar) -> Bool {
    begins(scalar) || scalar.properties.isXIDContinue
  }

  private func scalar(at place: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard place < text.count else { return nil }
    let length = text[place] < 0x80 ? 1 : text[place] < 0xE0 ? 2 : text[place] < 0xF0 ? 3 : 4
    let part = text[place..<min(text.count, place + length)]
    return String(decoding: part, as: UTF8.self).unicodeScalars.first.map { ($0, length) }
  }

  private mutating func identifier() -> String {
    let start = place
    while let (scalar, length) = scalar(at: place), Self.goesOn(scalar) { place += length }
    return String(decoding: text[start..<place], as: UTF8.self)
  }

  private mutating func backquoted() throws(RuleFault) -> Token.Kind {
    let start = place
    place += 1
    while let byte = peek(), byte != UInt8(ascii: "`"), byte != 0x0A { _ = byte; place += 1 }
    guard peek() == UInt8(ascii: "`"), place > start + 1 else {
      throw fault("RUL-E-002", "反引号没有配对。", at: start)
    }
    place += 1
    return .quoted(String(decoding: text[(start + 1)..<(place - 1)], as: UTF8.self))
  }

  // MARK: Numbers

  private mutating func number() throws(RuleFault) -> Token.Kind {
    let start = place
    if peek() == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x") || peek(1) == UInt8(ascii: "X") {
      place += 2
      while let byte = peek(), Self.hex(byte) != nil { _ = byte; place += 1 }
      guard place > start + 2 else { throw fault("RUL-E-003", "0x 后面要有十六进制数字。", at: start) }
      return whole(from: start)
    }
    while peek().map(Self.isDigit) ?? false { place += 1 }
    var isDouble = false
    if peek() == UInt8(ascii: "."), peek(1).map(Self.isDigit) ?? false {
      isDouble = true
      place += 1
      while peek().map(Self.isDigit) ?? false { place += 1 }
    }
    if let byte = peek(), byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
      guard peek(1 + sign).map(Self.isDigit) ?? false else {
        throw fault("RUL-E-003", "指数后面要有数字。", at: start)
      }
      isDouble = true
      place += 1 + sign
      while peek().map(Self.isDigit) ?? false { place += 1 }
    }
    if isDouble { return .double(String(decoding: text[start..<place], as: UTF8.self)) }
    return whole(from: start)
  }

  private mutating func whole(from start: Int) -> Token.Kind {
    let digits = String(decoding: text[start..<place], as: UTF8.self)
    if peek() == UInt8(ascii: "u") || peek() == UInt8(ascii: "U") {
      place += 1
      return .uint(digits)
    }
    return .int(digits)
  }

  static func hex(_ byte: UInt8) -> Int? {
    switch byte {
    case 48...57: Int(byte) - 48
    case 65...70: Int(byte) - 55
    case 97...102: Int(byte) - 87
    default: nil
    }
  }

  // MARK: Texts

  /// A text or bytes literal, when one begins here.
  private mutating func literalText() throws(RuleFault) -> Token.Kind? {
    var ahead = 0
    var (isRaw, isBytes) = (false, false)
    if let byte = peek(), byte == UInt8(ascii: "b") || byte == UInt8(ascii: "B") {
      isBytes = true
      ahead += 1
    }
    if let byte = peek(ahead), byte == UInt8(ascii: "r") || byte == UInt8(ascii: "R") {
      isRaw = true
      ahead += 1
    }
    if !isBytes, isRaw, let byte = peek(ahead),
      byte == UInt8(ascii: "b") || byte == UInt8(ascii: "B")
    {
      isBytes = true
      ahead += 1
    }
    guard let quote = peek(ahead), quote == 0x22 || quote == 0x27 else { return nil }
    let start = place
    place += ahead
    let isLong = peek(1) == quote && peek(2) == quote
    place += isLong ? 3 : 1
    var content: [UInt8] = []
    while true {
      guard let byte = peek() else { throw fault("RUL-E-002", "引号没有配对。", at: start) }
      if byte == quote, !isLong || (peek(1) == quote && peek(2) == quote) {
        place += isLong ? 3 : 1
        break
      }
      if !isLong, byte == 0x0A || byte == 0x0D {
        throw fault("RUL-E-002", "引号没有在同一行配对；要写多行请用三个引号。", at: start)
      }
      if byte == UInt8(ascii: "\\"), !isRaw {
        try escape(isBytes, &content)
      } else if isLong, byte == 0x0D {
        // Line ends are told as \n, as the language has it.
        place += peek(1) == 0x0A ? 2 : 1
        content.append(0x0A)
      } else {
        content.append(byte)
        place += 1
      }
    }
    return isBytes ? .bytes(content) : .string(String(decoding: content, as: UTF8.self))
  }

  private mutating func escape(_ isBytes: Bool, _ content: inout [UInt8]) throws(RuleFault) {
    let start = place
    guard let byte = peek(1) else { throw fault("RUL-E-004", "反斜杠后面缺字。", at: start) }
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
      UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): 0x5C,
      UInt8(ascii: "?"): 0x3F, 0x22: 0x22, 0x27: 0x27, UInt8(ascii: "`"): 0x60,
    ]
    if let plain = simple[byte] {
      place += 2
      content.append(plain)
      return
    }
    let digits: Int
    var code = 0
    switch byte {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): digits = 2
    case UInt8(ascii: "u") where !isBytes: digits = 4
    case UInt8(ascii: "U") where !isBytes: digits = 8
    case 48...51:
      for ahead in 1...3 {
        guard let digit = peek(ahead), (48...55).contains(digit) else {
          throw fault("RUL-E-004", "八进制转义要写三位数字。", at: start)
        }
        code = code * 8 + Int(digit - 48)
      }
      place += 4
      return try put(code, isBytes, at: start, &content)
    default:
      let found = scalar(at: place + 1).map { String(Character($0.scalar)) } ?? ""
      throw fault("RUL-E-004", "没有 \\\(found) 这种转义；反斜杠本身请写两个。", at: start)
    }
    for ahead in 2..<(2 + digits) {
      guard let digit = peek(ahead).flatMap(Self.hex) else {
        throw fault("RUL-E-004", "转义后面要有 \(digits) 位十六进制数字。", at: start)
      }
      code = code * 16 + digit
    }
    place += 2 + digits
    try put(code, isBytes, at: start, &content)
  }

  private func put(_ code: Int, _ isBytes: Bool, at start: Int, _ content: inout [UInt8])
    throws(RuleFault)
  {
    if isBytes {
      content.append(UInt8(truncatingIfNeeded: code))
    } else if let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) {
      content += Array(String(Character(scalar)).utf8)
    } else {
      throw fault("RUL-E-004", "没有编号为 \(String(code, radix: 16)) 的字符。", at: start)
    }
  }
}

import Calendar
import Values

/// Why a text is not a value of a field: a code and a sentence, the field's label not yet in it.
package struct Refusal: Error, Hashable, Sendable {
  /// The problem code.
  package var code: String
  /// The sentence after the label.
  package var message: String

  init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The whole sentence, with the label of the field in front.
  package func sentence(about label: String) -> String {
    let isLatin = message.first.map { $0.isASCII } ?? false
    return label + (isLatin ? "：" : "") + ended
  }

  /// The sentence with its end.
  package var ended: String {
    message.hasSuffix("？") || message.hasSuffix("。") ? message : message + "。"
  }
}

extension FieldShape {
  /// Reads what a person typed or a file holds.
  ///
  /// Blanks at the ends, full-width digits and the usual ways to write dates and amounts are
  /// accepted; an empty text is no value.
  ///
  /// - Parameters:
  ///   - text: what was found.
  ///   - city: where the city's code tables are.
  /// - Returns: the value; `.none` for an empty text.
  /// - Throws: `Refusal` when it can't be a value of this field.
  package func parse(_ text: String, city: any CityRules) throws(Refusal) -> Value {
    let trimmed = Text.trimmed(text)
    guard !trimmed.isEmpty else { return .none }
    if holdsSeveral, trimmed.hasPrefix("["), let json = try? JSON(parsing: trimmed.utf8) {
      return try parse(json, city: city)
    }
    switch type {
    case .text(let most): return try parseText(trimmed, most: most, lines: false)
    case .longText(let most): return try parseText(trimmed, most: most, lines: true)
    case .identifier(let most):
      let code = Text.code(trimmed)
      guard code.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
        throw Refusal("REC-E-015", "含有不可见字符，请重新输入")
      }
      return try parseText(code, most: most, lines: false)
    case .choice(let options): return .text(try option(trimmed, of: options))
    case .code(let table): return .text(try option(trimmed, of: city.codeTable(table) ?? []))
    case .reference: return .text(Text.trimmed(trimmed))
    case .list: return .list(Self.parts(of: trimmed))
    // A name may hold what else sets names apart; whether it does is seen when it is looked for.
    case .references: return .list(Self.parts(of: trimmed, apartBy: "|\n"))
    case .choices(let options):
      var texts: [String] = []
      for text in Self.parts(of: trimmed, apartBy: "|\n") {
        texts += found(text, of: options) == nil ? Self.parts(of: text) : [text]
      }
      return .list(try codes(texts, of: options))
    case .integer(let range): return .integer(try parseNumber(trimmed, places: 0, range))
    case .decimal(let places, let range):
      return .integer(try parseNumber(trimmed, places: places, range))
    case .boolean: return .boolean(try parseBoolean(trimmed))
    case .date:
      guard let date = CivilDate(trimmed) else {
        throw Refusal("REC-E-006", "填的是“\(trimmed)”，不是有效日期，请写成 2022-07-14 这样的形式")
      }
      return .date(date)
    case .money:
      guard let fen = Fen(yuan: trimmed) else {
        throw Refusal("REC-E-007", "填的是“\(trimmed)”，应为金额（元，最多两位小数），例如 3500 或 3500.50")
      }
      guard fen.amount >= 0 else { throw Refusal("REC-E-004", "填的是 \(trimmed)，金额不能为负数") }
      return .money(fen)
    case .schoolYear:
      guard let year = SchoolYear(trimmed) else {
        throw Refusal("REC-E-011", "填的是“\(trimmed)”，应为学年，例如 2021-2022")
      }
      return .text(year.description)
    case .uscc: return .text(USCC(trimmed).text)
    case .rows(let columns): return try parseRows(trimmed, columns)
    }
  }

  private func parseText(_ text: String, most: Int, lines: Bool) throws(Refusal) -> Value {
    guard text.count <= most else {
      throw Refusal("REC-E-002", "有 \(text.count) 个字，最多 \(most) 个字，请精简")
    }
    let isControl: (Unicode.Scalar) -> Bool = { scalar in
      scalar.value < 0x20 && !(lines && "\n\r\t".unicodeScalars.contains(scalar))
        || scalar.value == 0x2028 || scalar.value == 0x2029 || scalar.value == 0x7F
    }
    guard !text.unicodeScalars.contains(where: isControl) else {
      throw Refusal("REC-E-015", "含有换行或不可见字符，请重新输入")
    }
    return .text(
      lines ? text.replacing("\r\n", with: "\n").replacing("\r", with: "\n") : text
    )
  }

  private var holdsSeveral: Bool {
    switch type {
    case .list, .references, .choices, .rows: true
    default: false
    }
  }

  /// The canonical codes of several options.
  func codes(_ texts: [String], of options: [Option]) throws(Refusal) -> [String] {
    var codes: [String] = []
    for text in texts { codes.append(try option(text, of: options)) }
    return codes
  }

  private func found(_ text: String, of options: [Option]) -> Option? {
    let wanted = Text.comparable(text)
    return options.first { option in
      Text.comparable(option.code) == wanted || Text.comparable(option.label) == wanted
        || option.aliases.contains { Text.comparable($0) == wanted }
    }
  }

  private func option(_ text: String, of options: [Option]) throws(Refusal) -> String {
    if let found = found(text, of: options) { return found.code }
    let near = NearMiss.suggestion(text, among: options.flatMap { [$0.label, $0.code] })
    let all = options.map(\.label).joined(separator: "、")
    let hint = near.isEmpty ? (options.count <= 12 ? "可选：\(all)" : "请从列表中选择") : near
    throw Refusal(unknownCode ?? "REC-E-005", "填的是“\(text)”，不在可选范围内。\(hint)")
  }

  private func parseNumber(
    _ text: String,
    places: Int,
    _ range: ClosedRange<Int>
  ) throws(Refusal) -> Int {
    let plain = Text.code(text).replacing(",", with: "")
    var isPercent = false
    var digits = plain
    if places > 0, plain.hasSuffix("%") {
      digits.removeLast()
      isPercent = true
    }
    let refusal =
      places == 0
      ? Refusal("REC-E-003", "填的是“\(text)”，应为整数，例如 120")
      : Refusal("REC-E-003", "填的是“\(text)”，应为最多 \(places) 位小数的数字")
    guard let ratio = Ratio(decimal: digits) else { throw refusal }
    var scale: Int128 = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = ratio * Ratio(scale, isPercent ? 100 : 1)
    guard scaled.denominator == 1 || places >= 4 else { throw refusal }
    let number = scaled.rounded
    guard scaled.isCountable, range.contains(number) else {
      let low = Ratio(Int128(range.lowerBound), scale).decimal(places: places)
      let high = Ratio(Int128(range.upperBound), scale).decimal(places: places)
      let wanted =
        range.upperBound == Int.max || range.upperBound >= 1_000_000_000
        ? "不能小于 \(low)" : "应在 \(low) 到 \(high) 之间"
      throw Refusal("REC-E-004", "填的是 \(text)，\(wanted)")
    }
    return number
  }

  private func parseBoolean(_ text: String) throws(Refusal) -> Bool {
    switch Text.code(text).lowercased() {
    case "true", "1", "是", "有", "yes", "y", "on", "√": return true
    case "false", "0", "否", "无", "no", "n", "off", "×": return false
    default: throw Refusal("REC-E-008", "填的是“\(text)”，应为 是 或 否")
    }
  }

  /// The different texts that stand in one, set apart by some characters.
  static func parts(of text: String, apartBy separators: String = "|\n;；、") -> [String] {
    var seen: Set<String> = []
    return text.split(whereSeparator: { separators.contains($0) })
      .map { Text.trimmed(String($0)) }
      .filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  private func parseRows(_ text: String, _ columns: [Column]) throws(Refusal) -> Value {
    var rows: [[String]] = []
    for line in text.split(whereSeparator: { "|\n".contains($0) }) {
      let cells = line.split(separator: ";", omittingEmptySubsequences: false)
        .map { Text.trimmed(String($0)) }
      guard cells.count <= columns.count else {
        let names = columns.map(\.label).joined(separator: ";")
        throw Refusal("REC-E-013", "每行最多 \(columns.count) 列（\(names)），用分号隔开")
      }
      try rows.append(
        checked(cells + Array(repeating: "", count: columns.count - cells.count), columns)
      )
    }
    return rows.isEmpty ? .none : .rows(rows)
  }

  /// One row of a small table, its codes made canonical.
  package func checked(_ cells: [String], _ columns: [Column]) throws(Refusal) -> [String] {
    var row: [String] = []
    for (cell, column) in zip(cells, columns) {
      let isCoded = !column.options.isEmpty && !cell.isEmpty
      row.append(isCoded ? try option(cell, of: column.options) : cell)
    }
    return row
  }
}

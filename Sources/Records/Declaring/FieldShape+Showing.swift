import Calendar
package import Values

extension FieldShape {
  /// The value as files hold it and as a form shows it again: parsing it gives the value back.
  package func plain(_ value: Value) -> String {
    switch value {
    case .none: ""
    case .text(let text): text
    case .integer(let number):
      if case .decimal(let places, _) = type {
        Ratio(Int128(number), Self.scale(places)).decimal(places: places)
      } else {
        String(number)
      }
    case .boolean(let truth): truth ? "true" : "false"
    case .date(let date): date.description
    case .money(let fen): fen.yuanText
    case .list(let texts):
      texts.contains(where: Self.hasSeparator) ? json(value).text : texts.joined(separator: "|")
    case .rows(let rows):
      rows.joined().contains(where: Self.hasSeparator)
        ? json(value).text : rows.map { $0.joined(separator: ";") }.joined(separator: "|")
    }
  }

  /// The value as files for people hold it: choices by their labels, the rest as it stands.
  package func worded(_ value: Value, city: any CityRules) -> String {
    switch (value, type) {
    case (.text(let code), .choice(let options)): Self.label(code, options)
    case (.text(let code), .code(let table)): Self.label(code, city.codeTable(table) ?? [])
    case (.list(let codes), .choices(let options)):
      codes.map { Self.label($0, options) }.joined(separator: "|")
    case (.boolean(let truth), _): truth ? "是" : "否"
    default: plain(value)
    }
  }

  /// Whether a text holds a character that separates the parts of a list or table in one cell.
  private static func hasSeparator(_ text: String) -> Bool {
    text.contains { "|;；、\n[".contains($0) }
  }

  /// The value as people read it; references still by identifier.
  package func shown(_ value: Value, city: any CityRules) -> String {
    switch (value, type) {
    case (.text(let code), .choice(let options)): Self.label(code, options)
    case (.text(let code), .code(let table)): Self.label(code, city.codeTable(table) ?? [])
    case (.list(let codes), .choices(let options)):
      codes.map { Self.label($0, options) }.joined(separator: "、")
    case (.boolean(let truth), _): truth ? "是" : "否"
    // A year is read as it stands.
    case (.integer(let number), .integer(let range))
    where range.lowerBound >= 1000 && range.upperBound < 3000: String(number)
    case (.integer(let number), .integer): Numerals.grouped(number)
    case (.money(let fen), _):
      fen.amount % 100 == 0 ? Numerals.grouped(fen.amount / 100) : fen.yuanText
    case (.list(let texts), _): texts.joined(separator: "、")
    case (.rows(let rows), .rows(let columns)):
      rows.map { row in
        zip(row, columns).map { cell, column in Self.label(cell, column.options) }
          .filter { !$0.isEmpty }.joined(separator: " ")
      }.joined(separator: "；")
    default: plain(value)
    }
  }

  /// The value in JSON.
  package func json(_ value: Value) -> JSON {
    switch value {
    case .none: .null
    case .integer(let number):
      if case .decimal = type { .number(plain(value)) } else { .integer(number) }
    case .boolean(let truth): .boolean(truth)
    case .money(let fen): fen.amount % 100 == 0 ? .integer(fen.amount / 100) : .number(fen.yuanText)
    case .list(let texts): .array(texts.map(JSON.string))
    case .rows(let rows):
      .array(
        rows.map { row in
          guard case .rows(let columns) = type else { return .array(row.map(JSON.string)) }
          return .object(
            zip(columns, row).filter { !$0.1.isEmpty }.map { JSON.Member($0.name, .string($1)) }
          )
        }
      )
    case .text, .date: .string(plain(value))
    }
  }

  /// Reads a value from JSON.
  ///
  /// - Throws: `Refusal` when the JSON is of the wrong type or the value not one of this field.
  package func parse(_ json: JSON, city: any CityRules) throws(Refusal) -> Value {
    switch (json, type) {
    case (.null, _): return .none
    case (.string(let text), _): return try parse(text, city: city)
    case (.integer(let number), .integer), (.integer(let number), .decimal),
      (.integer(let number), .money):
      return try parse(String(number), city: city)
    case (.integer(let number), .identifier), (.integer(let number), .reference),
      (.integer(let number), .code), (.integer(let number), .choice):
      return try parse(String(number), city: city)
    case (.number(let text), .decimal), (.number(let text), .money), (.number(let text), .integer):
      return try parse(text, city: city)
    case (.boolean(let truth), .boolean): return .boolean(truth)
    case (.array(let elements), .list), (.array(let elements), .references),
      (.array(let elements), .choices):
      var texts: [String] = []
      for element in elements {
        switch element {
        case .string(let text): texts.append(Text.trimmed(text))
        case .integer(let number): texts.append(String(number))
        default: throw wrongType("文字组成的数组")
        }
      }
      var seen: Set<String> = []
      texts = texts.filter { !$0.isEmpty && seen.insert($0).inserted }
      if case .choices(let options) = type { texts = try codes(texts, of: options) }
      return texts.isEmpty ? .none : .list(texts)
    case (.array(let elements), .rows(let columns)):
      var rows: [[String]] = []
      for element in elements { try rows.append(row(of: element, columns)) }
      return rows.isEmpty ? .none : .rows(rows)
    default: throw wrongType(expectedJSON)
    }
  }

  private func row(of json: JSON, _ columns: [Column]) throws(Refusal) -> [String] {
    if let text = json.string, let first = columns.first {
      return try checked(
        [text] + Array(repeating: "", count: columns.count - 1),
        [first] + columns.dropFirst()
      )
    }
    guard let members = json.members else { throw wrongType("对象组成的数组") }
    var cells = Array(repeating: "", count: columns.count)
    for member in members {
      guard
        let place = columns.firstIndex(where: {
          $0.name == member.name || $0.aliases.contains(member.name)
        })
      else {
        let names = columns.map(\.name)
        let near = NearMiss.suggestion(member.name, among: names)
        throw Refusal(
          "REC-E-012",
          "没有名为 \(member.name) 的项。\(near.isEmpty ? "可用：" + names.joined(separator: "、") : near)"
        )
      }
      switch member.value {
      case .null: break
      case .string(let text): cells[place] = Text.trimmed(text)
      case .integer(let number): cells[place] = String(number)
      case .number(let text): cells[place] = text
      case .boolean(let truth): cells[place] = truth ? "true" : "false"
      default: throw wrongType("文字或数字")
      }
    }
    return try checked(cells, columns)
  }

  private func wrongType(_ wanted: String) -> Refusal {
    Refusal("REC-E-014", "JSON 类型不对，应为\(wanted)")
  }

  private var expectedJSON: String {
    switch type {
    case .boolean: "true 或 false"
    case .integer, .decimal, .money: "数字"
    case .list, .references, .choices: "文字组成的数组"
    case .rows: "对象组成的数组"
    default: "文字"
    }
  }

  static func label(_ code: String, _ options: [Option]) -> String {
    options.first { $0.code == code }?.label ?? code
  }

  static func scale(_ places: Int) -> Int128 {
    var scale: Int128 = 1
    for _ in 0..<places { scale *= 10 }
    return scale
  }
}

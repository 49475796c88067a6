import Calendar
package import Values

extension RecordStore {
  /// The conditions that texts ask for, such as `status=active` and `enrolled>=1000`.
  ///
  /// `=` means the value as a whole, by code, identifier or label; several values are set apart by `|`.
  /// `~` means that the text is in it; `>=` and `<=` compare numbers and days. `=` with nothing behind
  /// means that nothing is filled in, `!=` with nothing that something is.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - texts: the conditions.
  ///   - reader: who asks; only fields they may see can be asked for.
  /// - Returns: the conditions, and what is wrong with those that mean nothing.
  /// - Throws: the store's errors.
  package func conditions(_ kind: Kind, _ texts: [String], for reader: Reader) throws -> (
    conditions: [Condition], problems: [Problem]
  ) {
    var conditions: [Condition] = []
    var problems: [Problem] = []
    for text in texts {
      do throws(Refusal) {
        conditions.append(try kind.condition(text, city: city, for: reader))
      } catch {
        problems.append(Problem(error.code, "filter", "条件“\(text)”：\(error.ended)"))
      }
    }
    for index in conditions.indices {
      guard let place = kind.place(of: conditions[index].path),
        let other = kind.fields[place].type.referredKind.flatMap(self.kind),
        case .isOneOf(let values) = conditions[index].test
      else { continue }
      var ids: [String] = []
      for value in values {
        let found = try meant(value, other)
        if found.isEmpty {
          problems.append(
            Problem(
              "REC-E-009",
              "filter",
              "条件里的\(kind.fields[place].label)“\(value)”找不到，应为\(other.label)的编号或名称。"
            )
          )
        }
        ids += found
      }
      conditions[index].test = .isOneOf(ids)
    }
    return (conditions, problems)
  }

  /// The records a text means: the one of this identifier, else those of this name.
  private func meant(_ text: String, _ other: Kind) throws -> [String] {
    if let record = try record(other, other.canonical(text)) { return [record.id] }
    let title = other.fields[other.title].name
    return try list(other, Query([.field(title, text)], limit: 100)).map(\.id)
  }
}

extension Kind {
  fileprivate func condition(_ text: String, city: any CityRules, for reader: Reader)
    throws(Refusal)
    -> Condition
  {
    let signs = [">=", "<=", "!=", "~", "="]
    let found = signs.compactMap { sign in
      text.firstRange(of: sign).map { (sign: sign, range: $0) }
    }.min { $0.range.lowerBound < $1.range.lowerBound }
    guard let found else {
      throw Refusal("REC-E-055", "应写成 字段=值、字段~文字、字段>=值 或 字段<=值")
    }
    let name = Text.trimmed(String(text[..<found.range.lowerBound]))
    let wanted = Text.trimmed(String(text[found.range.upperBound...]))
    let visible = fields.filter { reader.maySee($0, of: self) }
    guard let field = visible.first(where: { $0.name == name || $0.label == name }) else {
      let near = NearMiss.suggestion(name, among: visible.flatMap { [$0.name, $0.label] })
      throw Refusal("REC-E-012", "\(label)没有名为 \(name) 的字段。\(near)")
    }
    let asksForAny = wanted.isEmpty && (found.sign == "=" || found.sign == "!=")
    guard !field.isSealed || asksForAny else {
      throw Refusal("REC-E-065", "\(field.label)加密保存，不能按内容查，只能查填没填（\(name)= 或 \(name)!=）")
    }
    switch found.sign {
    case "!=" where wanted.isEmpty: return Condition(field.name, .isKnown(true))
    case "!=": throw Refusal("REC-E-055", "!= 后面不写值，表示已填；排除某个值请用别的条件")
    case "=" where wanted.isEmpty: return Condition(field.name, .isKnown(false))
    case "~": return Condition(field.name, .contains(wanted))
    case "=":
      var values: [String] = []
      for part in wanted.split(separator: "|") {
        values.append(try field.storedText(String(part), city: city))
      }
      return Condition(field.name, .isOneOf(values))
    case _ where wanted.isEmpty: throw Refusal("REC-E-055", "\(found.sign) 后面要写数字或日期")
    default:
      let bound = try field.storedText(wanted, city: city)
      if case .date = field.type {
        return Condition(field.name, found.sign == ">=" ? .from(bound) : .through(bound))
      }
      guard field.type.isNumeric, let number = Int(bound) else {
        throw Refusal("REC-E-055", "\(field.label)不是数字或日期，不能比大小")
      }
      return Condition(field.name, found.sign == ">=" ? .atLeast(number) : .atMost(number))
    }
  }
}

extension FieldShape {
  /// A typed text in the form in which the store holds single values of the field.
  func storedText(_ text: String, city: any CityRules) throws(Refusal) -> String {
    if type.referredKind != nil { return Text.trimmed(text) }
    switch try parse(text, city: city) {
    case .list(let texts): return texts.first ?? text
    case .text(let code): return code
    case .integer(let number): return String(number)
    case .boolean(let truth): return truth ? "true" : "false"
    case .date(let date): return date.description
    case .money(let fen): return String(fen.amount)
    case .none, .rows: return text
    }
  }
}

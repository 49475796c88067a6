import Values

/// Words by which people are kept out unlawfully, or by which students are made to pay.
///
/// 职业教育法 art. 53; 就业促进法 ch. 3; `exchange.md` R4, R5, R9. A word that is denied in its clause,
/// as in “不限户籍” or “不收押金”, is no offence.
enum UnlawfulWords {
  struct Finding: Hashable {
    var word: String
    var reason: String
  }

  /// The unlawful requirements in a text, each word once, in order of the table.
  static func found(in text: String) -> [Finding] {
    let plain = Text.halfWidth(text)
    var findings: [Finding] = []
    for (reason, words) in requirements {
      // the longest word that is there stands for those inside it
      let present = words.filter { occurs($0, in: plain) }
      for word in present where !present.contains(where: { $0 != word && $0.contains(word) }) {
        findings.append(Finding(word: word, reason: reason))
      }
    }
    return findings + ages(in: plain).map { Finding(word: $0, reason: "限制年龄") }
  }

  /// The charges in a text.
  static func fees(in text: String) -> [String] {
    let plain = Text.halfWidth(text)
    return charges.filter { occurs($0, in: plain) }
  }

  private static let requirements: [(reason: String, words: [String])] = [
    (
      "限制性别",
      [
        "仅限男性", "仅限女性", "限男性", "限女性", "仅限男", "仅限女", "限男", "限女", "只招男", "只招女", "只要男",
        "只要女", "男性优先", "女性优先", "男士优先", "女士优先", "男生优先", "女生优先", "性别要求",
      ]
    ),
    ("限制婚育", ["未婚", "已婚已育", "已育", "婚育状况", "三年内不得生育", "不得怀孕"]),
    (
      "限制户籍",
      [
        "限本地户籍", "本地户籍", "本地户口", "本市户籍", "本市户口", "本县户籍", "本省户籍", "仅限本地人", "限本地人", "外地勿扰",
        "外地人勿扰",
      ]
    ),
    ("限制健康状况", ["乙肝", "两对半", "澳抗", "病毒携带者"]),
    ("限制民族", ["仅限汉族", "限汉族", "少数民族勿扰"]),
    (
      "限制毕业院校或学历类型",
      [
        "985/211", "211/985", "985、211", "985高校", "211高校", "985院校", "211院校", "985毕业", "211毕业",
        "双一流毕业", "双一流院校毕业", "全日制本科", "统招本科", "第一学历本科",
      ]
    ),
  ]

  private static let charges = [
    "押金", "保证金", "培训费", "中介费", "介绍费", "服装费", "工装费", "材料费", "管理费", "报名费", "岗前费", "就业服务费",
  ]

  // MARK: Ages

  /// Upper limits and ranges of age; a lower one, such as the lawful 16, is none.
  private static func ages(in text: String) -> [String] {
    // Every pattern below needs one of these; making the patterns is what costs.
    guard ["岁", "年龄"].contains(where: { text.contains($0) }) else { return [] }
    let limit = /[1-9][0-9]\s*(?:周岁|岁)\s*(?:及以下|以下|以内|之内)/
    let range = /[1-9][0-9]\s*(?:周岁|岁)?\s*(?:-|~|—|–|至|到)\s*[1-9][0-9]\s*(?:周岁|岁)/
    let bound = /(?:年龄|岁数)[^,。;\n]{0,6}?(?:不超过|不大于|小于|低于)\s*[1-9][0-9]\s*(?:周岁|岁)?/
    let matches = text.ranges(of: limit) + text.ranges(of: range) + text.ranges(of: bound)
    var seen: Set<String> = []
    return matches.filter { !isDenied($0, in: text) }.map { String(text[$0]) }
      .filter { seen.insert($0).inserted }
  }

  // MARK: Clauses

  private static func occurs(_ word: String, in text: String) -> Bool {
    text.contains(word) && text.ranges(of: word).contains { !isDenied($0, in: text) }
  }

  /// Whether the clause says the opposite.
  private static func isDenied(_ range: Range<String.Index>, in text: String) -> Bool {
    let clause = text[..<range.lowerBound].reversed().prefix { !",，。;；!！\n".contains($0) }
    let before = String(clause.reversed())
    let after = text[range.upperBound...].prefix(6)
    return ["不", "不限", "非", "无", "无需", "免", "零"].contains { before.hasSuffix($0) }
      || ["不得", "不要求", "不收", "不交", "不需", "不用", "不会", "无需", "免收", "免交", "没有", "严禁", "禁止", "拒绝"]
        .contains { before.contains($0) }
      || ["均可", "皆可", "都可", "都行"].contains { after.contains($0) }
      || after.hasPrefix("不限")
      || ["由单位承担", "由公司承担", "由企业承担", "全免"].contains { after.hasPrefix($0) }
  }
}

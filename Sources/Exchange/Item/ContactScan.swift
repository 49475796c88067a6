import Values

/// Finds telephone numbers, QQ, WeChat and e-mail in a text.
enum ContactScan {
  /// What was found, in the words of the text, each once.
  static func contacts(in text: String) -> [String] {
    let plain = Text.halfWidth(text)
    var seen: Set<String> = []
    return (numbers(in: plain) + accounts(in: plain)).filter { seen.insert($0).inserted }
  }

  // MARK: Telephone

  /// Runs of digits of a telephone's length; blanks and hyphens inside a run are nothing.
  private static func numbers(in text: String) -> [String] {
    var found: [String] = []
    var run = ""
    var before = ""
    for character in text + "\n" {
      let isDigit = character.isASCII && character.isNumber
      if isDigit || !run.isEmpty && "- ".contains(character) {
        run.append(character)
        continue
      }
      let written = Text.trimmed(String(run.reversed().drop { "- ".contains($0) }.reversed()))
      if isTelephone(written.filter(\.isNumber), after: before) { found.append(written) }
      before = String((before + run).suffix(6)) + String(character)
      run = ""
    }
    return found
  }

  private static func isTelephone(_ digits: String, after before: String) -> Bool {
    let local = digits.count == 13 && digits.hasPrefix("86") ? String(digits.dropFirst(2)) : digits
    switch local.count {
    case 11 where local.hasPrefix("1"): return !"012".contains(local.dropFirst().first ?? "0")
    case 10...12 where local.hasPrefix("0"): return !local.hasPrefix("00")
    case 10: return local.hasPrefix("400") || local.hasPrefix("800")
    case 7, 8: return ["电话", "座机", "致电", "热线", "Tel", "tel"].contains { before.contains($0) }
    default: return false
    }
  }

  // MARK: Accounts

  private static func accounts(in text: String) -> [String] {
    // Making the patterns below costs more than everything else; most texts have no sign of any.
    let signs = [
      "@", "QQ", "qq", "Qq", "扣扣", "微信", "weixin", "WeChat", "wechat", "VX", "vx", "V信", "手机",
    ]
    guard signs.contains(where: { text.contains($0) }) else { return [] }
    let mail = /[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+/
    let penguin = /(?:QQ|qq|Qq|扣扣)(?:群|号)?\s*(?:号)?[:\s]*[1-9][0-9]{4,10}/
    let chat = /(?:微信|weixin|WeChat|wechat|VX|vx|V信)(?:号)?[:\s]*[A-Za-z0-9][A-Za-z0-9_\-]{5,19}/
    let same = /(?:微信|手机|VX|vx)同号/
    let found = [
      text.ranges(of: mail), text.ranges(of: penguin), text.ranges(of: chat),
      text.ranges(of: same),
    ]
    return found.flatMap { $0 }.sorted { $0.lowerBound < $1.lowerBound }.map { String(text[$0]) }
  }
}

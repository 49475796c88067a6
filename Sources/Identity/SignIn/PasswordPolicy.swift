import Foundation
import Values

/// What a password must be like (compliance.md §11.3, 身份鉴别 a).
struct PasswordPolicy {
  var rules: SecurityRules

  /// How many signs a password may have; more is no password but an attack.
  static let mostSigns = 128

  /// Whether a text is no longer than a password may be.
  static func isShort(_ password: String) -> Bool { password.utf8.count <= 4 * mostSigns }

  /// A password as it is hashed: the same however a keyboard composes its accents.
  static func composed(_ password: String) -> String {
    password.precomposedStringWithCanonicalMapping
  }

  /// What is wrong with a password, in one sentence; `nil` when it will do.
  ///
  /// - Parameters:
  ///   - password: the password.
  ///   - names: what it must not contain: the names of the account.
  /// - Returns: the problem.
  func problem(_ password: String, names: [String]) -> Problem? {
    func say(_ sentence: String) -> Problem { Problem("ACC-E-021", "password", sentence) }
    guard password.unicodeScalars.count <= Self.mostSigns else {
      return say("口令太长，最多 \(Self.mostSigns) 个字符。")
    }
    guard password.count >= rules.passwordLength else {
      return say("口令有 \(password.count) 个字符，至少要 \(rules.passwordLength) 个。")
    }
    var classes: Set<Int> = []
    for scalar in password.unicodeScalars {
      switch scalar {
      case "a"..."z": classes.insert(0)
      case "A"..."Z": classes.insert(1)
      case "0"..."9": classes.insert(2)
      default: classes.insert(3)
      }
    }
    guard classes.count >= 3 else { return say("口令要有大写字母、小写字母、数字、其他符号中的三种。") }
    let folded = password.lowercased()
    if let name = names.first(where: { $0.count >= 3 && folded.contains($0.lowercased()) }) {
      return say("口令里不能有登录名或姓名“\(name)”。")
    }
    let bare = folded.filter(\.isLetter)
    let digits = folded.filter(\.isNumber)
    let isWeak = Self.weak.contains { bare == $0 || folded.contains($0 + "123") }
    let isRun = "01234567890123456789".contains(digits) && digits.count >= 6 && bare.count <= 2
    if isWeak || isRun || Set(folded).count < 5 {
      return say("这个口令太常见，容易被猜到，请换一个。")
    }
    return nil
  }

  /// What people choose when they are made to choose.
  private static let weak: Set<String> = [
    "password", "passwd", "admin", "administrator", "welcome", "qwerty", "qwertyuiop", "asdfgh",
    "zxcvbn", "letmein", "iloveyou", "abc", "abcd", "root", "test", "user", "woaini", "mima",
    "changeme", "default", "secret", "master", "dragon", "monkey", "citong",
  ]
}

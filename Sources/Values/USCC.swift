/// A unified social credit code (统一社会信用代码), GB 32100-2015; see `registry.md` §5.1.
package struct USCC: Hashable, Sendable {
  /// The 18 characters, normalised.
  package let text: String

  /// What a check of a code says.
  package enum Verdict: Hashable, Sendable {
    /// Every check digit agrees.
    case valid
    /// A code some authorities issued before the standard (organisation code `M000…`, wrong last
    /// character): lawful, but a person has to see the licence.
    case legacy(expected: Character)
    /// The length is not 18.
    case wrongLength(Int)
    /// Letters the standard never uses, each with its 1-based position and the likely one.
    case forbidden([(position: Int, found: Character, likely: Character?)])
    /// The 18th character disagrees with the first 17.
    case wrongCheck(expected: Character, found: Character)
    /// A spreadsheet turned the code into a number such as `9.13506E+17`.
    case mangledNumber

    package static func == (left: Verdict, right: Verdict) -> Bool {
      String(describing: left) == String(describing: right)
    }
    package func hash(into hasher: inout Hasher) { hasher.combine(String(describing: self)) }
  }

  /// The 31 characters of the standard, in the order of their values; I, O, S, V, Z never occur.
  private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
  private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
  private static let organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]
  private static let likely: [Character: Character] = [
    "I": "1", "O": "0", "S": "5", "V": "U", "Z": "2",
  ]

  /// Normalises a text into a code: half-width, upper case, without blanks and hyphens.
  ///
  /// Not checked.
  package init(_ text: String) {
    self.text = Text.code(text).uppercased().replacing("-", with: "")
  }

  /// What the standard's checks say of the code.
  package var verdict: Verdict {
    let characters = Array(text)
    if text.contains("E+") || text.contains(".") { return .mangledNumber }
    guard characters.count == 18 else { return .wrongLength(characters.count) }
    let values = characters.map { Self.alphabet.firstIndex(of: $0) }
    let forbidden = characters.indices.filter { values[$0] == nil }
    guard forbidden.isEmpty else {
      return .forbidden(
        forbidden.map { ($0 + 1, characters[$0], Self.likely[characters[$0]]) }
      )
    }
    let sum = zip(values, Self.weights).reduce(0) { $0 + ($1.0 ?? 0) * $1.1 }
    let expected = Self.alphabet[(31 - sum % 31) % 31]
    guard characters[17] != expected else { return .valid }
    let isLegacy = String(characters[8...11]) == "M000" && organisationCheckAgrees(characters)
    return isLegacy
      ? .legacy(expected: expected) : .wrongCheck(expected: expected, found: characters[17])
  }

  /// The check character of the organisation code (GB 11714) at position 17.
  private func organisationCheckAgrees(_ characters: [Character]) -> Bool {
    let sum = zip(characters[8...15], Self.organisationWeights).reduce(0) { sum, pair in
      sum + (pair.0.hexDigitOrLetterValue ?? 0) * pair.1
    }
    let check: Character =
      switch 11 - sum % 11 {
      case 10: "X"
      case 11: "0"
      case let digit: Character(String(digit))
      }
    return characters[16] == check
  }

  /// Completes 17 characters with their check character; for generators of synthetic codes.
  ///
  /// - Parameters:
  ///   - prefix: the first 8 characters (authority, category, area).
  ///   - organisation: the 8 characters of the organisation code without its check character.
  /// - Returns: the whole code.
  package static func completed(prefix: String, organisation: String) -> USCC {
    let sum = zip(Array(organisation), organisationWeights).reduce(0) {
      $0 + ($1.0.hexDigitOrLetterValue ?? 0) * $1.1
    }
    let check =
      switch 11 - sum % 11 {
      case 10: "X"
      case 11: "0"
      case let digit: String(digit)
      }
    let first17 = Array(prefix + organisation + check)
    let total = zip(first17, weights).reduce(0) {
      $0 + (alphabet.firstIndex(of: $1.0) ?? 0) * $1.1
    }
    return USCC(String(first17) + String(alphabet[(31 - total % 31) % 31]))
  }
}

extension Character {
  /// 0…9 for digits, 10…35 for A…Z, the values GB 11714 uses.
  fileprivate var hexDigitOrLetterValue: Int? {
    guard let ascii = asciiValue else { return nil }
    return switch ascii {
    case 48...57: Int(ascii) - 48
    case 65...90: Int(ascii) - 55
    default: nil
    }
  }
}

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
    case forbidden([Stray])
    /// The 18th character disagrees with the first 17.
    case wrongCheck(expected: Character, found: Character)
    /// A spreadsheet turned the code into a number such as `9.13506E+17`.
    case mangledNumber
  }

  /// A character the standard never uses, where it stands and what was likely meant.
  package struct Stray: Hashable, Sendable {
    /// The place, 1 for the first.
    package var position: Int
    /// What stands there.
    package var found: Character
    /// What it is often taken for; `nil` when nobody can tell.
    package var likely: Character?

    /// Makes a stray character.
    package init(_ position: Int, _ found: Character, likely: Character?) {
      self.position = position
      self.found = found
      self.likely = likely
    }
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
    let forbidden = characters.indices.filter { !Self.alphabet.contains(characters[$0]) }
    guard forbidden.isEmpty else {
      return .forbidden(
        forbidden.map { Stray($0 + 1, characters[$0], likely: Self.likely[characters[$0]]) }
      )
    }
    let expected = Self.check(of: characters.prefix(17))
    guard characters[17] != expected else { return .valid }
    let isLegacy =
      text.dropFirst(8).hasPrefix("M000")
      && characters[16] == Self.organisationCheck(of: characters[8...15])
    return isLegacy
      ? .legacy(expected: expected) : .wrongCheck(expected: expected, found: characters[17])
  }

  /// Whether the market authority registered an enterprise under it (91…).
  package var isEnterprise: Bool { text.hasPrefix("91") }

  /// Completes 16 characters with both check characters; for generators of synthetic codes.
  ///
  /// - Parameters:
  ///   - prefix: the first 8 characters (authority, category, area).
  ///   - organisation: the 8 characters of the organisation code without its check character.
  /// - Returns: the whole code.
  package static func completed(prefix: String, organisation: String) -> USCC {
    let first17 = prefix + organisation + String(organisationCheck(of: organisation))
    return USCC(first17 + String(check(of: first17)))
  }

  /// The check character of the first 17 characters, position 18.
  private static func check(of first17: some Sequence<Character>) -> Character {
    let sum = zip(first17, weights).reduce(0) { sum, pair in
      sum + (alphabet.firstIndex(of: pair.0) ?? 0) * pair.1
    }
    return alphabet[(31 - sum % 31) % 31]
  }

  /// The check character of an organisation code (GB 11714), position 17.
  private static func organisationCheck(of organisation: some Sequence<Character>) -> Character {
    let sum = zip(organisation, organisationWeights).reduce(0) { sum, pair in
      sum + (pair.0.digitOrLetterValue ?? 0) * pair.1
    }
    return switch 11 - sum % 11 {
    case 10: "X"
    case 11: "0"
    case let digit: Character(String(digit))
    }
  }
}

extension Character {
  /// 0…9 for digits, 10…35 for A…Z, the values GB 11714 uses.
  fileprivate var digitOrLetterValue: Int? {
    guard let ascii = asciiValue else { return nil }
    return switch ascii {
    case 48...57: Int(ascii) - 48
    case 65...90: Int(ascii) - 55
    default: nil
    }
  }
}

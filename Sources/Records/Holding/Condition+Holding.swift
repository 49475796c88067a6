import Storage
import Values

extension Condition.Test {
  /// Whether a value meets the test, as the store would say; `nil` when only the store can.
  ///
  /// - Parameters:
  ///   - stored: the value of the field, as the store keeps it.
  ///   - type: the type of the field.
  /// - Returns: whether it is met.
  func isMet(by stored: Stored, _ type: FieldType) -> Bool? {
    switch self {
    case .isReferredTo, .isUnconfirmed: nil
    case .isKnown(let isKnown): (stored != .null) == isKnown
    case .isStored(let text): compare(stored, .text(text)) { $0 == 0 }
    case .contains(let text): contains(stored, text)
    case .atLeast(let number): compare(stored, .integer(number)) { $0 >= 0 }
    case .atMost(let number): compare(stored, .integer(number)) { $0 <= 0 }
    case .from(let text): compare(stored, .text(text)) { $0 >= 0 }
    case .through(let text): compare(stored, .text(text)) { $0 <= 0 }
    case .hasBegun(let text):
      stored == .null ? true : compare(stored, .text(text)) { $0 <= 0 }
    case .hasNotEnded(let text):
      stored == .null ? true : compare(stored, .text(text)) { $0 >= 0 }
    case .isOneOf(let values): isOne(of: values, stored, type)
    }
  }

  private func isOne(of values: [String], _ stored: Stored, _ type: FieldType) -> Bool? {
    switch type {
    case .list, .choices, .references:
      values.contains { contains(stored, JSON.string($0).text) ?? false }
    case .boolean, .integer, .decimal, .money:
      values.contains { value in
        let number = value == "true" ? 1 : value == "false" ? 0 : Int(value)
        return number != nil && stored.integer == number
      }
    default: values.contains { stored == .text($0) }
    }
  }

  /// Nothing is in what is not filled in; letters of either case are the same, as for the store.
  private func contains(_ stored: Stored, _ text: String) -> Bool? {
    switch stored {
    case .null: false
    case .integer: nil
    case .text(let held): HeldText.folded(held).contains(HeldText.folded(text))
    }
  }

  /// What is not filled in compares with nothing; the store orders texts by their bytes.
  private func compare(_ stored: Stored, _ other: Stored, _ holds: (Int) -> Bool) -> Bool? {
    switch (stored, other) {
    case (.null, _): false
    case (.integer(let one), .integer(let two)): holds(one < two ? -1 : one > two ? 1 : 0)
    case (.text(let one), .text(let two)):
      holds(
        one.utf8.elementsEqual(two.utf8)
          ? 0 : one.utf8.lexicographicallyPrecedes(two.utf8) ? -1 : 1
      )
    default: nil
    }
  }
}

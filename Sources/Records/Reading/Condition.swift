package import Calendar
import Values

/// One thing a record must meet to be in a selection.
package struct Condition: Hashable, Sendable {
  /// What is compared how.
  package enum Test: Hashable, Sendable {
    /// One of some stored forms; lists meet it when they contain one.
    case isOneOf([String])
    /// The stored text as a whole, also of a list or table.
    case isStored(String)
    /// Holds a text somewhere.
    case contains(String)
    /// At least a number (fen, scaled decimals).
    case atLeast(Int)
    /// At most a number.
    case atMost(Int)
    /// At least a text in the order of texts: a day or later.
    case from(String)
    /// At most a text in the order of texts: a day or earlier.
    case through(String)
    /// At most a text in the order of texts, or nothing: a day on which it had begun.
    case hasBegun(by: String)
    /// At least a text in the order of texts, or nothing: a day on which it had not ended.
    case hasNotEnded(by: String)
    /// Nobody wrote or confirmed the record since a day; the path is not looked at.
    case isUnconfirmed(since: CivilDate)
    /// Anything at all, or nothing at all.
    case isKnown(Bool)
    /// The path names a kind; one of its records that meets conditions refers to this one by a field.
    indirect case isReferredTo(by: String, [Condition])
  }

  /// The field, or a field of the record it refers to: `schoolId.institutionKind`.
  package var path: String
  /// The test.
  package var test: Test

  /// Makes a condition.
  package init(_ path: String, _ test: Test) {
    self.path = path
    self.test = test
  }

  /// The field is one of some values.
  package static func field(_ path: String, _ values: String...) -> Condition {
    Condition(path, .isOneOf(values))
  }
}

/// Which records, in which order, which page of them.
package struct Query: Hashable, Sendable {
  /// What must hold, all of it.
  package var conditions: [Condition]
  /// A text one of the searched fields must contain.
  package var search: String
  /// What must hold besides, as a rule says it; `nil` for nothing.
  package var predicate: FieldPredicate?
  /// The fields that order, the first one most; the title when there is none.
  package var order: [SortKey]
  /// The place behind which it begins; from the beginning when `nil`.
  package var after: Cursor?
  /// Whether so many records meet the conditions that it is quicker to go through them in their order
  /// than to find them first and order them then.
  package var isWide = false
  /// Whether pages are counted from the end: the same order, and what is skipped is skipped there.
  package var isFromEnd = false
  /// How many to skip; nothing is skipped behind a place.
  package var offset: Int
  /// How many to give at most.
  package var limit: Int

  /// Makes a query.
  package init(
    _ conditions: [Condition] = [],
    search: String = "",
    sort: String = "",
    isDescending: Bool = false,
    offset: Int = 0,
    limit: Int = 20
  ) {
    self.conditions = conditions
    self.search = search
    order = sort.isEmpty ? [] : [SortKey(sort, isDescending: isDescending)]
    self.offset = offset
    self.limit = limit
  }
}

/// What is added up over a selection.
package enum Measure: Hashable, Sendable {
  /// How many records.
  case count
  /// How many different values a field has.
  case distinct(String)
  /// The sum of a field.
  case sum(String)
}

/// A condition that names a field the declaration does not have: a fault of the caller.
package struct UnknownField: Error, Hashable, Sendable {
  /// The kind.
  package var kind: String
  /// The path that leads nowhere.
  package var path: String
}

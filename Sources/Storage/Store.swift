/// A place where rows are kept, read and written in transactions.
///
/// The same SQL text runs on every store: `$1` parameters, `ON CONFLICT`, `->>`. Calls block; callers
/// that must not wait run them on a thread of their own.
package protocol Store: Sendable {
  /// Runs a body that sees one unchanging state of the store.
  func read<Answer: Sendable>(_ body: (any Reading) throws -> Answer) throws -> Answer

  /// Runs a body whose changes all happen or, when it throws, none.
  func write<Answer: Sendable>(_ body: (any Writing) throws -> Answer) throws -> Answer

  /// Lets go of the store; nothing may be asked of it afterwards.
  func close() throws
}

/// What can be asked inside a transaction.
package protocol Reading {
  /// Calls a body with each row of a query, in order, until it answers `false`.
  func each(_ sql: String, _ arguments: [Stored], _ body: ([Stored]) throws -> Bool) throws

  /// Whether the transaction may have changed what it reads and may still be given up.
  var isWriting: Bool { get }
}

/// What can be done inside a writing transaction.
package protocol Writing: Reading {
  /// What is kept in mind until the transaction ends, however it ends.
  var memory: TransactionMemory { get }

  /// Runs a statement.
  ///
  /// - Returns: the number of rows it changed.
  @discardableResult
  func execute(_ sql: String, _ arguments: [Stored]) throws -> Int
}

/// What those who work inside a transaction keep in mind for its length: it is as new at the next one,
/// so that nothing is believed that was given up, or that others changed meanwhile.
package final class TransactionMemory {
  private var kept: [ObjectIdentifier: AnyObject] = [:]

  /// Makes one with nothing in it.
  package init() {}

  /// The one thing of a type; `nil` until it was set.
  package subscript<Thing: AnyObject>(_ type: Thing.Type) -> Thing? {
    get { kept[ObjectIdentifier(type)] as? Thing }
    set { kept[ObjectIdentifier(type)] = newValue }
  }
}

extension Reading {
  /// All rows of a query.
  package func rows(_ sql: String, _ arguments: [Stored] = []) throws -> [[Stored]] {
    var rows: [[Stored]] = []
    try each(sql, arguments) {
      rows.append($0)
      return true
    }
    return rows
  }

  /// The first row of a query.
  package func row(_ sql: String, _ arguments: [Stored] = []) throws -> [Stored]? {
    var first: [Stored]?
    try each(sql, arguments) {
      first = $0
      return false
    }
    return first
  }
}

/// One value as a store keeps it.
package enum Stored: Hashable, Sendable {
  /// No value.
  case null
  /// A whole number; also money in fen, truth as 0 and 1, decimals scaled.
  case integer(Int)
  /// A text; also dates and JSON.
  case text(String)

  /// The text, or `nil`.
  package var text: String? { if case .text(let text) = self { text } else { nil } }
  /// The whole number, or `nil`.
  package var integer: Int? { if case .integer(let number) = self { number } else { nil } }
}

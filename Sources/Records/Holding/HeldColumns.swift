import Storage
import Synchronization
import Values

/// The columns of one kind by which its lists are filtered, counted and searched, held in memory.
///
/// What was read once stays as it is; rows that changed since lie over it.
struct HeldColumns: Sendable {
  private let base: Base
  private var changed: [Int: Row] = [:]

  /// What a row holds in the columns that are held.
  struct Row: Sendable {
    var values: [String: Stored]
    var text: [UInt8]
  }

  /// How many values a column may have; one with more is of no use for filtering.
  private static let mostValues = 4_096
  /// How many changed rows may lie over what was read.
  private static let mostChanged = 2_000

  /// The fields whose columns are held.
  static func fields(of kind: Kind) -> [FieldShape] {
    let wanted = Set(kind.filters.map { kind.fields[$0].name }).union(kind.publicWhen.keys)
    return kind.fields.filter { field in
      if field.isSealed { return false }
      if wanted.contains(field.name) { return true }
      switch field.type {
      case .choice, .code, .boolean, .schoolYear, .reference: return true
      default: return false
      }
    }
  }

  /// Reads the columns of a kind.
  init(_ kind: Kind, in reading: any Reading) throws {
    base = try Base(kind, in: reading)
  }

  /// The columns with some rows read anew; `nil` when they must be read as a whole.
  func rereading(_ ids: Set<String>, of kind: Kind, in reading: any Reading) throws -> HeldColumns?
  {
    var columns = self
    let select = Base.select(kind)
    let identifier = kind.fields[kind.identifier].name
    for id in ids {
      let sql = "\(select) WHERE \"\(identifier)\" = $1"
      guard let row = try reading.row(sql, [.text(id)]), let number = row[0].integer else {
        return nil
      }
      let fields = Self.fields(of: kind)
      let values = Dictionary(
        zip(fields.map(\.name), row.dropFirst()),
        uniquingKeysWith: { first, _ in first }
      )
      let texts = row.dropFirst(1 + fields.count).compactMap(\.text)
      columns.changed[number] = Row(values: values, text: HeldText.row(texts))
    }
    return columns.changed.count > Self.mostChanged ? nil : columns
  }

  /// The rows that meet conditions and contain a text; `nil` when only the store can say.
  func selection(_ kind: Kind, _ conditions: [Condition], search: String) -> HeldSelection? {
    var marks = [UInt8](repeating: 1, count: base.numbers.count)
    var others = Array(changed)
    for condition in conditions {
      guard let place = kind.place(of: condition.path), let column = base.columns[condition.path]
      else { return nil }
      let type = kind.fields[place].type
      var met: [UInt8] = []
      for value in column.values {
        guard let isMet = condition.test.isMet(by: value, type) else { return nil }
        met.append(isMet ? 1 : 0)
      }
      column.keep(met, in: &marks)
      var rest: [(key: Int, value: Row)] = []
      for other in others {
        let value = other.value.values[condition.path] ?? .null
        guard let isMet = condition.test.isMet(by: value, type) else { return nil }
        if isMet { rest.append(other) }
      }
      others = rest
    }
    let search = Text.trimmed(search)
    if !search.isEmpty {
      guard let found = base.marks(containing: search) else { return nil }
      for slot in marks.indices { marks[slot] &= found[slot] }
      others = others.filter { HeldText.contains($0.value.text, search) ?? false }
    }
    for number in changed.keys {
      if let slot = base.slot(of: number) { marks[slot] = 0 }
    }
    return HeldSelection(base: base, changed: Set(changed.keys), marks: marks, others: others)
  }
}

/// The rows of a kind that meet conditions.
struct HeldSelection: Sendable {
  fileprivate let base: HeldColumns.Base
  fileprivate let changed: Set<Int>
  fileprivate let marks: [UInt8]
  fileprivate let others: [(key: Int, value: HeldColumns.Row)]
  /// How many there are.
  let count: Int

  /// The rows among which a page of them lies, in the order of one field.
  ///
  /// Rows that changed since the columns were read may stand anywhere: they are all among them, and as
  /// many more of the others as they may have pushed off.
  ///
  /// - Parameters:
  ///   - key: the field and the direction.
  ///   - cursor: the row behind which the page begins; `nil` for one counted from the beginning.
  ///   - offset: how many rows come before the page.
  ///   - limit: how many rows the page has.
  ///   - reading: the transaction, for an order nobody asked for yet.
  /// - Returns: the numbers of the rows, and how many of them come before the page; `nil` when the place
  ///   of the row behind which it begins is not held.
  /// - Throws: the store's errors.
  func page(
    _ key: SortKey,
    after cursor: Int?,
    offset: Int,
    limit: Int,
    in reading: any Reading
  ) throws -> (numbers: [Int], offset: Int)? {
    let order = try base.order(by: key.field, in: reading)
    var place = 0
    if let cursor {
      guard let slot = base.slot(of: cursor), !isChanged(cursor),
        let found = order.place(of: Int32(slot), key.isDescending)
      else { return nil }
      place = found + 1
    }
    var skipped = max(0, offset - others.count)
    let rest = offset - skipped
    var wanted = rest + limit
    var numbers = others.map(\.key)
    order.walk(from: place, key.isDescending) { slot in
      guard marks[slot] == 1 else { return true }
      if skipped > 0 {
        skipped -= 1
        return true
      }
      numbers.append(base.numbers[slot])
      wanted -= 1
      return wanted > 0
    }
    return (numbers, rest)
  }

  private func isChanged(_ number: Int) -> Bool { changed.contains(number) }

  fileprivate init(
    base: HeldColumns.Base,
    changed: Set<Int>,
    marks: [UInt8],
    others: [(key: Int, value: HeldColumns.Row)]
  ) {
    self.base = base
    self.changed = changed
    self.marks = marks
    self.others = others
    count = marks.reduce(others.count) { $0 + Int($1) }
  }

  /// How many rows have each value of a field, most first; `nil` when its column is not held.
  func tally(by field: String) -> [(value: Stored, amount: Int)]? {
    guard let column = base.columns[field] else { return nil }
    var amounts: [Stored: Int] = [:]
    for (value, amount) in zip(column.values, column.amounts(marks)) where amount > 0 {
      amounts[value] = amount
    }
    for other in others { amounts[other.value.values[field] ?? .null, default: 0] += 1 }
    return amounts.map { ($0.key, $0.value) }.sorted {
      $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.precedes($1.0)
    }
  }
}

extension HeldColumns {
  /// One column: for each row the place of its value among the values.
  fileprivate struct Column: Sendable {
    var codes: [UInt16] = []
    var values: [Stored] = []
    private var places: [Stored: UInt16] = [:]

    /// Adds the value of the next row.
    ///
    /// - Returns: whether there are still few enough values.
    mutating func append(_ value: Stored) -> Bool {
      if let place = places[value] {
        codes.append(place)
        return true
      }
      guard values.count < HeldColumns.mostValues else { return false }
      let place = UInt16(values.count)
      places[value] = place
      values.append(value)
      codes.append(place)
      return true
    }

    /// Takes the mark from rows whose value does not meet a test.
    func keep(_ met: [UInt8], in marks: inout [UInt8]) {
      codes.withUnsafeBufferPointer { codes in
        met.withUnsafeBufferPointer { met in
          marks.withUnsafeMutableBufferPointer { marks in
            for slot in codes.indices { marks[slot] &= met[Int(codes[slot])] }
          }
        }
      }
    }

    /// How many marked rows have each value.
    func amounts(_ marks: [UInt8]) -> [Int] {
      var amounts = [Int](repeating: 0, count: values.count)
      codes.withUnsafeBufferPointer { codes in
        marks.withUnsafeBufferPointer { marks in
          amounts.withUnsafeMutableBufferPointer { amounts in
            for slot in codes.indices { amounts[Int(codes[slot])] += Int(marks[slot]) }
          }
        }
      }
      return amounts
    }
  }

  /// The rows in the order of a field: those that hold something, then those that don't, either part by
  /// the identifier where the field is the same.
  fileprivate struct Order: Sendable {
    private var filled: [Int32] = []
    private var empty: [Int32] = []

    init(_ kind: Kind, _ field: String, _ slots: [Int32], in reading: any Reading) throws {
      let id = kind.fields[kind.identifier].name
      func walked(_ test: String, _ order: String) throws -> [Int32] {
        var found: [Int32] = []
        let sql = "SELECT rowid FROM \"\(kind.name)\" WHERE \"\(field)\" \(test) ORDER BY \(order)"
        try reading.each(sql, []) { row in
          // Rows that came since the columns were read are told apart, and not in here.
          if let number = row[0].integer, slots.indices.contains(number), slots[number] >= 0 {
            found.append(slots[number])
          }
          return true
        }
        return found
      }
      filled = try walked("IS NOT NULL", "\"\(field)\", \"\(id)\"")
      empty = try walked("IS NULL", "\"\(id)\"")
    }

    /// Calls a body with the rows from a place on until it answers `false`.
    func walk(from place: Int, _ isDescending: Bool, _ body: (Int) -> Bool) {
      for (start, part) in [(0, filled), (filled.count, empty)] {
        var index = max(0, place - start)
        while index < part.count {
          guard body(Int(part[isDescending ? part.count - 1 - index : index])) else { return }
          index += 1
        }
      }
    }

    /// The place of a row.
    func place(of slot: Int32, _ isDescending: Bool) -> Int? {
      for (start, part) in [(0, filled), (filled.count, empty)] {
        if let found = part.firstIndex(of: slot) {
          return start + (isDescending ? part.count - 1 - found : found)
        }
      }
      return nil
    }
  }

  /// The columns as they were read.
  fileprivate final class Base: Sendable {
    /// The number of each row in the store, rising.
    let numbers: [Int]
    let columns: [String: Column]
    private let kind: Kind
    /// The place of each row by its number in the store; below zero for numbers no row has.
    private let slots: [Int32]
    /// The orders by fields: those with an index, and those somebody asked for.
    private let orders: Mutex<[String: Order]>
    private let text: HeldText
    /// The last few searches: going through the filters of a list asks for the same again.
    private let searches = Mutex<[(text: String, marks: [UInt8])]>([])

    private static let mostSearches = 4

    init(_ kind: Kind, in reading: any Reading) throws {
      let fields = HeldColumns.fields(of: kind)
      var numbers: [Int] = []
      var columns = fields.map { _ in Column() }
      var isFew = fields.map { _ in true }
      var text = HeldText()
      try reading.each("\(Self.select(kind)) ORDER BY rowid", []) { row in
        numbers.append(row[0].integer ?? 0)
        for index in columns.indices where isFew[index] {
          isFew[index] = columns[index].append(row[1 + index])
          if !isFew[index] { columns[index] = Column() }
        }
        text.append(row[(1 + fields.count)...].compactMap(\.text))
        return true
      }
      var slots = [Int32](repeating: -1, count: (numbers.last ?? 0) + 1)
      for (slot, number) in numbers.enumerated() { slots[number] = Int32(slot) }
      // A list is ordered by its name or by one of its columns, each of which has an index.
      let ordered = Set([kind.title] + kind.columns).map { kind.fields[$0].name }
      let orders = try ordered.reduce(into: [:]) { orders, field in
        orders[field] = try Order(kind, field, slots, in: reading)
      }
      self.orders = Mutex(orders)
      self.kind = kind
      self.slots = slots
      self.numbers = numbers
      self.text = text
      self.columns = Dictionary(
        zip(fields.map(\.name), columns).enumerated().filter { isFew[$0.offset] }.map(\.element),
        uniquingKeysWith: { first, _ in first }
      )
    }

    /// A select of what is held of a row: its number, the columns, the texts.
    static func select(_ kind: Kind) -> String {
      let texts = Set(kind.searched).union([kind.identifier]).sorted().map { kind.fields[$0].name }
      let names = HeldColumns.fields(of: kind).map(\.name) + texts
      let columns = names.map { "\"\($0)\"" }.joined(separator: ", ")
      return "SELECT rowid, \(columns) FROM \"\(kind.name)\""
    }

    func slot(of number: Int) -> Int? {
      guard slots.indices.contains(number), slots[number] >= 0 else { return nil }
      return Int(slots[number])
    }

    func order(by field: String, in reading: any Reading) throws -> Order {
      if let known = orders.withLock({ $0[field] }) { return known }
      let order = try Order(kind, field, slots, in: reading)
      orders.withLock { $0[field] = order }
      return order
    }

    func marks(containing search: String) -> [UInt8]? {
      if let known = searches.withLock({ $0.first { $0.text == search }?.marks }) { return known }
      guard let marks = text.marks(containing: search) else { return nil }
      searches.withLock { searches in
        searches.insert((search, marks), at: 0)
        if searches.count > Self.mostSearches { searches.removeLast() }
      }
      return marks
    }
  }
}

extension Stored {
  /// Whether the store puts it before another: nothing, then numbers, then texts by their bytes.
  fileprivate func precedes(_ other: Stored) -> Bool {
    switch (self, other) {
    case (.null, _): other != .null
    case (_, .null): false
    case (.integer(let one), .integer(let two)): one < two
    case (.integer, .text): true
    case (.text, .integer): false
    case (.text(let one), .text(let two)): one.utf8.lexicographicallyPrecedes(two.utf8)
    }
  }
}

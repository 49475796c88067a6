import Calendar
package import Storage
import Values

extension RecordStore {
  /// The records of a query, as they stand.
  package func list(_ kind: Kind, _ query: Query) throws -> [Record] {
    try store.read { try list(kind, query, in: $0) }
  }

  /// The records of a query inside a transaction.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - query: which ones, in which order, how many.
  ///   - places: the fields that are needed besides identifier and title; the others are left empty.
  ///     All when `nil`.
  ///   - reading: the transaction.
  /// - Returns: the records.
  /// - Throws: the store's errors; `UnknownField`.
  package func list(
    _ kind: Kind,
    _ query: Query,
    only places: [Int]? = nil,
    in reading: any Reading
  ) throws -> [Record] {
    let places = places.map { Set($0).union([kind.identifier, kind.title]).sorted() }
    let select = OrderedSelect(kind, query)
    let held = try heldPage(kind, query, in: reading)
    if let held, query.after == nil {
      return try page(kind, select, places, held, in: reading)
    }
    var records: [Record] = []
    func read(isTail: Bool, offset: Int) throws {
      var arguments: [Stored] = []
      var parts =
        try held.map { [among($0.numbers, &arguments)] } ?? whereParts(kind, query, &arguments)
      let part = select.condition(isTail: isTail, &arguments)
      if !part.isEmpty { parts.append(part) }
      arguments += [.integer(query.limit - records.count), .integer(offset)]
      let sql = """
        SELECT \(places.map(kind.columns(of:)) ?? kind.allColumns) FROM \(source(kind))
        \(parts.isEmpty ? "" : "WHERE " + parts.joined(separator: " AND "))
        ORDER BY \(select.order(isTail: isTail))
        LIMIT $\(arguments.count - 1) OFFSET $\(arguments.count)
        """
      try reading.each(sql, arguments) {
        records.append(try record(kind, of: $0, places))
        return true
      }
    }
    let offset = query.after == nil ? query.offset : 0
    // Read from the end, what lacks the first field comes first.
    let parts = select.hasTail ? (select.isFromEnd ? [true, false] : [false, true]) : [false]
    var skipped = offset
    for (number, isTail) in parts.enumerated() where records.count < query.limit {
      if select.beginsInTail, !isTail { continue }
      if number > 0, records.isEmpty, skipped > 0 {
        let first = query.sortKeys(of: kind)[0].field
        var former = query
        former.conditions.append(Condition(first, .isKnown(!parts[0])))
        skipped = max(0, skipped - (try count(kind, former, in: reading)))
      } else if number > 0 {
        skipped = 0
      }
      try read(isTail: isTail, offset: skipped)
    }
    return select.isFromEnd ? records.reversed() : records
  }

  /// The rows among which the page of a query lies, by columns that are held; `nil` when the store finds
  /// it as quickly, or alone can say.
  private func heldPage(_ kind: Kind, _ query: Query, in reading: any Reading) throws -> (
    numbers: [Int], offset: Int, limit: Int
  )? {
    let keys = query.sortKeys(of: kind)
    let isDeep = query.after == nil && query.offset > Self.nearRows
    guard keys.count == 1, isDeep || !query.conditions.isEmpty || !query.search.isEmpty,
      let selection = try heldSelection(kind, query, in: reading)
    else { return nil }
    var cursor: Int?
    if let after = query.after {
      let identifier = kind.fields[kind.identifier].name
      let sql = "SELECT rowid FROM \"\(kind.name)\" WHERE \"\(identifier)\" = $1"
      guard let number = try reading.row(sql, [.text(after.id)])?[0].integer else { return nil }
      cursor = number
    }
    var (offset, limit) = (query.after == nil ? query.offset : 0, query.limit)
    if query.isFromEnd {
      offset = max(0, selection.count - query.offset - query.limit)
      limit = max(0, selection.count - query.offset - offset)
    }
    return try selection.page(
      keys[0],
      after: cursor,
      offset: offset,
      limit: limit,
      in: reading
    ).map { ($0.numbers, $0.offset, limit) }
  }

  /// Up to which place the store finds a page by counting.
  static let nearRows = 500

  /// Some rows in their order.
  private func page(
    _ kind: Kind,
    _ select: OrderedSelect,
    _ places: [Int]?,
    _ held: (numbers: [Int], offset: Int, limit: Int),
    in reading: any Reading
  ) throws -> [Record] {
    guard !held.numbers.isEmpty, held.limit > 0 else { return [] }
    var arguments: [Stored] = []
    let among = among(held.numbers, &arguments)
    arguments += [.integer(held.limit), .integer(held.offset)]
    let sql = """
      SELECT \(places.map(kind.columns(of:)) ?? kind.allColumns) FROM \(source(kind))
      WHERE \(among) ORDER BY \(select.wholeOrder) LIMIT $2 OFFSET $3
      """
    var records: [Record] = []
    try reading.each(sql, arguments) {
      records.append(try record(kind, of: $0, places))
      return true
    }
    return records
  }

  private func among(_ rows: [Int], _ arguments: inout [Stored]) -> String {
    arguments.append(.text(JSON.array(rows.map(JSON.integer)).text))
    return "rowid IN (SELECT value FROM json_each($\(arguments.count)))"
  }

  /// Some records that meet conditions, in no order.
  func some(
    _ kind: Kind,
    _ conditions: [Condition],
    only places: [Int],
    most: Int,
    in reading: any Reading
  ) throws -> [Record] {
    let places = Set(places).union([kind.identifier, kind.title]).sorted()
    var arguments: [Stored] = []
    let filter = try whereClause(kind, Query(conditions), &arguments)
    arguments.append(.integer(most))
    let sql = """
      SELECT \(kind.columns(of: places)) FROM \(source(kind)) \(filter) LIMIT $\(arguments.count)
      """
    var records: [Record] = []
    try reading.each(sql, arguments) {
      records.append(try record(kind, of: $0, places))
      return true
    }
    return records
  }

  /// How many records a query has, paging aside.
  package func count(_ kind: Kind, _ query: Query, in reading: any Reading) throws -> Int {
    try measure(.count, kind, query, in: reading)
  }

  /// Adds up over a query, paging aside.
  package func measure(
    _ measure: Measure,
    _ kind: Kind,
    _ query: Query,
    in reading: any Reading
  ) throws -> Int {
    if measure == .count, let held = try heldSelection(kind, query, in: reading) {
      return held.count
    }
    if case .sum(let path) = measure, let place = kind.sealedPlace(of: path) {
      return try sealedSums(of: place, kind, query, in: reading)[""] ?? 0
    }
    var arguments: [Stored] = []
    let filter = try whereClause(kind, query, &arguments)
    let sum = try sum(measure, kind)
    return try reading.row("SELECT \(sum) FROM \(source(kind)) \(filter)", arguments)?[0].integer
      ?? 0
  }

  /// Counts a query by the values of a field, most first.
  package func tally(
    _ kind: Kind,
    _ query: Query,
    by path: String,
    _ measure: Measure = .count,
    in reading: any Reading
  ) throws -> [(value: String, amount: Int)] {
    if measure == .count, let held = try heldSelection(kind, query, in: reading)?.tally(by: path) {
      return held.map { (Self.said($0.value), $0.amount) }
    }
    if case .sum(let summed) = measure, let place = kind.sealedPlace(of: summed) {
      return try sealedSums(of: place, kind, query, by: path, in: reading)
        .map { (value: $0.key, amount: $0.value) }
        .sorted { ($1.amount, $0.value) < ($0.amount, $1.value) }
    }
    var arguments: [Stored] = []
    let filter = try whereClause(kind, query, &arguments)
    let column = try column(kind, path)
    let sum = try sum(measure, kind)
    let sql = """
      SELECT \(column), \(sum) FROM \(source(kind)) \(filter) GROUP BY 1 ORDER BY 2 DESC, 1
      """
    return try reading.rows(sql, arguments).map { (Self.said($0[0]), $0[1].integer ?? 0) }
  }

  /// Counts a query by the values of a field where that is quick: by columns that are held, or few
  /// records; `nil` where it is not.
  package func quickTally(
    _ kind: Kind,
    _ query: Query,
    by path: String,
    in reading: any Reading
  ) throws -> [(value: String, amount: Int)]? {
    if try heldSelection(kind, query, in: reading) == nil {
      let most = query.search.isEmpty ? Self.leastHeld : Self.leastHeld / 4
      let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM \(source(kind)) LIMIT $1)"
      guard try reading.row(sql, [.integer(most + 1)])?[0].integer ?? 0 <= most else { return nil }
    }
    return try tally(kind, query, by: path, in: reading)
  }

  static func said(_ value: Stored) -> String {
    value.text ?? value.integer.map(String.init) ?? ""
  }

  /// One record by its identifier.
  package func record(_ kind: Kind, _ id: String) throws -> Record? {
    try store.read { try record(kind, id, in: $0) }
  }

  /// One record by its identifier inside a transaction.
  package func record(_ kind: Kind, _ id: String, in reading: any Reading) throws -> Record? {
    let sql = """
      SELECT \(kind.allColumns) FROM \(source(kind)) WHERE "\(kind.fields[kind.identifier].name)" = $1
      """
    return try reading.row(sql, [.text(id)]).map { try record(kind, of: $0) }
  }

  /// Calls a body with every record of a query, in the order of identifiers, without paging.
  package func each(
    _ kind: Kind,
    _ query: Query = Query(),
    in reading: any Reading,
    _ body: (Record) throws -> Void
  ) throws {
    var arguments: [Stored] = []
    let filter = try whereClause(kind, query, &arguments)
    let sql = """
      SELECT \(kind.allColumns) FROM \(source(kind)) \(filter)
      ORDER BY "\(kind.fields[kind.identifier].name)"
      """
    try reading.each(sql, arguments) {
      try body(record(kind, of: $0))
      return true
    }
  }

  /// The titles of some records, by identifier.
  package func titles(_ kind: Kind, _ ids: Set<String>, in reading: any Reading) throws
    -> [String: String]
  {
    let identifier = kind.fields[kind.identifier].name
    let sql = """
      SELECT "\(kind.fields[kind.title].name)" FROM \(source(kind)) WHERE "\(identifier)" = $1
      """
    var titles: [String: String] = [:]
    for id in ids { titles[id] = try reading.row(sql, [.text(id)])?[0].text }
    return titles
  }

  func whereClause(_ kind: Kind, _ query: Query, _ arguments: inout [Stored]) throws
    -> String
  {
    let parts = try whereParts(kind, query, &arguments)
    return parts.isEmpty ? "" : "WHERE " + parts.joined(separator: " AND ")
  }

  private func whereParts(_ kind: Kind, _ query: Query, _ arguments: inout [Stored]) throws
    -> [String]
  {
    var parts: [String] = []
    for condition in query.conditions {
      parts.append(try sql(kind, condition, &arguments, isWide: query.isWide))
    }
    if let predicate = query.predicate {
      parts.append(try predicate.sql(self, kind, &arguments))
    }
    let search = Text.trimmed(query.search)
    if !search.isEmpty {
      let any = (Set(kind.searched).union([kind.identifier])).sorted().map {
        contains("\"\(kind.fields[$0].name)\"", search, &arguments)
      }
      parts.append("(\(any.joined(separator: " OR ")))")
    }
    return parts
  }

  /// What a measure adds up, as a select says it.
  private func sum(_ measure: Measure, _ kind: Kind) throws -> String {
    switch measure {
    case .count: "COUNT(*)"
    case .distinct(let path): "COUNT(DISTINCT \(try column(kind, path)))"
    case .sum(let path): "COALESCE(SUM(\(try column(kind, path))), 0)"
    }
  }

  func column(_ kind: Kind, _ path: String) throws -> String {
    guard let place = kind.place(of: path) else {
      throw UnknownField(kind: kind.name, path: path)
    }
    if kind.fields[place].isSealed {
      throw SealedField(kind: kind.name, label: kind.fields[place].label)
    }
    return "\"\(path)\""
  }

  func sql(
    _ kind: Kind,
    _ condition: Condition,
    _ arguments: inout [Stored],
    isWide: Bool = false
  ) throws -> String {
    if case .isReferredTo(let field, let inner) = condition.test {
      guard let other = self.kind(condition.path), other.place(of: field) != nil else {
        throw UnknownField(kind: condition.path, path: field)
      }
      let parts = try inner.map { try sql(other, $0, &arguments) }
      let identifier = kind.fields[kind.identifier].name
      return """
        "\(identifier)" IN (SELECT "\(field)" FROM \(source(other)) \
        WHERE \(parts.isEmpty ? "1 = 1" : parts.joined(separator: " AND ")))
        """
    }
    if case .isUnconfirmed(let day) = condition.test {
      let own = kind.fields[kind.identifier].name
      arguments += [.integer(Instant(endOf: day).seconds), .text(day.description)]
      return """
        ("updatedAt" <= $\(arguments.count - 1) AND "\(own)" NOT IN (SELECT id FROM confirmation \
        WHERE kind = '\(kind.name)' AND on_day > $\(arguments.count)))
        """
    }
    let steps = condition.path.split(separator: ".", maxSplits: 1).map(String.init)
    if condition.path == "sourceSystem" {
      return test("\"sourceSystem\"", .text(20), condition.test, &arguments)
    }
    guard let first = steps.first, let place = kind.place(of: first) else {
      throw UnknownField(kind: kind.name, path: condition.path)
    }
    guard steps.count == 2 else {
      let field = kind.fields[place]
      if field.isSealed {
        guard case .isKnown = condition.test else {
          throw SealedField(kind: kind.name, label: field.label)
        }
      }
      // A column in an expression is found by no index: the one of the order is used.
      let column =
        !isWide
        ? "\"\(first)\"" : field.isStoredAsNumber ? "(\"\(first)\" + 0)" : "(\"\(first)\" || '')"
      return test(column, field.type, condition.test, &arguments)
    }
    guard case .reference(let name) = kind.fields[place].type, let other = self.kind(name) else {
      throw UnknownField(kind: kind.name, path: condition.path)
    }
    let inner = try sql(other, Condition(steps[1], condition.test), &arguments)
    let identifier = other.fields[other.identifier].name
    return "\"\(first)\" IN (SELECT \"\(identifier)\" FROM \(source(other)) WHERE \(inner))"
  }

  /// That a column holds a text somewhere, whatever signs are in it.
  private func contains(_ column: String, _ text: String, _ arguments: inout [Stored]) -> String {
    let plain = text.replacing("!", with: "!!").replacing("%", with: "!%").replacing(
      "_",
      with: "!_"
    )
    arguments.append(.text("%\(plain)%"))
    return "\(column) LIKE $\(arguments.count) ESCAPE '!'"
  }

  private func test(
    _ column: String,
    _ type: FieldType,
    _ test: Condition.Test,
    _ arguments: inout [Stored]
  ) -> String {
    switch test {
    case .isReferredTo, .isUnconfirmed: return "1 = 0"
    case .contains(let text): return contains(column, text, &arguments)
    case .isStored(let text):
      arguments.append(.text(text))
      return "\(column) = $\(arguments.count)"
    case .isKnown(let isKnown): return "\(column) IS \(isKnown ? "NOT " : "")NULL"
    case .atLeast(let number):
      arguments.append(.integer(number))
      return "\(column) >= $\(arguments.count)"
    case .from(let text):
      arguments.append(.text(text))
      return "\(column) >= $\(arguments.count)"
    case .through(let text):
      arguments.append(.text(text))
      return "\(column) <= $\(arguments.count)"
    case .hasBegun(let text):
      arguments.append(.text(text))
      return "(\(column) IS NULL OR \(column) <= $\(arguments.count))"
    case .hasNotEnded(let text):
      arguments.append(.text(text))
      return "(\(column) IS NULL OR \(column) >= $\(arguments.count))"
    case .atMost(let number):
      arguments.append(.integer(number))
      return "\(column) <= $\(arguments.count)"
    case .isOneOf(let values):
      guard !values.isEmpty else { return "1 = 0" }
      switch type {
      case .list, .choices, .references:
        let parts = values.map { contains(column, JSON.string($0).text, &arguments) }
        return "(\(parts.joined(separator: " OR ")))"
      case .boolean, .integer, .decimal, .money:
        let numbers = values.map { $0 == "true" ? 1 : $0 == "false" ? 0 : Int($0) }
        let marks = numbers.map { number in
          arguments.append(number.map(Stored.integer) ?? .null)
          return "$\(arguments.count)"
        }
        return "\(column) IN (\(marks.joined(separator: ", ")))"
      default:
        let marks = values.map { value in
          arguments.append(.text(value))
          return "$\(arguments.count)"
        }
        return "\(column) IN (\(marks.joined(separator: ", ")))"
      }
    }
  }
}

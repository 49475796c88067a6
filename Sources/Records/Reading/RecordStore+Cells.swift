package import Storage

/// Which records are added up, and which of their number fields.
package struct CellSet: Hashable, Sendable {
  /// What must hold of them; of all when `nil`.
  package var predicate: FieldPredicate?
  /// The fields.
  package var fields: [String]

  /// Makes a set.
  package init(_ predicate: FieldPredicate?, _ fields: [String]) {
    self.predicate = predicate
    self.fields = fields
  }
}

/// What is counted and added up of the records that have the same keys.
package struct Cell: Sendable {
  /// A sum of a field: over how many records that have it, and how much; in the form the store holds.
  package struct Sum: Hashable, Sendable {
    /// How many of the records have the field filled in.
    package var known = 0
    /// The sum.
    package var total = 0

    /// Makes an empty sum.
    package init() {}
  }

  /// The keys, empty where nothing is filled in.
  package var keys: [String]
  /// How many records each set has.
  package var counts: [Int]
  /// The sums of the fields of each set.
  package var sums: [[Sum]]
}

/// How many records that have the same keys have a value.
package struct ValueCell: Sendable {
  /// The keys, empty where nothing is filled in.
  package var keys: [String]
  /// The value, in the form the store holds.
  package var value: Stored
  /// How many records have it.
  package var count: Int
}

extension RecordStore {
  /// Counts and adds up the records of a kind by several keys at once, in one walk.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - keys: what they are told apart by: each the first of some paths that is filled in, a path being a
  ///     field, or a field of the record it refers to (`schoolId.locationRegionCode`); a key without paths
  ///     is empty.
  ///   - sets: which records, and which fields.
  ///   - conditions: what must hold of all of them.
  ///   - reading: the transaction.
  /// - Returns: a cell for every combination of keys there is.
  /// - Throws: the store's errors; `UnknownField`, `SealedField`.
  package func cells(
    _ kind: Kind,
    by keys: [[String]],
    _ sets: [CellSet],
    _ conditions: [Condition] = [],
    in reading: any Reading
  ) throws -> [Cell] {
    var arguments: [Stored] = []
    var walk = try CellWalk(self, kind, keys)
    for set in sets {
      let holds = try set.predicate.map { try $0.sql(self, kind, &arguments) }
      walk.columns.append(holds.map { "COUNT(CASE WHEN \($0) THEN 1 END)" } ?? "COUNT(*)")
      for field in set.fields {
        let column = try column(kind, field)
        let counted = holds.map { "CASE WHEN \($0) THEN \(column) END" } ?? column
        walk.columns += ["COUNT(\(counted))", "COALESCE(SUM(\(counted)), 0)"]
      }
    }
    return try reading.rows(walk.sql(conditions, &arguments), arguments).map { row in
      var cell = Cell(keys: row.prefix(keys.count).map(Self.said), counts: [], sums: [])
      var place = keys.count
      for set in sets {
        cell.counts.append(row[place].integer ?? 0)
        place += 1
        cell.sums.append(
          set.fields.map { _ in
            defer { place += 2 }
            var sum = Cell.Sum()
            (sum.known, sum.total) = (row[place].integer ?? 0, row[place + 1].integer ?? 0)
            return sum
          }
        )
      }
      return cell
    }
  }

  /// Counts the values of a field by several keys at once; what is not filled in is left out.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - keys: what they are told apart by, as for `cells`.
  ///   - predicate: what must hold of the records; of all when `nil`.
  ///   - field: the field.
  ///   - conditions: what must hold besides.
  ///   - reading: the transaction.
  /// - Returns: a cell for every combination of keys and value there is.
  /// - Throws: the store's errors; `UnknownField`, `SealedField`.
  package func valueCells(
    _ kind: Kind,
    by keys: [[String]],
    where predicate: FieldPredicate?,
    of field: String,
    _ conditions: [Condition] = [],
    in reading: any Reading
  ) throws -> [ValueCell] {
    var arguments: [Stored] = []
    var walk = try CellWalk(self, kind, keys)
    walk.grouped.append(try column(kind, field))
    walk.columns = ["COUNT(*)"]
    walk.filters = ["\(try column(kind, field)) IS NOT NULL"]
    if let predicate { walk.filters.append(try predicate.sql(self, kind, &arguments)) }
    return try reading.rows(walk.sql(conditions, &arguments), arguments).map { row in
      ValueCell(
        keys: row.prefix(keys.count).map(Self.said),
        value: row[keys.count],
        count: row[keys.count + 1].integer ?? 0
      )
    }
  }
}

/// A walk over the records of a kind that tells them apart by keys.
private struct CellWalk {
  private let register: RecordStore
  private let kind: Kind
  private var joins: [String] = []
  /// What they are told apart by.
  var grouped: [String] = []
  /// What is reckoned.
  var columns: [String] = []
  /// What must hold, as the statement has it.
  var filters: [String] = []

  init(_ register: RecordStore, _ kind: Kind, _ keys: [[String]]) throws {
    self.register = register
    self.kind = kind
    for paths in keys {
      let columns = try paths.map { try column($0) }
      grouped.append(columns.isEmpty ? "''" : "COALESCE(\(columns.joined(separator: ", ")), '')")
    }
  }

  /// A field, or one of the record it refers to, which is joined.
  private mutating func column(_ path: String) throws -> String {
    let steps = path.split(separator: ".").map(String.init)
    guard steps.count == 2 else { return try register.column(kind, path) }
    guard let place = kind.place(of: steps[0]),
      case .reference(let name) = kind.fields[place].type, let other = register.kind(name)
    else { throw UnknownField(kind: kind.name, path: path) }
    let number = joins.count
    joins.append(
      """
      LEFT JOIN (SELECT "\(other.fields[other.identifier].name)" AS id\(number), \
      \(try register.column(other, steps[1])) AS key\(number) FROM \(register.source(other))) \
      ON id\(number) = "\(steps[0])"
      """
    )
    return "key\(number)"
  }

  func sql(_ conditions: [Condition], _ arguments: inout [Stored]) throws -> String {
    let all =
      try filters + conditions.map { try register.sql(kind, $0, &arguments) }
    let numbers = (1...grouped.count).map(String.init).joined(separator: ", ")
    return """
      SELECT \((grouped + columns).joined(separator: ", ")) FROM \(register.source(kind)) \
      \(joins.joined(separator: " ")) \
      \(all.isEmpty ? "" : "WHERE " + all.joined(separator: " AND ")) GROUP BY \(numbers)
      """
  }
}

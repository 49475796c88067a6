package import Storage
import Values

/// The records of a query that have one value of a field: how many, and what they add up to.
package struct GroupSum: Hashable, Sendable {
  /// The value, as the store holds it; empty where nothing is filled in.
  package var value: String
  /// How many records.
  package var count: Int
  /// The sums of the fields asked for; `nil` where none of the records has a number.
  package var sums: [Int?]
}

extension RecordStore {
  /// Adds up a query by the values of a field, most records first.
  ///
  /// - Parameters:
  ///   - kind: the kind of record.
  ///   - query: which ones, paging aside.
  ///   - path: the field.
  ///   - summed: the number fields that are added up.
  ///   - reading: the transaction.
  /// - Returns: a sum for each value of the field.
  /// - Throws: the store's errors; `UnknownField`.
  package func groups(
    _ kind: Kind,
    _ query: Query,
    by path: String,
    summed: [String],
    in reading: any Reading
  ) throws -> [GroupSum] {
    let sealed = summed.map(kind.sealedPlace(of:))
    let sums = try zip(summed, sealed).map { name, place in
      place == nil ? "SUM(\(try column(kind, name)))" : "NULL"
    }
    let opened = try sealed.map { place in
      try place.map { try sealedSums(of: $0, kind, query, by: path, in: reading) }
    }
    let columns = (["\(try column(kind, path))", "COUNT(*)"] + sums).joined(separator: ", ")
    var arguments: [Stored] = []
    let filter = try whereClause(kind, query, &arguments)
    return try reading.rows(
      "SELECT \(columns) FROM \(source(kind)) \(filter) GROUP BY 1 ORDER BY 2 DESC, 1",
      arguments
    ).map { row in
      let value = Self.said(row[0])
      return GroupSum(
        value: value,
        count: row[1].integer ?? 0,
        sums: zip(row.dropFirst(2), opened).map { $1.map { $0[value] } ?? $0.integer }
      )
    }
  }
}

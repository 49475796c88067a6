import Storage
import Values

extension RecordStore {
  /// Adds up a sealed field over a query; the store can't, so each value is opened.
  ///
  /// - Parameters:
  ///   - place: the field, of numbers.
  ///   - kind: the kind of record.
  ///   - query: which ones, paging aside.
  ///   - path: the field whose values set the sums apart; one sum when `nil`.
  ///   - reading: the transaction.
  /// - Returns: the sum for each value of the path, as the store holds it; empty for one sum. Where no
  ///   record has a number there is none.
  /// - Throws: the store's errors; `CipherFailure`; `UnknownField`.
  func sealedSums(
    of place: Int,
    _ kind: Kind,
    _ query: Query,
    by path: String? = nil,
    in reading: any Reading
  ) throws -> [String: Int] {
    let field = kind.fields[place]
    var arguments: [Stored] = []
    let filter = try whereClause(kind, query, &arguments)
    let apart = try path.map { try column(kind, $0) } ?? "''"
    let identifier = kind.fields[kind.identifier].name
    var sums: [String: Int] = [:]
    try reading.each(
      "SELECT \(apart), \"\(identifier)\", \"\(field.name)\" FROM \(source(kind)) \(filter)",
      arguments
    ) { row in
      guard let number = try opened(kind, field, row[2], row[1].text ?? "").integer else {
        return true
      }
      sums[Self.said(row[0]), default: 0] += number
      return true
    }
    return sums
  }
}

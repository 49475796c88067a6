import Storage
package import Values

extension RecordStore {
  /// A former version of a record, as JSON by field name; `nil` when there is none.
  package func former(_ kind: Kind, _ id: String, version: Int) throws -> JSON? {
    let sql = "SELECT record FROM history WHERE kind = $1 AND id = $2 AND version = $3"
    let row = try store.read {
      try $0.row(sql, [.text(kind.name), .text(id), .integer(version)])
    }
    return row?[0].text.flatMap { try? JSON(parsing: $0.utf8) }
  }
}

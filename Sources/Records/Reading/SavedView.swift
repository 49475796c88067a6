package import Storage
import Values

/// A view of a list somebody keeps: filters, order, columns under a name.
package struct SavedView: Hashable, Sendable {
  /// The kind of record.
  package var kind: String
  /// The name.
  package var name: String
  /// The query of the list's address.
  package var query: String

  /// Names a view.
  package init(kind: String, name: String, query: String) {
    self.kind = kind
    self.name = name
    self.query = query
  }
}

extension RecordStore {
  /// Where the views of a list lie: everybody has their own.
  private func shelf(_ kind: String) -> String {
    guard let account = reader?.account, !account.isEmpty else { return kind }
    return "\(kind)@\(account)"
  }

  /// The views kept of a list, by name.
  package func views(_ kind: Kind, in reading: any Reading) throws -> [SavedView] {
    try reading.rows(
      "SELECT name, query FROM saved_view WHERE kind = $1 ORDER BY name",
      [.text(shelf(kind.name))]
    ).map { SavedView(kind: kind.name, name: $0[0].text ?? "", query: $0[1].text ?? "") }
  }

  /// Keeps a view; one of the same name is replaced.
  package func keep(_ view: SavedView) throws {
    _ = try store.write {
      try $0.execute(
        """
        INSERT INTO saved_view (kind, name, query) VALUES ($1, $2, $3)
        ON CONFLICT (kind, name) DO UPDATE SET query = excluded.query
        """,
        [.text(shelf(view.kind)), .text(view.name), .text(view.query)]
      )
    }
  }

  /// Lets a view go.
  package func drop(_ view: SavedView) throws {
    _ = try store.write {
      try $0.execute(
        "DELETE FROM saved_view WHERE kind = $1 AND name = $2",
        [.text(shelf(view.kind)), .text(view.name)]
      )
    }
  }
}

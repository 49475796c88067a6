import Storage
package import Values

/// How a field of a kind looks to somebody.
package enum Sight: String, CaseIterable, Sendable {
  /// It is shown.
  case seen
  /// Most of it is starred out.
  case masked
  /// It is shown when a purpose was written down.
  case forPurpose
  /// It holds nothing.
  case hidden

  /// What users read.
  package var label: String {
    switch self {
    case .seen: "看得见"
    case .masked: "只见一部分"
    case .forPurpose: "写明用途后可看"
    case .hidden: "看不见"
    }
  }
}

extension Reader {
  /// How a field looks to them, in the records of the kind that they may read.
  package func sight(of field: FieldShape, in kind: Kind) -> Sight {
    if maySee(field, of: kind) { return .seen }
    if mayReveal(field, of: kind) { return .forPurpose }
    return maySeeMasked(field, of: kind) ? .masked : .hidden
  }
}

/// What somebody finds of one kind: the system as they have it, without a record being shown.
package struct KindView: Sendable {
  /// The kind.
  package var kind: Kind
  /// What they may do with some of its records.
  package var acts: [Act]
  /// How many records they may read; `nil` when it is too few of persons to be told.
  package var count: Int?
  /// How many there are; `nil` when it is too few of persons to be told.
  package var all: Int?
  /// How each field looks to them, and whether they may fill it in.
  package var fields: [(field: FieldShape, sight: Sight, isFilled: Bool)]

  /// The view as programs have it.
  package var json: JSON {
    .object([
      "kind": .string(kind.name), "label": .string(kind.label),
      "acts": .array(acts.map { .string($0.rawValue) }),
      "count": count.map(JSON.integer) ?? .null, "all": all.map(JSON.integer) ?? .null,
      "fields": .array(
        fields.map { field, sight, isFilled in
          .object([
            "field": .string(field.name), "label": .string(field.label),
            "privacy": .string("\(field.privacy)"), "sight": .string(sight.rawValue),
            "mayFill": .boolean(isFilled),
          ])
        }
      ),
    ])
  }
}

extension RecordStore {
  /// The system as somebody has it, kind by kind; no record is told.
  ///
  /// What they may do, how many records they reach, which fields they see.
  ///
  /// - Parameter reader: whose view it is.
  /// - Returns: the kinds of which they may read or write something.
  /// - Throws: the store's errors.
  package func view(as reader: Reader) throws -> [KindView] {
    let (whole, theirs) = (unrestricted, acting(as: reader))
    return try store.read { reading in
      try kinds.compactMap { kind in
        let acts = Act.allCases.filter { reader.may($0, kind) }
        guard !acts.isEmpty else { return nil }
        let least = kind.publishedAtLeast
        func told(_ count: Int) -> Int? { count > 0 && count < least ? nil : count }
        return KindView(
          kind: kind,
          acts: acts,
          count: told(try theirs.count(kind, Query(), in: reading)),
          all: told(try whole.count(kind, Query(), in: reading)),
          fields: kind.fields.map { field in
            (field, reader.sight(of: field, in: kind), reader.mayFill(field, of: kind))
          }
        )
      }
    }
  }
}

import Values

/// Who asks or writes: the role somebody acts in, and for whom; decides below every surface what they
/// may do.
package struct Reader: Hashable, Sendable {
  /// The role they act in.
  package var role: Role
  /// The account; empty for anybody.
  package var account: String
  /// The school or enterprise they act for; empty for none.
  package var organisation: String
  /// The code of the county they act for; empty for none.
  package var region: String

  /// Makes a reader.
  package init(_ role: Role, account: String = "", organisation: String = "", region: String = "") {
    self.role = role
    self.account = account
    self.organisation = organisation
    self.region = region
  }

  /// Anybody at all.
  package static let anonymous = Reader(.public)
  /// The city's bureau.
  package static let officer = Reader(.cityBureau)

  /// The grants of a kind by which they may do something.
  package func grants(of kind: Kind, for act: Act = .read) -> [Grant] {
    kind.grants.filter { grant in
      guard grant.acts.contains(act), grant.isFor(role) else { return false }
      switch grant.scope {
      case .everything, .open, .having: return true
      case .region: return !region.isEmpty
      case .own: return !organisation.isEmpty
      case .person: return !account.isEmpty
      }
    }
  }

  /// Whether any record of a kind may be read.
  package func mayList(_ kind: Kind) -> Bool { may(.read, kind) }

  /// Whether something may be done with some record of a kind.
  package func may(_ act: Act, _ kind: Kind) -> Bool { !grants(of: kind, for: act).isEmpty }

  /// Whether a field may be read of some record of the kind.
  package func maySee(_ field: FieldShape, of kind: Kind) -> Bool {
    grants(of: kind).contains { field.privacy <= $0.clearance }
  }

  /// Whether a field may be had shown, for a purpose, of some record of the kind.
  package func mayReveal(_ field: FieldShape, of kind: Kind) -> Bool {
    !maySee(field, of: kind)
      && grants(of: kind).contains { $0.reveals.map { field.privacy <= $0 } ?? false }
  }

  /// Whether a field is shown of some record of the kind, if only with most of it starred out.
  package func maySeeMasked(_ field: FieldShape, of kind: Kind) -> Bool {
    field.mask != nil && grants(of: kind).contains { $0.clearance >= .internal }
  }

  /// Whether a field may be filled in of some record of the kind.
  package func mayFill(_ field: FieldShape, of kind: Kind) -> Bool {
    grants(of: kind, for: .create).contains { field.privacy <= $0.clearance }
      || grants(of: kind, for: .update).contains { field.privacy <= $0.clearance }
  }

  /// Whether a record read by the platform itself may be shown, as far as the record alone tells.
  package func mayRead(_ record: Record) -> Bool {
    grants(of: record.kind).contains { grant in
      switch grant.scope {
      case .everything: true
      case .open: record.kind.publicWhen.allSatisfy { $1.contains(record[$0].text ?? "") }
      case .having(let values): values.allSatisfy { $1.contains(record[$0].text ?? "") }
      case .region, .own: false
      case .person(let path): !account.isEmpty && record[path].text == account
      }
    }
  }

  /// How many records of a kind a count must have to be told to them; 0 when any may, as they may see
  /// the persons in all the records that they count.
  package func threshold(of kind: Kind) -> Int {
    let grants = grants(of: kind)
    let seesAll = grants.contains { $0.scope == .everything && $0.clearance >= .personal }
    let seesEach = !grants.isEmpty && grants.allSatisfy { $0.clearance >= .personal }
    return seesAll || seesEach ? 0 : kind.publishedAtLeast
  }

  /// What must hold of the records of a kind of which only the open ones may be read.
  package func limits(on kind: Kind) -> [Condition] {
    guard grants(of: kind).allSatisfy({ $0.scope == .open }) else { return [] }
    return kind.publicWhen.sorted { $0.key < $1.key }.map { Condition($0.key, .isOneOf($0.value)) }
  }

  /// What the codes of their region and of all in it begin with: all six digits of a county, four of a city.
  var regionPrefix: String {
    var digits = Substring(region)
    while digits.count > 2, digits.hasSuffix("00") { digits = digits.dropLast(2) }
    return String(digits)
  }

  /// Whether the code of a region is theirs, or that of one in it.
  func isIn(region code: String) -> Bool { !region.isEmpty && code.hasPrefix(regionPrefix) }
}

package import Identity
package import Records

/// Who a request comes from: anybody, or somebody who signed in, in the role they act in.
package struct Visitor: Sendable {
  /// Who signed in; `nil` for anybody.
  package var signedIn: SignedIn?
  /// Who they are to the register.
  package var reader: Reader

  /// The address on the network they come from.
  var address = ""

  /// Anybody at all.
  package static let anybody = Visitor(reader: .anonymous)

  /// Makes a visitor who acts as somebody, without an account: for programs of the house and tests.
  package init(reader: Reader) { self.reader = reader }

  /// Makes a visitor of somebody who signed in.
  init(_ signedIn: SignedIn) {
    self.signedIn = signedIn
    reader = signedIn.reader
  }

  /// What the register notes about who wrote: the name they sign in with and the role.
  var name: String {
    let name = signedIn?.account.loginName ?? ""
    return name.isEmpty ? reader.role.label : "\(name)（\(reader.role.label)）"
  }

  /// Tells apart what different visitors may see, for what is kept in memory.
  var scope: String { "\(reader.role.rawValue)/\(reader.organisation)/\(reader.region)" }

  /// Who writes, for the audit.
  func actor(_ source: Source) -> Actor {
    Actor(
      name: name,
      source: source,
      role: reader.role.rawValue,
      organisation: reader.organisation.isEmpty ? reader.region : reader.organisation,
      address: address
    )
  }
}

/// What a declaration lets some roles do with which records of its kind, and how private the fields may
/// be; whatever no grant allows is refused.
package struct Grant: Hashable, Sendable {
  /// The roles; every role when empty.
  package var roles: Set<Role>
  /// What they may do.
  package var acts: Set<Act>
  /// With which records.
  package var scope: Scope
  /// The most private fields they may read, or fill in.
  package var clearance: Privacy
  /// The most private fields they may have shown to them for a purpose they name, which is noted; `nil`
  /// for none beyond those they read anyway.
  package var reveals: Privacy?

  /// Which records of a kind a grant is about.
  package enum Scope: Hashable, Sendable {
    /// All.
    case everything
    /// Those anybody may read, as the declaration says.
    case open
    /// Those whose fields hold, each, one of some values.
    case having([String: [String]])
    /// Those whose field, or a field of what it refers to (`schoolId.locationRegionCode`), lies in the
    /// region one acts for.
    case region(String)
    /// Those whose field names the organisation one acts for; also one of several.
    case own(String)
    /// Those whose field names the account that acts.
    case person(String)

    /// The fields it looks at.
    package var paths: [String] {
      switch self {
      case .everything, .open: []
      case .having(let values): values.keys.sorted()
      case .region(let path), .own(let path), .person(let path): [path]
      }
    }
  }

  /// Lets roles do something.
  package init(
    _ roles: Set<Role>,
    may acts: Set<Act>,
    _ scope: Scope,
    upTo clearance: Privacy = .internal,
    revealing reveals: Privacy? = nil
  ) {
    self.roles = roles
    self.acts = acts
    self.scope = scope
    self.clearance = clearance
    self.reveals = reveals
  }

  /// Whether it is about a role.
  package func isFor(_ role: Role) -> Bool { roles.isEmpty || roles.contains(role) }
}

/// The grants that kinds have in common.
package enum Access {
  /// Kept by the city's bureau; counties and departments read it inside and out.
  package static let ofCity: [Grant] = [
    Grant([.cityBureau], may: .all, .everything),
    Grant([.countyBureau, .department], may: .reading, .everything),
  ]

  /// A register of the city, kept by its bureau, by the counties and by whom its records are about.
  ///
  /// - Parameters:
  ///   - regions: the fields by which a county finds what is its own.
  ///   - schools: the fields that name a school whose people keep and read the record.
  ///   - enterprises: the fields that name an enterprise whose people do.
  /// - Returns: the grants.
  package static func register(
    regions: [String] = [],
    schools: [String] = [],
    enterprises: [String] = []
  ) -> [Grant] {
    let keeping = Set<Act>.writing.union(Set<Act>.reading)
    var grants = [
      Grant([.cityBureau], may: .all, .everything),
      Grant([.department], may: .reading, .everything),
    ]
    for path in regions { grants.append(Grant([.countyBureau], may: keeping, .region(path))) }
    for path in schools {
      grants.append(Grant([.schoolAdmin], may: keeping, .own(path)))
      grants.append(Grant(Role.ofSchool, may: .reading, .own(path)))
    }
    for path in enterprises {
      grants.append(Grant([.enterpriseOwner, .enterpriseHR], may: keeping, .own(path)))
      grants.append(Grant(Role.ofEnterprise, may: .reading, .own(path)))
    }
    return grants
  }
}

import Records

/// At which level of the city an indicator is told, and of which records it is told there.
///
/// To which county and school a record belongs is what its access says: the region by which a county
/// finds what is its own. A zone that has the powers of a county stands beside the counties, and what
/// lies in it is taken out of its county (`byManagingUnit` of `registry.md` §3.1).
package enum Level: String, Choice {
  case city, county, school

  package var label: String {
    switch self {
    case .city: "全市"
    case .county: "县（市、区）"
    case .school: "学校"
    }
  }

  /// The field that goes before the region where it is filled in.
  private static let zone = "managingZoneCode"

  /// The paths that lead from a record of a kind to where it belongs at this level, the first that is
  /// filled in counting.
  ///
  /// - Parameters:
  ///   - kind: the kind.
  ///   - sets: the kinds there are.
  /// - Returns: the paths; none when records of the kind belong nowhere at this level.
  func paths(of kind: Kind, in sets: RecordSets) -> [String] {
    switch self {
    case .city: []
    case .school: Self.school(of: kind).map { [$0] } ?? []
    case .county: Self.county(of: kind, in: sets)
    }
  }

  private static func school(of kind: Kind) -> String? {
    if kind.name == "school" { return kind.fields[kind.identifier].name }
    return kind.fields.first { if case .reference("school") = $0.type { true } else { false } }?
      .name
  }

  private static func county(of kind: Kind, in sets: RecordSets) -> [String] {
    if kind.name == "region" { return [kind.fields[kind.identifier].name] }
    let found = kind.grants.lazy.compactMap { grant -> String? in
      guard case .region(let path) = grant.scope else { return nil }
      return path
    }.first
    // What a school keeps lies where the school does.
    let reference = school(of: kind).flatMap(kind.place(of:))
    let bySchool = reference.flatMap { place -> [String]? in
      guard let name = kind.fields[place].type.referredKind, let school = sets.kind(name),
        name != kind.name
      else { return nil }
      return county(of: school, in: sets).map { "\(kind.fields[place].name).\($0)" }
    }
    guard let path = found else { return bySchool ?? [] }
    let steps = path.split(separator: ".").map(String.init)
    guard steps.count == 2 else {
      return kind.place(of: zone) == nil ? [path] : [zone, path]
    }
    guard let place = kind.place(of: steps[0]),
      case .reference(let name) = kind.fields[place].type, let other = sets.kind(name)
    else { return [path] }
    return other.place(of: zone) == nil ? [path] : ["\(steps[0]).\(zone)", path]
  }
}

/// A place an indicator is told of: the city, one of its counties or zones, or one of its schools.
package struct IndicatorPlace: Hashable, Sendable {
  /// The level.
  package var level: Level
  /// The code of the region or the number of the school; empty for the city.
  package var code: String

  /// The city as a whole.
  package static let city = IndicatorPlace(.city, "")

  /// Reads a place as addresses have it: `county:CODE`, `school:NUMBER`.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let level = Level(rawValue: parts[0]), level != .city else {
      return nil
    }
    self.init(level, parts[1])
  }

  /// The kind of record that describes it; `nil` for the city.
  package var kind: String? {
    switch level {
    case .city: nil
    case .county: "region"
    case .school: "school"
    }
  }

  /// Names a place.
  package init(_ level: Level, _ code: String) {
    self.level = level
    self.code = code
  }
}

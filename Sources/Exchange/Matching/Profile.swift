package import Calendar
package import Ledger
import Matching
package import Records
package import Storage
package import Values

/// What matching knows of one thing that can be asked for or offered.
package struct Profile: Sendable {
  /// What it is.
  package enum Kind: String, Sendable, CaseIterable {
    /// A program of the catalogue, with the schools that offer it.
    case program
    /// A published offer.
    case offer
    /// A published need.
    case need
    /// An industry college, a training base …
    case carrier

    /// What users read.
    package var label: String {
      switch self {
      case .program: "专业"
      case .offer: "供给"
      case .need: "需求"
      case .carrier: "载体"
      }
    }
  }

  /// A skill asked for or at hand.
  package struct Skill: Sendable, Hashable {
    /// The vocabulary's term, or the word itself in its comparable form.
    package var term: String
    /// What users read.
    package var name: String
    /// Whether it is a must.
    package var isMust: Bool
  }

  /// A certificate asked for, at hand, or on the way.
  package struct Certificate: Sendable, Hashable {
    /// The code of the city's table, or the word itself.
    package var id: String
    /// Whether nothing else will do.
    package var isRequired = false
    /// Whether it is of an advanced grade: 三级（高级工） or above.
    package var isAdvanced = false
    /// Whether it is still on the way: it has a day, or the class's 1+X plan names it.
    package var isPlanned = false
    /// The day on which it will be held; `nil` when nobody said.
    package var expectedOn: CivilDate?

    /// Whether only a 1+X pilot tells of it; what else is held nobody has said then.
    var isOfPilot: Bool { isPlanned && expectedOn == nil }

    /// Whether it is held on a day, or may be for all that is known.
    func isHeld(by day: CivilDate?) -> Bool {
      guard isPlanned, let day, let expectedOn else { return true }
      return expectedOn <= day
    }
  }

  /// What it is.
  package var kind: Kind
  /// The identifier of the record.
  package var id: String
  /// A program's six digits, or the identifier.
  package var code: String
  /// The name.
  package var name: String
  /// Who owns it: an enterprise or a school.
  package var ownerID = ""
  /// The owner's name.
  package var ownerName = ""
  /// The kind of exchange item, for items.
  package var itemKind: ItemKind?
  /// The programs it is about.
  package var wishes: [ProgramWish] = []
  /// The occupations it is about.
  package var occupations: Set<String> = []
  /// The nodes of industry chains it belongs to.
  package var nodes: Set<String> = []
  /// The skills.
  package var skills: [Skill] = []
  /// The certificates asked for or at hand.
  package var certificates: [Certificate] = []
  /// Whether it tells of a school's students, so that its levels and certificates are at hand and not
  /// asked for.
  package var tellsOfStudents = false
  /// The fields of research asked for or at hand (研究领域).
  package var expertise: [Skill] = []
  /// Whether the details are shown to those only who sign for confidentiality.
  package var isConfidential = false
  /// Whether its owner would sign for confidentiality; `nil` when nobody said.
  package var acceptsConfidentiality: Bool?
  /// The levels, as ranks 0…2.
  package var levels: ClosedRange<Int>?
  /// Whether the levels may not be relaxed.
  package var isLevelStrict = false
  /// Where it is.
  package var point: GeoPoint?
  /// Where the schools that offer a program are, with their names.
  package var points: [(point: GeoPoint, name: String)] = []
  /// The county.
  package var region = ""
  /// Whether there is a free dormitory.
  package var hasFreeDorm = false
  /// How many are asked for or at hand.
  package var quantity: Int?
  /// The smallest group that makes sense.
  package var minBatch: Int?
  /// When.
  package var period: Period?
  /// By how many days the period may move.
  package var flexDays = 0
  /// Whether the owner's credit is normal and it may publish.
  package var isOwnerSound = true
  /// What at a post harms (危害), as the item tells it.
  package var hazards: [String] = []
  /// How many of those who look for a post are under eighteen.
  package var minors = 0
  /// What the post pays a month, the middle of its range, in fen.
  package var pay: Int?
  /// The posts its pay is compared with: those of its kind and category; empty for none.
  package var payGroup = ""
  /// How its owner kept former agreements.
  package var track = TrackRecord()
  /// Whether anybody may see it.
  package var isPublic = true
  /// The version of the record, for freshness.
  package var version = 0

  /// Makes a profile.
  package init(kind: Kind, id: String, code: String, name: String) {
    self.kind = kind
    self.id = id
    self.code = code
    self.name = name
  }

  /// The categories of the programs it names; for the rule that interns stay in theirs.
  var categories: Set<Int> { Set(wishes.compactMap(\.category)) }

  /// Whether there is somebody to turn to: a program that no school offers has nobody.
  package var isOffered: Bool { kind != .program || !points.isEmpty || !ownerName.isEmpty }

  /// The key in indexes: kinds have identifiers of their own.
  package var key: String { "\(kind.rawValue):\(id)" }
}

/// What profiles are made of and compared by: the city's vocabulary and chains, and the catalogue.
package struct MatchKnowledge: Sendable {
  /// The vocabulary's terms by comparable spelling.
  var terms: [String: String] = [:]
  /// The broader terms of a term.
  var broader: [String: Set<String>] = [:]
  /// The names of terms.
  var termNames: [String: String] = [:]
  /// The chain of each node.
  var chains: [String: String] = [:]
  /// The names of chains and nodes.
  var names: [String: String] = [:]
  /// The industry divisions of each node, `C18`.
  var divisions: [String: Set<String>] = [:]
  /// The occupations of each program.
  var occupations: [String: Set<String>] = [:]
  /// The names of programs and occupations.
  var programNames: [String: String] = [:]
  var occupationNames: [String: String] = [:]
  /// The labels of hazards at a post.
  var hazardNames: [String: String] = [:]
  /// The codes of certificates by comparable code, name or other name, and their names.
  var certificateCodes: [String: String] = [:]
  var certificateNames: [String: String] = [:]
  /// The certificates that 1+X pilots of a school plan for a program, by `school/program`; by
  /// `/program` those of all schools.
  var plannedCertificates: [String: Set<String>] = [:]
  /// The labels of technical fields.
  var fieldNames: [String: String] = [:]
  /// The points of counties.
  var points: [String: GeoPoint] = [:]

  /// Reads the knowledge of a city and its register.
  package init(_ register: RecordStore, city: City, in reading: any Reading) throws {
    for hazard in city.codeTable("hazard") ?? [] { hazardNames[hazard.code] = hazard.label }
    for field in city.codeTable("techField") ?? [] { fieldNames[field.code] = field.label }
    for certificate in city.codeTable("certificate") ?? [] {
      certificateNames[certificate.code] = certificate.label
      for word in [certificate.code, certificate.label] + certificate.aliases {
        certificateCodes[Text.comparable(word)] = certificate.code
      }
    }
    for term in city.vocabulary {
      termNames[term.id] = term.name
      broader[term.id] = Set(term.broader)
      for word in [term.name] + term.synonyms { terms[Text.comparable(word)] = term.id }
    }
    func each(_ kind: String, _ body: (Record) -> Void) throws {
      guard let kind = register.kind(kind) else { return }
      try register.each(kind, in: reading, body)
    }
    try each("industryChain") { names[$0.id] = $0.title }
    try each("industryNode") { node in
      chains[node.id] = node["chainId"].text ?? ""
      names[node.id] = node.title
      divisions[node.id] = Set(node["gbIndustryCodes"].list.map { String($0.prefix(3)) })
    }
    try each("program") { program in
      programNames[program.id] = program.title
      let codes = program["occupationCodes"].list
      if !codes.isEmpty { occupations[program.id] = Set(codes) }
    }
    try each("programOccupation") { link in
      if let program = link["programCode"].text, let code = link["occupationCode"].text {
        occupations[program, default: []].insert(code)
      }
    }
    try each("occupation") { occupationNames[$0.id] = $0.title }
    try each("pilot") { pilot in
      guard let certificate = pilot["certificate"].text,
        pilot["status"].text.flatMap(PilotStatus.init(rawValue:))?.isUnderWay == true
      else { return }
      for program in pilot["programCodes"].list {
        for school in ["", pilot["schoolId"].text ?? ""] {
          plannedCertificates["\(school)/\(program)", default: []].insert(certificate)
        }
      }
    }
    try each("programOffering") { offering in
      guard let program = offering["programCode"].text, let school = offering["schoolId"].text
      else {
        return
      }
      for word in offering["certificateRefs"].list {
        let code = certificate(word)
        for owner in ["", school] {
          plannedCertificates["\(owner)/\(program)", default: []].insert(code)
        }
      }
    }
    try each("region") { region in
      points[region.id] = Place.point(region["longitude"].integer, region["latitude"].integer)
    }
  }

  /// The skill a word stands for.
  func skill(_ word: String, isMust: Bool) -> Profile.Skill {
    let plain = Text.comparable(word)
    if let id = terms[plain] {
      return Profile.Skill(term: id, name: word, isMust: isMust)
    }
    return Profile.Skill(term: plain, name: word, isMust: isMust)
  }

  /// The code a certificate is known by; the word itself when the city's table has none.
  func certificate(_ word: String) -> String { certificateCodes[Text.comparable(word)] ?? word }

  /// The certificates that a school's 1+X pilots plan for a program; of all schools for an empty one.
  func planned(school: String, program: String) -> [Profile.Certificate] {
    (plannedCertificates["\(school)/\(program)"] ?? []).sorted()
      .map { Profile.Certificate(id: $0, isPlanned: true) }
  }
}

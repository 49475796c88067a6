import Synchronization
package import Values

/// A record declared in Swift: its fields, how it is found again, and what must hold of it.
package protocol DeclaredRecord: Sendable {
  /// The declaration; everything generic is made from it.
  static var declaration: Declaration<Self> { get }
  /// A record with nothing filled in.
  init()
  /// Fills in what follows from the rest; called before the checks.
  mutating func complete()
  /// What is wrong with the record beyond its single fields. References were loaded before.
  func check(_ surroundings: Surroundings) -> [Problem]
}

extension DeclaredRecord {
  package mutating func complete() {}
  package func check(_ surroundings: Surroundings) -> [Problem] { [] }
}

/// The declaration of a kind of record.
package struct Declaration<Root: Sendable>: Sendable {
  /// The name in addresses, tables and the API.
  package var name: String
  /// What users read.
  package var label: String
  /// One sentence for the index of registers.
  package var summary: String
  /// The field that identifies a record for ever.
  package var identifier: String
  /// How an identifier is made when none is given; `nil` when it must be given.
  package var prefix: String?
  /// The field that names a record for people.
  package var title: String
  /// Sets of fields by which a record is found again, most certain first; the identifier is implied.
  package var keys: [[String]]
  /// The fields of a list, in order.
  package var columns: [String]
  /// The fields a list can be filtered by.
  package var filters: [String]
  /// The fields a search looks into.
  package var searched: [String]
  /// The five facts that identify a record on its page.
  package var facts: [String]
  /// Whether anybody may see the list.
  package var isPublic: Bool
  /// Which records anybody may read, by the values of a field; all of a public kind when empty.
  package var publicWhen: [String: [String]]
  /// What else who may do; what nothing allows is refused.
  package var access: [Grant]
  /// Whether a text has the shape of an identifier of this kind; tells kinds with like headers apart.
  package var identifierShape: (@Sendable (String) -> Bool)?
  /// The one form of an identifier that may be written in several, such as `35` for `350000`.
  package var canonical: @Sendable (String) -> String
  /// What is shown of it year by year; `nil` for a kind without years.
  package var yearly: Yearly?
  /// Which other records of the kind a check compares it with; `nil` for none.
  package var peers: Peers?
  /// Which records of other kinds a check looks at.
  package var consulted: [Consulted]
  /// From when to when what a record says holds; `nil` for a kind that knows no such days.
  package var validity: Validity?
  /// How the same thing registered twice is looked for; `nil` where it is not.
  package var duplicates: DuplicateSearch?
  /// How many of its records a count must have to be told to who may not see the persons in them; 0 for
  /// records that are no persons, 5 for those with personal fields when `nil`.
  package var publishedAtLeast: Int?
  /// The fields.
  package var fields: [Field<Root>]

  /// Declares a kind of record.
  package init(
    _ name: String,
    _ label: String,
    summary: String,
    identifier: String,
    prefix: String? = nil,
    title: String,
    keys: [[String]] = [],
    columns: [String],
    filters: [String] = [],
    searched: [String] = [],
    facts: [String] = [],
    isPublic: Bool = true,
    publicWhen: [String: [String]] = [:],
    access: [Grant],
    identifierShape: (@Sendable (String) -> Bool)? = nil,
    canonical: @escaping @Sendable (String) -> String = { $0 },
    yearly: Yearly? = nil,
    peers: Peers? = nil,
    consulted: [Consulted] = [],
    validity: Validity? = nil,
    duplicates: DuplicateSearch? = nil,
    publishedAtLeast: Int? = nil,
    fields: [Field<Root>]
  ) {
    self.name = name
    self.label = label
    self.summary = summary
    self.identifier = identifier
    self.prefix = prefix
    self.title = title
    self.keys = keys
    self.columns = columns
    self.filters = filters
    self.searched = searched.isEmpty ? [title] : searched
    self.facts = facts
    self.isPublic = isPublic
    self.publicWhen = publicWhen
    self.access = access
    self.identifierShape = identifierShape
    self.canonical = canonical
    self.yearly = yearly
    self.peers = peers
    self.consulted = consulted
    self.validity = validity
    self.duplicates = duplicates
    self.publishedAtLeast = publishedAtLeast
    self.fields = fields
  }
}

/// What a kind of record tells year by year: on the page of what it belongs to, and in figures.
package struct Yearly: Hashable, Sendable {
  /// The field that holds the year or school year.
  package var year: String
  /// The number fields that are added up for each year.
  package var amounts: [String]

  /// Names the fields.
  package init(_ year: String, _ amounts: String...) {
    self.year = year
    self.amounts = amounts
  }
}

/// The records of a kind that are near enough to one to be compared with it, such as for finding
/// something posted twice.
package struct Peers: Hashable, Sendable {
  /// The fields that must be the same; all records of the kind are peers when there are none.
  package var alike: [String]
  /// The fields the check reads, beside those.
  package var read: [String]

  /// Names the fields.
  package init(alike: [String], read: [String]) {
    self.alike = alike
    self.read = read
  }
}

/// Records of another kind that a check looks at: those a field of which says the same as a field of the record.
package struct Consulted: Hashable, Sendable {
  /// The other kind.
  package var kind: String
  /// The field of the record.
  package var own: String
  /// The field of the others.
  package var theirs: String
  /// The fields of the others that the check reads.
  package var read: [String]

  /// Names the kind and the fields.
  package init(_ kind: String, where theirs: String, is own: String, read: [String]) {
    self.kind = kind
    self.own = own
    self.theirs = theirs
    self.read = read
  }
}

/// The fields that say from which day to which day what a record says holds in the world, as told from
/// when it was written down.
package struct Validity: Hashable, Sendable {
  /// The field of the first day.
  package var from: String
  /// The field of the last day, empty while it lasts; `nil` when what began lasts.
  package var to: String?

  /// Names the fields.
  package init(from: String, to: String? = nil) {
    self.from = from
    self.to = to
  }

  /// What holds on a day; where no day is filled in it holds.
  package func holds(on day: String) -> [Condition] {
    [Condition(from, .hasBegun(by: day))]
      + (to.map { [Condition($0, .hasNotEnded(by: day))] } ?? [])
  }
}

/// A kind of record as the generic surfaces see it: the declaration without its Swift type.
package final class Kind: Sendable {
  /// The name in addresses, tables and the API.
  package let name: String
  /// What users read.
  package let label: String
  /// One sentence for the index of registers.
  package let summary: String
  /// How an identifier is made when none is given.
  package let prefix: String?
  /// Sets of fields by which a record is found again.
  package let keys: [[String]]
  /// The fields, in order.
  package let fields: [FieldShape]
  /// The fields of a list.
  package let columns: [Int]
  /// The fields a list can be filtered by.
  package let filters: [Int]
  /// The fields a search looks into.
  package let searched: [Int]
  /// The facts that identify a record on its page.
  package let facts: [Int]
  /// Whether anybody may see the list.
  package let isPublic: Bool
  /// Which records anybody may read, by the values of a field.
  package let publicWhen: [String: [String]]
  /// What who may do with which of its records; what nothing allows is refused.
  package let grants: [Grant]
  /// Whether a text has the shape of an identifier of this kind.
  package let identifierShape: (@Sendable (String) -> Bool)?
  /// The one form of an identifier that may be written in several.
  package let canonical: @Sendable (String) -> String
  /// What is shown of it year by year.
  package let yearly: Yearly?
  /// Which other records of the kind a check compares it with.
  package let peers: Peers?
  /// Which records of other kinds a check looks at.
  package let consulted: [Consulted]
  /// From when to when what a record says holds.
  package let validity: Validity?
  /// How the same thing registered twice is looked for.
  package let duplicates: DuplicateSearch?
  /// How many of its records a count must have to be told to who may not see the persons in them; 0 when
  /// any may.
  package let publishedAtLeast: Int
  /// The place of the identifier among the fields.
  package let identifier: Int
  /// The place of the title among the fields.
  package let title: Int
  /// The fields whose columns hold sealed values only.
  let sealed: [Int]
  /// The fields that refer to other records, with the kind they refer to.
  package let references: [(place: Int, kind: String)]
  /// The declared columns and those of the stamp, as a select lists them.
  let allColumns: String
  /// Writes a new row: all columns in their order.
  let insertStatement: String
  /// Writes a row anew: the declared columns, those of the stamp but its first time, the identifier.
  let updateStatement: String
  /// What the declaration itself does wrong; empty for a sound one.
  package let faults: [String]

  /// The field that a comparable heading names: by its name, label, label with unit or former label.
  let headingPlaces: [String: Int]
  /// The field whose codes or identifiers a comparable heading names.
  let codeHeadingPlaces: [String: Int]

  private let places: [String: Int]
  private let completeAndCheck: @Sendable (inout [Value], Surroundings) -> [Problem]

  /// Takes the Swift type off a declaration and looks for its faults.
  package init<Root: DeclaredRecord>(_ type: Root.Type) {
    let declaration = Root.declaration
    name = declaration.name
    label = declaration.label
    summary = declaration.summary
    prefix = declaration.prefix
    keys = declaration.keys
    fields = declaration.fields.map(\.shape)
    isPublic = declaration.isPublic
    publicWhen = declaration.publicWhen
    let open = declaration.isPublic ? [Grant([], may: [.read], .open, upTo: .public)] : []
    grants = open + declaration.access
    identifierShape = declaration.identifierShape
    canonical = declaration.canonical
    yearly = declaration.yearly
    peers = declaration.peers
    consulted = declaration.consulted
    validity = declaration.validity
    duplicates = declaration.duplicates
    let isPersonal = declaration.fields.contains { $0.shape.privacy >= .personal }
    publishedAtLeast = declaration.publishedAtLeast ?? (isPersonal ? 5 : 0)
    var places: [String: Int] = [:]
    var faults: [String] = []
    for (index, field) in fields.enumerated()
    where places.updateValue(index, forKey: field.name) != nil {
      faults.append("\(declaration.name): field \(field.name) is declared twice")
    }
    func place(_ name: String) -> Int {
      if let place = places[name] { return place }
      faults.append("\(declaration.name): no field is called \(name)")
      return 0
    }
    columns = declaration.columns.map(place)
    filters = declaration.filters.map(place)
    searched = declaration.searched.map(place)
    facts = declaration.facts.map(place)
    identifier = place(declaration.identifier)
    title = place(declaration.title)
    references = fields.enumerated().compactMap { place, field in
      field.type.referredKind.map { (place, $0) }
    }
    for name in declaration.keys.joined() { _ = place(name) }
    if let yearly = declaration.yearly {
      for name in [yearly.year] + yearly.amounts { _ = place(name) }
    }
    for name in [declaration.validity?.from, declaration.validity?.to].compactMap({ $0 }) {
      _ = place(name)
    }
    for name in declaration.duplicates?.names ?? [] { _ = place(name) }
    for name in (declaration.peers?.alike ?? []) + (declaration.peers?.read ?? []) {
      _ = place(name)
    }
    for consulted in declaration.consulted { _ = place(consulted.own) }
    for field in fields { if let condition = field.condition { _ = place(condition.field) } }
    for path in declaration.access.flatMap(\.scope.paths) {
      _ = place(String(path.prefix { $0 != "." }))
    }
    sealed = fields.indices.filter { [fields] in fields[$0].isSealed }
    let compared =
      [declaration.identifier, declaration.title] + declaration.keys.joined() + declaration.columns
      + declaration.filters + declaration.searched + Array(declaration.publicWhen.keys)
      + (declaration.yearly.map { [$0.year] + $0.amounts } ?? [])
      + [declaration.validity?.from, declaration.validity?.to].compactMap { $0 }
      + (declaration.duplicates?.names ?? []) + (declaration.peers?.alike ?? [])
      + declaration.access.flatMap(\.scope.paths).map { String($0.prefix { $0 != "." }) }
    for name in Set(compared).sorted() {
      guard let place = places[name], fields[place].isSealed else { continue }
      faults.append("\(declaration.name): \(name) is sealed and can't be compared by the store")
    }
    for place in sealed where fields[place].isUnique || fields[place].type.referredKind != nil {
      faults.append(
        "\(declaration.name): \(fields[place].name) is sealed and can't be unique or refer"
      )
    }
    for field in fields where Self.stampColumns.contains(field.name) {
      faults.append("\(declaration.name): \(field.name) is a column of every record's stamp")
    }
    self.places = places
    self.faults = faults
    var headingPlaces: [String: Int] = [:]
    var codeHeadingPlaces: [String: Int] = [:]
    for (index, field) in fields.enumerated() {
      for heading in [field.name, field.label, field.heading] + field.formerLabels {
        let heading = Text.comparable(heading)
        if headingPlaces[heading] == nil { headingPlaces[heading] = index }
      }
      if let heading = field.codeHeading.map(Text.comparable), codeHeadingPlaces[heading] == nil {
        codeHeadingPlaces[heading] = index
      }
    }
    self.headingPlaces = headingPlaces
    self.codeHeadingPlaces = codeHeadingPlaces
    let columnNames = self.fields.map(\.name)
    let count = columnNames.count + Self.stampColumns.count
    insertStatement =
      "INSERT INTO \"\(name)\" ("
      + (columnNames + Self.stampColumns).map { "\"\($0)\"" }.joined(separator: ", ")
      + ") VALUES (" + (1...count).map { "$\($0)" }.joined(separator: ", ") + ")"
    let written = columnNames + Self.stampColumns.filter { $0 != "createdAt" }
    updateStatement =
      "UPDATE \"\(name)\" SET "
      + written.enumerated().map { "\"\($1)\" = $\($0 + 1)" }.joined(separator: ", ")
      + " WHERE \"\(columnNames[identifier])\" = $\(written.count + 1)"
    allColumns = (self.fields.map(\.name) + Self.stampColumns).map { "\"\($0)\"" }
      .joined(separator: ", ")
    let fields = declaration.fields
    completeAndCheck = { values, surroundings in
      var record = Root()
      for (field, value) in zip(fields, values) where !value.isNone { field.set(&record, value) }
      record.complete()
      for index in fields.indices { values[index] = fields[index].get(record) }
      return record.check(surroundings)
    }
  }

  /// Whether one of its records may refer to another.
  package var refersToItself: Bool { references.contains { $0.kind == name } }

  /// The fields a new record must be given, whatever else it holds.
  var needed: [Int] {
    fields.indices.filter { place in
      let field = fields[place]
      return field.isRequired && field.condition == nil && field.fallback.isNone
        && !field.isDerived && !(place == identifier && prefix != nil)
    }
  }

  /// The place of a field by its name.
  package func place(of name: String) -> Int? { places[name] }

  /// The place of a field by its name, when it is sealed.
  func sealedPlace(of name: String) -> Int? {
    places[name].flatMap { fields[$0].isSealed ? $0 : nil }
  }

  /// Fills in what follows and tells what is wrong beyond single fields.
  package func check(_ values: inout [Value], _ surroundings: Surroundings) -> [Problem] {
    completeAndCheck(&values, surroundings)
  }

  /// Whether a field exists for a record with these values.
  package func applies(_ field: FieldShape, to values: [Value]) -> Bool {
    guard let condition = field.condition, let place = places[condition.field] else { return true }
    switch values[place] {
    case .text(let text): return condition.values.contains(text)
    case .list(let texts): return !condition.values.isDisjoint(with: texts)
    case .boolean(let truth): return condition.values.contains(truth ? "true" : "false")
    default: return false
    }
  }
}

extension DeclaredRecord {
  /// The declared fields, made once per type: a declaration is long and asked for often.
  package static var fields: [Field<Self>] {
    let key = ObjectIdentifier(Self.self)
    if let known = madeFields.withLock({ $0[key] }) as? [Field<Self>] { return known }
    let fields = declaration.fields
    madeFields.withLock { $0[key] = fields }
    return fields
  }

  /// The typed record of generic values, in the order of the declared fields.
  package init(values: [Value]) {
    self.init()
    for (field, value) in zip(Self.fields, values) where !value.isNone {
      field.set(&self, value)
    }
  }
}

private let madeFields = Mutex<[ObjectIdentifier: any Sendable]>([:])

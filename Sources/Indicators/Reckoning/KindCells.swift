import Calendar
import Records
import Storage
import Values

/// What indicators take out of one kind of record: every sum, at every place, in every year.
struct KindCells: Sendable {
  /// A place and a year; all years where it is empty.
  private struct Key: Hashable {
    var place: IndicatorPlace
    var year: String
  }

  /// The sums of each set of records at a place.
  private struct Sums {
    var counts: [Int]
    var sums: [[Cell.Sum]]

    mutating func add(_ cell: Cell) {
      for set in counts.indices {
        counts[set] += cell.counts[set]
        for field in sums[set].indices {
          sums[set][field].known += cell.sums[set][field].known
          sums[set][field].total += cell.sums[set][field].total
        }
      }
    }
  }

  /// The kinds whose records say what these cells are: its own, those it refers to, those its
  /// conditions ask.
  let dependsOn: Set<String>
  /// Whether the records belong to years.
  let isYearly: Bool
  /// The levels its records belong to.
  let levels: Set<Level>

  private var sets: [CellSet] = []
  private var places: [FieldPredicate?: Int] = [:]
  private var totals: [Key: Sums] = [:]
  private var values: [Formula.Operand: [ValueCell]] = [:]
  /// The years in which each set has records.
  private var years: [Set<String>] = []

  /// Reads the cells of a kind.
  ///
  /// - Parameters:
  ///   - kind: the kind.
  ///   - operands: what is taken out of it.
  ///   - register: the register.
  ///   - recordSets: the kinds there are.
  ///   - conditions: what must hold of all records.
  ///   - reading: the transaction.
  /// - Throws: the store's errors.
  init(
    _ kind: Kind,
    _ operands: [Formula.Operand],
    _ register: RecordStore,
    _ recordSets: RecordSets,
    _ conditions: [Condition],
    in reading: any Reading
  ) throws {
    let paths = [Level.county, .school].map { $0.paths(of: kind, in: recordSets) }
    levels = Set(
      zip([Level.county, .school], paths).compactMap { $1.isEmpty ? nil : $0 } + [.city]
    )
    isYearly = kind.yearly != nil
    let keys = paths + [kind.yearly.map { [$0.year] } ?? []]
    var dependsOn: Set<String> = [kind.name]
    for path in paths.joined() where path.contains(".") {
      let name = String(path.prefix { $0 != "." })
      if let place = kind.place(of: name), let other = kind.fields[place].type.referredKind {
        dependsOn.insert(other)
      }
    }
    for operand in operands { dependsOn.formUnion(operand.predicate?.kinds ?? []) }
    self.dependsOn = dependsOn

    for operand in operands {
      let set = places[operand.predicate] ?? sets.count
      if set == sets.count {
        places[operand.predicate] = set
        sets.append(CellSet(operand.predicate, []))
      }
      switch operand.measure {
      case .sum(let field), .mean(let field):
        if !sets[set].fields.contains(field) { sets[set].fields.append(field) }
      case .count: break
      case .least(let field), .greatest(let field), .distinct(let field):
        values[operand] = try register.valueCells(
          kind,
          by: keys,
          where: operand.predicate,
          of: field,
          conditions,
          in: reading
        )
      }
    }
    guard !sets.isEmpty else { return }
    let empty = empty
    for cell in try register.cells(kind, by: keys, sets, conditions, in: reading) {
      for place in Self.places(cell.keys) {
        for year in Set([cell.keys[2], ""]) {
          let key = Key(place: place, year: year)
          totals[key, default: empty].add(cell)
        }
      }
    }
    years = sets.indices.map { set in
      Set(
        totals.lazy.filter {
          $0.key.place == .city && !$0.key.year.isEmpty && $0.value.counts[set] > 0
        }.map(\.key.year)
      )
    }
  }

  /// The places a cell belongs to.
  private static func places(_ keys: [String]) -> [IndicatorPlace] {
    [.city] + (keys[0].isEmpty ? [] : [IndicatorPlace(.county, keys[0])])
      + (keys[1].isEmpty ? [] : [IndicatorPlace(.school, keys[1])])
  }

  private var empty: Sums {
    Sums(counts: sets.map { _ in 0 }, sums: sets.map { $0.fields.map { _ in Cell.Sum() } })
  }

  /// How many records a set has at a place in a year; all years where it is empty.
  func count(_ predicate: FieldPredicate?, _ place: IndicatorPlace, _ year: String) -> Int {
    guard let set = places[predicate] else { return 0 }
    return totals[Key(place: place, year: year)]?.counts[set] ?? 0
  }

  /// The years in which a set has records at all.
  func years(_ predicate: FieldPredicate?) -> Set<String> {
    places[predicate].map { years[$0] } ?? []
  }

  /// At how many places of its lowest level a set has records in a year.
  func reporting(_ predicate: FieldPredicate?, in year: String) -> Int {
    guard let set = places[predicate] else { return 0 }
    let level: Level = levels.contains(.school) ? .school : .county
    return totals.count {
      $0.key.year == year && $0.key.place.level == level && $0.value.counts[set] > 0
    }
  }

  /// The value of an operand at a place in a year; `nil` where nothing was filled in.
  func value(_ operand: Formula.Operand, _ place: IndicatorPlace, _ year: String) -> Exact? {
    guard levels.contains(place.level) else { return nil }
    switch operand.measure {
    case .count: return Exact(count(operand.predicate, place, year))
    case .sum(let field):
      guard let sum = sum(operand.predicate, field, place, year), sum.known > 0 else { return nil }
      return Exact(sum.total, places: operand.places)
    case .mean(let field):
      guard let sum = sum(operand.predicate, field, place, year), sum.known > 0 else { return nil }
      return Exact(sum.total, places: operand.places)?.divided(by: Exact(sum.known))
    case .distinct: return Exact(Set(found(operand, place, year).map(\.value)).count)
    case .least, .greatest:
      let numbers = found(operand, place, year).compactMap(\.value.integer)
      let number = operand.isGreatest ? numbers.max() : numbers.min()
      return number.flatMap { Exact($0, places: operand.places) }
    }
  }

  private func sum(
    _ predicate: FieldPredicate?,
    _ field: String,
    _ place: IndicatorPlace,
    _ year: String
  )
    -> Cell.Sum?
  {
    guard let set = places[predicate], let number = sets[set].fields.firstIndex(of: field) else {
      return nil
    }
    return totals[Key(place: place, year: year)]?.sums[set][number]
  }

  private func found(_ operand: Formula.Operand, _ place: IndicatorPlace, _ year: String)
    -> [ValueCell]
  {
    (values[operand] ?? []).filter { cell in
      (year.isEmpty || cell.keys[2] == year) && Self.places(cell.keys).contains(place)
    }
  }

  /// The places of a level that have any record.
  func places(at level: Level) -> Set<IndicatorPlace> {
    Set(totals.keys.lazy.map(\.place).filter { $0.level == level })
  }
}

extension Formula.Operand {
  fileprivate var isGreatest: Bool { if case .greatest = measure { true } else { false } }
}

extension FieldPredicate {
  /// The other kinds it asks.
  var kinds: Set<String> {
    switch self {
    case .and(let left, let right), .or(let left, let right): left.kinds.union(right.kinds)
    case .not(let inner): inner.kinds
    case .choice(let test, let left, let right):
      test.kinds.union(left.kinds).union(right.kinds)
    case .through(_, let kind, let inner), .referred(_, let kind, let inner):
      inner.kinds.union([kind])
    default: []
    }
  }
}

package import Records
import Storage
import Values

extension Reckoning {
  /// A set of records an indicator is reckoned from, and what is made of them.
  package struct RecordSet: Hashable, Sendable {
    /// The kind of record.
    package var kind: String
    /// Which of them; all when `nil`.
    package var predicate: FieldPredicate?
    /// Where.
    package var place: IndicatorPlace
    /// In which year; all when empty.
    package var year: String
    /// The sums over them.
    package var operands: [Formula.Operand]
  }

  /// The sets of records behind an indicator, those of the indicators it uses among them.
  ///
  /// - Parameters:
  ///   - code: its code.
  ///   - place: where.
  ///   - year: the year.
  /// - Returns: the sets, in the order of the formula, each once.
  package func recordSets(of code: String, at place: IndicatorPlace, _ year: String) -> [RecordSet]
  {
    var sets: [RecordSet] = []
    collect(code, place, year, &sets)
    return sets
  }

  private func collect(
    _ code: String,
    _ place: IndicatorPlace,
    _ year: String,
    _ sets: inout [RecordSet]
  ) {
    for term in state.prepared[code]?.formula?.terms ?? [] {
      switch term {
      case .operand(let operand, _):
        let year = state.cells[operand.kind]?.isYearly == true ? year : ""
        if let number = sets.firstIndex(where: {
          $0.kind == operand.kind && $0.predicate == operand.predicate && $0.place == place
            && $0.year == year
        }) {
          if !sets[number].operands.contains(operand) { sets[number].operands.append(operand) }
        } else {
          sets.append(
            RecordSet(
              kind: operand.kind,
              predicate: operand.predicate,
              place: place,
              year: year,
              operands: [operand]
            )
          )
        }
      case .indicator(let used, let aspect):
        guard let own = self.year(of: used, seenFrom: year, aspect) else { continue }
        collect(used, aspect == .ofCity ? .city : place, own, &sets)
      }
    }
  }

  /// How many records a set has.
  package func count(_ set: RecordSet) -> Int {
    state.cells[set.kind]?.count(set.predicate, set.place, set.year) ?? 0
  }

  /// The query that finds the records of a set.
  package func query(_ set: RecordSet) -> Query {
    guard let kind = register.kind(set.kind) else { return Query() }
    var query = Query(state.conditions(on: kind))
    if let yearly = kind.yearly, !set.year.isEmpty {
      query.conditions.append(.field(yearly.year, set.year))
    }
    query.predicate = set.predicate
    let paths = state.paths(set.place.level, of: kind)
    if let place = Self.predicate(paths, set.place.code, kind) {
      query.predicate = query.predicate.map { .and($0, place) } ?? place
    }
    return query
  }

  /// That the first of some paths that is filled in leads to a place.
  private static func predicate(_ paths: [String], _ code: String, _ kind: Kind) -> FieldPredicate?
  {
    paths.reversed().reduce(nil) { rest, path in
      let steps = path.split(separator: ".").map(String.init)
      func own(_ test: FieldPredicate) -> FieldPredicate {
        guard steps.count == 2, let place = kind.place(of: steps[0]),
          let other = kind.fields[place].type.referredKind
        else { return test }
        return .through(steps[0], kind: other, test)
      }
      let name = steps.last ?? path
      let here = own(.compare(name, .equal, .text(code)))
      guard let rest else { return here }
      return .choice(own(.filled(name)), here, rest)
    }
  }

  /// Calls a body with every record of a set, and what it contributes to each sum over it: one for a count,
  /// the number of the field for the rest, `nil` where it is not filled in.
  ///
  /// - Parameters:
  ///   - set: the set.
  ///   - body: takes the record and its contributions, in the form of the store.
  /// - Throws: the store's errors; what the body throws.
  package func each(_ set: RecordSet, _ body: (Record, [Int?]) throws -> Void) throws {
    guard let kind = register.kind(set.kind) else { return }
    try register.each(kind, query(set), in: reading) { record in
      try body(record, contributions(record, set))
    }
  }

  /// Calls a body with the first records of a set, as `each` does.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - set: the set.
  ///   - body: takes the record and its contributions.
  /// - Throws: the store's errors; what the body throws.
  package func first(_ count: Int, of set: RecordSet, _ body: (Record, [Int?]) throws -> Void)
    throws
  {
    guard let kind = register.kind(set.kind) else { return }
    var query = query(set)
    query.limit = count
    query.order = [SortKey(kind.fields[kind.identifier].name)]
    for record in try register.list(kind, query, in: reading) {
      try body(record, contributions(record, set))
    }
  }

  private func contributions(_ record: Record, _ set: RecordSet) -> [Int?] {
    set.operands.map { operand in
      switch operand.measure {
      case .count: 1
      case .distinct(let field): record[field].isNone ? nil : 1
      case .sum(let field), .mean(let field), .least(let field), .greatest(let field):
        record[field].integer
      }
    }
  }

  /// The indicator reckoned anew from the records behind it, one by one, to be held against its value.
  ///
  /// - Parameters:
  ///   - code: its code.
  ///   - place: where.
  ///   - year: the year.
  /// - Returns: the answer.
  /// - Throws: the store's errors.
  package func recount(_ code: String, at place: IndicatorPlace, _ year: String) throws
    -> IndicatorAnswer
  {
    var counted: [RecordSet: [Formula.Operand: Exact?]] = [:]
    for set in recordSets(of: code, at: place, year) {
      var rows: [(record: Record, amounts: [Int?])] = []
      try each(set) { rows.append(($0, $1)) }
      var values: [Formula.Operand: Exact?] = [:]
      for (number, operand) in set.operands.enumerated() {
        values[operand] = Self.value(operand, rows.map { ($0.record, $0.amounts[number]) })
      }
      var key = set
      key.operands = []
      counted[key] = values
    }
    func answer(_ code: String, _ place: IndicatorPlace, _ year: String) -> IndicatorAnswer {
      guard let formula = state.prepared[code]?.formula else { return .failed("公式读不出") }
      let values = formula.terms.map { term in
        switch term {
        case .operand(let operand, _):
          let key = RecordSet(
            kind: operand.kind,
            predicate: operand.predicate,
            place: place,
            year: state.cells[operand.kind]?.isYearly == true ? year : "",
            operands: []
          )
          let value: Exact? = counted[key]?[operand] ?? nil
          return value.map(IndicatorAnswer.value)?.ruleValue
            ?? IndicatorAnswer.missing(label(of: operand)).ruleValue
        case .indicator(let used, let aspect):
          guard let own = self.year(of: used, seenFrom: year, aspect) else {
            return IndicatorAnswer.missing("上一年").ruleValue
          }
          return answer(used, aspect == .ofCity ? .city : place, own).ruleValue
        }
      }
      return IndicatorAnswer(formula.value(values))
    }
    return answer(code, place, year)
  }

  /// A sum over what records contribute.
  private static func value(_ operand: Formula.Operand, _ rows: [(record: Record, amount: Int?)])
    -> Exact?
  {
    let amounts = rows.compactMap(\.amount)
    func scaled(_ number: Int?) -> Exact? {
      number.flatMap { Exact($0, places: operand.places) }
    }
    switch operand.measure {
    case .count: return Exact(rows.count)
    case .distinct(let field):
      return Exact(Set(rows.map { $0.record[field] }.filter { !$0.isNone }).count)
    case .sum: return amounts.isEmpty ? nil : scaled(amounts.reduce(0, +))
    case .mean:
      return amounts.isEmpty ? nil : scaled(amounts.reduce(0, +))?.divided(by: Exact(amounts.count))
    case .least: return scaled(amounts.min())
    case .greatest: return scaled(amounts.max())
    }
  }

  /// Whether anybody may see the records of a set: nothing that selects or adds up is more than public.
  package func isOpen(_ set: RecordSet) -> Bool {
    guard let kind = register.kind(set.kind), kind.isPublic else { return false }
    let fields = (set.predicate?.fields ?? []) + set.operands.compactMap(\.measure.field)
    return fields.allSatisfy { name in
      kind.place(of: name).map { kind.fields[$0].privacy == .public } ?? true
    }
  }
}

extension FieldPredicate {
  /// The fields of the records themselves it looks at.
  fileprivate var fields: [String] {
    switch self {
    case .constant, .referred: []
    case .and(let left, let right), .or(let left, let right): left.fields + right.fields
    case .not(let inner): inner.fields
    case .choice(let test, let left, let right): test.fields + left.fields + right.fields
    case .truth(let name), .known(let name, _), .compare(let name, _, _), .among(let name, _),
      .begins(let name, _), .ends(let name, _), .contains(let name, _), .filled(let name),
      .through(let name, _, _):
      [name]
    case .compareFields(let name, _, let other): [name, other]
    }
  }
}

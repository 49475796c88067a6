import Calendar
import Storage
import Values

/// Works out what becomes of drafts of one kind; decides everything, writes nothing.
struct Planner {
  /// The register as it is: what a draft means does not depend on who writes it.
  let register: RecordStore
  let kind: Kind
  let reading: any Reading
  /// Who writes, and how far they may.
  private let reach: WriterReach?
  private let role: Role?
  /// What texts in references were found to mean, by kind and text.
  private var resolved: [String: [String: Resolution]] = [:]
  private var referred: [String: [String: [String: Value]]] = [:]
  /// The identifiers of the drafts planned together, so that they may refer to each other.
  private var ownIDs: Set<String> = []
  /// Drafts already planned that nobody wrote yet, by a hash of what names them: their line, or their
  /// number below zero.
  private var seen: [Int: Int32] = [:]
  /// The last entry of the audit before the first draft was written; `nil` while drafts are only planned.
  private var beginning: Int?
  /// How many drafts were planned.
  private var planned = 0
  /// The identifiers of refused drafts, of a kind that refers to itself.
  private var refused: Set<String> = []
  /// Whether it is said what a text that names no record may mean, which takes a look at many.
  var givesHints = true
  /// How many such hints may still be given.
  private var hintsLeft = 500

  private enum Resolution {
    case found(String)
    case ambiguous(Int)
    case missing
  }

  init(register: RecordStore, kind: Kind, reading: any Reading) {
    self.register = register.unrestricted
    self.kind = kind
    self.reading = reading
    role = register.reader?.role
    reach = register.reader.map { WriterReach(register, kind, $0, reading) }
  }

  /// Plans drafts in order; those given together may refer to each other.
  ///
  /// A draft that refers to a refused one is refused too.
  mutating func plan(_ drafts: [Draft]) throws -> [Outcome] {
    ownIDs = kind.refersToItself ? Set(drafts.compactMap(identifier)) : []
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(drafts.count)
    for draft in drafts { outcomes.append(try plan(draft)) }
    refuseDependents(of: &outcomes)
    if kind.refersToItself {
      for outcome in outcomes where outcome.verdict == .refused && outcome.former == nil {
        outcome.values[kind.identifier].text.map { _ = refused.insert($0) }
      }
    }
    return outcomes
  }

  /// Begins to plan drafts that are written one by one: what was written since is found in the store.
  mutating func beginWriting() throws {
    beginning = try reading.row("SELECT COALESCE(MAX(seq), 0) FROM audit")?[0].integer ?? 0
  }

  /// The line of the draft by which a record was written since the beginning; `nil` when none was.
  private func written(_ id: String) throws -> Int32? {
    guard let beginning else { return nil }
    let row = try reading.row(
      "SELECT line FROM audit WHERE kind = $1 AND id = $2 AND seq > $3",
      [.text(kind.name), .text(id), .integer(beginning)]
    )
    return row.map { Int32(clamping: $0[0].integer ?? 0) }
  }

  // MARK: One draft

  private mutating func plan(_ draft: Draft) throws -> Outcome {
    planned += 1
    var problems: [Problem] = draft.faults
    var given: [Int: Value] = [:]
    for (name, input) in draft.inputs {
      guard let place = kind.place(of: name) else {
        problems.append(unknownField(name))
        continue
      }
      let field = kind.fields[place]
      guard !field.isDerived else { continue }
      do throws(Refusal) {
        given[place] = try parse(input, field)
      } catch {
        problems.append(Problem(error.code, name, error.sentence(about: field.label)))
      }
    }
    let names = draft.id.map { [Self.hash($0)] } ?? hashes(of: given)
    if let first = names.compactMap({ seen[$0] }).first {
      return repeated(draft, given, after: first)
    }
    var former = try find(draft, given)
    if draft.id == nil, let found = former,
      let first = try seen[Self.hash(found.id)] ?? written(found.id)
    {
      return repeated(draft, given, after: first)
    }
    var whole: Int?
    if draft.findsAlike, draft.id == nil, former == nil, names.isEmpty, kind.prefix != nil,
      problems.isEmpty
    {
      let values = try completed(given)
      whole = Self.hash(values)
      if let first = whole.flatMap({ seen[$0] }) { return repeated(draft, given, after: first) }
      let found = try alike(given, values)
      if let first = found.twin { return repeated(draft, given, after: first) }
      former = found.record
      // What such a row leaves empty says nothing.
      if former != nil { given = given.filter { !$0.value.isNone } }
    }
    if draft.isNew, let other = former {
      let name = kind.keys.flatMap { $0 }.first { name in
        kind.place(of: name).map { given[$0].map { !$0.isNone } ?? false } ?? false
      }
      problems.append(
        Problem(
          "REC-E-023",
          name ?? kind.fields[kind.identifier].name,
          "已经登记过这条\(kind.label)：“\(other.title)”（\(other.id)）。请打开它修改，不要重复登记。"
        )
      )
      former = nil
    }
    if let id = draft.id, former == nil {
      problems.append(Problem("REC-E-021", "", "找不到编号为 \(id) 的\(kind.label)，可能已被删除或编号有误。"))
    }
    var values = former?.values ?? kind.fields.map(\.fallback)
    for (place, value) in given { values[place] = value }
    // Whatever else is emptied, a record keeps what it is known by.
    if let former { values[kind.identifier] = former.values[kind.identifier] }
    for (place, field) in kind.fields.enumerated() where values[place].isNone && former == nil {
      values[place] = field.fallback
    }
    for place in given.keys.sorted() where kind.fields[place].type.referredKind != nil {
      problems += try resolveReference(at: place, in: &values)
    }
    problems += try disagreements(draft, values, besides: problems)
    problems += missing(values, besides: problems)
    let surroundings = Surroundings(
      today: register.clock.now().date,
      city: register.city,
      referred: try loadReferred(values),
      former: former?.named ?? [:],
      peers: try loadPeers(values, besides: former),
      consulted: try loadConsulted(values),
      kinds: register.kinds,
      role: role
    )
    let identifier = values[kind.identifier]
    let known = Set(problems.filter(\.blocks).map(\.path))
    problems += kind.check(&values, surroundings).filter {
      !known.contains($0.path) || $0.path.isEmpty
    }
    if values[kind.identifier].isNone { values[kind.identifier] = identifier }
    if let reach { problems += try reach.problems(values, former, given) }
    if !problems.block { problems += try taken(values, former, given) }
    if let version = draft.version, let current = former, current.version != version,
      current.values != values
    {
      problems.append(
        Problem(
          "REC-E-020",
          "",
          "在你编辑期间，这条记录已由\(current.stamp.updatedBy)于 \(current.stamp.updatedAt.civilText) 修改（第 \(current.version) 版），你的内容没有丢失，请对照后再提交。"
        )
      )
    }
    problems = sorted(problems)
    if problems.block {
      return Outcome(
        verdict: .refused,
        problems: problems,
        values: values,
        former: former,
        line: draft.line
      )
    }
    if beginning == nil || former.map({ same($0.values, values) }) ?? false {
      let mark = Int32(clamping: draft.line ?? -planned)
      for name in names + [whole, former.map { Self.hash($0.id) }].compactMap({ $0 }) {
        seen[name] = mark
      }
    }
    if let current = former, same(current.values, values) {
      return Outcome(
        verdict: .unchanged,
        problems: problems,
        values: current.values,
        former: current,
        line: draft.line
      )
    }
    return Outcome(
      verdict: former == nil ? .new : .changed,
      problems: problems,
      values: values,
      former: former,
      line: draft.line
    )
  }

  private func parse(_ input: Draft.Input, _ field: FieldShape) throws(Refusal) -> Value {
    switch input {
    case .text(let text): try field.parse(text, city: register.city)
    case .json(let json): try field.parse(json, city: register.city)
    case .value(let value): value
    }
  }

  private func unknownField(_ name: String) -> Problem {
    let names = kind.fields.map(\.name)
    let near = NearMiss.suggestion(name, among: names + kind.fields.map(\.label))
    return Problem("REC-E-012", name, "\(kind.label)没有名为 \(name) 的字段。\(near)")
  }

  private func missing(_ values: [Value], besides problems: [Problem]) -> [Problem] {
    var missing: [Problem] = []
    for (place, field) in kind.fields.enumerated() where !field.isDerived {
      let applies = kind.applies(field, to: values)
      if values[place].isNone {
        let isMade = place == kind.identifier && kind.prefix != nil
        guard field.isRequired, applies, !isMade,
          !problems.contains(where: { $0.path == field.name })
        else { continue }
        let verb = field.type.isChosen ? "请选择" : "请填写"
        missing.append(Problem("REC-E-001", field.name, "\(verb)\(field.label)。"))
      } else if !applies, values[place] != field.fallback {
        missing.append(
          Problem("REC-E-016", field.name, "\(field.label)不适用于这一类，请清空，或检查类别是否选对。")
        )
      }
    }
    return missing
  }

  /// Problems in the order of the fields, the ones of the whole record first.
  private func sorted(_ problems: [Problem]) -> [Problem] {
    problems.enumerated().sorted { left, right in
      let a = kind.place(of: left.element.path) ?? -1
      let b = kind.place(of: right.element.path) ?? -1
      return (a, left.offset) < (b, right.offset)
    }.map(\.element)
  }

  private func same(_ left: [Value], _ right: [Value]) -> Bool {
    zip(left, right).enumerated().allSatisfy { place, pair in
      kind.fields[place].isDerived || pair.0 == pair.1
    }
  }

  // MARK: Finding what is there

  private mutating func find(_ draft: Draft, _ given: [Int: Value]) throws -> Record? {
    if let id = draft.id { return try register.record(kind, id, in: reading) }
    let id = given[kind.identifier]?.text.map(kind.canonical)
    if let id, let record = try known(kind, id) { return record }
    for key in kind.keys {
      let places = key.compactMap(kind.place(of:))
      guard let first = places.first, !(given[first] ?? .none).isNone else { continue }
      let conditions = try places.map { try keyCondition($0, given) }
      let found = try register.list(kind, Query(conditions, limit: 2), in: reading)
      if found.count == 1 { return id == nil || id == found[0].id ? found[0] : nil }
    }
    return nil
  }

  /// A record by its identifier, also by one under which it was merged away.
  private func known(_ kind: Kind, _ id: String) throws -> Record? {
    if let record = try register.record(kind, id, in: reading) { return record }
    guard let heir = try register.heir(kind, id, in: reading) else { return nil }
    return try register.record(kind, heir, in: reading)
  }

  /// What a field of a key is for a draft: what was given, or what it is when nobody says.
  private func keyValue(_ place: Int, _ given: [Int: Value]) -> Value {
    let value = given[place] ?? .none
    return value.isNone ? kind.fields[place].fallback : value
  }

  /// What a record must meet in a field of a key; a record referred to may be given by its name.
  private mutating func keyCondition(_ place: Int, _ given: [Int: Value]) throws -> Condition {
    let field = kind.fields[place]
    let value = keyValue(place, given)
    guard !value.isNone else { return Condition(field.name, .isKnown(false)) }
    let text = stringForm(value)
    if let target = field.type.referredKind, let other = register.kind(target),
      case .found(let id) = try resolve(other, text)
    {
      return .field(field.name, id)
    }
    return .field(field.name, text)
  }

  private func stringForm(_ value: Value) -> String {
    switch value {
    case .text(let text): text
    case .integer(let number): String(number)
    case .boolean(let truth): truth ? "true" : "false"
    case .date(let date): date.description
    case .money(let fen): String(fen.amount)
    case .none, .list, .rows: ""
    }
  }

  private func taken(_ values: [Value], _ former: Record?, _ given: [Int: Value]) throws
    -> [Problem]
  {
    var problems: [Problem] = []
    let single = kind.keys.filter { $0.count == 1 }.map { $0[0] }
    for (place, field) in kind.fields.enumerated()
    where (field.isUnique || single.contains(field.name)) && !values[place].isNone {
      if let former, former.values[place] == values[place] { continue }
      // A new record was looked for by the keys it fills in: nobody has them.
      if former == nil, (given[kind.identifier] ?? .none).isNone, single.contains(field.name),
        given[place] == values[place]
      {
        continue
      }
      let query = Query([.field(field.name, stringForm(values[place]))], limit: 1)
      guard let other = try register.list(kind, query, in: reading).first, other.id != former?.id
      else { continue }
      problems.append(
        Problem(
          "REC-E-010",
          field.name,
          "\(field.label)“\(field.plain(values[place]))”已被“\(other.title)”（\(other.id)）使用，请核对。"
        )
      )
    }
    return problems
  }

  // MARK: References

  private mutating func resolveReference(at place: Int, in values: inout [Value]) throws
    -> [Problem]
  {
    let field = kind.fields[place]
    guard let name = field.type.referredKind, let other = register.kind(name) else { return [] }
    var problems: [Problem] = []
    func problem(_ text: String, _ resolution: Resolution) throws -> Problem {
      switch resolution {
      case .ambiguous(let count):
        return Problem(
          "REC-E-019",
          field.name,
          "\(field.label)填的是“\(text)”，有 \(count) 个同名的\(other.label)，请改填编号。"
        )
      default:
        if other.name == kind.name, refused.contains(other.canonical(text)) {
          return Problem(
            "REC-E-009",
            field.name,
            "\(field.label)指向的 \(text) 在同一文件中被退回，请先改正那一行。"
          )
        }
        let hint = try self.hint(other, text)
        return Problem(
          field.unknownCode ?? "REC-E-009",
          field.name,
          "\(field.label)填的是“\(text)”，找不到这样的\(other.label)。\(hint)"
        )
      }
    }
    switch values[place] {
    case .text(let text):
      let resolution = try resolve(other, text)
      if case .found(let id) = resolution {
        values[place] = .text(id)
      } else {
        problems.append(try problem(text, resolution))
      }
    case .list(let texts):
      var ids: [String] = []
      func add(_ text: String, _ resolution: Resolution) throws {
        if case .found(let id) = resolution {
          if !ids.contains(id) { ids.append(id) }
        } else {
          problems.append(try problem(text, resolution))
        }
      }
      for text in texts {
        let resolution = try resolve(other, text)
        let parts = FieldShape.parts(of: text)
        if case .missing = resolution, parts.count > 1 {
          for part in parts { try add(part, try resolve(other, part)) }
        } else {
          try add(text, resolution)
        }
      }
      if problems.isEmpty { values[place] = .list(ids) }
    default: break
    }
    return problems
  }

  private mutating func resolve(_ other: Kind, _ text: String) throws -> Resolution {
    let canonical = other.canonical(text)
    let isOwn = other.name == kind.name
    if isOwn, ownIDs.contains(canonical) { return .found(canonical) }
    if let known = resolved[other.name]?[text] { return known }
    let found: Resolution
    if let record = try known(other, canonical) {
      found = .found(record.id)
    } else if let upper = try register.record(other, Text.code(text).uppercased(), in: reading) {
      found = .found(upper.id)
    } else {
      let title = other.fields[other.title].name
      let named = try register.list(other, Query([.field(title, text)], limit: 2), in: reading)
      found = named.count == 1 ? .found(named[0].id) : named.isEmpty ? .missing : .ambiguous(2)
    }
    // What is written meanwhile may change what a text of the own kind means.
    guard !isOwn else { return found }
    if resolved[other.name]?.count ?? 0 > Self.mostKept { resolved[other.name] = [:] }
    resolved[other.name, default: [:]][text] = found
    return found
  }

  /// What was probably meant by a text that names no record: the code whose leading zeros a spreadsheet
  /// dropped, or a near title.
  private mutating func hint(_ other: Kind, _ text: String) throws -> String {
    guard givesHints else { return "" }
    if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) {
      for count in 1...6 {
        let padded = String(repeating: "0", count: count) + text
        guard let found = try register.record(other, padded, in: reading) else { continue }
        return "可能是 \(found.id)（\(found.title)）：表格软件去掉了开头的 0，请把该列设为文本格式后重填。"
      }
    }
    guard hintsLeft > 0 else { return "请先登记，或从列表中选择。" }
    hintsLeft -= 1
    let near = try nearTitles(other, text)
    return near.isEmpty ? "请先登记，或从列表中选择。" : near
  }

  private func nearTitles(_ other: Kind, _ text: String) throws -> String {
    var candidates: [String] = []
    let sql = """
      SELECT "\(other.fields[other.identifier].name)", "\(other.fields[other.title].name)"
      FROM "\(other.name)" LIMIT 20000
      """
    try reading.each(sql, []) { row in
      candidates += [row[0].text ?? "", row[1].text ?? ""]
      return true
    }
    return NearMiss.suggestion(text, among: candidates)
  }

  private mutating func loadReferred(_ values: [Value]) throws -> [String: [String: [String:
    Value]]]
  {
    var needed: [String: [String: [String: Value]]] = [:]
    for (place, field) in kind.fields.enumerated() {
      guard let name = field.type.referredKind, let other = register.kind(name) else { continue }
      let ids = values[place].text.map { [$0] } ?? values[place].list
      for id in ids {
        if referred[name]?[id] == nil || name == kind.name {
          if referred[name]?.count ?? 0 > Self.mostKept { referred[name] = [:] }
          let record = try register.record(other, id, in: reading)
          referred[name, default: [:]][id] = record?.named ?? [:]
        }
        needed[name, default: [:]][id] = referred[name]?[id]
      }
    }
    return needed
  }

  /// How many peers a record is compared with at most.
  private static let mostPeers = 50
  /// How many it is compared with where all records of the kind are peers.
  private static let mostOfAll = 5_000

  private func loadPeers(_ values: [Value], besides former: Record?) throws -> [[String: Value]] {
    guard let peers = kind.peers else { return [] }
    let alike = peers.alike.compactMap(kind.place(of:))
    guard alike.isEmpty || alike.contains(where: { !values[$0].isNone }) else { return [] }
    let conditions = alike.map { place in
      let name = kind.fields[place].name
      let value = values[place]
      return value.isNone
        ? Condition(name, .isKnown(false)) : Condition(name, .isStored(stored(value, at: place)))
    }
    return try register.some(
      kind,
      conditions,
      only: alike + peers.read.compactMap(kind.place(of:)),
      most: alike.isEmpty ? Self.mostOfAll : Self.mostPeers,
      in: reading
    ).filter { $0.id != former?.id }.map(\.named)
  }

  /// The records of other kinds a check looks at.
  private func loadConsulted(_ values: [Value]) throws -> [String: [[String: Value]]] {
    var found: [String: [[String: Value]]] = [:]
    for consulted in kind.consulted {
      guard let place = kind.place(of: consulted.own), !values[place].isNone,
        let other = register.kind(consulted.kind)
      else { continue }
      found["\(consulted.kind).\(consulted.own)"] = try register.some(
        other,
        [Condition(consulted.theirs, .isStored(stored(values[place], at: place)))],
        only: ([consulted.theirs] + consulted.read).compactMap(other.place(of:)),
        most: Self.mostOfAll,
        in: reading
      ).map(\.named)
    }
    return found
  }

  private func stored(_ value: Value, at place: Int) -> String {
    if case .text(let text) = kind.fields[place].stored(value) { text } else { stringForm(value) }
  }

  // MARK: Drafts among themselves

  /// How many titles and records are kept to be looked at again.
  private static let mostKept = 20_000

  private func identifier(_ draft: Draft) -> String? {
    guard let input = draft.inputs[kind.fields[kind.identifier].name],
      let id = try? parse(input, kind.fields[kind.identifier]).text
    else { return nil }
    return kind.canonical(id)
  }

  /// Hashes of what names the record of a draft: its identifier, else its first key that is filled in.
  private func hashes(of given: [Int: Value]) -> [Int] {
    if let id = given[kind.identifier]?.text.map(kind.canonical) { return [Self.hash(id)] }
    let key = kind.keys.first { names in
      names.compactMap(kind.place(of:)).contains { given[$0].map { !$0.isNone } ?? false }
    }
    guard let key else { return [] }
    return [
      Self.hash(key.compactMap(kind.place(of:)).map { stringForm(keyValue($0, given)) } + ["key"])
    ]
  }

  private static func hash(_ name: some Hashable) -> Int {
    var hasher = Hasher()
    hasher.combine(name)
    return hasher.finalize()
  }

  private func repeated(_ draft: Draft, _ given: [Int: Value], after first: Int32) -> Outcome {
    let place = first > 0 ? "第 \(first) 行" : "前面第 \(-first) 条"
    return Outcome(
      verdict: .unchanged,
      problems: [Problem("REC-W-022", "", "与\(place)是同一条记录，已保留前一行，本行没有导入。")],
      values: kind.fields.indices.map { given[$0] ?? .none },
      former: nil,
      line: draft.line
    )
  }

  // MARK: Rows that name no record

  /// The values a draft would have as a new record.
  private mutating func completed(_ given: [Int: Value]) throws -> [Value] {
    var values = kind.fields.map(\.fallback)
    for (place, value) in given where !value.isNone { values[place] = value }
    for place in given.keys.sorted() where kind.fields[place].type.referredKind != nil {
      _ = try resolveReference(at: place, in: &values)
    }
    let surroundings = Surroundings(today: register.clock.now().date, city: register.city)
    _ = kind.check(&values, surroundings)
    return values
  }

  /// The record that has every value a draft fills in, among those of the same title that were there
  /// before, the one that is the same in all else if there is one; or the line of an earlier draft that
  /// was written and is the same in everything.
  private func alike(_ given: [Int: Value], _ values: [Value]) throws -> (
    record: Record?, twin: Int32?
  ) {
    guard let title = values[kind.title].text else { return (nil, nil) }
    let filled = given.keys.filter { !(given[$0] ?? .none).isNone && !kind.fields[$0].isDerived }
    let found = try register.some(
      kind,
      [.field(kind.fields[kind.title].name, title)],
      only: Array(kind.fields.indices),
      most: 1000,
      in: reading
    ).filter { record in filled.allSatisfy { record.values[$0] == values[$0] } }
    let isWhole = { (record: Record) in
      kind.fields.indices.allSatisfy { place in
        place == kind.identifier || record.values[place] == values[place]
      }
    }
    var before: [Record] = []
    for record in found {
      guard let line = try written(record.id) else {
        before.append(record)
        continue
      }
      if isWhole(record) { return (nil, line) }
    }
    return (before.first(where: isWhole) ?? before.first, nil)
  }

  /// What a file for people says beside a code and what the code means are not the same.
  private func disagreements(_ draft: Draft, _ values: [Value], besides problems: [Problem]) throws
    -> [Problem]
  {
    try draft.companions.sorted { $0.key < $1.key }.compactMap { name, said in
      guard let place = kind.place(of: name), !problems.contains(where: { $0.path == name }) else {
        return nil
      }
      let field = kind.fields[place]
      let meant = try shown(values[place], field)
      guard Text.comparable(meant) != Text.comparable(said) else { return nil }
      return Problem(
        "REC-E-047",
        name,
        "\(field.label)写的是“\(said)”，代码列是“\(field.plain(values[place]))”（\(meant)），两列不一致。请改成一致，或删去代码列。"
      )
    }
  }

  private func shown(_ value: Value, _ field: FieldShape) throws -> String {
    guard let name = field.type.referredKind, let other = register.kind(name) else {
      return field.worded(value, city: register.city)
    }
    let ids = value.text.map { [$0] } ?? value.list
    return try ids.map { try register.record(other, $0, in: reading)?.title ?? $0 }
      .joined(separator: "|")
  }

  // MARK: What is refused takes with it

  private func refuseDependents(of outcomes: inout [Outcome]) {
    let places = kind.fields.indices.filter { kind.fields[$0].type.referredKind == kind.name }
    guard !places.isEmpty else { return }
    var isMoving = true
    while isMoving {
      isMoving = false
      var gone: Set<String> = []
      var kept: Set<String> = []
      for outcome in outcomes {
        guard let id = outcome.values[kind.identifier].text else { continue }
        if outcome.verdict == .refused, outcome.former == nil {
          gone.insert(id)
        } else {
          kept.insert(id)
        }
      }
      gone.subtract(kept)
      guard !gone.isEmpty else { return }
      for index in outcomes.indices where outcomes[index].verdict != .refused {
        for place in places {
          let ids =
            outcomes[index].values[place].text.map { [$0] } ?? outcomes[index].values[place].list
          guard let missing = ids.first(where: gone.contains) else { continue }
          let field = kind.fields[place]
          outcomes[index].verdict = .refused
          outcomes[index].problems.append(
            Problem("REC-E-009", field.name, "\(field.label)指向的 \(missing) 在同一文件中被退回，请先改正那一行。")
          )
          isMoving = true
        }
      }
    }
  }
}

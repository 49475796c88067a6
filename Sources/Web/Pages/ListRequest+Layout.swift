import Records
import Storage
import Values

extension ListRequest {
  /// The choice of columns, order and grouping.
  var layout: Model {
    get throws {
      let kept = Set(request.query.map(\.name)).subtracting([
        "col", "sort", "then", "order", "group", "page", "after",
      ])
      let shown = Set(columns.map { kind.fields[$0].name })
      let chosen = LayoutChoice.Chosen(
        columns: shown,
        first: query.order.first?.text ?? "",
        second: query.order.dropFirst().first?.text ?? "",
        group: group.map { kind.fields[$0].name } ?? ""
      )
      // It is long and nearly always the same.
      let name = "layout.\(door).\(kind.name).\(chosen.key)"
      let choice = try site.remembered(name) { LayoutChoice(kind, door.reader, chosen) }
      return [
        "action": Address.list(kind.name, door), "hidden": carried(kept),
        "columns": choice.columns, "sorts": choice.sorts, "thens": choice.thens,
        "groupings": choice.groupings,
      ]
    }
  }

  /// How many records each value of a field has under all other conditions; `nil` where counting would
  /// take too long or says little.
  ///
  /// What would give away few people is kept back.
  func facet(_ field: FieldShape, _ reading: any Reading) throws -> [String: Published]? {
    guard knownOn == nil, field.isGroupable else { return nil }
    var rest = query
    rest.conditions.removeAll { $0.path == field.name }
    // A field that the page's own rules look at keeps their condition.
    rest.conditions += door.reader.limits(on: kind).filter { $0.path == field.name }
    let name = "facet.\(door).\(kind.name).\(field.name).\(rest.selectionKey)"
    return try site.remembered(name) { () -> [String: Published]? in
      guard
        let tally = try site.register.publishedTally(
          kind,
          rest,
          by: field.name,
          to: door.reader,
          in: reading
        )
      else { return nil }
      var counts: [String: Published] = [:]
      for (value, amount) in tally {
        if case .boolean = field.type {
          counts[value == "1" ? "true" : value == "0" ? "false" : ""] = amount
        } else {
          counts[value] = amount
        }
      }
      return counts
    }
  }
}

/// What can be chosen of a list's columns, order and grouping, as HTML.
private struct LayoutChoice: Sendable {
  /// What is chosen of it.
  struct Chosen {
    var columns: Set<String>
    var first: String
    var second: String
    var group: String

    /// The same for the same choice.
    var key: String { ([first, second, group] + columns.sorted()).joined(separator: ",") }
  }

  let columns: HTML
  let sorts: HTML
  let thens: HTML
  let groupings: HTML

  init(_ kind: Kind, _ reader: Reader, _ chosen: Chosen) {
    let visible = kind.fields.filter { reader.maySee($0, of: kind) }
    let title = kind.fields[kind.title].name
    var columns = HTML()
    for field in visible where field.name != title {
      columns.mark("<label><input type=\"checkbox\" name=\"col\"")
      columns.attribute("value", field.name)
      if chosen.columns.contains(field.name) { columns.mark(" checked") }
      columns.mark("> ")
      columns.say(field.label)
      columns.mark("</label> ")
    }
    self.columns = columns
    let orders =
      [("", "默认")]
      + visible.flatMap { field in
        [(field.name, field.label), ("-" + field.name, "\(field.label)，倒序")]
      }
    sorts = HTML.options(orders, chosen: chosen.first)
    thens = HTML.options(orders, chosen: chosen.second)
    groupings = HTML.options(
      [("", "不分组")] + visible.filter(\.isGroupable).map { ($0.name, $0.label) },
      chosen: chosen.group
    )
  }
}

extension FieldShape {
  /// Whether counting records by its values says something: one value a record, and not too many.
  var isGroupable: Bool {
    switch type {
    case .choice, .code, .boolean, .schoolYear, .reference: true
    case .integer(let range): range.lowerBound >= 1000 && range.upperBound < 3000
    default: false
    }
  }
}

extension Query {
  /// What it selects, order and paging aside, as a key of what was found out for it.
  fileprivate var selectionKey: String {
    "\(conditions).\(predicate.map { "\($0)" } ?? "").\(search)"
  }
}

extension Site {
  /// How many records a query has, paging aside; found out once until something changes.
  func total(_ kind: Kind, _ query: Query, _ register: RecordStore, _ reading: any Reading) throws
    -> Int
  {
    guard register.knownAt == nil else { return try register.count(kind, query, in: reading) }
    return try remembered("total.\(kind.name).\(query.selectionKey)") {
      try register.count(kind, query, in: reading)
    }
  }

  /// Whether a query meets so many records that they are better read in their order.
  func isWide(_ query: Query, _ total: Int) -> Bool {
    !query.order.isEmpty && query.search.isEmpty && total > 5_000
  }
}

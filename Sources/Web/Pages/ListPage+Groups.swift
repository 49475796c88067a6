import Ledger
import Records
import Storage
import Values

extension Site {
  /// How many groups are shown.
  private static let mostGroups = 60

  /// The list summed up by a field: how many records, and what their numbers add up to; without what
  /// would give away few people to somebody who may not see them.
  func groups(
    _ kind: Kind,
    _ asked: ListRequest,
    _ total: Int,
    _ register: RecordStore,
    _ reading: any Reading
  ) throws -> Table? {
    guard let place = asked.group else { return nil }
    let field = kind.fields[place]
    let summed = kind.fields.filter {
      $0.type.isSummable && asked.door.reader.maySee($0, of: kind)
    }.prefix(6)
    let told = try register.publishedGroups(
      kind,
      asked.query,
      by: field.name,
      summed: summed.map(\.name),
      to: asked.door.reader,
      in: reading
    )
    let groups = told.groups
    let ids = Set(groups.map(\.value)).subtracting([""])
    let titles = try field.type.referredKind.map { try self.titles($0, ids, reading) } ?? [:]
    func sum(_ sum: Published, _ field: FieldShape) -> Table.Cell {
      guard sum != .hidden else { return .kept(label: field.label) }
      guard let number = sum.number else {
        return Table.Cell("未填报", .missing, label: field.label)
      }
      let value: Value
      if case .money = field.type { value = .money(Fen(number)) } else { value = .integer(number) }
      return Table.Cell(field.shown(value, city: city), .number, label: field.label)
    }
    func count(_ count: Published) -> Table.Cell {
      guard let number = count.number else { return .kept(label: "条数") }
      return Table.Cell(Numerals.grouped(number), .number, label: "条数")
    }
    var rows = groups.prefix(Self.mostGroups).map { group in
      let name = titles[group.value] ?? Self.said(group.value, field, city)
      let address =
        group.value.isEmpty
        ? nil
        : asked.address(
          without: [field.name, "group", "page", "after"],
          adding: [(field.name, Self.code(group.value, field))]
        )
      return [
        Table.Cell(name, .name, address: kind.filters.contains(place) ? address : nil),
        count(group.count),
      ] + zip(group.sums, summed).map { sum($0, $1) }
    }
    rows.append(
      [Table.Cell("合计", .name), count(told.count)] + zip(told.sums, summed).map { sum($0, $1) }
    )
    let words = [
      groups.count > Self.mostGroups
        ? "共 \(groups.count) 组，这里列出条数最多的 \(Self.mostGroups) 组；合计包括全部。" : nil,
      told.isSuppressed ? Suppression.words(below: told.threshold) : nil,
    ]
    return Table(
      caption: "按\(field.label)小计",
      columns: [Table.Column(text: field.label), Table.Column(text: "条数", isNumber: true)]
        + summed.map { Table.Column(text: $0.label, unit: $0.unit, isNumber: true) },
      rows: rows,
      note: words.compactMap { $0 }.joined()
    )
  }

  private static func said(_ value: String, _ field: FieldShape, _ city: City) -> String {
    if value.isEmpty { return "未填报" }
    if case .boolean = field.type { return value == "1" ? "是" : "否" }
    return field.shown(.text(value), city: city)
  }

  private static func code(_ value: String, _ field: FieldShape) -> String {
    if case .boolean = field.type { return value == "1" ? "true" : "false" }
    return value
  }

  /// The views kept of a list, and the forms to keep another or let one go.
  func views(_ kind: Kind, _ asked: ListRequest, _ door: Door, _ reading: any Reading) throws
    -> Model?
  {
    guard door == .desk else { return nil }
    let views = try register.views(kind, in: reading)
    let query =
      asked.address(without: ["page", "after"]).split(separator: "?", maxSplits: 1)
      .dropFirst().first.map(String.init) ?? ""
    guard !views.isEmpty || !query.isEmpty else { return nil }
    return [
      "shown": views.map { view in
        ["name": view.name, "href": Address.list(kind.name, door) + "?" + view.query] as Model
      }.asRows,
      "form": [
        "keep": query.isEmpty
          ? nil : ["action": Address.views(kind.name), "query": query] as Model,
        "drops": views.map { ["action": Address.views(kind.name), "name": $0.name] as Model },
      ] as Model,
    ]
  }

  /// Keeps a view or lets one go.
  func keepView(_ name: String, _ request: WebRequest) throws -> WebAnswer {
    guard let kind = register.kind(name) else { return notFound(request) }
    let form = request.form
    func value(_ name: String) -> String { form.first { $0.name == name }?.value ?? "" }
    let title = Text.trimmed(value("name"))
    guard !title.isEmpty, title.count <= 40 else {
      return message("没有保存视图", "请给视图起一个 40 字以内的名字。", status: 422, door: .desk)
    }
    let view = SavedView(kind: kind.name, name: title, query: value("query"))
    if value("do") == "drop" {
      try register.drop(view)
      return .seeOther(Address.list(kind.name, .desk))
    }
    try register.keep(view)
    return .seeOther(Address.list(kind.name, .desk) + (view.query.isEmpty ? "" : "?" + view.query))
  }
}

extension FieldType {
  /// Whether the sum of its values over several records means something.
  var isSummable: Bool {
    switch self {
    case .integer(let range):
      range.lowerBound >= 0 && !(range.lowerBound >= 1000 && range.upperBound < 3000)
    case .money: true
    default: false
    }
  }
}

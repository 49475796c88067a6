import Sheets
import Storage
import Values

/// The workbook in which people fill in records of a kind: headings with notes, lists to choose from, an
/// example, and a sheet that explains every column.
package struct TemplateWorkbook {
  private let register: RecordStore
  private let kind: Kind
  private let reader: Reader

  /// The sheets beside the one to fill in; an import passes them over.
  static let otherSheets: Set<String> = ["填写说明", "选项"]
  /// How many values a list to choose from may have.
  private static let mostOptions = 2_000

  /// Prepares a template.
  ///
  /// - Parameters:
  ///   - register: the register the records will go into.
  ///   - kind: their kind.
  ///   - reader: who fills it in; only fields they may see are in.
  package init(_ register: RecordStore, _ kind: Kind, for reader: Reader) {
    self.register = register
    self.kind = kind
    self.reader = reader
  }

  /// Writes the template.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - query: records that are filled in, with what they lack marked; an empty template when `nil`.
  /// - Throws: `WorkbookWriter.Unwritable`; the store's errors.
  package func write(to path: String, filledWith query: Query? = nil) throws {
    let writer = try WorkbookWriter(path, .book)
    let places = kind.fields.indices.filter {
      reader.maySee(kind.fields[$0], of: kind) && !kind.fields[$0].isDerived
    }
    let fields = places.map { kind.fields[$0] }
    let widths = places.map { place in
      (WorkbookColumn.all(of: kind.fields[place], at: place).first?.width ?? 10) + 2
    }
    try writer.begin(sheet: kind.label, widths: widths + [16])
    for (column, field) in fields.enumerated() where field.type.isCode {
      writer.keepAsText(column: column, width: widths[column])
    }
    for (column, field) in fields.enumerated() {
      let isNeeded = field.isRequired && field.fallback.isNone
      try writer.write(.text(field.heading), isNeeded ? .needed : .heading, row: 0, column: column)
      writer.note(kind.explanation(of: field), row: 0, column: column)
    }
    try register.store.read { reading in
      let options = try places.map { try self.options(kind.fields[$0], reading) }
      for (column, values) in options.enumerated() where !values.isEmpty {
        writer.offer(
          "=选项!$\(Self.letters(column))$2:$\(Self.letters(column))$\(values.count + 1)",
          inColumn: column
        )
      }
      if let query {
        try fill(writer, places, query, reading)
      } else {
        for (column, field) in fields.enumerated() {
          try writer.write(
            .text(kind.exampleText(of: field)),
            .faint,
            row: 1,
            column: column
          )
        }
      }
      try explain(writer, fields)
      try writer.begin(sheet: "选项", widths: widths, isHidden: true)
      for (column, values) in options.enumerated() where !values.isEmpty {
        try writer.write(.text(fields[column].label), .heading, row: 0, column: column)
        for (row, value) in values.enumerated() {
          try writer.write(.text(value), row: row + 1, column: column)
        }
      }
    }
    try writer.close()
  }

  private func fill(
    _ writer: WorkbookWriter,
    _ places: [Int],
    _ query: Query,
    _ reading: any Reading
  ) throws {
    var names = Names(register)
    var row = 1
    try writer.write(.text(WorkbookVersions.heading), .heading, row: 0, column: places.count)
    try register.each(kind, query, in: reading) { record in
      for (number, place) in places.enumerated() {
        let field = kind.fields[place]
        let value = record.values[place]
        let isMissing = value.isNone && kind.applies(field, to: record.values)
        let column = WorkbookColumn(
          field: field,
          place: place,
          content: field.codeHeading == nil ? .value : .name(isAlone: true)
        )
        try writer.write(
          column.cell(value, &names, in: reading),
          isMissing ? .marked : .plain,
          row: row,
          column: number
        )
      }
      try writer.write(.number(String(record.version)), .faint, row: row, column: places.count)
      row += 1
    }
  }

  private func explain(_ writer: WorkbookWriter, _ fields: [FieldShape]) throws {
    try writer.begin(sheet: "填写说明", widths: [24, 10, 44, 60, 30])
    for (column, text) in ["列", "是否必填", "填什么", "说明", "例"].enumerated() {
      try writer.write(.text(text), .heading, row: 0, column: column)
    }
    for (index, field) in fields.enumerated() {
      let cells = [
        field.heading, field.isRequired ? "必填" : "", field.expectation, field.help,
        kind.exampleText(of: field),
      ]
      for (column, text) in cells.enumerated() {
        try writer.write(.text(text), row: index + 1, column: column)
      }
    }
  }

  /// What can be chosen in a column; nothing where anything may be written or there is too much.
  private func options(_ field: FieldShape, _ reading: any Reading) throws -> [String] {
    switch field.type {
    case .choice(let options): return options.map(\.label)
    case .code(let table): return (register.city.codeTable(table) ?? []).map(\.label)
    case .boolean: return ["是", "否"]
    case .reference(let name):
      guard let other = register.kind(name) else { return [] }
      let records = try register.list(
        other,
        Query(limit: Self.mostOptions + 1),
        only: [],
        in: reading
      )
      guard records.count <= Self.mostOptions else { return [] }
      // A name that two share says nothing; the identifier does.
      let counts = Dictionary(records.map { ($0.title, 1) }, uniquingKeysWith: +)
      return records.map { counts[$0.title] == 1 ? $0.title : $0.id }
    default: return []
    }
  }

  /// The letters of a column: `A`, `Z`, `AA`.
  private static func letters(_ column: Int) -> String {
    var letters = ""
    var rest = column + 1
    while rest > 0 {
      let letter = (rest - 1) % 26
      letters = String(UnicodeScalar(UInt8(65 + letter))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}

extension FieldType {
  /// Whether its values are codes whose digits a spreadsheet must not take for a number.
  fileprivate var isCode: Bool {
    switch self {
    case .identifier, .uscc, .code, .reference: true
    default: false
    }
  }
}

extension Kind {
  /// What the example row of a template holds for a field; nothing for one the example does not have.
  func exampleText(of field: FieldShape) -> String {
    if let condition = field.condition,
      let decider = fields.first(where: { $0.name == condition.field })
    {
      let text = exampleText(of: decider)
      let code =
        switch decider.type {
        case .choice(let options), .choices(let options):
          options.first { $0.label == text }?.code ?? text
        case .boolean: text == "是" ? "true" : "false"
        default: text
        }
      guard condition.values.contains(code) else { return "" }
    }
    if !field.example.isEmpty { return field.example }
    switch field.type {
    case .choice(let options), .choices(let options): return options.first?.label ?? ""
    case .boolean: return "是"
    case .date: return "2022-07-14"
    case .schoolYear: return "2021-2022"
    case .integer(let range): return String(max(range.lowerBound, min(12, range.upperBound)))
    case .money: return "1000"
    case .decimal, .uscc, .code, .reference, .references, .list, .rows, .identifier: return ""
    case .text, .longText: return field.isRequired ? "示例" + label : ""
    }
  }

  /// Whether a row of a file is the example a template came with: every cell it fills in holds what the
  /// example has there, its title too.
  ///
  /// - Parameters:
  ///   - row: the row.
  ///   - uses: what its columns are.
  ///   - isFirst: whether it is the first row of a file that is a template: then its title need not be in
  ///     it.
  /// - Returns: whether it is.
  func isExample(_ row: SheetRow, _ uses: [ColumnUse], isFirst: Bool) -> Bool {
    var hasTitle = isFirst
    for (use, cell) in zip(uses, row.cells) {
      let text = Text.trimmed(cell.text)
      guard !text.isEmpty else { continue }
      guard let place = use.place, exampleText(of: fields[place]) == text else { return false }
      if place == title { hasTitle = true }
    }
    return hasTitle && row.cells.count { !Text.trimmed($0.text).isEmpty } > 1
  }

  /// The note on the heading of a field.
  fileprivate func explanation(of field: FieldShape) -> String {
    let example = exampleText(of: field)
    return [
      field.isRequired ? "必填。" : "", field.expectation, field.help,
      example.isEmpty ? "" : "例：\(example)",
    ].filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

extension FieldShape {
  /// What may be filled in, in words.
  package var expectation: String {
    switch type {
    case .text(let most), .longText(let most): "文字，最多 \(most) 个字"
    case .identifier(let most): "编号或代码，最多 \(most) 位，请设为文本格式"
    case .choice(let options):
      options.count <= 12 ? "从中选一：" + options.map(\.label).joined(separator: "、") : "从列表中选一"
    case .choices(let options):
      "可选几项，用 | 隔开"
        + (options.count <= 12 ? "：" + options.map(\.label).joined(separator: "、") : "")
    case .code: "从列表中选一"
    case .reference: "名称或编号；同名的填编号"
    case .references: "名称或编号，几项用 | 隔开"
    case .integer(let range):
      range.upperBound >= 1_000_000_000 || range.upperBound == Int.max
        ? "整数" : "整数，\(range.lowerBound) 到 \(range.upperBound)"
    case .decimal(let places, _): "数字，最多 \(places) 位小数"
    case .boolean: "是 或 否"
    case .date: "日期，如 2022-07-14"
    case .money: "金额，元，最多两位小数"
    case .schoolYear: "学年，如 2021-2022"
    case .uscc: "18 位统一社会信用代码，请设为文本格式"
    case .list: "几项用 | 隔开"
    case .rows(let columns): "每行用 | 隔开，行内依次是 " + columns.map(\.label).joined(separator: ";")
    }
  }
}

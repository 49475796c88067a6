import Values

/// What a workbook says before its tables are read: sheets, formats of days, shared texts.
final class Workbook: Sendable {
  /// Where it lies.
  let path: String
  /// Its sheets, in order.
  let sheets: [TableFile.Sheet]
  /// Whether days are counted from 1904.
  let countsFrom1904: Bool
  /// Which cell formats show days, by their number.
  let dayFormats: [Bool]

  init(_ path: String) throws(Unreadable) {
    self.path = path
    let archive = try Archive(path)
    guard let book = try XMLPart(archive, "xl/workbook.xml") else {
      throw Unreadable("REC-E-037", "这个文件是压缩包，不是 Excel 工作簿（.xlsx）。请解压后导入里面的文件。")
    }
    var named: [(name: String, isHidden: Bool, relation: String)] = []
    var from1904 = false
    book.onStart = { element, attributes in
      switch element {
      case "sheet":
        let isHidden = attributes["state"].map { $0 != "visible" } ?? false
        named.append((attributes["name"] ?? "", isHidden, attributes["id"] ?? ""))
      case "workbookPr": from1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
      default: break
      }
    }
    try book.readAll()
    var targets: [String: String] = [:]
    if let relations = try XMLPart(archive, "xl/_rels/workbook.xml.rels") {
      relations.onStart = { element, attributes in
        guard element == "Relationship", let id = attributes["Id"] else { return }
        targets[id] = attributes["Target"]
      }
      try relations.readAll()
    }
    sheets = named.compactMap { sheet in
      guard let target = targets[sheet.relation], target.contains("worksheets/") else { return nil }
      let entry = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
      return TableFile.Sheet(name: sheet.name, isHidden: sheet.isHidden, entry: entry)
    }
    countsFrom1904 = from1904
    dayFormats = try Self.dayFormats(archive)
  }

  private static func dayFormats(_ archive: Archive) throws(Unreadable) -> [Bool] {
    guard let styles = try XMLPart(archive, "xl/styles.xml") else { return [] }
    var custom: [Int: Bool] = [:]
    var formats: [Bool] = []
    var isInCells = false
    styles.onStart = { element, attributes in
      switch element {
      case "numFmt":
        guard let id = attributes["numFmtId"].flatMap({ Int($0) }) else { return }
        custom[id] = Self.showsDay(attributes["formatCode"] ?? "")
      case "cellXfs": isInCells = true
      case "xf" where isInCells:
        let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
        formats.append(custom[id] ?? Self.isBuiltInDay(id))
      default: break
      }
    }
    styles.onEnd = { if $0 == "cellXfs" { isInCells = false } }
    try styles.readAll()
    return formats
  }

  /// The numbers of formats every program knows: days and times, those of Chinese editions too.
  private static func isBuiltInDay(_ id: Int) -> Bool {
    switch id {
    case 14...22, 27...36, 45...47, 50...58: true
    default: false
    }
  }

  /// Whether a written format shows a day or time: it has such a letter outside quotes and brackets.
  static func showsDay(_ format: String) -> Bool {
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for scalar in format.unicodeScalars {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch scalar {
      case "\\", "_", "*": isEscaped = !isQuoted
      case "\"": isQuoted.toggle()
      case "[": isBracketed = true
      case "]": isBracketed = false
      case ";": if !isQuoted { return false }
      case "y", "Y", "m", "M", "d", "D", "h", "H", "年", "月", "日":
        if !isQuoted, !isBracketed { return true }
      default: break
      }
    }
    return false
  }

  /// The texts that cells share.
  func sharedTexts(_ archive: Archive) throws(Unreadable) -> SharedTexts {
    let texts = SharedTexts()
    guard let part = try XMLPart(archive, "xl/sharedStrings.xml") else { return texts }
    var isText = false
    var isPhonetic = false
    var size = 0
    part.onStart = { element, _ in
      switch element {
      case "t": isText = !isPhonetic
      case "rPh": isPhonetic = true
      default: break
      }
    }
    part.onEnd = { element in
      switch element {
      case "t": isText = false
      case "rPh": isPhonetic = false
      case "si": texts.close()
      default: break
      }
    }
    part.onText = { bytes in
      guard isText else { return }
      size += bytes.count
      texts.append(bytes)
    }
    while try part.advance() {
      guard size < 1_000_000_000 else {
        throw Unreadable("REC-E-039", "工作簿里的文字超过 1 GB，没有导入。请拆成几个文件，或存为 CSV。")
      }
    }
    return texts
  }
}

/// Many texts in one piece of memory.
final class SharedTexts {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  func append(_ text: UnsafeBufferPointer<CChar>) {
    text.withMemoryRebound(to: UInt8.self) { bytes.append(contentsOf: $0) }
  }

  func close() { ends.append(bytes.count) }

  /// The text at a place; `nil` when there is none.
  subscript(_ place: Int) -> String? {
    guard ends.indices.contains(place) else { return nil }
    let start = place == 0 ? 0 : ends[place - 1]
    return Escapes.decoded(String(decoding: bytes[start..<ends[place]], as: UTF8.self))
  }
}

internal import CExpat
import Values

/// Reads an XML part of a workbook as a stream of elements and texts.
///
/// Parts with a document type are refused: nobody who writes workbooks needs one, and its entities can
/// be made to grow without end. So are parts that inflate far more than any table does.
final class XMLPart {
  private let archive: Archive
  private let entry: ArchiveEntry
  private let parser: XML_Parser
  private let size: UInt64
  private let packed: UInt64
  private var taken: UInt64 = 0
  private var hasDocumentType = false
  private var isFinished = false

  /// Called at the beginning of an element with its local name and attributes.
  var onStart: (String, [String: String]) -> Void = { _, _ in }
  /// Called at the end of an element with its local name.
  var onEnd: (String) -> Void = { _ in }
  /// Called with pieces of text.
  var onText: (UnsafeBufferPointer<CChar>) -> Void = { _ in }

  /// Opens a part; `nil` when there is none of this name.
  ///
  /// - Throws: `Unreadable` when it is there and can't be opened.
  init?(_ archive: Archive, _ name: String) throws(Unreadable) {
    guard let found = archive.find(name) else { return nil }
    guard let entry = archive.open(found.index), let parser = XML_ParserCreate(nil) else {
      throw Self.damaged
    }
    self.archive = archive
    self.entry = entry
    self.parser = parser
    size = found.size
    packed = found.packed
    let own = Unmanaged.passUnretained(self).toOpaque()
    XML_SetUserData(parser, own)
    XML_SetElementHandler(
      parser,
      { own, name, attributes in
        guard let own, let name else { return }
        XMLPart.of(own).started(name, attributes)
      },
      { own, name in
        guard let own, let name else { return }
        XMLPart.of(own).onEnd(XMLPart.localName(name))
      }
    )
    XML_SetCharacterDataHandler(parser) { own, text, length in
      guard let own, let text else { return }
      XMLPart.of(own).onText(UnsafeBufferPointer(start: text, count: Int(length)))
    }
    XML_SetStartDoctypeDeclHandler(parser) { own, _, _, _, _ in
      guard let own else { return }
      let part = XMLPart.of(own)
      part.hasDocumentType = true
      XML_StopParser(part.parser, 0)
    }
  }

  deinit { XML_ParserFree(parser) }

  /// How much was read, 0…1.
  var progress: Double { size == 0 ? 1 : min(1, Double(taken) / Double(size)) }

  /// Reads the next piece and calls what it holds.
  ///
  /// - Returns: whether more may follow.
  /// - Throws: `Unreadable` when the part is damaged or means harm.
  func advance() throws(Unreadable) -> Bool {
    guard !isFinished else { return false }
    let piece: Int32 = 65_536
    guard let buffer = XML_GetBuffer(parser, piece),
      let count = entry.read(into: .init(start: buffer, count: Int(piece)))
    else { throw Self.damaged }
    taken += UInt64(count)
    // Deflate packs a thousandfold at most; tables, however dull, hardly more than a hundredfold.
    if taken > 100_000_000, taken / 300 > packed {
      throw Unreadable("REC-E-039", "工作簿解压后大得异常（疑似压缩炸弹），没有导入。请另存一份再试。")
    }
    let status = XML_ParseBuffer(parser, Int32(count), count == 0 ? 1 : 0)
    guard !hasDocumentType else {
      throw Unreadable("REC-E-040", "工作簿里有外部定义（DOCTYPE），正常的工作簿没有，没有导入。请另存一份再试。")
    }
    guard status == XML_STATUS_OK else { throw Self.damaged }
    isFinished = count == 0
    return !isFinished
  }

  /// Reads the whole part.
  func readAll() throws(Unreadable) {
    while try advance() {}
  }

  private func started(
    _ name: UnsafePointer<CChar>,
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    var named: [String: String] = [:]
    if var next = attributes {
      while let name = next.pointee, let value = next.advanced(by: 1).pointee {
        named[Self.localName(name)] = String(cString: value)
        next = next.advanced(by: 2)
      }
    }
    onStart(Self.localName(name), named)
  }

  /// A name without its prefix: parts are written with and without.
  private static func localName(_ name: UnsafePointer<CChar>) -> String {
    let text = String(cString: name)
    guard let colon = text.lastIndex(of: ":") else { return text }
    return String(text[text.index(after: colon)...])
  }

  private static func of(_ pointer: UnsafeMutableRawPointer) -> XMLPart {
    Unmanaged<XMLPart>.fromOpaque(pointer).takeUnretainedValue()
  }

  static var damaged: Unreadable {
    Unreadable("REC-E-037", "工作簿不完整或已损坏，读到一半读不下去。请在 Excel 或 WPS 里打开检查，另存一份再导入。")
  }
}

import Calendar
import Sheets
import Values

extension PublishedDocument {
  /// Writes the document as a Word file (DOCX, ECMA-376), in the type sizes of GB/T 9704-2012.
  ///
  /// - Parameter path: the file; what stood there is replaced.
  /// - Throws: `ArchiveWriter.Unwritable`.
  package func writeWord(to path: String) throws {
    try ArchiveWriter.write(
      [
        ("[Content_Types].xml", Self.types), ("_rels/.rels", Self.relations),
        ("word/document.xml", wordBody),
      ],
      to: path
    )
  }

  private static let types = """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
    """

  private static let relations = """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
    """

  /// A paragraph: alignment, half points of the type, the face, red or black, indent of two characters or none.
  private func line(
    _ text: String,
    align: String = "both",
    size: Int = 32,
    face: String = "仿宋",
    colour: String? = nil,
    indents: Bool = false,
    right: Int = 0
  ) -> String {
    let indent = indents ? " w:firstLineChars=\"200\"" : ""
    let end = right > 0 ? " w:rightChars=\"\(right * 100)\"" : ""
    let fonts = "<w:rFonts w:ascii=\"\(face)\" w:hAnsi=\"\(face)\" w:eastAsia=\"\(face)\"/>"
    let ink = colour.map { "<w:color w:val=\"\($0)\"/>" } ?? ""
    return "<w:p><w:pPr><w:spacing w:line=\"560\" w:lineRule=\"exact\"/><w:ind\(indent)\(end)/>"
      + "<w:jc w:val=\"\(align)\"/></w:pPr><w:r><w:rPr>\(fonts)\(ink)<w:sz w:val=\"\(size)\"/></w:rPr>"
      + "<w:t xml:space=\"preserve\">\(Self.xml(text))</w:t></w:r></w:p>"
  }

  private var wordBody: String {
    var lines = [line(organ, align: "center", size: 64, face: "方正小标宋简体", colour: "C00000")]
    lines.append(line(documentNumber, align: "right"))
    if let replyType { lines.append(line("答复类型：\(replyType.letter)")) }
    lines += [line(""), line(title, align: "center", size: 44, face: "方正小标宋简体"), line("")]
    if !addressee.isEmpty { lines.append(line(addressee + "：")) }
    lines += paragraphs.map { paragraph in
      line(paragraph.replacing("\t", with: "　"), indents: !paragraph.contains("\t"))
    }
    lines += [
      line(""), line(organ, align: "right", right: 4),
      line(signDate?.sentence ?? "", align: "right", right: 4),
    ]
    if let disclosure { lines.append(line("（此件\(disclosure.label)）", indents: true)) }
    if !copies.isEmpty {
      lines += [line(""), line("抄送：\(copies.joined(separator: "、"))。", size: 28)]
    }
    // A4 in twentieths of a point; 天头 37 mm, 订口 28 mm, text block 156 × 225 mm.
    return """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>\(lines.joined())<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/></w:sectPr></w:body></w:document>
      """
  }

  private static func xml(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .filter { !$0.unicodeScalars.contains { $0.value < 32 && $0 != "\t" } }
  }
}

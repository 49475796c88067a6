import Calendar
import Ciphers
import Foundation
import Records

extension PublishedDocument {
  /// The document as a page of its own, in the layout of a letter (GB/T 9704-2012 §10.1): A4, text block 156 × 225 mm,
  /// 22 lines of 28 characters, red double lines above and below, the number at the right under the first.
  ///
  /// - Parameters:
  ///   - isLive: whether each figure carries its formula, exact value and records.
  ///   - isDemo: whether the records were made up, which the page says then.
  /// - Returns: the whole page; nothing in it is loaded from elsewhere.
  package func page(figures isLive: Bool = true, isDemo: Bool = false) -> String {
    var output = """
      <!DOCTYPE html>
      <html lang="zh-CN"><head><meta charset="utf-8"><title>\(Self.escaped(title))</title>
      <meta name="ArticleTitle" content="\(Self.escaped(title))"><meta name="PubDate" content="\(signDate?.description ?? "")">
      <meta name="ContentSource" content="\(Self.escaped(organ))">
      <style>\(Self.style)</style></head><body><article class="letter">
      <header><p class="mark">\(Self.escaped(organ))</p><p class="number">\(Self.escaped(documentNumber))</p></header>

      """
    if isDemo { output += "<p class=\"demo\">演示数据，请勿引用</p>\n" }
    if let replyType { output += "<p class=\"type\">答复类型：\(replyType.letter)</p>\n" }
    output += "<h1>\(Self.escaped(title))</h1>\n"
    if !addressee.isEmpty { output += "<p class=\"to\">\(Self.escaped(addressee))：</p>\n" }
    output += bodyHTML(isLive)
    output += """
      <div class="sign"><p>\(Self.escaped(organ))</p><p>\(signDate?.sentence ?? "")</p></div>

      """
    if let disclosure { output += "<p class=\"note\">（此件\(disclosure.label)）</p>\n" }
    if !copies.isEmpty {
      output += "<p class=\"copies\">抄送：\(Self.escaped(copies.joined(separator: "、")))。</p>\n"
    }
    return output + "</article></body></html>\n"
  }

  /// The paragraphs with their figures marked, as HTML.
  ///
  /// - Parameters:
  ///   - isLive: whether figures are marked.
  ///   - link: the address a figure leads to, by its row; none when `nil`.
  /// - Returns: the paragraphs.
  package func bodyHTML(_ isLive: Bool, link: (([String]) -> String?)? = nil) -> String {
    let marks = isLive ? Dictionary(grouping: figureMarks, by: \.line) : [:]
    var output = ""
    var table: [[String]] = []
    func flush() {
      guard !table.isEmpty else { return }
      output += "<table>"
      for (index, row) in table.enumerated() {
        let tag = index == 0 ? "th" : "td"
        output += "<tr>" + row.map { "<\(tag)>\(Self.escaped($0))</\(tag)>" }.joined() + "</tr>"
      }
      output += "</table>\n"
      table = []
    }
    for (line, paragraph) in paragraphs.enumerated() {
      if paragraph.contains("\t") {
        table.append(
          paragraph.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        )
        continue
      }
      flush()
      var html = ""
      var from = 0
      let characters = Array(paragraph)
      for mark in (marks[line] ?? []).sorted(by: { $0.at < $1.at }) {
        let end = mark.at + mark.row[3].count
        guard mark.at >= from, end <= characters.count else { continue }
        html += Self.escaped(String(characters[from..<mark.at]))
        html += self.mark(mark.row, link?(mark.row))
        from = end
      }
      html += Self.escaped(String(characters[from...]))
      output += "<p\(Self.isHeading(paragraph) ? " class=\"head\"" : "")>\(html)</p>\n"
    }
    flush()
    return output
  }

  /// Whether a paragraph is a heading of the first level, as 一、目前的情况 is: it is set in 黑体.
  static func isHeading(_ paragraph: String) -> Bool {
    guard let mark = paragraph.firstIndex(of: "、"), paragraph.count < 40, !paragraph.hasSuffix("。")
    else { return false }
    let number = paragraph[..<mark]
    return !number.isEmpty && number.allSatisfy { "一二三四五六七八九十".contains($0) }
  }

  /// Where figures stand: the paragraph, the character, and the row that tells of them.
  private var figureMarks: [(line: Int, at: Int, row: [String])] {
    figures.rows.compactMap { row in
      let parts = row.count >= 8 ? row[1].split(separator: ":").compactMap { Int($0) } : []
      return parts.count == 2 ? (parts[0], parts[1], row) : nil
    }
  }

  /// A figure with what it is: its formula, exact value, records and year, and where it leads.
  private func mark(_ row: [String], _ link: String?) -> String {
    let told = "\(row[2]) = \(row[4])，\(row[6]) 条记录\(row[5].isEmpty ? "" : "，\(row[5])")"
    let (text, title) = (Self.escaped(row[3]), Self.escaped(told))
    guard let link else { return "<data value=\"\(row[4])\" title=\"\(title)\">\(text)</data>" }
    return "<a class=\"live\" href=\"\(Self.escaped(link))\" title=\"\(title)\">\(text)</a>"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// What lets a browser use the page's own style and nothing else: the policy for its answer.
  package static let pagePolicy: String = {
    let hash = Data(HashAlgorithm.sha256.hash(Array(style.utf8))).base64EncodedString()
    return "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'"
  }()

  private static let style = """
    @page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-right { content: "— " counter(page) " —"; font: 14pt SimSun, serif; } }
    @page :first { @bottom-right { content: ""; } }
    body { margin: 0; color: #000; font: 16pt/28pt FangSong, "仿宋", "FandolFang", "Noto Serif CJK SC", "Source Han Serif SC", serif; }
    .letter { max-width: 156mm; margin: 0 auto; }
    .mark { color: #c00; font: 32pt/1.3 "方正小标宋简体", "Noto Serif CJK SC", SimSun, serif; font-weight: 700; text-align: center; margin: 0; border-bottom: 3pt double #c00; padding-bottom: 4mm; }
    .number { text-align: right; margin: 4mm 0 0; }
    .type { text-align: left; margin: 0; }
    h1 { font: 22pt/32pt "方正小标宋简体", "Noto Serif CJK SC", SimSun, serif; font-weight: 700; text-align: center; margin: 28pt 0; text-wrap: balance; }
    p { margin: 0; text-align: justify; text-indent: 2em; }
    .mark, .number, .type, .to, .copies { text-indent: 0; }
    .to { text-align: left; }
    .sign { margin-top: 28pt; text-align: right; padding-right: 4em; }
    .sign p { text-indent: 0; text-align: right; }
    .head { font-family: SimHei, "黑体", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; }
    .demo { color: #c00; text-indent: 0; font-size: 12pt; text-align: center; }
    .note { margin-top: 0; }
    .copies { border-top: 1px solid #000; border-bottom: 1px solid #000; margin-top: 56pt; padding: 0 1em; font-size: 14pt; }
    table { border-collapse: collapse; width: 100%; font-size: 14pt; margin: 8pt 0; }
    th, td { border: 1px solid #000; padding: 0 .4em; text-align: left; }
    data { border-bottom: 1px dotted #888; }
    @media print { data { border-bottom: 0; } }
    @media (max-width: 640px) { body { font-size: 12.5pt; line-height: 1.8; padding: 1rem; } .mark { font-size: 22pt; } h1 { font-size: 17pt; line-height: 1.5; } }
    """
}

import Ciphers
import Foundation
package import Values

/// A document as the city's folder has it: its heads, and paragraphs of text with live figures in braces.
///
/// A template is a plain text file `documents/NAME.txt`: lines `头：值`, a line of three dashes, and one paragraph a
/// line. In a paragraph `{{公式|写法}}` is a figure, reckoned as an indicator's formula is; `{{若 公式：文字}}` is text
/// that stands there only while the formula holds. A line `[表 按县 S4 S5]` is a table of indicators by county.
package struct DocumentTemplate: Hashable, Sendable {
  /// What a paragraph is.
  package enum Block: Hashable, Sendable {
    /// Text with figures.
    case paragraph([Part])
    /// Indicators by county.
    case table([String])
  }

  /// A part of a paragraph.
  package enum Part: Hashable, Sendable {
    /// Text as it is.
    case text(String)
    /// A figure.
    case figure(LiveFigure)
    /// Text that stands only while a formula holds.
    case clause(LiveFigure, String)
  }

  /// Its name: that of its file.
  package var name: String
  /// The file, as problems name it.
  package var path: String
  /// What stands above the dashes, by its name.
  package var heads: [String: String]
  /// The paragraphs.
  package var blocks: [Block]
  /// The whole text, whose hash tells one version of a template from the next.
  package var source: String

  /// A head; empty when it is not there.
  package subscript(_ head: String) -> String { heads[head] ?? "" }

  /// A head that names several, with 、 between.
  package func list(_ head: String) -> [String] {
    self[head].split(separator: "、").map { Text.trimmed(String($0)) }.filter { !$0.isEmpty }
  }

  /// The figures, in the order of the text, those of clauses among them.
  package var figures: [LiveFigure] {
    blocks.flatMap { block -> [LiveFigure] in
      guard case .paragraph(let parts) = block else { return [] }
      return parts.compactMap { part in
        switch part {
        case .text: nil
        case .figure(let figure), .clause(let figure, _): figure
        }
      }
    }
  }

  /// The heads a template may have; the first ones, up to 文号系列, it must have.
  package static let heads = [
    "标题", "机关", "文号系列", "索引系列", "答复类型", "主送", "主办", "会办", "公开", "抄送", "信息分类", "案由", "概述",
  ]
  private static let required = 3

  /// Reads a template.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - path: the file, as problems name it.
  ///   - text: its text.
  /// - Returns: the template; `nil` when something is wrong with it; and what is wrong, by line.
  package static func read(_ name: String, _ path: String, _ text: String) -> (
    template: DocumentTemplate?, faults: [PlacedProblem]
  ) {
    var template = DocumentTemplate(name: name, path: path, heads: [:], blocks: [], source: text)
    var faults: [PlacedProblem] = []
    func fault(_ line: Int?, _ code: String, _ message: String) {
      faults.append(PlacedProblem(file: path, line: line, problem: Problem(code, "", message)))
    }
    var isBody = false
    var number = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = Text.trimmed(String(line))
      if line.isEmpty || !isBody && line.hasPrefix("#") { continue }
      if !isBody {
        if line == "---" {
          isBody = true
          continue
        }
        guard let colon = line.firstIndex(where: { $0 == "：" || $0 == ":" }) else {
          fault(index + 1, "PUB-E-001", "“\(line)”应写成 头：值，例如 机关：市教育局；正文写在一行 --- 之后。")
          continue
        }
        let head = Text.trimmed(String(line[..<colon]))
        if !heads.contains(head) {
          let near = NearMiss.suggestion(head, among: heads)
          fault(index + 1, "PUB-E-001", "不认识头“\(head)”。\(near)")
        }
        template.heads[head] = Text.trimmed(String(line[line.index(after: colon)...]))
        continue
      }
      do throws(LiveFigure.Unreadable) {
        template.blocks.append(try block(line, index + 1, &number))
      } catch { fault(index + 1, "PUB-E-002", error.message) }
    }
    for head in heads.prefix(required) where template[head].isEmpty {
      fault(nil, "PUB-E-001", "缺少头“\(head)”。")
    }
    if template.blocks.isEmpty, faults.isEmpty { fault(nil, "PUB-E-001", "没有正文；正文写在一行 --- 之后。") }
    return (faults.isEmpty ? template : nil, faults)
  }

  private static func block(_ line: String, _ place: Int, _ number: inout Int) throws(LiveFigure
    .Unreadable) -> Block
  {
    if line.hasPrefix("[表 "), line.hasSuffix("]") {
      let words = line.dropFirst(3).dropLast().split(separator: " ").map(String.init)
      guard words.first == "按县", words.count > 1 else {
        throw LiveFigure.Unreadable(message: "表应写成 [表 按县 指标代码 指标代码…]。")
      }
      return .table(Array(words.dropFirst()))
    }
    var parts: [Part] = []
    var rest = Substring(line)
    while let open = rest.range(of: "{{") {
      if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
      guard let close = rest[open.upperBound...].range(of: "}}") else {
        throw LiveFigure.Unreadable(message: "“{{”没有对应的“}}”。")
      }
      let inside = Text.trimmed(String(rest[open.upperBound..<close.lowerBound]))
      number += 1
      if inside.hasPrefix("若 ") {
        guard let colon = inside.lastIndex(of: "：") else {
          throw LiveFigure.Unreadable(message: "“{{\(inside)}}”应写成 {{若 公式：文字}}。")
        }
        let formula = Text.trimmed(String(inside[..<colon].dropFirst(2)))
        parts.append(
          .clause(
            LiveFigure(number, "(\(formula)) ? decimal(\"1\") : decimal(\"0\")", .plain, place),
            String(inside[inside.index(after: colon)...])
          )
        )
      } else {
        parts.append(.figure(try LiveFigure.read(inside, number, place)))
      }
      rest = rest[close.upperBound...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return .paragraph(parts)
  }

  // MARK: The city's folder

  /// Reads every template of a city's folder, by name.
  ///
  /// - Parameter folder: the city's folder.
  /// - Returns: the good ones, and what is wrong with the others.
  package static func all(in folder: String) -> (
    templates: [DocumentTemplate], faults: [PlacedProblem]
  ) {
    let place = folder + "/documents"
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [])
      .filter { $0.hasSuffix(".txt") }.sorted()
    var (templates, faults): ([DocumentTemplate], [PlacedProblem]) = ([], [])
    for file in files {
      let path = place + "/" + file
      guard let data = FileManager.default.contents(atPath: path),
        let text = FileText.decoded(Array(data))
      else {
        faults.append(
          PlacedProblem(
            file: path,
            line: nil,
            problem: Problem("PUB-E-001", "", "读不出这个文件，请存成 UTF-8 文本。")
          )
        )
        continue
      }
      let (template, told) = read(String(file.dropLast(4)), path, text)
      if let template { templates.append(template) }
      faults += told
    }
    return (templates, faults)
  }
}

extension DocumentTemplate {
  /// The hash of the template's text: its version.
  package var hash: String { Hex.encode(HashAlgorithm.sha256.hash(Array(source.utf8))) }
}

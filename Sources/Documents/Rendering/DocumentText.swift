import Calendar

extension PublishedDocument {
  /// The lines of the document as plain text, in the order of the printed page.
  package var plainText: String {
    var lines = [organ, "", documentNumber]
    if let replyType { lines.append("答复类型：\(replyType.letter)") }
    lines += ["", title, "", addressee.isEmpty ? "" : addressee + "："]
    lines += paragraphs.map { $0.contains("\t") ? $0 : "　　" + $0 }
    lines += ["", "　　　　" + organ, "　　　　" + (signDate?.sentence ?? ""), ""]
    if let disclosure { lines.append("　　（此件\(disclosure.label)）") }
    if !copies.isEmpty { lines += ["", "抄送：\(copies.joined(separator: "、"))。"] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The paragraphs of the body.
  package var paragraphs: [String] {
    body.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
  }
}

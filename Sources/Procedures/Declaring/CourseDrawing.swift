import Values

extension Course {
  /// The procedure as a drawing: its steps one below the other, moves forward at the right, back at the left.
  ///
  /// - Parameter here: the step a case is at; none when empty.
  /// - Returns: an SVG of text and lines, without style of its own.
  package func drawing(here: String = "") -> String {
    let (width, row) = (620, 64)
    let places = Dictionary(
      steps.enumerated().map { ($0.element.code, $0.offset) },
      uniquingKeysWith: { first, _ in first }
    )
    var output =
      "<svg class=\"course\" viewBox=\"0 0 \(width) \(steps.count * row + 10)\" role=\"img\" aria-label=\"\(Self.escaped(procedure.title))的环节和走向\">"
    for (index, step) in steps.enumerated() {
      let y = index * row + 10
      let kind = step.code == here ? "here" : step.isEnd == true ? "end" : "step"
      output +=
        "<rect class=\"course-\(kind)\" x=\"220\" y=\"\(y)\" width=\"180\" height=\"40\" rx=\"3\"/>"
      output +=
        "<text x=\"310\" y=\"\(y + 18)\" text-anchor=\"middle\">\(Self.escaped(step.label))</text>"
      let told = [
        step.waitsFor?.label, step.days.map { "\($0) \(step.dayKind?.label ?? "")" },
        step.signing == Signing.none ? nil : step.signing?.label,
      ].compactMap { $0 }.joined(separator: "，")
      output +=
        "<text class=\"course-small\" x=\"310\" y=\"\(y + 33)\" text-anchor=\"middle\">\(Self.escaped(told))</text>"
    }
    var lanes = (left: 0, right: 0)
    for move in moves {
      guard let from = places[move.from], let to = places[move.to] else { continue }
      let (start, end) = (from * row + 30, to * row + 30)
      if to == from + 1 {
        output +=
          "<path class=\"course-move\" d=\"M310 \(start + 20) V\(end - 20) m-4 -7 l4 7 l4 -7\"/>"
        output +=
          "<text class=\"course-small\" x=\"316\" y=\"\(start + 36)\">\(Self.escaped(move.label))</text>"
      } else if to > from {
        let x = 430 + lanes.right * 44
        lanes.right += 1
        output +=
          "<path class=\"course-move\" d=\"M400 \(start) H\(x) V\(end) H401 m7 -4 l-7 4 l7 4\"/>"
        output +=
          "<text class=\"course-small\" x=\"\(x + 4)\" y=\"\(start + 14)\">\(Self.escaped(move.label))</text>"
      } else {
        let x = 190 - lanes.left * 44
        lanes.left += 1
        output +=
          "<path class=\"course-move\" d=\"M220 \(start) H\(x) V\(end) H219 m-7 -4 l7 4 l-7 4\"/>"
        output +=
          "<text class=\"course-small\" x=\"\(x - 4)\" y=\"\(start - 4)\" text-anchor=\"end\">\(Self.escaped(move.label))</text>"
      }
    }
    return output + "</svg>"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}

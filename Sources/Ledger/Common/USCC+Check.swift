package import Values

extension USCC {
  /// What is wrong with a code, in the words of `registry.md` §5.1; nothing for an empty one.
  ///
  /// - Parameters:
  ///   - text: the code, normalised.
  ///   - field: the field it stands in.
  /// - Returns: the problems, none for a sound code.
  package static func check(_ text: String, field: String) -> [Problem] {
    guard !text.isEmpty else { return [] }
    switch USCC(text).verdict {
    case .valid: return []
    case .legacy(let expected):
      return [
        Problem(
          "REG-W-012",
          field,
          "第 18 位按标准应为 \(expected)，但这属于标准实施前发放的旧码，依法有效；请附营业执照，由主管人员确认。"
        )
      ]
    case .wrongLength(let length):
      return [Problem("REG-E-011", field, "统一社会信用代码应为 18 位，您填的是 \(length) 位。请对照营业执照核对。")]
    case .forbidden(let places):
      let words = places.map { place in
        let hint = place.likely.map { "，可能是 \($0)" } ?? ""
        return "第 \(place.position) 位的 \(place.found)\(hint)"
      }
      return [
        Problem(
          "REG-E-013",
          field,
          "统一社会信用代码不用 I、O、S、V、Z 和其他符号：\(words.joined(separator: "；"))。请对照营业执照核对。"
        )
      ]
    case .wrongCheck(let expected, let found):
      return [
        Problem(
          "REG-E-011",
          field,
          "统一社会信用代码校验位不对：您填的是 …\(found)，按前 17 位应为 …\(expected)。请对照营业执照核对。"
        )
      ]
    case .mangledNumber:
      return [
        Problem("REG-I-061", field, "代码被表格软件变成了科学计数（\(text)），请把该列设为文本格式后重新填写。"),
        Problem("REG-E-011", field, "统一社会信用代码应为 18 位，请重新填写。"),
      ]
    }
  }
}

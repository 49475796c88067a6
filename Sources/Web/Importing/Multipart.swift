import Foundation

/// A form with files, as browsers send it (RFC 7578), lying in a file of its own.
enum Multipart {
  /// What a form holds: its plain fields, and where its file lies now.
  struct Form {
    var fields: [String: String] = [:]
    /// The name the file has on the sender's machine; empty when none was chosen.
    var fileName = ""
    /// Where the file was put; `nil` when none was chosen.
    var path: String?
  }

  /// Takes a form apart; the file is written beside the form.
  ///
  /// - Parameters:
  ///   - path: where the form lies.
  ///   - type: the content type it came with, which names the boundary.
  /// - Returns: `nil` when it is no such form.
  /// - Throws: when the file can't be written.
  static func read(_ path: String, type: String) throws -> Form? {
    guard let start = type.firstRange(of: "boundary=") else { return nil }
    var boundary = String(type[start.upperBound...].prefix { $0 != ";" })
    boundary = boundary.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
    guard !boundary.isEmpty else { return nil }
    // Mapped, not read: the form may be large.
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    let mark = Data("--\(boundary)".utf8)
    var form = Form()
    guard var place = data.range(of: mark)?.upperBound else { return nil }
    while let end = data.range(of: Data("\r\n".utf8) + mark, in: place..<data.endIndex) {
      defer { place = end.upperBound }
      guard let blank = data.range(of: Data("\r\n\r\n".utf8), in: place..<end.lowerBound) else {
        continue
      }
      let head = String(decoding: data[place..<blank.lowerBound], as: UTF8.self)
      let body = data[blank.upperBound..<end.lowerBound]
      guard let name = parameter("name", of: head) else { continue }
      if let fileName = parameter("filename", of: head) {
        guard !fileName.isEmpty else { continue }
        form.fileName = String(fileName.split(whereSeparator: { "/\\".contains($0) }).last ?? "")
        let target = path + ".file"
        try body.write(to: URL(fileURLWithPath: target))
        form.path = target
      } else {
        form.fields[name] = String(decoding: body, as: UTF8.self)
      }
    }
    return form
  }

  private static func parameter(_ name: String, of head: String) -> String? {
    guard let start = head.firstRange(of: "; \(name)=\"") else { return nil }
    let value = head[start.upperBound...].prefix { $0 != "\"" && $0 != "\r" }
    return String(value).replacing("%22", with: "\"")
  }
}

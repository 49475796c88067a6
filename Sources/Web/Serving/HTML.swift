import Mustache

/// A part of a page already in HTML; a template prints it with three braces.
///
/// Lists have thousands of cells: what is long is written here, what is said stays in templates.
struct HTML: MustacheCustomRenderable, Sendable {
  /// The HTML.
  private(set) var text = ""

  var renderText: String { text }
  var isNull: Bool { text.isEmpty }

  /// Puts markup in as it stands; only what this program wrote itself.
  mutating func mark(_ markup: StaticString) {
    markup.withUTF8Buffer { text += String(decoding: $0, as: UTF8.self) }
  }

  /// Puts a text in, escaped.
  mutating func say(_ words: String) {
    var words = words
    words.withUTF8 { bytes in
      var start = 0
      for index in bytes.indices {
        let escaped: StaticString
        switch bytes[index] {
        case UInt8(ascii: "&"): escaped = "&amp;"
        case UInt8(ascii: "<"): escaped = "&lt;"
        case UInt8(ascii: ">"): escaped = "&gt;"
        case UInt8(ascii: "\""): escaped = "&quot;"
        case UInt8(ascii: "'"): escaped = "&#39;"
        default: continue
        }
        text += String(decoding: bytes[start..<index], as: UTF8.self)
        mark(escaped)
        start = index + 1
      }
      text += String(decoding: bytes[start...], as: UTF8.self)
    }
  }

  /// Puts other HTML in.
  mutating func add(_ other: HTML) { text += other.text }

  /// Puts an attribute in, unless it has no value.
  mutating func attribute(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    mark(" ")
    mark(name)
    mark("=\"")
    say(value)
    mark("\"")
  }

  /// Puts a text in, linked when there is an address.
  mutating func link(_ words: String, _ address: String?) {
    guard let address else { return say(words) }
    mark("<a")
    attribute("href", address)
    mark(">")
    say(words)
    mark("</a>")
  }

  /// The options of a select.
  static func options(_ options: [(value: String, text: String)], chosen: String) -> HTML {
    var html = HTML()
    for option in options {
      html.mark("<option")
      html.attribute("value", option.value)
      if option.value == chosen { html.mark(" selected") }
      html.mark(">")
      html.say(option.text)
      html.mark("</option>")
    }
    return html
  }
}

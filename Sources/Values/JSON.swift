internal import FoundationEssentials

/// A JSON value, with object members in order, written by hand because that is the hot path.
package enum JSON: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A whole number.
  case integer(Int)
  /// A number with a fraction, in its decimal form.
  case number(String)
  /// A text.
  case string(String)
  /// A list.
  case array([JSON])
  /// Named members, in order.
  case object([Member])

  /// One member of an object.
  package struct Member: Hashable, Sendable {
    /// The name.
    package var name: String
    /// The value.
    package var value: JSON

    /// Makes a member.
    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// A text that should be JSON and is not; the reader does not say where.
  package struct Malformed: Error, Hashable, Sendable {}

  /// Reads a text.
  ///
  /// - Throws: `Malformed` when it is not JSON.
  package init(parsing bytes: some Sequence<UInt8>) throws(Malformed) {
    do {
      self = try JSONDecoder().decode(Decoded.self, from: Data(bytes)).json
    } catch {
      throw Malformed()
    }
  }

  /// Makes an object of named members.
  package static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .object(members.map { Member($0.key, $0.value) })
  }

  /// The member of an object by its name.
  package subscript(_ name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text, or `nil` when it is none.
  package var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The elements of a list, or `nil`.
  package var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  /// The members of an object, or `nil`.
  package var members: [Member]? { if case .object(let members) = self { members } else { nil } }

  /// The text of the value, without blanks.
  package var text: String {
    var output = ""
    write(to: &output)
    return output
  }

  /// Appends the text of the value.
  package func write(to output: inout String) {
    switch self {
    case .null: output += "null"
    case .boolean(let truth): output += truth ? "true" : "false"
    case .integer(let number): output += String(number)
    case .number(let decimal): output += decimal
    case .string(let text): Self.quote(text, to: &output)
    case .array(let elements):
      output += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { output += "," }
        element.write(to: &output)
      }
      output += "]"
    case .object(let members):
      output += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { output += "," }
        Self.quote(member.name, to: &output)
        output += ":"
        member.value.write(to: &output)
      }
      output += "}"
    }
  }

  private static func quote(_ text: String, to output: inout String) {
    output += "\""
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
      output += text
    } else {
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": output += "\\\""
        case "\\": output += "\\\\"
        case "\n": output += "\\n"
        case "\r": output += "\\r"
        case "\t": output += "\\t"
        case let control where control.value < 0x20:
          let hex = String(control.value, radix: 16)
          output += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: output.unicodeScalars.append(scalar)
        }
      }
    }
    output += "\""
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
}

private struct Decoded: Decodable {
  let json: JSON

  struct Name: CodingKey {
    let stringValue: String
    init(stringValue: String) { self.stringValue = stringValue }
    var intValue: Int? { nil }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Name.self) {
      json = .object(
        try container.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
          JSON.Member($0.stringValue, try container.decode(Decoded.self, forKey: $0).json)
        }
      )
    } else if var container = try? decoder.unkeyedContainer() {
      var elements: [JSON] = []
      while !container.isAtEnd { elements.append(try container.decode(Decoded.self).json) }
      json = .array(elements)
    } else {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        json = .null
      } else if let truth = try? container.decode(Bool.self) {
        json = .boolean(truth)
      } else if let number = try? container.decode(Int.self) {
        json = .integer(number)
      } else if let number = try? container.decode(Decimal.self) {
        json = .number("\(number)")
      } else {
        json = .string(try container.decode(String.self))
      }
    }
  }
}

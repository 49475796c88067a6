import Calendar
import Foundation
package import Values

/// A value in the JSON form of `cel.expr.Value`.
struct LineValue: Decodable {
  let value: RuleValue

  private enum Name: String, CodingKey {
    case nullValue, boolValue, int64Value, uint64Value, doubleValue, stringValue, bytesValue
    case listValue, mapValue, typeValue, objectValue, optionalValue
  }

  private struct Elements: Decodable { var values: [LineValue]? }

  private struct Entries: Decodable {
    struct Entry: Decodable { var key: LineValue; var value: LineValue? }
    var entries: [Entry]?
  }

  private struct Object: Decodable {
    let type: String
    let value: String

    enum Name: String, CodingKey { case type = "@type", value }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      type = try container.decode(String.self, forKey: .type)
      value = try container.decodeIfPresent(String.self, forKey: .value) ?? ""
    }
  }

  private struct Optional: Decodable { var value: LineValue? }

  /// A whole number, as a number or, as JSON has no large ones, as a text.
  private struct Whole<Number: FixedWidthInteger & Decodable & Sendable>: Decodable {
    let number: Number

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Number.self) {
        self.number = number
      } else if let number = Number(try container.decode(String.self)) {
        self.number = number
      } else {
        throw wrong(decoder, "no whole number")
      }
    }
  }

  private static func wrong(_ decoder: any Decoder, _ text: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: text))
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    guard let name = container.allKeys.first, container.allKeys.count == 1 else {
      throw Self.wrong(decoder, "one member wanted")
    }
    switch name {
    case .nullValue: value = .null
    case .boolValue: value = .bool(try container.decode(Bool.self, forKey: name))
    case .int64Value: value = .int(try container.decode(Whole<Int64>.self, forKey: name).number)
    case .uint64Value: value = .uint(try container.decode(Whole<UInt64>.self, forKey: name).number)
    case .doubleValue:
      if let number = try? container.decode(Double.self, forKey: name) {
        value = .double(number)
      } else {
        switch try container.decode(String.self, forKey: name) {
        case "NaN": value = .double(.nan)
        case "Infinity": value = .double(.infinity)
        case "-Infinity": value = .double(-.infinity)
        case let text:
          guard let number = Double(text) else { throw Self.wrong(decoder, "no number") }
          value = .double(number)
        }
      }
    case .stringValue: value = .string(try container.decode(String.self, forKey: name))
    case .bytesValue:
      let text = try container.decode(String.self, forKey: name)
      let plain = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
      let padding = String(repeating: "=", count: (4 - plain.count % 4) % 4)
      guard let data = Data(base64Encoded: String(plain) + padding) else {
        throw Self.wrong(decoder, "no base64")
      }
      value = .bytes(Array(data))
    case .listValue:
      let elements = try container.decode(Elements.self, forKey: name).values ?? []
      value = .list(elements.map(\.value))
    case .mapValue:
      var map = RuleMap()
      for entry in try container.decode(Entries.self, forKey: name).entries ?? [] {
        guard map.add(entry.key.value, entry.value?.value ?? .null) == nil else {
          throw Self.wrong(decoder, "no key")
        }
      }
      value = .map(map)
    case .typeValue: value = .type(try container.decode(String.self, forKey: name))
    case .optionalValue:
      value = .optional(
        RuleOptional(try container.decode(Optional.self, forKey: name).value?.value)
      )
    case .objectValue:
      let object = try container.decode(Object.self, forKey: name)
      guard let found = Self.object(object) else { throw Self.wrong(decoder, "no such object") }
      value = found
    }
  }

  private static func object(_ object: Object) -> RuleValue? {
    let text = object.value
    switch object.type.split(separator: "/").last.map(String.init) {
    case "google.protobuf.Timestamp":
      guard let moment = Moment.timestamp(text), Moment.timestamps.contains(moment) else {
        return nil
      }
      return .timestamp(moment)
    case "google.protobuf.Duration":
      guard text.hasSuffix("s"), let length = Moment.duration(text),
        Moment.durations.contains(length)
      else { return nil }
      return .duration(length)
    case "Decimal": return Exact(text).map(RuleValue.decimal)
    case "Date": return CivilDate(text).map(RuleValue.date)
    default: return nil
    }
  }
}

extension RuleValue {
  /// The value in the JSON form of `cel.expr.Value`; `nil` for one that has none.
  package var lineJSON: JSON? {
    switch self {
    case .null: return .object(["nullValue": .null])
    case .bool(let truth): return .object(["boolValue": .boolean(truth)])
    case .int(let number): return .object(["int64Value": .string(String(number))])
    case .uint(let number): return .object(["uint64Value": .string(String(number))])
    case .double(let number): return .object(["doubleValue": Self.json(number)])
    case .string(let text): return .object(["stringValue": .string(text)])
    case .bytes(let bytes):
      return .object(["bytesValue": .string(Data(bytes).base64EncodedString())])
    case .type(let name): return .object(["typeValue": .string(name)])
    case .list(let elements):
      var values: [JSON] = []
      for element in elements {
        guard let json = element.lineJSON else { return nil }
        values.append(json)
      }
      return .object(["listValue": .object(["values": .array(values)])])
    case .map, .record:
      let map = entries
      var members: [JSON] = []
      for (key, value) in zip(map.keys, map.values) {
        guard let key = key.lineJSON, let value = value.lineJSON else { return nil }
        members.append(.object(["key": key, "value": value]))
      }
      return .object(["mapValue": .object(["entries": .array(members)])])
    case .timestamp(let moment):
      return Self.json(
        "type.googleapis.com/google.protobuf.Timestamp",
        Moment.text(timestamp: moment)
      )
    case .duration(let length):
      return Self.json(
        "type.googleapis.com/google.protobuf.Duration",
        Moment.text(duration: length)
      )
    case .decimal(let exact): return Self.json("citong/Decimal", exact.description)
    case .date(let date): return Self.json("citong/Date", date.description)
    case .optional(let optional):
      guard let value = optional.value else { return .object(["optionalValue": .object([:])]) }
      return value.lineJSON.map { .object(["optionalValue": .object(["value": $0])]) }
    case .failure: return nil
    }
  }

  private static func json(_ type: String, _ value: String) -> JSON {
    .object(["objectValue": .object(["@type": .string(type), "value": .string(value)])])
  }

  private static func json(_ number: Double) -> JSON {
    if number.isNaN { return .string("NaN") }
    if number.isInfinite { return .string(number < 0 ? "-Infinity" : "Infinity") }
    return .number(number.description)
  }
}

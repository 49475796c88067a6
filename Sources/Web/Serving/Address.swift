import Indicators
import Values

/// Every address of the site; nobody else puts one together.
enum Address {
  static let home = "/"
  static let figures = "/figures"
  static let kinds = "/kinds"
  static let search = "/search"
  static let needs = "/desk/need"

  static func figure(_ code: String) -> String { "/figure/\(encoded(code))" }
  static let board = "/board"
  /// What an address says of a place; nothing of the city.
  static func place(_ place: IndicatorPlace) -> [(String, String)] {
    place == .city ? [] : [("place", "\(place.level.rawValue):\(place.code)")]
  }
  static func list(_ kind: String, _ door: Door) -> String { "\(door.base)/\(kind)" }
  static func record(_ kind: String, _ id: String, _ door: Door) -> String {
    "\(door.base)/\(kind)/\(encoded(id))"
  }
  static func edit(_ kind: String, _ id: String) -> String { "/desk/\(kind)/\(encoded(id))/edit" }
  static func new(_ kind: String) -> String { "/desk/\(kind)/new" }
  static func match(_ id: String, _ door: Door) -> String { "\(door.base)/match/\(encoded(id))" }
  static func api(_ kind: String, _ door: Door) -> String {
    door == .desk ? "/api/\(kind)" : "/api/public/\(kind)"
  }
  static func download(_ kind: String, _ format: String, _ door: Door) -> String {
    "\(door.base)/\(kind).\(format)"
  }

  static let imports = "/desk/import"
  static func importJob(_ id: String) -> String { "/desk/import/\(encoded(id))" }
  static func returned(_ id: String) -> String { "/desk/import/\(encoded(id))/returned.xlsx" }
  static func undo(_ run: Int) -> String { "/desk/import/run/\(run)/undo" }
  static let reference = "/reference"
  static let privacy = "/privacy"
  static func reference(_ kind: String) -> String { "/reference/\(kind)" }
  static func link(_ code: String) -> String { "/link/\(encoded(code))" }
  static let quality = "/desk/quality"
  static func duplicates(_ kind: String) -> String { "/desk/\(kind)/duplicates" }
  static func merge(_ kind: String) -> String { "/desk/\(kind)/merge" }
  static func confirm(_ kind: String, _ id: String) -> String {
    "/desk/\(kind)/\(encoded(id))/confirm"
  }
  static func succeed(_ kind: String, _ id: String) -> String {
    "/desk/\(kind)/\(encoded(id))/succeed"
  }
  static func bulk(_ kind: String) -> String { "/desk/\(kind)/bulk" }
  static func views(_ kind: String) -> String { "/desk/\(kind)/views" }
  static func template(_ kind: String) -> String { "/desk/\(kind)/template.xlsx" }
  static func history(_ kind: String, _ id: String) -> String {
    "/desk/\(kind)/\(encoded(id))/history"
  }

  /// An address with a query; parts without a value are left out.
  static func with(_ address: String, _ query: [(String, String)]) -> String {
    let parts = query.filter { !$0.1.isEmpty }.map { "\(encoded($0.0))=\(encoded($0.1))" }
    return parts.isEmpty ? address : address + "?" + parts.joined(separator: "&")
  }

  /// A text as it stands in an address.
  static func encoded(_ text: String) -> String {
    var output = ""
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126:
        output.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        output += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
    return output
  }
}

/// The two ways in: the public pages and the officer's desk.
enum Door: Sendable {
  case `public`, desk

  var base: String { self == .desk ? "/desk" : "" }
}

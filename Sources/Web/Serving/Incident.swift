import Foundation

/// What went wrong and is nobody's doing: told by a number, noted for who runs the site.
enum Incident {
  /// Notes an error on standard error.
  ///
  /// - Parameters:
  ///   - error: the error.
  ///   - place: what was being done.
  /// - Returns: what the visitor is told: a number and nothing of the inside.
  static func note(_ error: any Error, _ place: String) -> String {
    let number = String(UInt32.random(in: .min ... .max), radix: 36).uppercased()
    // One line, whatever an address held.
    let plain = place.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }
    FileHandle.standardError.write(
      Data("CIT-E-070 事故 \(number)：\(plain.joined())：\(error)\n".utf8)
    )
    return "出了意外，没有做完。事故编号 \(number)，请告诉维护人员。"
  }
}

import Foundation
import Testing

/// Mustache prints nothing for a name nobody supplies, so the names are held against the sources.
@Suite struct TemplateTests {
  private static let web = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/Web")

  private func files(_ folder: URL, _ suffix: String) throws -> [(name: String, text: String)] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return try (found?.compactMap { $0 as? URL } ?? []).filter {
      $0.lastPathComponent.hasSuffix(suffix)
    }
    .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
  }

  @Test func `every name a template asks for is supplied by some page`() throws {
    let sources = try files(Self.web, ".swift").map(\.text).joined()
    let templates = try files(Self.web.appendingPathComponent("Templates"), ".mustache")
    #expect(templates.count >= 10)
    for template in templates {
      for match in template.text.matches(of: /\{\{\{?[#^]?\.?([A-Za-z]+)\}?\}\}/) {
        let isSupplied = sources.contains("\"\(match.1)\"")
        #expect(isSupplied, "\(template.name): \(match.1)")
      }
    }
  }

  @Test func `every partial and template named exists`() throws {
    let templates = try files(Self.web.appendingPathComponent("Templates"), ".mustache")
    let names = Set(templates.map { String($0.name.dropLast(".mustache".count)) })
    for template in templates {
      for match in template.text.matches(of: /\{\{[<>]([a-z-]+)\}\}/) {
        #expect(names.contains(String(match.1)), "\(template.name): \(match.1)")
      }
    }
    let used = templates.flatMap {
      $0.text.matches(of: /\{\{[<>]([a-z-]+)\}\}/).map { String($0.1) }
    }
    let sources = try files(Self.web, ".swift").map(\.text).joined()
    for name in names where !used.contains(name) {
      let isUsed = sources.contains("\"\(name)\"")
      #expect(isUsed, "\(name).mustache is used by nobody")
    }
  }
}

import Foundation

/// Prints a page to PDF with the machine's Chromium, which sets Chinese type and page margins as browsers do.
enum Printer {
  private static let names = ["chromium", "chromium-browser", "google-chrome"]

  /// Prints a page.
  ///
  /// - Parameters:
  ///   - page: the file of the page; it loads nothing from elsewhere.
  ///   - target: the PDF; what stood there is replaced.
  /// - Throws: `Failure` when there is no Chromium, or it makes no PDF.
  static func print(_ page: URL, to target: URL) throws {
    guard let program = find() else {
      throw Failure(
        "PUB-E-034",
        "没有找到 chromium，PDF 没有生成，其余文件已经写好；请安装 Debian 软件包 chromium 后再来一次。"
      )
    }
    let profile = FileManager.default.temporaryDirectory
      .appendingPathComponent("citong-print-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: profile) }
    try? FileManager.default.removeItem(at: target)
    let process = Process()
    process.executableURL = program
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
      "--user-data-dir=\(profile.path)", "--no-pdf-header-footer",
      "--print-to-pdf=\(target.path)", page.absoluteString,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch {
      throw Failure("PUB-E-034", "chromium 启动不了，PDF 没有生成。")
    }
    process.waitUntilExit()
    guard FileManager.default.fileExists(atPath: target.path) else {
      throw Failure("PUB-E-034", "chromium 没有生成 PDF（退出码 \(process.terminationStatus)）。")
    }
  }

  private static func find() -> URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for name in names {
      for folder in folders {
        let path = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: path) { return URL(fileURLWithPath: path) }
      }
    }
    return nil
  }
}

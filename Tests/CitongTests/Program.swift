import Foundation

/// The built program, to be run as an operator runs it.
struct Program {
  /// What a run left behind.
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// The folder it runs in.
  var folder: String

  /// The program beside the tests, or where a debug build puts it; `nil` when there is none.
  static let path: String? = {
    let folders = [
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
      Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
      repository.appendingPathComponent(".build/debug"),
    ]
    return folders.map { $0.appendingPathComponent("citong").path }.first {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder)
        && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: $0)
    }
  }()

  private static let repository: URL = {
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      let manifest = folder.appendingPathComponent("Package.swift").path
      if FileManager.default.fileExists(atPath: manifest) { break }
      folder = folder.deletingLastPathComponent()
    }
    return folder
  }()

  /// The path of one of the repository's city folders.
  static func city(_ name: String) -> String {
    repository.appendingPathComponent("Cities/" + name).path
  }

  /// Runs a body with the program in an empty folder that is removed afterwards.
  static func inFolder(_ body: (Program) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "citong-command-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(Program(folder: folder))
  }

  /// Writes a file in the folder.
  func write(_ text: String, to name: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  /// Writes bytes to a file in the folder.
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  /// What lies in a folder below the program's, by name.
  func files(in name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + name)) ?? []).sorted()
  }

  /// Runs the program to its end.
  func run(_ arguments: String...) throws -> Result { try run(arguments) }

  /// Runs the program to its end, with settings in the environment.
  func run(_ arguments: [String], with settings: [String: String] = [:]) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.path ?? "citong")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("CITONG_")
    }.merging(settings) { $1 }
    // Files, not pipes: a full pipe would stop the program.
    let outputPath = folder + "/.output"
    let errorsPath = folder + "/.errors"
    _ = FileManager.default.createFile(atPath: outputPath, contents: nil)
    _ = FileManager.default.createFile(atPath: errorsPath, contents: nil)
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
    let errors = try FileHandle(forWritingTo: URL(fileURLWithPath: errorsPath))
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    try output.close()
    try errors.close()
    return Result(
      status: process.terminationStatus,
      output: try String(contentsOfFile: outputPath, encoding: .utf8),
      errors: try String(contentsOfFile: errorsPath, encoding: .utf8)
    )
  }
}

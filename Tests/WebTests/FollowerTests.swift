import Logging
import NIOPosix
import Synchronization
import Testing
import Web

/// A log that keeps its lines.
private struct KeptLog: LogHandler {
  let lines: Lines
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { lines.add("\(event.message)") }
}

private final class Lines: Sendable {
  private let kept = Mutex<[String]>([])
  func add(_ line: String) { kept.withLock { $0.append(line) } }
  var all: [String] { kept.withLock { $0 } }
}

private struct Broken: Error {}

@Suite struct FollowerTests {
  @Test func `a work given up because the server ends is not told as a failure`() async throws {
    let lines = try await log(of: [.init("the first") { throw CancellationError() }])
    #expect(lines.isEmpty)
  }

  @Test func `a work that fails is told, and the next one is done`() async throws {
    let done = Lines()
    let lines = try await log(of: [
      .init("the first") { throw Broken() },
      .init("the second") { done.add("done") },
    ])
    #expect(lines.first == "the first failed: Broken()")
    #expect(done.all.first == "done")
  }

  /// What a follower logs until its last work was begun once.
  private func log(of works: [Follower.Work]) async throws -> [String] {
    let lines = Lines()
    let threads = NIOThreadPool(numberOfThreads: 1)
    threads.start()
    let (begun, tell) = AsyncStream.makeStream(of: Void.self)
    let follower = Follower(
      works + [.init("the last") { tell.yield() }],
      threads: threads,
      logger: Logger(label: "test") { _ in KeptLog(lines: lines) }
    )
    let task = Task { try await follower.run() }
    for await _ in begun { break }
    task.cancel()
    try await task.value
    try await threads.shutdownGracefully()
    return lines.all
  }
}

package import Logging
package import NIOPosix
import ServiceLifecycle

/// Does small works once a second until the server ends, on threads of its own choosing.
///
/// A work that fails is told in the log and done again a second later; one that is given up because
/// the server ends has not failed.
package struct Follower: Service {
  /// Something done again and again.
  package struct Work: Sendable {
    let name: String
    let run: @Sendable () throws -> Void

    /// Names a work.
    ///
    /// - Parameters:
    ///   - name: what is being done, for the log.
    ///   - run: does it.
    package init(_ name: String, run: @escaping @Sendable () throws -> Void) {
      self.name = name
      self.run = run
    }
  }

  private let works: [Work]
  private let threads: NIOThreadPool
  private let logger: Logger

  /// Makes a follower.
  ///
  /// - Parameters:
  ///   - works: what is done, in this order.
  ///   - threads: where.
  ///   - logger: takes what fails.
  package init(_ works: [Work], threads: NIOThreadPool, logger: Logger) {
    self.works = works
    self.threads = threads
    self.logger = logger
  }

  /// Works until the server ends or the task is cancelled.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        for work in works { await perform(work) }
        do { try await Task.sleep(for: .seconds(1)) } catch { return }
      }
    }
  }

  private func perform(_ work: Work) async {
    do {
      try await threads.runIfActive { try work.run() }
    } catch is CancellationError {
      // The server ends.
    } catch {
      logger.error("\(work.name) failed: \(error)")
    }
  }
}

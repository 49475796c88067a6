import Foundation
import Synchronization

/// Hands pieces from the thread that makes them to the task that sends them; the thread waits while
/// four are on the way.
final class PieceChannel: Sendable {
  struct Left: Error {}

  let pieces: AsyncStream<String>
  private let sender: AsyncStream<String>.Continuation
  // Made empty: one that is let go below what it was made with ends the process.
  private let room = DispatchSemaphore(value: 0)
  private let hasLeft = Mutex(false)

  /// How long a listener may take for a piece of 64 KB before they count as gone.
  private static let patience = 60

  init() {
    (pieces, sender) = AsyncStream.makeStream()
    for _ in 0..<4 { room.signal() }
  }

  func put(_ piece: String) throws {
    guard room.wait(timeout: .now() + .seconds(Self.patience)) == .success,
      !hasLeft.withLock({ $0 })
    else { throw Left() }
    sender.yield(piece)
  }

  func took() { room.signal() }

  func leave() {
    hasLeft.withLock { $0 = true }
    room.signal()
  }

  func end() { sender.finish() }
}

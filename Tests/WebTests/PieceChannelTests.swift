import Testing

@testable import Web

/// What hands pieces of a long answer from the thread that makes them to the one that sends them.
@Suite struct PieceChannelTests {
  @Test func `a channel nobody read to its end is let go without harm`() throws {
    for taken in 0...4 {
      let channel = PieceChannel()
      for number in 0..<4 { try channel.put("\(number)") }
      for _ in 0..<taken { channel.took() }
      channel.leave()
      #expect(throws: PieceChannel.Left.self) { try channel.put("more") }
    }
  }

  @Test func `pieces come in their order until the end`() async throws {
    let channel = PieceChannel()
    for number in 0..<4 { try channel.put("\(number)") }
    channel.end()
    var pieces: [String] = []
    for await piece in channel.pieces {
      pieces.append(piece)
      channel.took()
    }
    #expect(pieces == ["0", "1", "2", "3"])
  }
}

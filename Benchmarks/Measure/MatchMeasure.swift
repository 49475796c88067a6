import Exchange
import Records
import Values

/// Measures how long an item handed in waits for its candidates.
struct MatchMeasure {
  private let desk: MatchDesk
  private let ground: ItemRegister

  private static let warmUp = 50
  private static let count = 1_000

  /// Makes a measurement over a filled index.
  init(_ ground: ItemRegister, _ index: MatchIndex) {
    self.ground = ground
    desk = MatchDesk(ground.register, city: ground.city, index: index)
  }

  /// Asks items, by turns as poor as a title and with program codes, each from JSON text to JSON text.
  func run() throws -> JSON {
    var maker = ItemMaker(try ItemGround(ground), seed: 1_000)
    for number in 0..<Self.warmUp {
      _ = try desk.answer(maker.asked(isPoor: number % 2 == 0).text.utf8, most: 20).text
    }
    var (poor, rich) = (Times(), Times())
    var (errors, empty) = (0, 0)
    for number in 0..<Self.count {
      let isPoor = number % 2 == 0
      let asked = maker.asked(isPoor: isPoor).text
      let answer: JSON
      if isPoor {
        answer = try poor.note { try give(asked) }
      } else {
        answer = try rich.note { try give(asked) }
      }
      if answer["error"] != nil { errors += 1 }
      if answer["candidates"]?.array?.isEmpty == true { empty += 1 }
    }
    var all = poor
    all.add(rich)
    return .object([
      "all": all.json, "titleOnly": poor.json, "withPrograms": rich.json,
      "errors": .integer(errors), "empty": .integer(empty),
    ])
  }

  private func give(_ asked: String) throws -> JSON {
    let answer = try desk.answer(asked.utf8, most: 20)
    // Whoever asks gets text, so writing it belongs to the wait.
    _ = answer.text
    return answer
  }
}

/// Measures how long one written item takes to be in the index.
struct ChangeMeasure {
  private let ground: ItemRegister
  private let index: MatchIndex

  private static let count = 30

  /// Makes a measurement over a filled index.
  init(_ ground: ItemRegister, _ index: MatchIndex) {
    self.ground = ground
    self.index = index
  }

  /// Writes items one by one, each followed by the index.
  func run() throws -> JSON {
    var maker = ItemMaker(try ItemGround(ground), seed: 30)
    var (saving, following) = (Times(), Times())
    for _ in 0..<Self.count {
      let draft = Draft(maker.item())
      _ = try saving.note {
        try ground.register.save(ground.kind, draft, by: ItemRegister.actor)
      }
      _ = try following.note { try index.catchUp() }
    }
    return .object(["save": saving.json, "catchUp": following.json])
  }
}

/// A sentence with open places, written as `招{岗位}{人数}名`.
struct Wording: ExpressibleByStringLiteral {
  /// A part of a wording.
  enum Piece {
    /// As it stands.
    case text(String)
    /// The name of the program.
    case program
    /// The name of the job.
    case job
    /// A skill of the program.
    case skill
    /// The county.
    case place
    /// How many.
    case count
    /// Yuan a month.
    case pay
    /// A number of months.
    case months
  }

  /// The parts, in order.
  let pieces: [Piece]

  init(stringLiteral text: String) {
    var pieces: [Piece] = []
    for part in text.split(separator: "{") {
      guard let end = part.firstIndex(of: "}") else {
        pieces.append(.text(String(part)))
        continue
      }
      switch part[..<end] {
      case "专业": pieces.append(.program)
      case "岗位": pieces.append(.job)
      case "技能": pieces.append(.skill)
      case "县": pieces.append(.place)
      case "人数": pieces.append(.count)
      case "月薪": pieces.append(.pay)
      case "月数": pieces.append(.months)
      default: preconditionFailure("no such place: \(part)")
      }
      let rest = part[part.index(after: end)...]
      if !rest.isEmpty { pieces.append(.text(String(rest))) }
    }
    self.pieces = pieces
  }
}

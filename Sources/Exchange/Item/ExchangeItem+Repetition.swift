import Calendar
import Records
import Values

/// Whether much the same was posted before; see `exchange.md` §12 EXC-W-006.
extension ExchangeItem {
  /// The same owner, kind and programs, an overlapping period, and titles alike by four fifths.
  func checkRepetition(_ surroundings: Surroundings) -> Problem? {
    guard status?.isOpen ?? true else { return nil }
    let former = surroundings.peers.map(Earlier.init).first { earlier in
      earlier.isOpen && earlier.side == side && overlaps(earlier)
        && NearMiss.likeness(title, earlier.title) >= Ratio(4, 5)
    }
    guard let former else { return nil }
    return Problem(
      "EXC-W-006",
      "title",
      "与本单位已有的“\(former.title)”（\(former.id)）很像，时间也没有错开。是同一件事请改那一条，不是请在标题里写出区别。"
    )
  }

  private func overlaps(_ other: Earlier) -> Bool {
    guard let start = periodStart, let end = periodEnd, let otherStart = other.start,
      let otherEnd = other.end
    else { return true }
    return start <= otherEnd && otherStart <= end
  }

  /// What was posted before, as far as it is compared.
  private struct Earlier {
    let id: String
    let title: String
    let side: ItemSide?
    let start: CivilDate?
    let end: CivilDate?
    let isOpen: Bool

    init(_ values: [String: Value]) {
      id = values["itemId"]?.text ?? ""
      title = values["title"]?.text ?? ""
      side = values["side"]?.text.flatMap(ItemSide.init(rawValue:))
      start = values["periodStart"]?.date
      end = values["periodEnd"]?.date
      isOpen = values["status"]?.text.flatMap(ItemStatus.init(rawValue:))?.isOpen ?? true
    }
  }
}

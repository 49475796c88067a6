/// The share of newcomers among what is shown, so that those who are known don't crowd them out.
package enum NewcomerShare {
  /// Moves newcomers up until at least two are among every ten, as far as worthy ones follow.
  ///
  /// Everything else keeps its order; a known item that makes room comes right after its ten.
  /// See `exchange.md` §6.3.
  ///
  /// - Parameters:
  ///   - items: the items, best first.
  ///   - isNewcomer: whether an item's owner is new.
  ///   - isWorthy: whether an item fits well enough to be moved up.
  /// - Returns: the same items, each once.
  package static func applied<Item>(
    to items: [Item],
    isNewcomer: (Item) -> Bool,
    isWorthy: (Item) -> Bool
  ) -> [Item] {
    var items = items
    for start in stride(from: 0, to: items.count, by: 10) {
      let end = min(start + 10, items.count)
      var missing = 2 - items[start..<end].count(where: isNewcomer)
      while missing > 0,
        let next = items[end...].firstIndex(where: { isNewcomer($0) && isWorthy($0) }),
        let last = items[start..<end].lastIndex(where: { !isNewcomer($0) })
      {
        let newcomer = items.remove(at: next)
        let known = items.remove(at: last)
        items.insert(contentsOf: [newcomer, known], at: end - 1)
        missing -= 1
      }
    }
    return items
  }
}

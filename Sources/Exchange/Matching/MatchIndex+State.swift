extension MatchIndex.State {
  mutating func put(_ profile: Profile) {
    let isKnown = places[profile.key]
    let place = isKnown ?? entries.count
    if isKnown == nil {
      entries.append(nil)
      places[profile.key] = place
    } else {
      empty(place)
    }
    entries[place] = MatchIndex.Entry(profile)
    if profile.kind == .program {
      for topic in profile.topics { programs[topic, default: []].put(Int32(place)) }
    } else {
      postings.put(Int32(place))
      for topic in profile.topics where !topic.isWide {
        topics[topic, default: []].put(Int32(place))
      }
    }
    if !profile.ownerID.isEmpty { byOwner[profile.ownerID, default: []].insert(profile.key) }
    if let pay = profile.pay, !profile.payGroup.isEmpty {
      pays[profile.payGroup, default: []].place(pay)
    }
  }

  mutating func remove(_ key: String) {
    if let place = places.removeValue(forKey: key) { empty(place) }
  }

  private mutating func empty(_ place: Int) {
    guard let profile = entries[place]?.profile else { return }
    for topic in profile.topics {
      programs[topic]?.drop(Int32(place))
      topics[topic]?.drop(Int32(place))
    }
    postings.drop(Int32(place))
    byOwner[profile.ownerID]?.remove(profile.key)
    if let pay = profile.pay { pays[profile.payGroup]?.drop(pay) }
    entries[place] = nil
  }
}

extension Array where Element: Comparable {
  /// Puts a place in, keeping the places in order.
  fileprivate mutating func put(_ place: Element) {
    let index = self.index(of: place)
    if index == count || self[index] != place { insert(place, at: index) }
  }

  /// Puts a value in also when there is one like it.
  fileprivate mutating func place(_ value: Element) { insert(value, at: index(of: value)) }

  /// Takes a place out.
  fileprivate mutating func drop(_ place: Element) {
    let index = self.index(of: place)
    if index < count, self[index] == place { remove(at: index) }
  }

  /// Where a place stands or would stand.
  private func index(of place: Element) -> Int {
    var (low, high) = (0, count)
    if let last, last < place { return count }
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// A part of a text index that never changes: flat arrays, one list of postings per pair of
/// neighbouring characters and per single character.
struct Segment: Sendable {
  /// The documents' numbers in the index, by their place here.
  let documents: [Int32]
  /// All normalised texts, one after the other.
  private let texts: [UInt32]
  private let textStarts: [Int32]
  /// Where each list begins, by gram; open addressing.
  private let slots: [Slot]
  private let mask: Int
  private let places: [UInt32]
  private let impacts: [UInt8]
  /// Where the gram first stands in the text of each posting: no term begins before it.
  private let firsts: [UInt16]

  private struct Slot {
    var gram: UInt64
    var start: Int32
    var count: Int32
  }

  /// Builds a segment.
  ///
  /// - Parameter entries: document numbers with normalised texts, in ascending order of numbers.
  init(_ entries: [(document: Int32, text: [UInt32])]) {
    documents = entries.map(\.document)
    var texts: [UInt32] = []
    texts.reserveCapacity(entries.reduce(0) { $0 + $1.text.count })
    var textStarts: [Int32] = [0]
    for entry in entries {
      texts += entry.text
      textStarts.append(Int32(texts.count))
    }
    self.texts = texts
    self.textStarts = textStarts
    let average = max(1, texts.count / max(1, entries.count))
    var counts: [UInt64: Int32] = [:]
    var seen: [UInt64: Seen] = [:]
    for entry in entries {
      Self.tally(entry.text, &seen)
      for gram in seen.keys { counts[gram, default: 0] += 1 }
    }
    var capacity = 16
    while capacity < counts.count * 2 { capacity *= 2 }
    mask = capacity - 1
    var slots = Array(repeating: Slot(gram: 0, start: 0, count: 0), count: capacity)
    var next: Int32 = 0
    for (gram, count) in counts {
      var slot = Self.hash(gram) & (capacity - 1)
      while slots[slot].count > 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = Slot(gram: gram, start: next, count: count)
      next += count
    }
    counts = [:]
    var places = Array(repeating: UInt32(0), count: Int(next))
    var impacts = Array(repeating: UInt8(0), count: Int(next))
    var firsts = Array(repeating: UInt16(0), count: Int(next))
    var filled = Array(repeating: Int32(0), count: capacity)
    for (place, entry) in entries.enumerated() {
      Self.tally(entry.text, &seen)
      let length = 0.25 + 0.75 * Double(entry.text.count) / Double(average)
      for (gram, seen) in seen {
        var slot = Self.hash(gram) & (capacity - 1)
        while slots[slot].gram != gram { slot = (slot + 1) & (capacity - 1) }
        let at = Int(slots[slot].start + filled[slot])
        filled[slot] += 1
        places[at] = UInt32(place)
        firsts[at] = UInt16(min(seen.first, Int(UInt16.max)))
        let frequency = Double(seen.count)
        impacts[at] = UInt8(min(255, 255 * frequency / (frequency + 1.2 * length)))
      }
    }
    self.slots = slots
    self.places = places
    self.impacts = impacts
    self.firsts = firsts
  }

  /// The documents with their normalised texts, to build a larger segment of.
  var entries: [(document: Int32, text: [UInt32])] {
    documents.indices.map { place in
      (documents[place], Array(texts[Int(textStarts[place])..<Int(textStarts[place + 1])]))
    }
  }

  /// How many bytes the segment holds.
  var bytes: Int {
    documents.count * 4 + texts.count * 4 + textStarts.count * 4 + slots.count * 16 + places.count
      * 7
  }

  /// How many documents have a gram.
  func frequency(of gram: UInt64) -> Int { Int(list(gram).count) }

  /// Calls a body with each document that contains a term, and how much the term weighs in it.
  ///
  /// - Parameters:
  ///   - term: a normalised text of at least one character.
  ///   - body: takes the place in this segment and the weight, 1…255.
  func each(containing term: [UInt32], _ body: (Int, Int) -> Void) {
    let grams = Self.grams(of: term)
    let all = grams.map(list)
    let order = all.indices.sorted { all[$0].count < all[$1].count }
    let lists = order.map { all[$0] }
    guard let shortest = lists.first, shortest.count > 0,
      let head = order.firstIndex(of: 0)
    else { return }
    if lists.count == 1 {
      for index in Int(shortest.start)..<Int(shortest.start + shortest.count) {
        let place = Int(places[index])
        if term.count <= 2 || contains(place, term, from: firsts[index]) {
          body(place, Int(impacts[index]))
        }
      }
      return
    }
    var cursors = lists.map { Int($0.start) }
    let ends = lists.map { Int($0.start + $0.count) }
    candidates: while cursors[0] < ends[0] {
      let place = places[cursors[0]]
      var weight = Int(impacts[cursors[0]])
      for number in 1..<lists.count {
        cursors[number] = gallop(from: cursors[number], to: ends[number], reach: place)
        if cursors[number] == ends[number] { break candidates }
        if places[cursors[number]] != place {
          cursors[0] += 1
          continue candidates
        }
        weight += Int(impacts[cursors[number]])
      }
      if term.count <= 2 || contains(Int(place), term, from: firsts[cursors[head]]) {
        body(Int(place), weight / lists.count)
      }
      cursors[0] += 1
    }
  }

  private func gallop(from start: Int, to end: Int, reach place: UInt32) -> Int {
    var low = start
    var step = 1
    var high = start
    while high < end, places[high] < place {
      low = high
      high += step
      step *= 2
    }
    high = min(high, end)
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether a text holds a term at or after an offset.
  private func contains(_ place: Int, _ term: [UInt32], from offset: UInt16) -> Bool {
    let (start, end) = (Int(textStarts[place]) + Int(offset), Int(textStarts[place + 1]))
    // Called for every candidate; plain memory spares the checks of arrays.
    return texts.withUnsafeBufferPointer { texts in
      term.withUnsafeBufferPointer { term in
        let length = term.count
        var at = start
        while at <= end - length {
          var same = 0
          while same < length, texts[at + same] == term[same] { same += 1 }
          if same == length { return true }
          at += 1
        }
        return false
      }
    }
  }

  private func list(_ gram: UInt64) -> (start: Int32, count: Int32) {
    var slot = Self.hash(gram) & mask
    while slots[slot].count > 0 {
      if slots[slot].gram == gram { return (slots[slot].start, slots[slot].count) }
      slot = (slot + 1) & mask
    }
    return (0, 0)
  }

  /// The grams a term is looked up by: its pairs of neighbours, or itself when it is one character.
  static func grams(of term: [UInt32]) -> [UInt64] {
    guard term.count > 1 else { return term.map { UInt64($0) } }
    var grams: [UInt64] = []
    for index in 1..<term.count {
      let gram = UInt64(term[index - 1]) << 32 | UInt64(term[index])
      if !grams.contains(gram) { grams.append(gram) }
    }
    return grams
  }

  /// How often a gram stands in a text, and where first.
  private struct Seen {
    var count = 0
    var first: Int
  }

  private static func tally(_ text: [UInt32], _ seen: inout [UInt64: Seen]) {
    seen.removeAll(keepingCapacity: true)
    for index in text.indices {
      seen[UInt64(text[index]), default: Seen(first: index)].count += 1
      guard index > 0 else { continue }
      let pair = UInt64(text[index - 1]) << 32 | UInt64(text[index])
      seen[pair, default: Seen(first: index - 1)].count += 1
    }
  }

  private static func hash(_ gram: UInt64) -> Int {
    Int(truncatingIfNeeded: (gram &* 0x9E37_79B9_7F4A_7C15) >> 24)
  }
}

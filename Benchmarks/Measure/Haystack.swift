/// Many texts that are searched by looking at every character: slow and plain, to check others by.
struct Haystack {
  private var characters: [UInt32] = []
  private var starts = [0]

  /// Takes in texts, each as its characters.
  init(_ texts: [[UInt32]]) {
    characters.reserveCapacity(texts.reduce(0) { $0 + $1.count })
    for text in texts {
      characters += text
      starts.append(characters.count)
    }
  }

  /// How many characters all texts have.
  var count: Int { characters.count }

  /// How many texts there are.
  var textCount: Int { starts.count - 1 }

  /// The characters of a text.
  subscript(_ place: Int) -> ArraySlice<UInt32> { characters[starts[place]..<starts[place + 1]] }

  /// The places of all texts that hold a run of characters.
  func texts(holding wanted: [UInt32]) -> [Int] {
    guard let first = wanted.first else { return [] }
    var found: [Int] = []
    characters.withUnsafeBufferPointer { characters in
      for place in 0..<textCount {
        let last = starts[place + 1] - wanted.count
        var at = starts[place]
        while at <= last {
          if characters[at] == first, characters[at..<at + wanted.count].elementsEqual(wanted) {
            found.append(place)
            break
          }
          at += 1
        }
      }
    }
    return found
  }
}

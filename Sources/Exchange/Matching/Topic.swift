/// What a profile is about, for finding candidates without looking at every one.
enum Topic: Hashable, Sendable {
  case program(String)
  case `class`(String)
  case category(Int)
  /// The first three parts of an occupation's code.
  case occupations(String)
  case node(String)

  /// Whether so much is about it that it only helps among programs.
  var isWide: Bool {
    if case .category = self { true } else { false }
  }

  /// Narrow ones before wide ones.
  var rank: Int {
    switch self {
    case .program: 0
    case .node: 1
    case .class: 2
    case .occupations: 3
    case .category: 4
    }
  }

  /// The code, to order topics of one rank always alike.
  var name: String {
    switch self {
    case .program(let code), .class(let code), .occupations(let code), .node(let code): code
    case .category(let index): String(index)
    }
  }
}

extension Profile {
  /// What it is about.
  var topics: [Topic] {
    var topics: Set<Topic> = []
    for wish in wishes {
      if let code = wish.code { topics.insert(.program(code)) }
      if let key = wish.classKey { topics.insert(.class(key)) }
      if let category = wish.category { topics.insert(.category(category)) }
    }
    for code in occupations { topics.insert(.occupations(String(code.prefix(7)))) }
    for node in nodes { topics.insert(.node(node)) }
    return Array(topics)
  }
}

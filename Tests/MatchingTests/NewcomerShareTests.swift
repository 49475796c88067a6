import Matching
import Testing

@Suite struct NewcomerShareTests {
  /// Letters stand for known owners, small ones for newcomers, `x` for one that fits too little.
  private func shared(_ letters: String) -> String {
    String(
      NewcomerShare.applied(
        to: Array(letters),
        isNewcomer: { $0.isLowercase },
        isWorthy: { $0 != "x" }
      )
    )
  }

  @Test(arguments: [
    ("", ""), ("ABC", "ABC"), ("ABaCbDEFGHIJ", "ABaCbDEFGHIJ"),
    ("ABCDEFGHIJKab", "ABCDEFGHabIJK"), ("ABCDEFGHIaJKb", "ABCDEFGHabIJK"),
    ("ABCDEFGHIJx", "ABCDEFGHIJx"), ("ABCDEFGHIJKLMNOPQRSTab", "ABCDEFGHabIJKLMNOPQRST"),
    ("ABCDEFGHIJa", "ABCDEFGHIaJ"),
  ])
  func `two of every ten are newcomers where worthy ones follow`(given: String, expected: String) {
    #expect(shared(given) == expected)
  }

  @Test func `nobody is lost and nobody is doubled`() {
    for count in 0...60 {
      let items = Array(0..<count)
      let result = NewcomerShare.applied(
        to: items,
        isNewcomer: { $0 % 7 == 6 },
        isWorthy: { $0 % 2 == 0 }
      )
      #expect(result.sorted() == items)
    }
  }
}

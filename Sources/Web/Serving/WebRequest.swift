import Synchronization
package import Values

/// A request as the pages see it: read completely, free of the network.
package struct WebRequest: Sendable {
  /// The method, in capitals.
  package var method: String
  /// The parts of the path, decoded.
  package var path: [String]
  /// The query, decoded, in order.
  package var query: [(name: String, value: String)]
  /// The body.
  package var body: [UInt8] { didSet { read = ReadForm() } }
  /// The path and query as they were sent.
  package var target: String
  /// The headers that answers depend on, by name in small letters.
  package var headers: [String: String]
  /// Where a body lies that was too large to be held; whoever answers takes it away.
  package var upload: String?
  /// The address on the network it comes from.
  package var address = ""
  /// Whether it came over TLS, ours or that of a proxy we trust.
  package var isSecure = false
  /// The site's own address as the visitor calls it, such as `https://citong.example`.
  package var site = ""
  /// Who it comes from, where that is known already; never told by the network.
  package var visitor: Visitor?

  /// The headers that answers depend on.
  package static let usedHeaders = [
    "content-type", "if-match", "if-none-match", "idempotency-key", "accept", "last-event-id",
    "cookie", "authorization", "user-agent",
  ]

  /// Reads a request target such as `/school?q=海`.
  package init(
    method: String,
    target: String,
    body: [UInt8] = [],
    headers: [String: String] = [:],
    upload: String? = nil
  ) {
    self.headers = headers
    self.upload = upload
    self.method = method
    self.target = target
    self.body = body
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = (halves.first ?? "").split(separator: "/").map { Self.decoded($0, plusIsBlank: false) }
    query = halves.count > 1 ? Self.pairs(halves[1]) : []
  }

  /// The first value of a query name that is not empty.
  package subscript(_ name: String) -> String? {
    query.first { $0.name == name && !$0.value.isEmpty }?.value
  }

  /// The body as a posted form, read when it is first asked for and once only: it may be of megabytes.
  package var form: [(name: String, value: String)] {
    read.pairs.withLock { known in
      if let known { return known }
      let pairs = Self.pairs(Substring(String(decoding: body, as: UTF8.self)))
      known = pairs
      return pairs
    }
  }

  /// What a body reads as, shared by the copies of a request.
  private final class ReadForm: Sendable {
    let pairs = Mutex<[(name: String, value: String)]?>(nil)
  }
  private var read = ReadForm()

  private static func pairs(_ text: Substring) -> [(name: String, value: String)] {
    text.split(separator: "&").map { pair in
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        decoded(halves[0], plusIsBlank: true),
        halves.count > 1 ? decoded(halves[1], plusIsBlank: true) : ""
      )
    }
  }

  private static func decoded(_ text: Substring, plusIsBlank: Bool) -> String {
    let isPlain = !text.utf8.contains(UInt8(ascii: "%"))
    if isPlain, !plusIsBlank || !text.utf8.contains(UInt8(ascii: "+")) { return String(text) }
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(plusIsBlank && byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What goes back.
package struct WebAnswer: Sendable {
  /// The status code.
  package var status = 200
  /// The content type.
  package var type = "text/html; charset=utf-8"
  /// Other headers.
  package var headers: [(String, String)] = []
  /// The body; empty when it is streamed.
  package var body: [UInt8]
  /// Gives the body piece by piece; `nil` for one that is held.
  package var stream: Stream?

  /// A body too large to be held.
  package enum Stream: Sendable {
    /// A file, which goes once it was sent.
    case file(String)
    /// An answer that takes long to make and is given up when nobody waits for it any more.
    case work(@Sendable (_ isWanted: () -> Bool) throws -> WebAnswer)
    /// Pieces as they are made; taking one throws when nobody listens any more.
    case pieces(@Sendable ((String) throws -> Void) throws -> Void)
    /// What has come since a place, asked for again and again: the text, and the place it reaches to.
    case events(@Sendable (Int?) throws -> (text: String, place: Int))
  }

  /// Makes an answer of a file that goes once it was sent.
  package static func file(_ path: String, name: String, type: String) -> WebAnswer {
    var answer = WebAnswer("", type: type)
    answer.stream = .file(path)
    answer.attach(as: name)
    return answer
  }

  /// Answers once some work is done; the work may end with any error when it is not wanted any more.
  package static func work(_ make: @escaping @Sendable (_ isWanted: () -> Bool) throws -> WebAnswer)
    -> WebAnswer
  {
    var answer = WebAnswer("")
    answer.stream = .work(make)
    return answer
  }

  /// Makes an answer of pieces.
  package static func pieces(
    type: String,
    _ give: @escaping @Sendable ((String) throws -> Void) throws -> Void
  ) -> WebAnswer {
    var answer = WebAnswer("", type: type)
    answer.stream = .pieces(give)
    return answer
  }

  /// Has the answer saved under a name.
  package mutating func attach(as name: String) {
    headers.append(
      ("Content-Disposition", "attachment; filename*=UTF-8\'\'\(Address.encoded(name))")
    )
  }

  /// Makes an answer of text.
  package init(_ text: String, status: Int = 200, type: String = "text/html; charset=utf-8") {
    body = Array(text.utf8)
    self.status = status
    self.type = type
  }

  /// An answer in JSON.
  package static func json(_ json: JSON, status: Int = 200) -> WebAnswer {
    WebAnswer(json.text + "\n", status: status, type: "application/json; charset=utf-8")
  }

  /// Problems over the API, RFC 9457.
  package static func problem(
    _ title: String,
    status: Int,
    _ problems: [Problem] = [],
    extra: [JSON.Member] = []
  ) -> WebAnswer {
    let rows = problems.map {
      JSON.object([
        "code": .string($0.code), "field": .string($0.path), "message": .string($0.message),
      ])
    }
    var members: [JSON.Member] = [
      .init("type", .string("about:blank")), .init("title", .string(title)),
      .init("status", .integer(status)), .init("problems", .array(rows)),
    ]
    members += extra
    return WebAnswer(
      JSON.object(members).text + "\n",
      status: status,
      type: "application/problem+json; charset=utf-8"
    )
  }

  /// Sends the reader on to one of our own addresses.
  package static func seeOther(_ address: String) -> WebAnswer {
    var answer = WebAnswer("", status: 303)
    answer.headers.append(("Location", address))
    return answer
  }
}

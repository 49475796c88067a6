package import Calendar
package import Records
package import Values

/// One file somebody handed in to be taken into the register, and how far it is.
package struct ImportJob: Sendable {
  /// Where a job stands.
  package enum State: String, Sendable {
    /// Its file is looked at; nothing is written.
    case checking
    /// What would happen is known.
    case checked
    /// Its rows are written.
    case committing
    /// Its rows are in, as far as they were good.
    case done
    /// Somebody gave it up.
    case cancelled
    /// Something went wrong; nothing was written.
    case failed

    /// Whether work is going on or due.
    package var isBusy: Bool { self == .checking || self == .committing }

    /// What users read.
    package var label: String {
      switch self {
      case .checking: "正在检查"
      case .checked: "已检查，等你决定"
      case .committing: "正在入库"
      case .done: "已入库"
      case .cancelled: "已放弃"
      case .failed: "没有完成"
      }
    }
  }

  /// Who handed a file in.
  package struct Owner: Hashable, Sendable {
    /// What the register notes.
    package var name = ""
    /// As whom they acted.
    package var reader = Reader.officer

    /// Nobody in particular: a job of before there were accounts.
    package init() {}

    init(_ visitor: Visitor) {
      name = visitor.name
      reader = visitor.reader
    }

    /// Reads what was kept.
    init(_ json: JSON?) {
      guard let json else { return }
      name = json["name"]?.string ?? ""
      reader = Reader(
        json["role"]?.string.flatMap(Role.init(rawValue:)) ?? .public,
        account: json["account"]?.string ?? "",
        organisation: json["organisation"]?.string ?? "",
        region: json["region"]?.string ?? ""
      )
    }

    /// What is kept.
    var json: JSON {
      .object([
        "name": .string(name), "role": .string(reader.role.rawValue),
        "account": .string(reader.account), "organisation": .string(reader.organisation),
        "region": .string(reader.region),
      ])
    }

    /// Whether a visitor may look at the job and decide on it: who handed it in, and the city's bureau.
    func admits(_ visitor: Visitor) -> Bool {
      visitor.reader.role == .cityBureau || visitor.reader == reader
    }
  }

  /// Its identifier: the name of its folder.
  package var id: String
  /// What the file was called.
  package var name: String
  /// What its rows are, by name, when somebody said; empty otherwise.
  package var kind: String
  /// Who handed it in: as whom its rows are written.
  package var owner = Owner()
  /// Whether one bad row keeps all out.
  package var isWhole: Bool
  /// Whether an empty cell leaves what is there.
  package var keepsBlanks = false
  /// Where it stands.
  package var state: State
  /// What happened or would happen; `nil` before it is known.
  package var report: ImportReport?
  /// Why it failed; may be empty.
  package var failure: String
  /// How far the work is.
  package var progress: Importer.Progress
  /// How many seconds the work has taken so far.
  package var seconds: Double

  /// Makes a job to be checked.
  init(id: String, name: String, kind: String) {
    self.id = id
    self.name = name
    self.kind = kind
    isWhole = false
    state = .checking
    failure = ""
    progress = .init()
    seconds = 0
  }

  /// When it was handed in; its identifier tells.
  package var receivedAt: Instant? { Int(id.dropFirst()).map(Instant.init(seconds:)) }

  /// How many seconds are left, by how much is done; `nil` while that says nothing.
  package var secondsLeft: Int? {
    guard state.isBusy, progress.part > 0.02 else { return nil }
    return Int(seconds / progress.part * (1 - progress.part)) + 1
  }

  /// The job as the API gives it.
  package var json: JSON {
    var members: [JSON.Member] = [
      .init("id", .string(id)), .init("name", .string(name)),
      .init("kind", kind.isEmpty ? .null : .string(kind)), .init("state", .string(state.rawValue)),
      .init("allOrNothing", .boolean(isWhole)), .init("rows", .integer(progress.rows)),
      .init("progress", .number(Ratio(Int128(progress.part * 1000), 1000).decimal(places: 3))),
      .init("secondsLeft", secondsLeft.map(JSON.integer) ?? .null),
    ]
    if let report { members.append(.init("report", report.json)) }
    if !failure.isEmpty { members.append(.init("failure", .string(failure))) }
    return .object(members)
  }
}

package import Calendar
package import Indicators
package import Records
import Storage
package import Values

/// All tasks with their lights, the units with theirs, and the proposals the tasks come of.
package struct TaskWall: Sendable {
  /// A task and its light.
  package struct Entry: Sendable {
    /// The task.
    package var task: SupervisedTask
    /// Its light.
    package var light: TaskLight
    /// The value of the indicator that proves it; `nil` without one.
    package var proof: Exact?
  }

  /// How a unit does.
  package struct Unit: Hashable, Sendable {
    /// The unit.
    package var name: String
    /// How many tasks it leads, and of each colour.
    package var all: Int
    package var lights: [TaskLight.Colour: Int]
    /// How many days others wait for it.
    package var keepsWaiting: Int
  }

  /// The day.
  package var day: CivilDate
  /// The tasks, the reddest first.
  package var entries: [Entry]

  /// How many tasks there are of a colour.
  package func count(_ colour: TaskLight.Colour) -> Int {
    entries.count { $0.light.colour == colour }
  }

  /// Reads all tasks of a register.
  ///
  /// - Parameters:
  ///   - register: the register, as whoever asks sees it.
  ///   - book: the indicators of the whole register.
  ///   - day: the day; today when `nil`.
  /// - Throws: the store's errors.
  package init(_ register: RecordStore, _ book: IndicatorBook, on day: CivilDate? = nil) throws {
    let day = day ?? register.clock.now().date
    self.day = day
    guard let kind = register.kind("task") else {
      entries = []
      return
    }
    let tasks = try register.list(kind, Query(sort: "code", limit: 20_000))
      .map { SupervisedTask(values: $0.values) }.filter { $0.status != .draft }
    let reported = try Self.reports(register)
    let found = try register.store.read { reading in
      let reckoning = try book.reckon(in: reading, for: .officer)
      return try tasks.map { task -> Entry in
        let place =
          task.regionCode.isEmpty ? IndicatorPlace.city : IndicatorPlace(.county, task.regionCode)
        let proof =
          task.indicatorCode.isEmpty
          ? nil : try reckoning.value(task.indicatorCode, at: place)?.answer.exact
        return Entry(
          task: task,
          light: TaskLight(task, on: day, proof: proof, reported: reported[task.code]),
          proof: proof
        )
      }
    }
    let order = TaskLight.Colour.allCases
    entries = found.sorted {
      let (left, right) = (
        order.firstIndex(of: $0.light.colour) ?? 0, order.firstIndex(of: $1.light.colour) ?? 0
      )
      return (left, $0.task.code) < (right, $1.task.code)
    }
  }

  /// The day of the newest report of each task.
  private static func reports(_ register: RecordStore) throws -> [String: CivilDate] {
    guard let kind = register.kind("progressReport"), register.reader?.mayList(kind) != false else {
      return [:]
    }
    var newest: [String: CivilDate] = [:]
    for record in try register.list(kind, Query(limit: 200_000)) {
      let report = ProgressReport(values: record.values)
      guard let day = report.reportedOn else { continue }
      newest[report.taskCode] = max(newest[report.taskCode] ?? day, day)
    }
    return newest
  }

  /// The units, those with most red first; what waits for another unit is charged to that one.
  package var units: [Unit] {
    var units: [String: Unit] = [:]
    func change(_ name: String, _ body: (inout Unit) -> Void) {
      var unit = units[name] ?? Unit(name: name, all: 0, lights: [:], keepsWaiting: 0)
      body(&unit)
      units[name] = unit
    }
    for entry in entries {
      change(entry.task.leadOrg) { unit in
        unit.all += 1
        unit.lights[entry.light.colour, default: 0] += 1
      }
      if !entry.task.blockedBy.isEmpty, let since = entry.task.blockedSince, since < day {
        change(entry.task.blockedBy) { $0.keepsWaiting += day.dayNumber - since.dayNumber }
      }
    }
    return units.values.sorted {
      ($1.lights[.red] ?? 0, $1.all, $0.name) < ($0.lights[.red] ?? 0, $0.all, $1.name)
    }
  }

  /// The tasks that come of a proposal's reply.
  package func tasks(of proposal: String) -> [(SupervisedTask, TaskLight)] {
    entries.filter { $0.task.proposalId == proposal }.map { ($0.task, $0.light) }
  }

  /// The wall as the API gives it.
  package var json: JSON {
    .object([
      "day": .string(day.description),
      "tasks": .array(
        entries.map { entry in
          .object([
            "code": .string(entry.task.code), "title": .string(entry.task.title),
            "target": .string(entry.task.targetText), "lead": .string(entry.task.leadOrg),
            "coUnits": .array(entry.task.coOrgs.map(JSON.string)),
            "due": entry.task.dueDate.map { .string($0.description) } ?? .null,
            "status": .string(entry.task.status?.rawValue ?? ""),
            "light": .string(entry.light.colour.rawValue), "why": .string(entry.light.why),
            "proof": entry.proof.map { .number($0.plainText) } ?? .null,
            "proposal": .string(entry.task.proposalId),
          ])
        }
      ),
      "units": .array(
        units.map { unit in
          .object([
            "name": .string(unit.name), "tasks": .integer(unit.all),
            "red": .integer(unit.lights[.red] ?? 0), "yellow": .integer(unit.lights[.yellow] ?? 0),
            "green": .integer(unit.lights[.green] ?? 0), "done": .integer(unit.lights[.done] ?? 0),
            "keepsWaiting": .integer(unit.keepsWaiting),
          ])
        }
      ),
    ])
  }
}

import Foundation
package import Records
import Sheets
import Storage
import Synchronization
import Values

/// Takes files in: keeps what was handed in, checks it, writes it when told, one job after another.
///
/// A job's file and state lie in a folder of the data folder, so that a job that was cut off goes on at
/// the next start. As its rows are one transaction, it was done or nothing of it was.
package final class ImportDesk: Sendable {
  private let register: RecordStore
  private let folder: String
  private let jobs = Mutex<[String: ImportJob]>([:])
  private let cancelled = Mutex<Set<String>>([])
  private let isStopping = Mutex(false)
  /// The jobs due, in order.
  package let due: AsyncStream<String>
  private let queue: AsyncStream<String>.Continuation

  /// How many finished jobs keep their files.
  private static let mostKept = 30

  private struct GivenUp: Error {}
  private struct Stopped: Error {}

  /// Makes a desk over a register.
  ///
  /// - Parameters:
  ///   - register: the register.
  ///   - folder: the folder jobs are kept in; made when it is needed.
  package init(_ register: RecordStore, folder: String) {
    self.register = register
    self.folder = folder
    (due, queue) = AsyncStream.makeStream()
    // What was on its way when the server ended was never received.
    try? FileManager.default.removeItem(atPath: folder + "/inbox")
    for job in Self.kept(in: folder) {
      jobs.withLock { $0[job.id] = job }
      if job.state.isBusy { queue.yield(job.id) }
    }
  }

  /// A job by its identifier.
  package func job(_ id: String) -> ImportJob? { jobs.withLock { $0[id] } }

  /// All jobs, the newest first.
  package var all: [ImportJob] {
    jobs.withLock { Array($0.values) }.sorted { $0.id > $1.id }
  }

  /// Where a file that comes in can be put until it is received.
  package func inbox() throws -> String {
    try FileManager.default.createDirectory(
      atPath: folder + "/inbox",
      withIntermediateDirectories: true
    )
    return folder + "/inbox/" + UUID().uuidString
  }

  /// Takes a file and lets it be checked.
  ///
  /// - Parameters:
  ///   - path: where it lies now; it is moved away.
  ///   - name: what it is called.
  ///   - kind: what its rows are, by name; empty when that shall be found out.
  ///   - owner: who handed it in.
  /// - Returns: the job.
  /// - Throws: when the folder can't be written; the store's errors.
  package func receive(
    _ path: String,
    name: String,
    kind: String,
    by owner: ImportJob.Owner
  ) throws -> ImportJob {
    let job = try jobs.withLock { jobs in
      var number = Int(Date().timeIntervalSince1970)
      // The register remembers jobs whose folders are gone; under such a name nothing would be written.
      while try jobs["J\(number)"] != nil || register.importRun(job: "J\(number)") != nil {
        number += 1
      }
      var job = ImportJob(id: "J\(number)", name: name, kind: kind)
      job.owner = owner
      jobs[job.id] = job
      return job
    }
    let id = job.id
    var isReceived = false
    defer { if !isReceived { jobs.withLock { $0[id] = nil } } }
    try FileManager.default.createDirectory(
      atPath: folder + "/" + id,
      withIntermediateDirectories: true
    )
    try FileManager.default.moveItem(atPath: path, toPath: file(of: id))
    try put(job)
    isReceived = true
    queue.yield(id)
    sweep()
    return job
  }

  /// Has a job checked again, after something was said about it.
  ///
  /// - Parameters:
  ///   - id: the job.
  ///   - kind: what its rows are; unchanged when `nil`.
  ///   - headings: what headings mean, by kind; remembered for later files too.
  ///   - keepsBlanks: whether an empty cell leaves what is there; unchanged when `nil`.
  /// - Throws: the errors of the file system and the store.
  package func recheck(
    _ id: String,
    kind: String?,
    headings: [String: [String: String]],
    keepsBlanks: Bool? = nil
  ) throws {
    guard var job = job(id), job.state == .checked || job.state == .failed else { return }
    if !headings.isEmpty {
      try ImportRun.remember(headings, in: register.acting(as: job.owner.reader))
    }
    if let kind { job.kind = kind }
    if let keepsBlanks { job.keepsBlanks = keepsBlanks }
    job.state = .checking
    job.progress = .init()
    try put(job)
    queue.yield(id)
  }

  /// Has the rows of a checked job written.
  package func commit(_ id: String, isWhole: Bool) throws {
    guard var job = job(id), job.state == .checked else { return }
    job.isWhole = isWhole
    job.state = .committing
    job.progress = .init()
    try put(job)
    queue.yield(id)
  }

  /// Gives a job up; one that is being written is undone by its transaction.
  package func cancel(_ id: String) throws {
    guard var job = job(id), job.state != .done else { return }
    cancelled.withLock { _ = $0.insert(id) }
    if !job.state.isBusy {
      job.state = .cancelled
      try put(job)
    }
  }

  /// Lets the work at hand be: it is begun anew when the desk opens again.
  package func stop() { isStopping.withLock { $0 = true } }

  /// Does the work that is due on a job: blocks until it is done or the desk stops.
  ///
  /// - Parameters:
  ///   - id: the job.
  ///   - onWritten: called when its rows are in, before anybody is told so.
  package func work(on id: String, onWritten: () -> Void = {}) {
    guard let job = job(id), job.state.isBusy else { return }
    do {
      if job.state == .committing, let run = try register.importRun(job: id) {
        // It was done when it was cut off.
        try finish(id, .done) { $0.report = Self.report(of: run) }
        return
      }
      let report = try carryOut(job)
      if job.state == .committing { onWritten() }
      // Kept out as a whole, it is as before: checked, and nothing written.
      let isKeptOut = report.isBroken || job.isWhole && report.isFlawed
      try finish(id, job.state == .checking || isKeptOut ? .checked : .done) { $0.report = report }
    } catch is Stopped {
      return
    } catch is GivenUp {
      end(id, .cancelled, "")
    } catch let error as StorageError where error.isOfTheMachine {
      end(id, .failed, error.sentence)
    } catch {
      end(id, .failed, Incident.note(error, "import \(id)"))
    }
    cancelled.withLock { _ = $0.remove(id) }
  }

  private func carryOut(_ job: ImportJob) throws -> ImportReport {
    let id = job.id
    let start = Date()
    var order = Importer.Order(kind: register.kind(job.kind))
    order.isWhole = job.isWhole
    order.keepsBlanks = job.keepsBlanks
    order.isDry = job.state == .checking
    order.job = order.isDry ? "" : id
    order.onProgress = { [self] progress in
      guard !isStopping.withLock({ $0 }) else { throw Stopped() }
      guard !cancelled.withLock({ $0.contains(id) }) else { throw GivenUp() }
      jobs.withLock { jobs in
        jobs[id]?.progress = progress
        jobs[id]?.seconds = Date().timeIntervalSince(start)
      }
    }
    let log = ProblemLog(problems(of: id))
    order.onProblem = { log.write($0) }
    let reader = job.owner.reader
    let actor = Actor(
      name: job.owner.name,
      source: .imported,
      role: reader.role.rawValue,
      organisation: reader.organisation.isEmpty ? reader.region : reader.organisation
    )
    let register = register.acting(as: job.owner.reader)
    let one = Importer.File(job.name, document: job.name, .path(file(of: id)))
    defer { log.close() }
    return try Importer(register).take([one], order, by: actor).first ?? ImportReport()
  }

  private func finish(
    _ id: String,
    _ state: ImportJob.State,
    _ change: (inout ImportJob) -> Void
  ) throws {
    guard var job = job(id) else { return }
    change(&job)
    job.state = state
    job.failure = ""
    try put(job)
  }

  private func end(_ id: String, _ state: ImportJob.State, _ failure: String) {
    guard var job = job(id) else { return }
    job.state = state
    job.failure = failure
    // The state in memory is what people see now; the one on disk is looked at after a restart only.
    do { try put(job) } catch { jobs.withLock { $0[id] = job } }
  }

  /// Writes the file of a job with its problems in a column.
  ///
  /// - Returns: where it was written.
  package func returned(_ id: String, isOnlyFlawed: Bool) throws -> String? {
    guard let job = job(id), !job.state.isBusy else { return nil }
    let path = folder + "/\(id)/returned-\(UUID().uuidString).xlsx"
    try ReturnedWorkbook.write(
      TableFile(file(of: id)),
      ProblemLog.read(problems(of: id), file: job.name),
      isOnlyFlawed: isOnlyFlawed,
      to: path
    )
    return path
  }

  // MARK: What lies on disk

  private func file(of id: String) -> String { folder + "/\(id)/file" }
  private func problems(of id: String) -> String { folder + "/\(id)/problems.jsonl" }

  private func put(_ job: ImportJob) throws {
    let json = JSON.object([
      "name": .string(job.name), "kind": .string(job.kind), "isWhole": .boolean(job.isWhole),
      "keepsBlanks": .boolean(job.keepsBlanks),
      "state": .string(job.state.rawValue), "failure": .string(job.failure),
      "owner": job.owner.json,
    ])
    try Data(json.text.utf8).write(
      to: URL(fileURLWithPath: folder + "/\(job.id)/job.json"),
      options: .atomic
    )
    jobs.withLock { $0[job.id] = job }
  }

  /// The jobs of a folder; what was only checked is to be checked again, its report is gone.
  private static func kept(in folder: String) -> [ImportJob] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix("J") }.compactMap { id in
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(id)/job.json"),
        let json = try? JSON(parsing: Array(data))
      else { return nil }
      var job = ImportJob(
        id: id,
        name: json["name"]?.string ?? "",
        kind: json["kind"]?.string ?? ""
      )
      job.isWhole = json["isWhole"] == .boolean(true)
      job.owner = .init(json["owner"])
      job.keepsBlanks = json["keepsBlanks"] == .boolean(true)
      job.failure = json["failure"]?.string ?? ""
      job.state = json["state"]?.string.flatMap(ImportJob.State.init(rawValue:)) ?? .failed
      if job.state == .checked { job.state = .checking }
      return job
    }
  }

  private static func report(of run: ImportRun) -> ImportReport {
    var report = ImportReport()
    report.new = run.new
    report.changed = run.changed
    report.unchanged = run.unchanged
    report.refused = run.refused
    report.run = run.id
    return report
  }

  /// Lets the files of old finished jobs go.
  private func sweep() {
    let old = all.filter { !$0.state.isBusy && $0.state != .checked }.dropFirst(Self.mostKept)
    for job in old {
      jobs.withLock { $0[job.id] = nil }
      try? FileManager.default.removeItem(atPath: folder + "/" + job.id)
    }
  }
}

/// The problems of a job, a line of JSON each.
private final class ProblemLog: Sendable {
  private let handle: Mutex<FileHandle?>

  init(_ path: String) {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    handle = Mutex(FileHandle(forWritingAtPath: path))
  }

  func write(_ problem: ImportReport.CellProblem) {
    // What can't be noted is still in the report of the job.
    handle.withLock { try? $0?.write(contentsOf: Data((problem.json.text + "\n").utf8)) }
  }

  func close() { handle.withLock { try? $0?.close() } }

  static func read(_ path: String, file: String) -> [ImportReport.CellProblem] {
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    return data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let json = try? JSON(parsing: Array(line)) else { return nil }
      var row: Int?
      if case .integer(let number)? = json["row"] { row = number }
      return .init(
        file: file,
        sheet: json["sheet"]?.string ?? "",
        row: row,
        column: json["column"]?.string ?? "",
        problem: Problem(json["code"]?.string ?? "", "", json["message"]?.string ?? "")
      )
    }
  }
}

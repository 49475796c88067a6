import Sheets
import Storage
import Values

/// Takes files into the register.
package struct Importer: Sendable {
  /// How the rows are taken in.
  package enum Mode: Sendable {
    /// Good rows go in, bad ones come back.
    case goodRows
    /// One bad row keeps all out.
    case allOrNothing
    /// Nothing is written.
    case dryRun
  }

  /// One file to take in.
  package struct File: Sendable {
    /// Where its rows come from.
    package enum Content: Sendable {
      /// A file on disk: CSV or workbook.
      case path(String)
      /// The bytes of a CSV file.
      case bytes([UInt8])
    }

    /// Its name in the report.
    package var name: String
    /// The document the audit names.
    package var document: String
    /// Where its rows come from.
    package var content: Content

    /// Names a file.
    package init(_ name: String, document: String, _ content: Content) {
      self.name = name
      self.document = document
      self.content = content
    }
  }

  /// How far an import is.
  package struct Progress: Sendable, Hashable {
    /// How many rows were looked at, of all files.
    package var rows = 0
    /// How much of the file being read, 0…1.
    package var part = 0.0
    /// Which file is being read, 1 for the first.
    package var file = 1

    /// The beginning.
    package init() {}

    init(rows: Int, part: Double, file: Int) {
      self.rows = rows
      self.part = part
      self.file = file
    }
  }

  /// What an import is asked to do, beside its files.
  package struct Order: Sendable {
    /// What the rows are; found from their headings, then from the first rows, when `nil`.
    package var kind: Kind?
    /// Whether one bad row or file keeps everything out.
    package var isWhole = false
    /// Whether it is only told what would happen.
    package var isDry = false
    /// Whether the files are of a city's folder: lines that begin with `#` are left out, and every
    /// column that means nothing is told.
    package var isCity = false
    /// Whether an empty cell leaves what is there; otherwise it empties the field.
    package var keepsBlanks = false
    /// Which field a heading means, by the name of its kind and its comparable spelling; an empty name
    /// means that the column is left out.
    package var headings: [String: [String: String]] = [:]
    /// The job it carries out, so that one that was cut off is known to be done or not; may be empty.
    package var job = ""
    /// Called every few hundred rows; throws to give the import up, and then nothing of it happens.
    package var onProgress: @Sendable (Progress) throws -> Void = { _ in }
    /// Takes every problem in its place, in the order in which rows are decided.
    package var onProblem: @Sendable (ImportReport.CellProblem) throws -> Void = { _ in }

    /// Makes an order with nothing particular in it.
    package init(kind: Kind? = nil) { self.kind = kind }
  }

  private let register: RecordStore

  /// Makes an importer into a register.
  package init(_ register: RecordStore) { self.register = register }

  /// Takes in one file.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: its name, for the report.
  ///   - kind: what its rows are; found from the header, then from the first rows, when `nil`.
  ///   - mode: what happens to good rows beside bad ones.
  ///   - actor: who imports.
  ///   - isCity: whether it is of a city's folder.
  /// - Returns: what happened.
  /// - Throws: the store's errors.
  package func take(
    _ bytes: [UInt8],
    file: String,
    as kind: Kind?,
    mode: Mode,
    by actor: Actor,
    isCity: Bool = false
  ) throws -> ImportReport {
    var order = Order(kind: kind)
    order.isWhole = mode == .allOrNothing
    order.isDry = mode == .dryRun
    order.isCity = isCity
    let one = File(file, document: actor.document, .bytes(bytes))
    return try take([one], order, by: actor).first ?? ImportReport()
  }

  /// Takes in several files, in their order; rows of a later one may refer to those of an earlier one.
  ///
  /// All that is written of one file is one transaction; all files of an order that is whole are one.
  ///
  /// - Parameters:
  ///   - files: the files.
  ///   - order: how.
  ///   - actor: who imports.
  /// - Returns: what happened to each file, or would happen.
  /// - Throws: the store's errors; what `onProgress` throws.
  package func take(_ files: [File], _ order: Order, by actor: Actor) throws -> [ImportReport] {
    guard order.isWhole || order.isDry else {
      return try files.enumerated().flatMap { number, file in
        try run([file], order, actor, first: number)
      }
    }
    return try run(files, order, actor, first: 0)
  }

  /// Takes in files as one transaction.
  private func run(_ files: [File], _ order: Order, _ actor: Actor, first: Int) throws
    -> [ImportReport]
  {
    var reports = try OneTransaction.run(on: register) { inside in
      var actor = actor
      let title = files.map(\.document).joined(separator: "、")
      let run =
        order.isDry || order.isCity
        ? nil : try ImportRun.begin(title, order.job, actor, in: inside)
      actor.importRun = run
      let headings = try order.headings.merging(ImportRun.headings(in: inside)) { first, second in
        second.merging(first) { $1 }
      }
      var known = order
      known.headings = headings
      var reports = try files.enumerated().map { number, file in
        try FileIntake(inside, file, actor, known, number: first + number + 1).take()
      }
      let isKept =
        !order.isDry && !reports.contains(where: \.isBroken)
        && !(order.isWhole && reports.contains(where: \.isFlawed))
      if isKept, let run, try ImportRun.end(run, reports, in: inside) {
        for index in reports.indices { reports[index].run = run }
      }
      return (reports, isKept)
    }
    if order.isWhole, reports.contains(where: \.isFlawed) {
      for index in reports.indices { (reports[index].new, reports[index].changed) = (0, 0) }
    }
    return reports
  }
}

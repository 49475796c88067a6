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
    /// Its name in the report.
    package var name: String
    /// The document the audit names.
    package var document: String
    /// What is in it, or why it can't be read.
    package var content: Result<[UInt8], CSV.Unreadable>

    /// Makes a file of what could be read of it.
    package init(_ name: String, document: String, _ content: Result<[UInt8], CSV.Unreadable>) {
      self.name = name
      self.document = document
      self.content = content
    }
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
  ///   - isCity: whether it is of a city's folder: lines that begin with `#` are left out, and every
  ///     column that means nothing is told.
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
    let one = File(file, document: actor.document, .success(bytes))
    let isWhole = mode == .allOrNothing
    let isDry = mode == .dryRun
    return try take([one], as: kind, isWhole: isWhole, isDry: isDry, by: actor, isCity: isCity)
      .first ?? ImportReport()
  }

  /// Takes in several files, in their order; rows of a later one may refer to those of an earlier one.
  ///
  /// - Parameters:
  ///   - files: the files.
  ///   - kind: what their rows are; found for each file when `nil`.
  ///   - isWhole: whether one bad row or file keeps everything out.
  ///   - isDry: whether it is only told what would happen.
  ///   - actor: who imports.
  ///   - isCity: whether they are of a city's folder.
  /// - Returns: what happened to each file, or would happen.
  /// - Throws: the store's errors.
  package func take(
    _ files: [File],
    as kind: Kind?,
    isWhole: Bool,
    isDry: Bool,
    by actor: Actor,
    isCity: Bool = false
  ) throws -> [ImportReport] {
    guard isWhole || isDry else {
      return try files.map { file in
        try OneTransaction.run(on: register) { inside in
          let intake = Intake(inside, file, actor, isCity: isCity)
          return (try intake.take(as: kind), true)
        }
      }
    }
    var reports = try OneTransaction.run(on: register) { inside in
      let reports = try files.map { file in
        try Intake(inside, file, actor, isCity: isCity).take(as: kind)
      }
      return (reports, !isDry && !reports.contains(where: \.isFlawed))
    }
    if isWhole, reports.contains(where: \.isFlawed) {
      for index in reports.indices { (reports[index].new, reports[index].changed) = (0, 0) }
    }
    return reports
  }
}

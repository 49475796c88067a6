package import Records

/// How strictly people sign in (compliance.md §11.3); a city may be stricter, never laxer than the floor.
package struct SecurityRules: Hashable, Sendable {
  /// How many signs a password has at least; never below 8.
  package var passwordLength = 10
  /// How many former passwords may not come again; never below 5.
  package var passwordHistory = 5
  /// After how many days staff and administrators choose a new password; never above 90.
  package var passwordDays = 90
  /// After how many failures a name is locked; never above 5.
  package var failures = 5
  /// For how many minutes; never below 15.
  package var lockMinutes = 20
  /// After how many idle minutes an administrator is signed out; never above 15.
  package var administratorIdleMinutes = 15
  /// After how many idle minutes anybody else is; never above 30.
  package var idleMinutes = 30
  /// After how many hours everybody is; never above 12.
  package var sessionHours = 12
  /// For how many hours a one-time link can be used; never above 72.
  package var linkHours = 72
  /// In how many working days somebody's request about their data is answered; never above 15.
  package var rightsDays = 15

  /// The rules as they are unless a city says otherwise.
  package init() {}

  /// The rules of an installation: its settings `security.NAME`, kept within the floors.
  ///
  /// - Parameter register: the register.
  /// - Throws: the store's errors.
  package init(_ register: RecordStore) throws {
    func read(_ name: String, _ usual: Int, _ range: ClosedRange<Int>) throws -> Int {
      guard let number = try register.setting("security." + name).flatMap({ Int($0) }) else {
        return usual
      }
      return min(max(number, range.lowerBound), range.upperBound)
    }
    passwordLength = try read("passwordLength", passwordLength, 8...64)
    passwordHistory = try read("passwordHistory", passwordHistory, 5...50)
    passwordDays = try read("passwordDays", passwordDays, 1...90)
    failures = try read("failures", failures, 3...5)
    lockMinutes = try read("lockMinutes", lockMinutes, 15...1440)
    administratorIdleMinutes = try read(
      "administratorIdleMinutes",
      administratorIdleMinutes,
      1...15
    )
    idleMinutes = try read("idleMinutes", idleMinutes, 1...30)
    sessionHours = try read("sessionHours", sessionHours, 1...12)
    linkHours = try read("linkHours", linkHours, 1...72)
    rightsDays = try read("rightsDays", rightsDays, 1...15)
  }
}

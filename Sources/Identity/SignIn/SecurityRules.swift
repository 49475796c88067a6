package import Records
package import Values

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
  /// In how many places somebody is signed in at once, the one not used for longest ends; never above 10.
  package var sessions = 5
  /// For how many hours a one-time link can be used; never above 72.
  package var linkHours = 72
  /// In how many working days somebody's request about their data is answered; never above 15.
  package var rightsDays = 15

  /// The rules as they are unless a city says otherwise.
  package init() {}

  /// One of the rules, as it is set and shown.
  package struct Declared: Sendable {
    /// What the setting is called, after `security.`.
    package let name: String
    /// What users read.
    package let label: String
    /// In what it is counted.
    package let unit: String
    /// What it may be.
    package let range: ClosedRange<Int>
    /// Where it stands.
    package let path: any WritableKeyPath<SecurityRules, Int> & Sendable

    init(
      _ path: any WritableKeyPath<SecurityRules, Int> & Sendable,
      _ name: String,
      _ label: String,
      _ unit: String,
      _ range: ClosedRange<Int>
    ) {
      (self.path, self.name, self.label, self.unit, self.range) = (path, name, label, unit, range)
    }
  }

  /// All rules, in the order in which they are shown.
  package static let declared = [
    Declared(\.passwordLength, "passwordLength", "口令最少", "个字符", 8...64),
    Declared(\.passwordHistory, "passwordHistory", "不能重复最近", "个口令", 5...50),
    Declared(\.passwordDays, "passwordDays", "口令最多用", "天", 1...90),
    Declared(\.failures, "failures", "连续错几次锁定登录名", "次", 3...5),
    Declared(\.lockMinutes, "lockMinutes", "锁定多久", "分钟", 15...1440),
    Declared(
      \.administratorIdleMinutes,
      "administratorIdleMinutes",
      "管理员多久不操作就退出",
      "分钟",
      1...15
    ), Declared(\.idleMinutes, "idleMinutes", "其他人多久不操作就退出", "分钟", 1...30),
    Declared(\.sessionHours, "sessionHours", "登录最长", "小时", 1...12),
    Declared(\.sessions, "sessions", "一个账号最多同时登录", "处", 1...10),
    Declared(\.linkHours, "linkHours", "一次性链接多久有效", "小时", 1...72),
    Declared(\.rightsDays, "rightsDays", "个人权利请求几个工作日内答复", "个工作日", 1...15),
  ]

  /// The rules of an installation: its settings `security.NAME`, kept within the floors.
  ///
  /// - Parameter register: the register.
  /// - Throws: the store's errors.
  package init(_ register: RecordStore) throws {
    for rule in Self.declared {
      guard let number = try register.setting("security." + rule.name).flatMap({ Int($0) }) else {
        continue
      }
      self[keyPath: rule.path] = min(max(number, rule.range.lowerBound), rule.range.upperBound)
    }
  }

  /// The rules after some were set anew.
  ///
  /// - Parameter texts: what was typed, by name; rules without a text stay.
  /// - Returns: the rules, and what is wrong, at the name of its rule.
  package func with(_ texts: [String: String]) -> (rules: SecurityRules, problems: [Problem]) {
    var rules = self
    var problems: [Problem] = []
    for name in texts.keys.sorted() where !Self.declared.contains(where: { $0.name == name }) {
      let near = NearMiss.suggestion(name, among: Self.declared.map(\.name))
      problems.append(Problem("ACC-E-091", name, "没有叫 \(name) 的策略。\(near)"))
    }
    for rule in Self.declared {
      guard let text = texts[rule.name] else { continue }
      guard let number = Int(Text.trimmed(text)), rule.range.contains(number) else {
        let wanted = "\(rule.range.lowerBound) 到 \(rule.range.upperBound) 之间的整数（\(rule.unit)）"
        problems.append(
          Problem("ACC-E-090", rule.name, "\(rule.label)填的是“\(text)”，应为 \(wanted)，这是底线。")
        )
        continue
      }
      rules[keyPath: rule.path] = number
    }
    return (rules, problems)
  }
}

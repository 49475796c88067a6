/// What can be done with a record.
package enum Act: String, CaseIterable, Sendable {
  case read, history, create, update, confirm, join

  /// What users read.
  package var label: String {
    switch self {
    case .read: "查看"
    case .history: "查看历史版本"
    case .create: "新增"
    case .update: "修改"
    case .confirm: "确认"
    case .join: "合并或登记承继"
    }
  }
}

extension Set<Act> {
  /// Reading, what was before included.
  package static var reading: Set<Act> { [.read, .history] }
  /// Everything that writes but bringing two records together.
  package static var writing: Set<Act> { [.create, .update, .confirm] }
  /// Everything.
  package static var all: Set<Act> { Set(Act.allCases) }
}

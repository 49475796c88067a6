/// The store failed; nothing of the transaction happened.
package enum StorageError: Error, Hashable, Sendable {
  /// The file can't be opened, with the reason in the store's words.
  case cannotOpen(path: String, reason: String)
  /// The file, or the folder it lies in, may not be written.
  case readOnly
  /// No room is left on the device.
  case full
  /// Another process kept the store locked for too long.
  case busy
  /// The file is no database or damaged.
  case damaged(reason: String)
  /// The schema refused a row: a key taken twice, a missing reference, a failed check.
  case constraint(reason: String)
  /// Anything else, with the statement and without its arguments.
  case failed(reason: String, statement: String)
}

extension StorageError {
  /// Whether somebody who looks after the machine can put it right, and no insides are told by saying so.
  package var isOfTheMachine: Bool {
    switch self {
    case .readOnly, .full, .busy: true
    default: false
    }
  }

  /// The Chinese sentence a user reads, saying what to do.
  package var sentence: String {
    switch self {
    case .cannotOpen(let path, let reason):
      "打不开数据库 \(path)：\(reason)。请检查数据文件夹是否存在、是否有读写权限。"
    case .readOnly: "数据文件夹不可写，刚才的改动没有保存。请检查文件夹权限后再试。"
    case .full: "磁盘已满，刚才的改动没有保存。请腾出空间后再试。"
    case .busy: "数据库正被另一个程序占用，刚才的改动没有保存。请稍后再试。"
    case .damaged(let reason): "数据库文件已损坏或不是数据库：\(reason)。请从备份恢复。"
    case .constraint(let reason): "数据库拒绝了这次改动：\(reason)。"
    case .failed(let reason, _): "数据库出错：\(reason)。"
    }
  }
}

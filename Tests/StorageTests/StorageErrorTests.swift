import Storage
import Testing

@Suite struct StorageErrorTests {
  @Test func `every failure says what happened and, where one can, what to do`() {
    let table: [(StorageError, String)] = [
      (
        .cannotOpen(path: "data/citong.sqlite", reason: "文件不存在"),
        "打不开数据库 data/citong.sqlite：文件不存在。请检查数据文件夹是否存在、是否有读写权限。"
      ),
      (.readOnly, "数据文件夹不可写，刚才的改动没有保存。请检查文件夹权限后再试。"),
      (.full, "磁盘已满，刚才的改动没有保存。请腾出空间后再试。"),
      (.busy, "数据库正被另一个程序占用，刚才的改动没有保存。请稍后再试。"),
      (.damaged(reason: "不是数据库"), "数据库文件已损坏或不是数据库：不是数据库。请从备份恢复。"),
      (.constraint(reason: "UNIQUE"), "数据库拒绝了这次改动：UNIQUE。"),
      (.failed(reason: "syntax error", statement: "SELEC"), "数据库出错：syntax error。"),
    ]
    for (error, sentence) in table { #expect(error.sentence == sentence) }
  }

  @Test func `a stored value is text or whole number, never both`() {
    #expect(Stored.text("7").text == "7")
    #expect(Stored.text("7").integer == nil)
    #expect(Stored.integer(7).integer == 7)
    #expect(Stored.integer(7).text == nil)
    #expect(Stored.null.text == nil)
    #expect(Stored.null.integer == nil)
  }
}

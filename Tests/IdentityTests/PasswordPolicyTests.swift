import Testing
import Values

@testable import Identity

/// What a password must be like.
@Suite struct PasswordPolicyTests {
  @Test func `a weak password is refused with the reason`() {
    let table: [(String, String?)] = [
      ("Ab1!", "口令有 4 个字符，至少要 10 个。"), ("abcdefghijkl", "口令要有大写字母、小写字母、数字、其他符号中的三种。"),
      ("Zhangsan-2026", "口令里不能有登录名或姓名“zhangsan”。"), ("Password2026!", "这个口令太常见，容易被猜到，请换一个。"),
      ("A1!A1!A1!A1!", "这个口令太常见，容易被猜到，请换一个。"), ("刺桐花开Tx九月2026", nil), ("river-Otter-58", nil),
      (String(repeating: "aB3!xyz", count: 1000), "口令太长，最多 128 个字符。"),
    ]
    for (password, reason) in table {
      let problem = PasswordPolicy(rules: SecurityRules())
        .problem(password, names: ["zhangsan", "张三"])
      #expect(problem?.message == reason, "\(password.prefix(20))")
    }
  }
}

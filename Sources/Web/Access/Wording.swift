import Records

/// How the pages of accounts and of the audit log say things.
enum Wording {
  /// What was done, as the audit log names it.
  static func act(_ action: String) -> String { acts[action] ?? action }

  private static let acts = [
    "create": "新增", "update": "修改", "remove": "撤下", "restore": "恢复", "confirm": "确认",
    "merge": "合并", "succession": "承继", "split": "分立", "signIn": "登录", "signOut": "退出",
    "password": "设口令", "enroll": "设置二次验证", "secondFactor": "二次验证", "switchRole": "换身份",
    "token": "建令牌", "link": "发一次性链接", "dropSecondFactor": "解除二次验证", "export": "导出",
    "access": "没有权限的访问", "unmask": "查看个人信息", "rotateKeys": "换密钥", "limit": "请求太多",
    "askLink": "申请一次性链接", "releaseLink": "放行一次性链接", "policy": "设安全策略", "provider": "设统一身份认证",
    "erase": "抹去个人信息",
  ]

  /// How something ended.
  static func result(_ result: String) -> String {
    switch AuditEvent.Result(rawValue: result) {
    case .success: "成功"
    case .failure: "失败"
    case .denied: "拒绝"
    case nil: result
    }
  }

  /// A browser by what it calls itself: its name and the system, not the whole line.
  static func browser(_ agent: String) -> String {
    let names = [
      ("Edg/", "Edge"), ("QQBrowser", "QQ 浏览器"), ("MicroMessenger", "微信"),
      ("360", "360 浏览器"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
      ("curl/", "curl"), ("python", "Python"),
    ]
    let systems = [
      ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
      ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ]
    let name = names.first { agent.contains($0.0) }?.1 ?? (agent.isEmpty ? "未知" : "其他程序")
    return systems.first { agent.contains($0.0) }.map { "\(name)，\($0.1)" } ?? name
  }
}

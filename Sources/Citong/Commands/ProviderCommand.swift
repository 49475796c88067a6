import ArgumentParser
import Identity
import Records
import Values

/// Sets by which external identity provider people may sign in.
struct ProviderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "provider",
    abstract: "统一身份认证：让人用外部的 OpenID Connect 提供方登录。",
    discussion: """
      不带选项时说明现在的设置，并问提供方是否答话。
      示例：
        citong provider --issuer https://id.example.gov.cn --client citong --label 省统一身份认证 < secret.txt
        citong provider --off
      客户端密钥从标准输入读一行，不写在命令里；加密保存。在提供方登记的回跳地址是 https://本站/sign-in/provider/back。
      账号的“统一身份号码”与令牌里的那一项（默认 sub）相同的人才能登录；管理员仍用口令和二次验证。
      """
  )

  @ArgumentParser.Option(help: "提供方的地址（issuer），与它的发现文档里写的一字不差。")
  var issuer: String?

  @ArgumentParser.Option(help: "提供方给本平台的客户端编号。")
  var client: String?

  @ArgumentParser.Option(help: "登录页上怎么叫它（默认“统一身份认证”）。")
  var label: String?

  @ArgumentParser.Option(help: "用令牌里的哪一项找账号（默认 sub）。")
  var claim: String?

  @Flag(help: "停用。")
  var off = false

  @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
  var data: String?

  func run() async throws {
    let settings = try await Settings.read(data: data)
    let installation = try Installation.open(settings.data, cityFolder: settings.city)
    let desk = try installation.signInDesk()
    if off {
      try desk.set(provider: nil)
      try installation.seal()
      return print("已停用。")
    }
    if let issuer, let client {
      var provider = ProviderSettings(issuer: issuer, client: client)
      if let label { provider.label = Text.trimmed(label) }
      if let claim { provider.claim = Text.trimmed(claim) }
      provider.secret = Text.trimmed(readLine() ?? "")
      try Refusals.told { try desk.set(provider: provider) }
      try installation.seal()
    } else if issuer != nil || client != nil || label != nil || claim != nil {
      throw Failure.usage("ACC-E-081", "--issuer 和 --client 要一起写。")
    }
    guard let provider = try desk.provider() else {
      return print("没有设统一身份认证。")
    }
    print("\(provider.label)：\(provider.issuer)，客户端 \(provider.client)，按 \(provider.claim) 找账号。")
    print(provider.secret.isEmpty ? "没有客户端密钥。" : "客户端密钥已加密保存。")
    do {
      try desk.checkProvider(provider)
      print("提供方答话正常。")
    } catch let silent as ProviderTransport.Silent {
      throw Failure("ACC-E-084", "提供方没有好好答话：\(silent.reason)。设置已保存。")
    }
  }
}

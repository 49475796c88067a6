import Foundation
package import Values

/// By which external identity provider people may sign in: the province's unified identity, 统一身份认证.
package struct ProviderSettings: Hashable, Sendable {
  /// The provider's address, which names it (OpenID Connect Discovery 1.0 §3).
  package var issuer: String
  /// What the provider calls this platform.
  package var client: String
  /// What the button says.
  package var label: String
  /// Which claim of the provider's token names an account.
  package var claim: String
  /// By what this platform shows the provider that it is itself; empty for none.
  package var secret: String

  /// Makes settings.
  package init(
    issuer: String,
    client: String,
    label: String = "统一身份认证",
    claim: String = "sub",
    secret: String = ""
  ) {
    self.issuer = issuer
    self.client = client
    self.label = label
    self.claim = claim
    self.secret = secret
  }

  /// What is wrong with the settings.
  package var problems: [Problem] {
    var problems: [Problem] = []
    if !Self.isAllowed(issuer) {
      problems.append(
        Problem("ACC-E-081", "issuer", "提供方地址应以 https:// 开头（本机测试可以用 http://127.0.0.1）。")
      )
    }
    if client.isEmpty { problems.append(Problem("ACC-E-081", "client", "请写明提供方给本平台的客户端编号。")) }
    if claim.isEmpty { problems.append(Problem("ACC-E-081", "claim", "请写明用令牌里的哪一项找账号。")) }
    return problems
  }

  /// Whether an address is one that may be asked: over TLS, or on the machine itself.
  static func isAllowed(_ address: String) -> Bool {
    guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty,
      parts.user == nil, parts.fragment == nil
    else { return false }
    return parts.scheme == "https"
      || parts.scheme == "http" && ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host)
  }
}

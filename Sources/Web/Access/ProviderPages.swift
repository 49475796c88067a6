import Identity
import Values

/// Signing in by an external identity provider (OpenID Connect): out to it, and back.
extension Site {
  /// What the browser keeps while it is at the provider.
  private static let ticket = "citong_ticket"

  /// The way to the provider, where there is one.
  func providerLink(_ request: WebRequest) -> [(text: String, href: String)] {
    guard let provider = try? signIn?.provider() else { return [] }
    return [
      ("用\(provider.label)登录", Address.with("/sign-in/provider", [("next", next(request))]))
    ]
  }

  func departToProvider(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn else { return notFound(request) }
    do {
      guard
        let departure = try signIn.depart(
          redirect: request.site + "/sign-in/provider/back",
          next: next(request)
        )
      else { return notFound(request) }
      var answer = WebAnswer.seeOther(departure.address)
      let secure = request.isSecure ? "; Secure" : ""
      answer.headers.append(
        (
          "Set-Cookie",
          "\(Self.ticket)=\(departure.ticket); Path=/sign-in/provider; HttpOnly; SameSite=Lax; Max-Age=600\(secure)"
        )
      )
      return answer
    } catch is ProviderTransport.Silent {
      return signInPage(request, problem: Problem("ACC-E-084", "", "统一身份认证没有回答，请稍后再试或用口令登录。"))
    }
  }

  func arriveFromProvider(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn else { return notFound(request) }
    let back = SignInDesk.Return(
      code: request["code"] ?? "",
      state: request["state"] ?? "",
      issuer: request["iss"] ?? "",
      error: request["error"] ?? "",
      ticket: request.cookie(Self.ticket) ?? ""
    )
    let (answer, next) = try signIn.arrive(back, from: origin(request))
    return try settled(answer, request, next: next) { problem in
      signInPage(request, problem: problem)
    }
  }
}

import CitongTesting
import Exchange
import Foundation
import Records
import Testing
import Values
import Web

/// Every address there is, as every role: nobody gets further than they may.
@Suite struct RouteTests {
  private func readers() -> [Reader] {
    Role.allCases.map { role in
      switch role.organisationKind {
      case "school": Reader(role, organisation: "SD001")
      case "enterprise": Reader(role, organisation: "ED00001")
      default: Reader(role, region: role.isOfCounty ? "990102" : "")
      }
    }
  }

  /// An address of a sort: about a kind, about a record of it.
  private func address(_ route: Route, _ kind: Kind, _ id: String) -> String {
    route.path.replacing(":kind", with: kind.name)
      .replacing("/account/*", with: "/account/\(id)").replacing("/*", with: "/\(id)")
  }

  @Test func `every address asks what its route says of every role`() throws {
    try withCity(demo: true) { city in
      let site = try OfficeSite(city)
      for kind in city.register.kinds {
        let id = try city.register.list(kind, Query(limit: 1)).first?.id ?? "X1"
        for route in Route.all where route.method == "GET" {
          if route.path == "/assets/*" || !route.path.contains(":kind"), kind.name != "school" {
            continue
          }
          let target = address(route, kind, id)
          for reader in readers() {
            let answer = site.answer(
              WebRequest(method: route.method, target: target),
              as: reader
            )
            let isIn = admits(route, kind, reader, city.register)
            if isIn {
              // Whether it is this record the register says.
              let refused = route.path.contains("*") ? [401, 500] : [401, 403, 500]
              #expect(!refused.contains(answer.status), "\(reader.role) \(target)")
              continue
            }
            if reader.role == .public {
              #expect(
                route.path.hasPrefix("/api") ? answer.status == 401 : answer.status == 303,
                "\(reader.role) \(target) \(answer.status)"
              )
            } else {
              #expect([303, 401, 403].contains(answer.status), "\(reader.role) \(target)")
            }
          }
        }
      }
    }
  }

  /// The rule of a route, written once more.
  private func admits(_ route: Route, _ kind: Kind, _ reader: Reader, _ register: RecordStore)
    -> Bool
  {
    switch route.need {
    case .nothing: return true
    case .signedIn: return false
    case .acting: return reader.role != .public
    case .roles(let roles): return roles.contains(reader.role)
    case .act(let act, let name):
      let kind = name.flatMap(register.kind) ?? kind
      return reader.role != .public
        && kind.grants.contains { grant in
          guard grant.acts.contains(act) else { return false }
          guard grant.roles.isEmpty || grant.roles.contains(reader.role) else { return false }
          switch grant.scope {
          case .region: return !reader.region.isEmpty
          case .own: return !reader.organisation.isEmpty
          case .person: return !reader.account.isEmpty
          default: return true
          }
        }
    case .actSomewhere(let act):
      return reader.role != .public && register.kinds.contains { reader.may(act, $0) }
    }
  }

  @Test func `no writing address lets anybody in who did not sign in`() throws {
    try withCity(demo: true) { city in
      let site = try OfficeSite(city)
      let before = try city.register.lastChange()
      for route in Route.all where route.method != "GET" {
        let target = address(route, try city.kind("school"), "SD001")
        let answer = site.answer(
          WebRequest(method: route.method, target: target, body: Array("{}".utf8)),
          as: .anonymous
        )
        // Signing in and asking to join are for anybody; without a sign-in desk they are not there.
        let refused =
          route.need == .nothing ? [303, 404, 410] : target.hasPrefix("/api") ? [401] : [303]
        #expect(refused.contains(answer.status), "\(route.method) \(target) \(answer.status)")
      }
      #expect(try city.register.lastChange() == before)
    }
  }

  @Test func `an address nobody decided on is not answered`() throws {
    try withCity(demo: true) { city in
      let site = try OfficeSite(city)
      for target in [
        "/desk/school/SD001/secret", "/api/school/SD001/secret", "/desk/import/x/y/z/w",
      ] {
        #expect(site.answer(WebRequest(method: "GET", target: target)).status == 404, "\(target)")
      }
      #expect(site.answer(WebRequest(method: "DELETE", target: "/api/school/SD001")).status == 405)
      #expect(site.answer(WebRequest(method: "DELETE", target: "/desk/school/SD001")).status == 404)
    }
  }

  @Test func `walking every record of every kind as every role shows only what is theirs`() throws {
    try withCity(demo: true) { city in
      var demo = ExchangeDemo(city.register, city: city.city)
      try demo.fill()
      let site = try OfficeSite(city)
      for kind in city.register.kinds {
        for record in try city.register.list(kind, Query(limit: 5)) {
          for reader in readers() {
            let seen = try city.register.acting(as: reader).record(kind, record.id)
            let answer = site.answer(
              WebRequest(method: "GET", target: "/api/\(kind.name)/\(record.id)"),
              as: reader
            )
            guard let seen, reader.role != .public else {
              #expect([401, 403, 404].contains(answer.status), "\(reader.role) \(record.id)")
              continue
            }
            let json = try JSON(parsing: answer.body)
            for (place, field) in kind.fields.enumerated() {
              #expect(
                (json[field.name] == nil) == seen.values[place].isNone,
                "\(reader.role) \(kind.name).\(field.name) \(record.id)"
              )
            }
          }
        }
      }
    }
  }

  @Test func `what somebody may not write stays as it is, also when sent along`() throws {
    try withCity(demo: true) { city in
      let site = try OfficeSite(city)
      let school = Reader(.schoolAdmin, organisation: "SD001")
      let other = site.answer(
        WebRequest(
          method: "PATCH",
          target: "/api/school/SD002",
          body: Array(#"{"version":1,"sponsor":"别人"}"#.utf8)
        ),
        as: school
      )
      #expect(other.status == 422 || other.status == 403)
      #expect(String(decoding: other.body, as: UTF8.self).contains("ACC-E-002"))
      let own = site.answer(
        WebRequest(
          method: "PATCH",
          target: "/api/school/SD001",
          body: Array(#"{"version":1,"schoolId":"SD002","updatedBy":"x","sponsor":"自己"}"#.utf8)
        ),
        as: school
      )
      #expect(
        own.status == 422 || own.status == 200,
        "\(String(decoding: own.body, as: UTF8.self))"
      )
      let kept = try city.register.record(city.kind("school"), "SD002")
      #expect(kept?["sponsor"].text != "自己")
    }
  }

  @Test func `a redirect after signing in never leads to another site`() throws {
    try withCity { city in
      let site = try OfficeSite(city)
      for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:1"] {
        let target = "/sign-in?next=" + next.utf8.map { "%" + String($0, radix: 16) }.joined()
        let answer = site.answer(WebRequest(method: "GET", target: target), as: .anonymous)
        let page = String(decoding: answer.body, as: UTF8.self)
        #expect(page.contains(#"name="next" value="/desk""#), "\(next)")
      }
    }
  }
}

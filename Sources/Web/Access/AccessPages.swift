import Foundation
import Identity
import Records
import Values

/// The pages that tell the administrators who may do what.
extension Site {
  /// The table of who may do what; of one field, who sees it and by which grant.
  func accessPage(_ request: WebRequest) -> WebAnswer {
    let role = request["role"].flatMap(Role.init(rawValue:))
    let kind = request["of"].flatMap(base.kind)
    let field = kind.flatMap { kind in kind.fields.first { $0.name == request["field"] } }
    let rows = AccessTable(base.kinds).rows.filter { row in
      (role == nil || row.role == role) && (kind == nil || row.kind == kind?.name)
        && (field.map { $0.privacy <= max(row.clearance, row.reveals ?? .public) } ?? true)
    }
    return page(
      "access",
      [
        "title": "权限表",
        "lead": "由登记声明得出；没有写在这里的一概不许。不具名的公众只看公开的。",
        "roles": HTML.options(
          [("", "全部角色")] + Role.allCases.map { ($0.rawValue, $0.label) },
          chosen: role?.rawValue ?? ""
        ),
        "kinds": HTML.options(
          [("", "全部类别")] + base.kinds.map { ($0.name, $0.label) },
          chosen: kind?.name ?? ""
        ),
        "fields": kind.map { kind in
          HTML.options(
            [("", "全部字段")]
              + kind.fields.map { ($0.name, "\($0.label)（\($0.privacy.label)）") },
            chosen: field?.name ?? ""
          )
        },
        "question": field.map { "谁能看到“\($0.label)”（\($0.privacy.label)），凭哪一条：" },
        "viewHref": Address.with("/desk/access/as", [("role", role?.rawValue ?? "")]),
        "table": accessTable(rows, field).html,
      ],
      door: .desk,
      current: "access",
      startedAt: Date()
    )
  }

  // MARK: Policies

  /// How strictly people sign in, for the security administrator to set.
  func policyPage(
    _ request: WebRequest,
    typed: [String: String] = [:],
    problems: [Problem] = [],
    flash: [String] = []
  ) -> WebAnswer {
    guard let signIn else { return notFound(request) }
    let rules = signIn.rules
    let fields = SecurityRules.declared.map { rule -> Model in
      let problem = problems.first { $0.path == rule.name }
      return [
        "id": "f-\(rule.name)", "name": rule.name, "label": rule.label, "required": true,
        "help": "\(rule.range.lowerBound) 到 \(rule.range.upperBound) \(rule.unit)，超出就不合底线。",
        "error": problem?.message,
        "isText": [
          "value": typed[rule.name] ?? String(rules[keyPath: rule.path]), "type": "text",
          "inputMode": "numeric", "unit": rule.unit, "size": "s",
        ] as Model,
      ]
    }
    return page(
      "form",
      [
        "title": "安全策略", "lead": "下一次请求起生效，改动记入审计。只能比底线更严。", "action": "/desk/policies",
        "errors": problems.isEmpty
          ? nil
          : [
            "title": "有 \(problems.count) 处需要改正，一项也没有改",
            "rows": problems.map { problem -> Model in
              ["id": "f-\(problem.path)", "label": "策略", "text": problem.message]
            }.asRows,
          ] as Model,
        "flash": flash.isEmpty ? nil : ["text": flash.joined(separator: "；")] as Model,
        "sections": [["id": "rules", "title": "登录和答复", "fields": fields] as Model],
        "submits": [["text": "保存", "isPrimary": true] as Model], "cancelHref": "/desk",
        "cancelText": "不改",
      ],
      door: .desk,
      current: "policies",
      status: problems.isEmpty ? 200 : 422,
      startedAt: Date()
    )
  }

  func setPolicies(_ request: WebRequest) throws -> WebAnswer {
    guard let signIn else { return notFound(request) }
    let names = Set(SecurityRules.declared.map(\.name))
    let typed = Dictionary(
      request.form.filter { names.contains($0.name) }.map { ($0.name, $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
    do {
      let changed = try signIn.set(rules: typed, by: Self.officer)
      return policyPage(request, flash: changed.isEmpty ? ["没有改动"] : changed)
    } catch let refused as Refused {
      return policyPage(request, typed: typed, problems: refused.problems)
    }
  }

  private func accessTable(_ rows: [AccessTable.Row], _ field: FieldShape?) -> Table {
    Table(
      caption: "权限表",
      columns: ["角色", "类别", "能做的事", "哪些记录", field == nil ? "字段到" : "怎样看到"]
        .map { Table.Column(text: $0) },
      rows: rows.map { row in
        [
          Table.Cell(row.role.label, .name),
          Table.Cell(base.kind(row.kind)?.label ?? row.kind, .short),
          Table.Cell(row.acts.map(\.label).joined(separator: "、")), Table.Cell(row.scope),
          Table.Cell(
            field.map { sight(of: $0, by: row) } ?? row.clearance.label,
            .short
          ),
        ]
      }
    )
  }

  /// How a field is seen by one line of the table.
  private func sight(of field: FieldShape, by row: AccessTable.Row) -> String {
    if field.privacy > row.clearance { return Sight.forPurpose.label }
    return row.acts.contains(.read) ? Sight.seen.label : "只能填"
  }

  /// Who an address asks to be shown the system as; `nil` when it names no role.
  private func viewer(_ request: WebRequest) -> Reader? {
    guard let role = request["role"].flatMap(Role.init(rawValue:)) else { return nil }
    let isOfRegion = role.organisationKind == nil
    let whom = Text.trimmed(request["for"] ?? "")
    return Reader(
      role,
      account: request["account"] ?? "",
      organisation: isOfRegion ? "" : whom,
      region: isOfRegion ? whom : ""
    )
  }

  /// What is wrong with whom a view is asked for; `nil` for nothing.
  private func unknown(_ reader: Reader) throws -> Problem? {
    let (name, id) =
      reader.organisation.isEmpty
      ? ("region", reader.region) : (reader.role.organisationKind ?? "", reader.organisation)
    guard !id.isEmpty, let kind = base.kind(name) else { return nil }
    guard try base.record(kind, kind.canonical(id)) == nil else { return nil }
    return Problem("REC-E-009", "for", "没有编号为 \(id) 的\(kind.label)，请填编号，例如从列表里抄。")
  }

  /// The system as a role has it: what is in the menu, what may be done, which fields are seen.
  func viewPage(_ request: WebRequest) throws -> WebAnswer {
    let reader = viewer(request)
    let problem = try reader.flatMap(unknown)
    let views = try problem == nil ? reader.map { try base.view(as: $0) } : nil
    let kind = request["of"].flatMap { name in views?.first { $0.kind.name == name } }
    return page(
      "access-as",
      [
        "title": "以某个角色看系统",
        "lead": "看到的是这个角色能打开什么、能做什么、看得见哪些字段；记录本身不在这里显示。",
        "roles": HTML.options(
          Role.allCases.map { ($0.rawValue, $0.label) },
          chosen: reader?.role.rawValue ?? ""
        ),
        "for": request["for"] ?? "", "problem": problem?.message,
        "hint": reader.flatMap(Self.wanting),
        "menu": problem == nil ? reader.map { menu(of: $0).joined(separator: "、") } : nil,
        "table": views.map { viewTable($0, request).html },
        "fieldTable": kind.map { fieldTable($0).html },
        "none": views?.isEmpty == true ? "这个角色什么台账也打不开。" : nil,
      ],
      door: .desk,
      current: "access",
      status: problem == nil ? 200 : 422,
      startedAt: Date()
    )
  }

  /// What a view lacks as long as it is not said for whom the role is held.
  private static func wanting(_ reader: Reader) -> String? {
    guard reader.organisation.isEmpty, reader.region.isEmpty else { return nil }
    switch reader.role.organisationKind {
    case "school": return "没有填学校编号：下面只有各校都看得到的。"
    case "enterprise": return "没有填企业编号：下面只有各企业都看得到的。"
    default: return reader.role == .countyBureau ? "没有填区划代码：下面只有各县都看得到的。" : nil
    }
  }

  /// What somebody finds in the head of their pages.
  private func menu(of reader: Reader) -> [String] {
    Self.$visitor.withValue(Visitor(reader: reader)) {
      ["首页"] + (reader.role == .public ? [] : deskItems.map(\.0)) + ["更多台账"]
    }
  }

  private func viewTable(_ views: [KindView], _ request: WebRequest) -> Table {
    func said(_ count: Int?, _ kind: Kind) -> String {
      count.map(String.init) ?? "少于 \(kind.publishedAtLeast)"
    }
    return Table(
      caption: "能打开的台账",
      columns: ["类别", "能做的事", "看得到", "一共", "看不全的字段"].map {
        Table.Column(text: $0, isNumber: $0 == "看得到" || $0 == "一共")
      },
      rows: views.map { view in
        let dim = view.fields.filter { $0.sight != .seen }
        let href = Address.with(
          "/desk/access/as",
          ["role", "for"].map { ($0, request[$0] ?? "") } + [("of", view.kind.name)]
        )
        return [
          Table.Cell(view.kind.label, .name, address: href),
          Table.Cell(view.acts.map(\.label).joined(separator: "、")),
          Table.Cell(said(view.count, view.kind), .number, label: "看得到"),
          Table.Cell(said(view.all, view.kind), .number, label: "一共"),
          Table.Cell(dim.isEmpty ? "无" : "\(dim.count) 个", .short, address: href),
        ]
      }
    )
  }

  private func fieldTable(_ view: KindView) -> Table {
    Table(
      caption: "\(view.kind.label)的字段",
      columns: ["字段", "密级", "怎样看到", "能不能填"].map { Table.Column(text: $0) },
      rows: view.fields.map { field, sight, isFilled in
        [
          Table.Cell(field.label, .name), Table.Cell(field.privacy.label, .short),
          Table.Cell(sight.label, .short), Table.Cell(isFilled ? "能填" : "不能填", .short),
        ]
      }
    )
  }
}

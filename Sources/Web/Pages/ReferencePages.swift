import Foundation
import Ledger
import Records
import Values

extension Site {
  /// The API as people read it: what can be asked where.
  func reference() -> WebAnswer {
    let addresses: [(String, String, String)] = [
      ("GET", "/api/{类别}", "一页记录：filter、sort、limit、cursor、fields、expand、knownOn"),
      ("POST", "/api/{类别}", "新登记一条；Idempotency-Key 使重复的请求只做一次"),
      ("GET", "/api/{类别}/{编号}", "一条记录，带 ETag；If-None-Match 没有变时答 304"),
      ("PATCH", "/api/{类别}/{编号}", "改几个字段；带 If-Match 或内容里的 version"),
      ("POST", "/api/{类别}/bulk", "一次写最多 1000 条"),
      ("GET", "/api/{类别}/{编号}/versions", "各个版本：谁何时改了什么"),
      ("GET", "/api/{类别}/{编号}/evidence", "依据、前身与后继"),
      ("POST", "/api/{类别}/{编号}/confirmations", "确认：fields、document、confirmedOn"),
      ("POST", "/api/{类别}/{编号}/merge", "并入另一条：away、take、document"),
      ("POST", "/api/{类别}/{编号}/successions", "承继或分立：to、how、on、document、movesReferences"),
      ("GET", "/api/{类别}.csv · .xlsx · .json", "按同样的条件整份导出"),
      ("GET", "/{类别}.csv · .xlsx · .json", "公开数据的固定下载地址"),
      ("GET", "/api/public/{类别}", "按匿名访客回答"),
      ("POST", "/api/public/joining", "一个单位申请入驻；POST /api/joining/{编号}/decide 确认或不同意"),
      ("GET", "/api/me/data", "令牌主人自己的全部数据；POST /api/me/requests 提出更正、删除、注销等请求"),
      ("GET", "/api/figures", "由记录算出的数字；knownOn、validOn"),
      ("GET", "/api/conditions?year=…", "办学条件达标率；/api/conditions/{学校}?teachersFull=30 看缺口和假如"),
      ("GET", "/api/matches?title=…", "一条供需适合谁"),
      ("GET", "/api/changes?since=…", "变更流；Accept: text/event-stream 时持续推送"),
      ("POST", "/api/imports?name=…&kind=…", "交一个文件来检查；再 POST …/commit 入库，…/cancel 放弃"),
      ("POST", "/api/imports/runs/{次数}/undo", "整批撤销一次导入"),
    ]
    return page(
      "reference",
      [
        "title": "开放接口",
        "lead": "同样的数据和规则，给别的系统用。错误用 application/problem+json 说明，代码与页面上的相同。",
        "openHref": "/api/openapi.json",
        "rows": addresses.map { method, path, text in
          ["method": method, "path": path, "text": text] as Model
        },
        "kinds": register.kinds.map { kind in
          [
            "title": kind.label, "name": kind.name, "href": Address.reference(kind.name),
            "text": kind.summary,
          ] as Model
        }, "jsonHref": "/api/openapi.json",
      ],
      door: .public,
      startedAt: Date()
    )
  }

  /// The fields of a kind as people read them.
  func reference(of name: String, _ request: WebRequest) -> WebAnswer {
    guard let kind = register.kind(name) else { return notFound(request) }
    let table = Table(
      caption: "\(kind.label)的字段",
      columns: ["字段", "名称", "填什么", "必填", "公开范围", "说明"].map { Table.Column(text: $0) },
      rows: kind.fields.map { field in
        [
          Table.Cell(field.name, .name), Table.Cell(field.heading),
          Table.Cell(field.isDerived ? "自动算出" : field.expectation),
          Table.Cell(field.isRequired ? "必填" : ""), Table.Cell(field.privacy.label),
          Table.Cell(field.help),
        ]
      }
    )
    return page(
      "reference-kind",
      [
        "title": kind.label, "name": kind.name, "lead": kind.summary, "backHref": Address.reference,
        "listHref": kind.isPublic ? Address.list(kind.name, .public) : nil,
        "example": "/api/\(kind.isPublic ? "public/" : "")\(kind.name)?limit=5",
        "table": table.html, "jsonHref": "/api/openapi.json",
      ],
      door: .public,
      startedAt: Date()
    )
  }
}

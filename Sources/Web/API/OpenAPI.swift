import Identity
import Ledger
import Planning
import Records
import Values

/// The description of the API in OpenAPI 3.1, made from the declarations of the records.
struct OpenAPI {
  let kinds: [Kind]
  let title: String
  let city: any CityRules

  /// The version of the API; see `docs/api`.
  static let version = "1.0.0"

  /// The whole document.
  var document: JSON {
    .object([
      "openapi": "3.1.0",
      "info": .object([
        "title": .string("\(title) API"), "version": .string(Self.version),
        "description":
          "名称、地址和错误代码不会改变含义；只会增加。/api/public 下谁都能读；其余要令牌（Authorization: Bearer …），按令牌的身份回答。",
        "license": .object(["name": "Apache-2.0", "identifier": "Apache-2.0"]),
      ]),
      "servers": .array([.object(["url": "/"])]),
      "tags": .array(
        kinds.map {
          .object(["name": .string($0.name), "description": .string($0.label + "：" + $0.summary)])
        } + [
          .object(["name": "figures", "description": "由记录算出的数字"]),
          .object(["name": "matches", "description": "供需匹配"]),
          .object(["name": "imports", "description": "文件导入"]),
          .object(["name": "changes", "description": "变更流"]),
          .object(["name": "audit", "description": "审计日志的链头"]),
          .object(["name": "conditions", "description": "办学条件达标"]),
          .object(["name": "programs", "description": "专业设置正负面清单"]),
          .object(["name": "assessment", "description": "工作考核"]),
          .object(["name": "governance", "description": "公文、督办任务"]),
          .object(["name": "me", "description": "自己的数据和请求"]),
        ]
      ),
      "paths": .object(kinds.flatMap(paths) + otherPaths),
      "components": .object([
        "schemas": .object(commonSchemas + kinds.flatMap(schemas)),
        "responses": .object(["Problem": problem]),
        "securitySchemes": .object([
          "token": .object([
            "type": "http", "scheme": "bearer", "description": "在“我的账号”页面上建的令牌",
          ])
        ]),
      ]),
    ])
  }

  // MARK: Paths of a kind

  private func paths(_ kind: Kind) -> [JSON.Member] {
    let name = kind.name
    let base = "/api/\(name)"
    var paths: [JSON.Member] = [
      .init(
        base,
        .object([
          "get": list(kind, isPublic: false), "post": create(kind),
        ])
      ),
      .init(
        base + "/{id}",
        .object([
          "parameters": .array([identifier(kind)]), "get": one(kind, isPublic: false),
          "patch": update(kind, "update", "改几个字段，没有写的保持原样"),
          "put": update(kind, "put", "同 PATCH：没有写的字段保持原样"),
        ])
      ),
      .init(
        base + "/{id}/versions",
        .object([
          "parameters": .array([identifier(kind)]),
          "get": operation(
            "versions_\(name)",
            "\(kind.label)的各个版本，新的在前",
            name,
            answers: [
              ("200", "各个版本", .object(["type": "array", "items": Self.ref("Version")]))
            ]
          ),
        ])
      ),
      .init(base + "/bulk", .object(["post": bulk(kind)])),
      act(
        kind,
        "confirmations",
        "confirm",
        "确认一条\(kind.label)或它的几个字段",
        Self.confirmation,
        "Evidence"
      ),
      act(kind, "merge", "merge", "把另一条并进来", Self.merge, Self.type(kind)),
      act(kind, "successions", "succeed", "登记承继或分立", Self.succession, "Evidence"),
      .init(
        base + "/{id}/evidence",
        .object([
          "parameters": .array([identifier(kind)]),
          "get": operation(
            "evidence_\(name)",
            "\(kind.label)的依据、前身和后继",
            name,
            answers: [("200", "依据", Self.ref("Evidence"))]
          ),
        ])
      ),
    ]
    if kind.isPublic {
      paths.append(.init("/api/public/\(name)", .object(["get": list(kind, isPublic: true)])))
      paths.append(
        .init(
          "/api/public/\(name)/{id}",
          .object([
            "parameters": .array([identifier(kind)]), "get": one(kind, isPublic: true),
          ])
        )
      )
    }
    return paths
  }

  private func act(
    _ kind: Kind,
    _ verb: String,
    _ operation: String,
    _ summary: String,
    _ body: JSON,
    _ answer: String
  ) -> JSON.Member {
    .init(
      "/api/\(kind.name)/{id}/\(verb)",
      .object([
        "parameters": .array([identifier(kind)]),
        "post": self.operation(
          "\(operation)_\(kind.name)",
          summary,
          kind.name,
          body: body,
          answers: [("200", "做好之后", Self.ref(answer))]
        ),
      ])
    )
  }

  private static let words = JSON.object(["type": "string"])
  private static let names = JSON.object(["type": "array", "items": words])
  private static let confirmation = JSON.object([
    "type": "object",
    "properties": .object(["fields": names, "document": words, "confirmedOn": date]),
  ])
  private static let merge = JSON.object([
    "type": "object", "required": .array(["away"]),
    "properties": .object(["away": words, "take": names, "document": words]),
  ])
  private static let succession = JSON.object([
    "type": "object", "required": .array(["to"]),
    "properties": .object([
      "to": names,
      "how": .object(["type": "string", "enum": .array(["succession", "split"])]), "on": date,
      "document": words, "movesReferences": .object(["type": "boolean"]),
    ]),
  ])

  private func identifier(_ kind: Kind) -> JSON {
    Self.parameter(
      "id",
      "path",
      kind.fields[kind.identifier].label,
      .object(["type": "string"]),
      isRequired: true
    )
  }

  private func list(_ kind: Kind, isPublic: Bool) -> JSON {
    let filters = kind.filters.map { kind.fields[$0] }
    var parameters = filters.filter { !isPublic || $0.privacy == .public }.map { field in
      Self.parameter(field.name, "query", "按\(field.label)筛选", filterSchema(field))
    }
    let text = JSON.object(["type": "string"])
    parameters += [
      Self.parameter("q", "query", "名称、代码里含有的文字", text),
      Self.parameter(
        "filter",
        "query",
        "条件，可以写几个：字段=值、字段~文字、字段>=值、字段<=值、字段=、字段!=",
        .object(["type": "array", "items": text])
      ),
      Self.parameter(
        "where",
        "query",
        "规则（CEL），用字段的名称或中文名，例如 在校生 > 1000 && 学段 == 'secondary'",
        text
      ),
      Self.parameter("sort", "query", "排序字段，逗号隔开，前面加 - 为倒序", text),
      Self.parameter(
        "order",
        "query",
        "只按一个字段排序时的方向",
        .object(["type": "string", "enum": .array(["asc", "desc"])])
      ),
      Self.parameter("limit", "query", "一页多少条", Self.integer(1, APIPage.most)),
      Self.parameter("cursor", "query", "从上一页的 next 接着读", text),
      Self.parameter("page", "query", "第几页，从 1 起；很深的页请用 cursor", Self.integer(1, nil)),
      Self.parameter("fields", "query", "只要哪些字段，逗号隔开", text),
      Self.parameter("expand", "query", "展开哪些引用，逗号隔开", text),
      Self.parameter("facets", "query", "数哪些字段各值的条数（不计该字段自己的条件），逗号隔开", text),
      Self.parameter("figure", "query", "计入某个指标的记录", text),
    ]
    if !isPublic {
      parameters.append(Self.parameter("knownOn", "query", "按那一天结束时所知的样子", Self.date))
    }
    if kind.validity != nil {
      parameters.append(Self.parameter("validOn", "query", "那一天有效的", Self.date))
    }
    let schema = isPublic ? "\(Self.type(kind))PublicList" : "\(Self.type(kind))List"
    return operation(
      (isPublic ? "list_public_" : "list_") + kind.name,
      "\(kind.label)列表",
      kind.name,
      parameters: parameters,
      answers: [("200", "一页\(kind.label)", Self.ref(schema))]
    )
  }

  private func filterSchema(_ field: FieldShape) -> JSON {
    switch field.type {
    case .choice(let options), .choices(let options):
      .object(["type": "string", "enum": .array(options.map { .string($0.code) })])
    case .boolean: .object(["type": "string", "enum": .array(["true", "false"])])
    default: .object(["type": "string"])
    }
  }

  private func one(_ kind: Kind, isPublic: Bool) -> JSON {
    operation(
      (isPublic ? "get_public_" : "get_") + kind.name,
      "一条\(kind.label)",
      kind.name,
      parameters: [
        Self.parameter("fields", "query", "只要哪些字段，逗号隔开", .object(["type": "string"])),
        Self.parameter("expand", "query", "展开哪些引用，逗号隔开", .object(["type": "string"])),
        Self.parameter("knownOn", "query", "按那一天结束时所知的样子", Self.date),
        Self.parameter(
          "If-None-Match",
          "header",
          "上次的 ETag，没有变则答 304",
          .object(["type": "string"])
        ),
      ],
      answers: [
        ("200", "这条\(kind.label)", Self.ref(Self.type(kind) + (isPublic ? "Public" : ""))),
        ("304", "没有变", nil),
      ]
    )
  }

  private func create(_ kind: Kind) -> JSON {
    operation(
      "create_\(kind.name)",
      "新登记一条\(kind.label)",
      kind.name,
      parameters: [
        Self.parameter(
          "Idempotency-Key",
          "header",
          "同一个键的重复请求只做一次，一天内有效",
          .object(["type": "string", "maxLength": 200])
        )
      ],
      body: Self.ref(Self.type(kind) + "Draft"),
      answers: [
        ("201", "已登记", Self.ref(Self.type(kind))), ("200", "已经有了，没有变", Self.ref(Self.type(kind))),
      ]
    )
  }

  private func update(_ kind: Kind, _ verb: String, _ summary: String) -> JSON {
    operation(
      "\(verb)_\(kind.name)",
      "修改一条\(kind.label)：\(summary)",
      kind.name,
      parameters: [
        Self.parameter(
          "If-Match",
          "header",
          "读到的 ETag；也可以在内容里写 version",
          .object(["type": "string"])
        )
      ],
      body: Self.ref(Self.type(kind) + "Draft"),
      answers: [("200", "改好的\(kind.label)", Self.ref(Self.type(kind)))]
    )
  }

  private func bulk(_ kind: Kind) -> JSON {
    operation(
      "bulk_\(kind.name)",
      "一次写多条\(kind.label)：有 id 的修改，没有的新登记",
      kind.name,
      body: .object([
        "type": "object", "required": .array(["items"]),
        "properties": .object([
          "items": .object([
            "type": "array", "maxItems": 1000, "items": Self.ref(Self.type(kind) + "Draft"),
          ]), "allOrNothing": .object(["type": "boolean", "default": false]),
        ]),
      ]),
      answers: [
        ("200", "全部写好", Self.ref("BulkResult")), ("207", "有的没有写", Self.ref("BulkResult")),
        ("422", "一条也没有写", Self.ref("BulkResult")),
      ]
    )
  }

  // MARK: Parts

  /// The assessment by a scheme.
  private func assessment(_ id: String) -> [JSON.Member] {
    [
      JSON.Member(
        "parameters",
        .array([
          Self.parameter("code", "path", "方案编码", .object(["type": "string"]), isRequired: true)
        ])
      ),
      JSON.Member(
        "get",
        operation(
          id,
          "工作考核：各单位的名次、等次，能看的还有逐项得分和怎样算",
          "assessment",
          answers: [("200", "考核结果", .object(["type": "object"]))]
        )
      ),
    ]
  }

  /// The form of one organisation under a scheme.
  private var assessmentForm: [JSON.Member] {
    let text = JSON.object(["type": "string", "maxLength": 40])
    let entry = JSON.object([
      "type": "object",
      "properties": .object([
        "value": .object(["type": .array(["string", "number"])]),
        "notApplicable": .object(["type": "boolean"]),
        "naReason": .object(["type": "string", "maxLength": 200]),
        "explanation": .object(["type": "string", "maxLength": 300]),
      ]),
    ])
    return [
      JSON.Member(
        "parameters",
        .array([
          Self.parameter("code", "path", "方案编码", text, isRequired: true),
          Self.parameter("id", "path", "单位：县的区划代码或学校的编号", text, isRequired: true),
        ])
      ),
      JSON.Member(
        "get",
        operation(
          "get_assessment_form",
          "一个单位的填报单：要哪些数，台账已有哪些，填了哪些",
          "assessment",
          answers: [("200", "填报单", .object(["type": "object"]))]
        )
      ),
      JSON.Member(
        "post",
        operation(
          "fill_assessment_form",
          "填报，或按台账确认；全部写进去或一个也不写",
          "assessment",
          body: .object([
            "type": "object",
            "properties": .object([
              "confirm": .object(["type": "boolean"]),
              "values": .object(["type": "object", "additionalProperties": entry]),
            ]),
          ]),
          answers: [("200", "写了多少，还提醒什么", .object(["type": "object"]))]
        )
      ),
    ]
  }

  /// The next step of an assessment.
  private var assessmentStep: [JSON.Member] {
    [
      JSON.Member(
        "parameters",
        .array([
          Self.parameter("code", "path", "方案编码", .object(["type": "string"]), isRequired: true)
        ])
      ),
      JSON.Member(
        "post",
        operation(
          "step_assessment",
          "办到下一步，或写明原因退回上一步",
          "assessment",
          body: .object([
            "type": "object",
            "properties": .object([
              "to": .object(["type": "string", "maxLength": 20]),
              "note": .object(["type": "string", "maxLength": 200]),
              "on": .object(["type": "string", "maxLength": 10]),
            ]),
          ]),
          answers: [("200", "到了哪一步", .object(["type": "object"]))]
        )
      ),
    ]
  }

  /// The tasks with their lights.
  private func tasks(_ id: String) -> JSON {
    operation(
      id,
      "督办任务：每项的灯和为什么，各单位的成绩",
      "governance",
      parameters: [
        Self.parameter(
          "on",
          "query",
          "看哪一天的灯，例如 2022-12-31；默认今天",
          .object(["type": "string", "maxLength": 10])
        )
      ],
      answers: [("200", "任务", .object(["type": "object"]))]
    )
  }

  /// The cases that wait for one, starting one.
  private var inbox: [JSON.Member] {
    let text = JSON.object(["type": "string", "maxLength": 120])
    return [
      JSON.Member(
        "get",
        operation(
          "list_inbox",
          "等我办的事，先到期的在前",
          "governance",
          answers: [
            (
              "200", "办件",
              .object([
                "type": "object",
                "properties": .object([
                  "items": .object(["type": "array", "items": .object(["type": "object"])])
                ]),
              ])
            )
          ]
        )
      ),
      JSON.Member(
        "post",
        operation(
          "start_inbox_case",
          "按一个流程提出一件事",
          "governance",
          body: .object([
            "type": "object", "required": .array(["procedure", "title"]),
            "properties": .object(["procedure": text, "title": text, "subject": text]),
          ]),
          answers: [("200", "办件号", .object(["type": "object"]))]
        )
      ),
    ]
  }

  /// One case: what may be done, what was done, doing something.
  private var inboxCase: [JSON.Member] {
    let text = JSON.object(["type": "string", "maxLength": 1_000])
    return [
      JSON.Member(
        "parameters",
        .array([
          Self.parameter("id", "path", "办件号", .object(["type": "string"]), isRequired: true)
        ])
      ),
      JSON.Member(
        "get",
        operation(
          "get_inbox_case",
          "一件事：到哪个环节、能办什么、经过",
          "governance",
          answers: [("200", "办件", .object(["type": "object"]))]
        )
      ),
      JSON.Member(
        "post",
        operation(
          "take_inbox_case",
          "办：走一步、退回、会签、暂停、延期、撤回、请人代办",
          "governance",
          body: .object([
            "type": "object", "required": .array(["do"]),
            "properties": .object([
              "do": text, "note": text, "unit": text, "until": text, "account": text,
            ]),
          ]),
          answers: [("200", "办好之后", .object(["type": "object"]))]
        )
      ),
    ]
  }

  /// A template of a document: what it says now, and publishing it.
  private var documentTemplate: [JSON.Member] {
    let day = JSON.object(["type": "string", "maxLength": 10])
    return [
      JSON.Member(
        "parameters",
        .array([
          Self.parameter(
            "name",
            "path",
            "模板的名字",
            .object(["type": "string", "maxLength": 60]),
            isRequired: true
          )
        ])
      ),
      JSON.Member(
        "get",
        operation(
          "preview_document",
          "按某一天的台账算出正文和每个数字，不发布",
          "governance",
          parameters: [Self.parameter("asOf", "query", "数据截至哪一天，默认今天", day)],
          answers: [("200", "正文和数字", .object(["type": "object"]))]
        )
      ),
      JSON.Member(
        "post",
        operation(
          "publish_document",
          "发布：编文号，冻结数字；同一天同样的数字只发一次",
          "governance",
          body: .object(["type": "object", "properties": .object(["asOf": day])]),
          answers: [("200", "文号、索引号", .object(["type": "object"]))]
        )
      ),
    ]
  }

  /// A round of the list of programs.
  private func programs(_ id: String) -> JSON {
    operation(
      id,
      "专业设置正负面清单：一轮的各专业点、牌、依据",
      "programs",
      parameters: [
        Self.parameter(
          "round",
          "query",
          "轮次代码，默认最新一轮",
          .object(["type": "string", "maxLength": 20])
        )
      ],
      answers: [("200", "清单", .object(["type": "object"]))]
    )
  }

  /// A deed of a round.
  private func round(_ id: String, _ summary: String) -> [JSON.Member] {
    [
      .init(
        "parameters",
        .array([
          Self.parameter(
            "id",
            "path",
            "轮次代码",
            .object(["type": "string", "maxLength": 20]),
            isRequired: true
          )
        ])
      ),
      .init(
        "post",
        operation(id, summary, "programs", answers: [("200", "办了多少", .object(["type": "object"]))])
      ),
    ]
  }

  /// Operating conditions: of the city, or of a school with what one thinks of besides.
  private func conditions(_ id: String, _ isOfSchool: Bool) -> JSON {
    let number = JSON.object(["type": "string", "maxLength": 20])
    var parameters = [
      Self.parameter("year", "query", "年度，默认最新一个有核定数据的年度", Self.integer(2000, 2100))
    ]
    if isOfSchool {
      parameters += ConditionRules.thinkable.map {
        Self.parameter($0, "query", "假如\(ConditionRules.label(of: $0).label)增加多少", number)
      }
    }
    return operation(
      id,
      isOfSchool ? "一所学校的办学条件：各项指标、缺口、怎样算" : "办学条件达标率、各县、各校",
      "conditions",
      parameters: parameters,
      answers: [("200", "达标情况", .object(["type": "object"]))]
    )
  }

  private static let receipt = JSON.object([
    "type": "object", "required": .array(["id", "receipt"]),
    "properties": .object([
      "id": .object(["type": "string"]), "receipt": .object(["type": "string"]),
    ]),
  ])

  /// The operations nobody needs a token for, beside those that say so in their name.
  private static let open: Set<String> = [
    "list_figures", "get_audit_head", "match_public", "ask_to_join",
  ]

  /// An operation; whatever it answers else is a problem.
  private func operation(
    _ id: String,
    _ summary: String,
    _ tag: String,
    parameters: [JSON] = [],
    body: JSON? = nil,
    file: Bool = false,
    answers: [(status: String, text: String, schema: JSON?)]
  ) -> JSON {
    var members: [JSON.Member] = [
      .init("operationId", .string(id)), .init("summary", .string(summary)),
      .init("tags", .array([.string(tag)])),
    ]
    if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
    let isOpen = id.contains("_public_") || Self.open.contains(id)
    members.append(
      .init("security", .array(isOpen ? [] : [.object(["token": .array([])])]))
    )
    if let body {
      members.append(
        .init(
          "requestBody",
          .object([
            "required": true,
            "content": .object(["application/json": .object(["schema": body])]),
          ])
        )
      )
    }
    if file {
      members.append(
        .init(
          "requestBody",
          .object([
            "required": true,
            "content": .object([
              "application/octet-stream": .object([
                "schema": .object(["type": "string", "format": "binary"])
              ])
            ]),
          ])
        )
      )
    }
    var responses = answers.map { answer -> JSON.Member in
      var response: [JSON.Member] = [.init("description", .string(answer.text))]
      if let schema = answer.schema {
        response.append(
          .init("content", .object(["application/json": .object(["schema": schema])]))
        )
      }
      return .init(answer.status, .object(response))
    }
    responses.append(.init("default", .object(["$ref": "#/components/responses/Problem"])))
    members.append(.init("responses", .object(responses)))
    return .object(members)
  }

  static func parameter(
    _ name: String,
    _ place: String,
    _ text: String,
    _ schema: JSON,
    isRequired: Bool = false
  ) -> JSON {
    .object([
      "name": .string(name), "in": .string(place), "description": .string(text),
      "required": .boolean(isRequired), "schema": schema,
    ])
  }

  static func ref(_ schema: String) -> JSON {
    .object(["$ref": .string("#/components/schemas/\(schema)")])
  }

  static func integer(_ low: Int, _ high: Int?) -> JSON {
    var members: [JSON.Member] = [.init("type", "integer"), .init("minimum", .integer(low))]
    if let high { members.append(.init("maximum", .integer(high))) }
    return .object(members)
  }

  static let date = JSON.object(["type": "string", "format": "date"])

  /// The name of a kind's schema: `ProgramOffering`.
  static func type(_ kind: Kind) -> String {
    kind.name.prefix(1).uppercased() + kind.name.dropFirst()
  }

  private var problem: JSON {
    .object([
      "description": "做不到，以及为什么（RFC 9457）",
      "content": .object(["application/problem+json": .object(["schema": Self.ref("Problem")])]),
    ])
  }

  private func decision(
    _ verb: String,
    _ summary: String,
    _ flag: (name: String, words: String)? = nil
  ) -> JSON.Member {
    .init(
      "/api/imports/{id}/\(verb)",
      .object([
        "parameters": .array([
          Self.parameter("id", "path", "任务编号", Self.words, isRequired: true)
        ]),
        "post": operation(
          "\(verb)_import",
          summary,
          "imports",
          parameters: flag.map { flag in
            [
              Self.parameter(
                flag.name,
                "query",
                flag.words,
                .object(["type": "string", "enum": .array(["true", "false"])])
              )
            ]
          } ?? [],
          answers: [("202", "任务", .object(["type": "object"]))]
        ),
      ])
    )
  }

  private var otherPaths: [JSON.Member] {
    let text = JSON.object(["type": "string"])
    let item = Self.parameter("item", "query", "供需信息的编号", text)
    let top = Self.parameter("top", "query", "最多多少个", Self.integer(1, 200))
    let wish = [
      item, top, Self.parameter("title", "query", "标题", text),
      Self.parameter("description", "query", "说明", text),
    ]
    return [
      .init(
        "/api/figures",
        .object([
          "get": operation(
            "list_figures",
            "由记录算出的数字",
            "figures",
            parameters: [
              Self.parameter("knownOn", "query", "按那一天结束时所知的样子", Self.date),
              Self.parameter("place", "query", "county:区划代码 或 school:学校编号；不填是全市", text),
            ],
            answers: [("200", "数字", .object(["type": "array", "items": Self.ref("Figure")]))]
          )
        ])
      ),
      .init(
        "/api/matches",
        .object([
          "get": operation(
            "match",
            "一条供需适合谁",
            "matches",
            parameters: wish,
            answers: [("200", "候选", Self.ref("Matches"))]
          ),
          "post": operation(
            "match_item",
            "一条供需（JSON）适合谁",
            "matches",
            parameters: [top],
            body: .object(["type": "object", "required": .array(["title"])]),
            answers: [("200", "候选", Self.ref("Matches"))]
          ),
        ])
      ),
      .init(
        "/api/public/matches",
        .object([
          "get": operation(
            "match_public",
            "一条供需适合谁，只含公开的",
            "matches",
            parameters: wish,
            answers: [("200", "候选", Self.ref("Matches"))]
          )
        ])
      ),
      .init(
        "/api/changes",
        .object([
          "get": operation(
            "list_changes",
            "变更流；Accept 为 text/event-stream 时持续推送",
            "changes",
            parameters: [
              Self.parameter("since", "query", "从哪一号之后", Self.integer(0, nil)),
              Self.parameter("limit", "query", "最多多少条", Self.integer(1, 1000)),
              Self.parameter("kinds", "query", "只要哪些类别，逗号隔开", text),
            ],
            answers: [("200", "变更", Self.ref("Changes"))]
          )
        ])
      ),
      .init(
        "/api/public/joining",
        .object([
          "post": operation(
            "ask_to_join",
            "一个单位申请入驻：企业凭统一社会信用代码，学校凭学校代码",
            "joining",
            body: Self.ref("JoiningDraft"),
            answers: [("201", "已受理；receipt 是查询结果的地址，只说这一次", Self.receipt)]
          )
        ])
      ),
      .init(
        "/api/joining/{id}/decide",
        .object([
          "parameters": .array([
            Self.parameter("id", "path", "受理编号", text, isRequired: true)
          ]),
          "post": operation(
            "decide_joining",
            "确认入驻，或写明理由不同意",
            "joining",
            body: .object([
              "type": "object", "required": .array(["do"]),
              "properties": .object([
                "do": .object(["enum": .array(["confirm", "refuse"])]),
                "reason": .object(["type": "string", "maxLength": 200]),
              ]),
            ]),
            answers: [("200", "办好之后", Self.ref("Joining"))]
          ),
        ])
      ),
      .init("/api/assessment/{code}", .object(assessment("get_assessment"))),
      .init("/api/inbox", .object(inbox)), .init("/api/inbox/{id}", .object(inboxCase)),
      .init("/api/documents/{name}", .object(documentTemplate)),
      .init("/api/tasks", .object(["get": tasks("tell_tasks")])),
      .init("/api/public/tasks", .object(["get": tasks("tell_public_tasks")])),
      .init("/api/assessment/{code}/step", .object(assessmentStep)),
      .init("/api/assessment/{code}/{id}/form", .object(assessmentForm)),
      .init("/api/public/assessment/{code}", .object(assessment("get_public_assessment"))),
      .init("/api/programs", .object(["get": programs("get_program_list")])),
      .init("/api/public/programs", .object(["get": programs("get_public_program_list")])),
      .init(
        "/api/listRound/{id}/compute",
        .object(round("compute_list_round", "按规则算出一轮的初步结果；同样的数据和规则得同样的结果"))
      ),
      .init(
        "/api/listRound/{id}/publish",
        .object(round("publish_list_round", "放出一个已发布轮次的结果"))
      ),
      .init("/api/conditions", .object(["get": conditions("list_conditions", false)])),
      .init(
        "/api/public/conditions",
        .object(["get": conditions("list_public_conditions", false)])
      ),
      .init(
        "/api/conditions/{id}",
        .object([
          "parameters": .array([Self.parameter("id", "path", "学校的编号", text, isRequired: true)]),
          "get": conditions("get_conditions", true),
        ])
      ),
      .init(
        "/api/public/conditions/{id}",
        .object([
          "parameters": .array([Self.parameter("id", "path", "学校的编号", text, isRequired: true)]),
          "get": conditions("get_public_conditions", true),
        ])
      ),
      .init(
        "/api/me/data",
        .object([
          "get": operation(
            "get_own_data",
            "平台里关于令牌主人的全部数据",
            "me",
            answers: [("200", "数据", .object(["type": "object"]))]
          )
        ])
      ),
      .init(
        "/api/me/requests",
        .object([
          "post": operation(
            "ask_about_own_data",
            "要求查阅、更正、删除、注销等，限期答复",
            "me",
            body: .object([
              "type": "object", "required": .array(["kind"]),
              "properties": .object([
                "kind": .object([
                  "enum": .array(RightsKind.allCases.map { .string($0.rawValue) })
                ]),
                "text": .object(["type": "string", "maxLength": 1000]),
              ]),
            ]),
            answers: [("201", "已收到", Self.ref("RightsRequest"))]
          )
        ])
      ),
      .init(
        "/api/audit/head",
        .object([
          "get": operation(
            "get_audit_head",
            "审计日志最近一天的链头，谁都可以读、可以另存",
            "audit",
            answers: [("200", "链头", Self.ref("AuditHead")), ("404", "还没有链头", nil)]
          )
        ])
      ),
      .init(
        "/api/imports",
        .object([
          "get": operation(
            "list_imports",
            "导入任务和已入库的导入",
            "imports",
            answers: [("200", "任务", .object(["type": "object"]))]
          ),
          "post": operation(
            "receive_import",
            "交一个文件来检查，内容就是文件（CSV 或 .xlsx）",
            "imports",
            parameters: [
              Self.parameter("name", "query", "文件名", text),
              Self.parameter("kind", "query", "是哪类记录，不写则从表头看出", text),
            ],
            file: true,
            answers: [("202", "任务", .object(["type": "object"]))]
          ),
        ])
      ),
      decision("commit", "让检查过的好行入库", ("allOrNothing", "有一行不对就都不入库")),
      decision("cancel", "放弃"),
      decision("check", "再检查一遍", ("keepBlanks", "空的格子不改动已登记的值")),
      .init(
        "/api/imports/runs/{number}/undo",
        .object([
          "parameters": .array([
            Self.parameter("number", "path", "第几次导入", Self.integer(1, nil), isRequired: true)
          ]),
          "post": operation(
            "undo_import",
            "整批撤销一次导入",
            "imports",
            answers: [
              (
                "200", "移除和恢复了多少条",
                .object([
                  "type": "object",
                  "properties": .object([
                    "removed": .object(["type": "integer"]),
                    "restored": .object(["type": "integer"]),
                  ]),
                ])
              )
            ]
          ),
        ])
      ),
      .init(
        "/api/imports/{id}",
        .object([
          "parameters": .array([
            Self.parameter("id", "path", "任务编号", text, isRequired: true)
          ]),
          "get": operation(
            "get_import",
            "一个导入任务",
            "imports",
            answers: [("200", "任务", .object(["type": "object"]))]
          ),
        ])
      ),
    ]
  }
}

extension Site {
  /// The description of the API.
  func openAPI() -> WebAnswer {
    .json(OpenAPI(kinds: register.kinds, title: city.platformName, city: city).document)
  }
}

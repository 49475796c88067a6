import Calendar
import Records
import Values

/// A record with a field of every type, for the tests of everything generic.
struct Sample: DeclaredRecord {
  var sampleId = ""
  var title = ""
  var note = ""
  var code = ""
  var colour: Colour?
  var field = ""
  var spotId = ""
  var spotIds: [String] = []
  var size: Int?
  var weight: Int?
  var isGood: Bool?
  var day: CivilDate?
  var price: Fen?
  var year = ""
  var uscc = ""
  var labels: [String] = []
  var colours: [String] = []
  var parts = CellRows()
  var closedOn: CivilDate?
  var remark = ""
  var phone = ""
  var doubled: Int?

  enum Colour: String, Choice {
    case red, green, closed

    var label: String {
      switch self {
      case .red: "红色"
      case .green: "绿色"
      case .closed: "已关闭"
      }
    }

    var aliases: [String] { self == .red ? ["朱红"] : [] }
  }

  static var declaration: Declaration<Sample> {
    Declaration(
      "sample",
      "样品",
      summary: "测试用。",
      identifier: "sampleId",
      prefix: "SP",
      title: "title",
      keys: [["title"]],
      columns: ["title", "colour", "size"],
      filters: ["colour", "labels", "spotId"],
      searched: ["title", "note"],
      facts: ["colour"],
      access: Access.ofCity,
      fields: plain + coded + several
    )
  }

  private static var plain: [Field<Sample>] {
    [
      Field(\.sampleId, "sampleId", "编号", .identifier(20)),
      Field(\.title, "title", "名称", .text(40)).required().formerly("品名"),
      Field(\.note, "note", "说明", .longText(400)),
      Field(\.code, "code", "货号", .identifier(20)).unique(),
      Field(\.size, "size", "数量", .integer(0...1000)).unit("件"),
      Field(\.weight, "weight", "重量", .decimal(places: 2, -10_000...10_000)),
      Field(\.isGood, "isGood", "合格", .boolean),
      Field(\.day, "day", "日期", .date),
      Field(\.price, "price", "价格", .money).unit("元"),
      Field(\.year, "year", "学年", .schoolYear),
      Field(\.uscc, "uscc", "信用代码", .uscc),
      Field(\.remark, "remark", "内部备注", .text(40)).privacy(.internal),
      Field(\.phone, "phone", "手机", .identifier(20)).privacy(.personal),
      Field(\.doubled, "doubled", "两倍数量", .integer(0...2000)).derived(),
    ]
  }

  private static var coded: [Field<Sample>] {
    [
      Field(\.colour, "colour", "颜色", .choice(Colour.options)).required().fallback(.text("red")),
      Field(\.field, "field", "领域", .code(table: "techField")),
      Field(\.closedOn, "closedOn", "关闭日期", .date).only(when: "colour", is: "closed"),
      Field(\.spotId, "spotId", "地点", .reference(kind: "spot")),
    ]
  }

  private static var several: [Field<Sample>] {
    [
      Field(\.spotIds, "spotIds", "其他地点", .references(kind: "spot")),
      Field(\.labels, "labels", "标签", .list),
      Field(\.colours, "colours", "可选颜色", .choices(Colour.options)),
      Field(\.parts, "parts", "部件", .rows([Column("name", "名称"), Column("count", "数量")])),
    ]
  }

  mutating func complete() { doubled = size.map { $0 * 2 } }

  func check(_ surroundings: Surroundings) -> [Problem] {
    guard let day, day > surroundings.today else { return [] }
    return [Problem("TST-W-001", "day", "日期 \(day) 在今天之后，请核对。")]
  }
}

/// Something a sample refers to.
struct Spot: DeclaredRecord {
  var spotId = ""
  var spotName = ""
  var isOpen: Bool?

  static var declaration: Declaration<Spot> {
    Declaration(
      "spot",
      "地点",
      summary: "测试用。",
      identifier: "spotId",
      title: "spotName",
      columns: ["spotName"],
      isPublic: false,
      access: Access.ofCity,
      fields: [
        Field(\.spotId, "spotId", "地点编号", .identifier(20)).required(),
        Field(\.spotName, "spotName", "地点名称", .text(40)).required(),
        Field(\.isOpen, "isOpen", "开放", .boolean).fallback(.boolean(true)),
      ]
    )
  }
}

/// The kinds of these tests, each after those it refers to.
let sampleKinds = [Kind(Spot.self), Kind(Sample.self)]

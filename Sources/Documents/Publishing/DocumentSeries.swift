package import Records
import Values

/// A series of numbers of documents, or of the catalogue, in a year (文号系列).
///
/// Numbers are allotted when a document is published, one after the other: none twice, none left out.
package struct DocumentSeries: DeclaredRecord {
  package var seriesId = ""
  package var organ = ""
  package var prefix = ""
  package var use: SeriesUse?
  package var year: Int?
  package var usedBefore: Int?

  package init() {}

  package static var declaration: Declaration<DocumentSeries> {
    Declaration(
      "documentSeries",
      "文号系列",
      summary: "文号和索引号的系列：哪个机关、哪一年、平台之前用到第几号。",
      identifier: "seriesId",
      title: "prefix",
      keys: [["prefix", "year"]],
      columns: ["seriesId", "organ", "prefix", "use", "year", "usedBefore"],
      filters: ["use", "year", "organ"],
      searched: ["prefix", "organ"],
      facts: ["organ", "prefix", "use", "year"],
      access: Access.ofCity,
      fields: [
        Field(\.seriesId, "seriesId", "系列代码", .identifier(40)).required()
          .example("JYH-2022"),
        Field(\.organ, "organ", "机关", .text(60)).required(),
        Field(\.prefix, "prefix", "字头", .text(40)).required().example("演教函")
          .help("文号写机关代字，如 演教函；索引号写机构代码和信息类别，如 YS00104-2600。"),
        Field(\.use, "use", "用途", .choice(SeriesUse.options)).required()
          .fallback(.text("documentNumber")),
        Field(\.year, "year", "年度", .integer(1990...2199)).required(),
        Field(\.usedBefore, "usedBefore", "此前用到第几号", .integer(0...99_999)).required()
          .fallback(.integer(0)).help("启用平台以前已经用掉的号；下一个号从它后面开始。"),
      ]
    )
  }

  /// A number of the series as it is written.
  ///
  /// Numbers of documents are `字头〔年〕号号` without leading noughts, those of the catalogue `字头-年-00000`
  /// (`proposals.md` §6.7, `disclosure.md` §7.3).
  package func written(_ serial: Int) -> String {
    let year = year ?? 0
    guard use == .indexNumber else { return "\(prefix)〔\(year)〕\(serial)号" }
    let digits = String(serial)
    return "\(prefix)-\(year)-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }
}

/// What numbers of a series are for.
package enum SeriesUse: String, Choice {
  case documentNumber, indexNumber

  package var label: String { self == .documentNumber ? "文号" : "索引号" }
}

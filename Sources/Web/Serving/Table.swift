import Records

/// A table of a page: sticky head, first column names the row, scrolls inside itself on a telephone.
struct Table {
  /// What stands over the cells.
  struct Column {
    var text: String
    /// The unit behind it.
    var unit = ""
    var isNumber = false
    /// Where it leads: the list in the order of this column.
    var sortAddress: String?
    /// `ascending` or `descending` when the rows are in the order of this column.
    var sorted: String?
  }

  /// What a cell holds.
  struct Cell {
    /// How a cell is set.
    enum Style: String {
      case name, number = "num", missing, optional = "opt", short
    }

    var text: String
    var style: Style?
    var address: String?
    /// Said before the value where there is no head: on a telephone.
    var label: String?

    init(_ text: String, _ style: Style? = nil, address: String? = nil, label: String? = nil) {
      self.text = text
      self.style = style
      self.address = address
      self.label = label
    }

    /// A number that is kept back, as told apart from one that is missing and from zero.
    static func kept(label: String? = nil) -> Cell {
      Cell(Published.keptBack, .missing, label: label)
    }
  }

  var caption: String
  var columns: [Column]
  var rows: [[Cell]]
  /// A word under the table.
  var note = ""
  /// Whether a row becomes two lines on a telephone.
  var hasTwoLines = true

  /// The table in HTML.
  var html: HTML {
    var html = HTML()
    html.mark("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\"")
    html.attribute("aria-label", caption)
    html.mark(">\n<table class=\"data")
    if hasTwoLines { html.mark(" two-line") }
    html.mark("\">\n<caption class=\"sr\">")
    html.say(caption)
    html.mark("</caption>\n<thead><tr>")
    for column in columns { Self.write(column, &html) }
    html.mark("</tr></thead>\n<tbody>\n")
    for row in rows {
      html.mark("<tr>")
      for cell in row { Self.write(cell, &html) }
      html.mark("</tr>\n")
    }
    html.mark("</tbody>\n</table>\n</div>\n")
    if !note.isEmpty {
      html.mark("<p class=\"note\">")
      html.say(note)
      html.mark("</p>\n")
    }
    return html
  }

  private static func write(_ column: Column, _ html: inout HTML) {
    html.mark("<th scope=\"col\"")
    if column.isNumber { html.mark(" class=\"num\"") }
    html.attribute("aria-sort", column.sorted)
    html.mark(">")
    if let address = column.sortAddress {
      html.mark("<a")
      html.attribute("href", address)
      html.mark(">")
    }
    html.say(column.text)
    if !column.unit.isEmpty {
      html.mark("<small>（")
      html.say(column.unit)
      html.mark("）</small>")
    }
    if column.sortAddress != nil { html.mark("</a>") }
    html.mark("</th>")
  }

  private static func write(_ cell: Cell, _ html: inout HTML) {
    html.mark("<td")
    html.attribute("class", cell.style?.rawValue)
    html.attribute("data-label", cell.label)
    html.mark(">")
    html.link(cell.text, cell.address)
    html.mark("</td>")
  }
}

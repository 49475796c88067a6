import Values

/// A small chart beside a table that says the same: drawn by Chart.js where there is script.
struct Chart {
  /// One line, or the bars when there is only one.
  struct Series {
    var label: String
    /// The values in the order of the chart's labels; `nil` where nothing was reported.
    var values: [Ratio?]
  }

  /// What the chart shows, in a sentence.
  var title: String
  /// The unit of all values; percent for ratios.
  var unit: String
  var labels: [String]
  var series: [Series]
  /// Where each label leads; nowhere when empty.
  var links: [String] = []

  /// The place of the chart, with its numbers for the script.
  var html: HTML {
    let isShare = unit.isEmpty
    let json = JSON.object([
      "unit": .string(isShare ? "%" : unit), "labels": .array(labels.map(JSON.string)),
      "links": .array(links.map(JSON.string)),
      "series": .array(
        series.map { line in
          .object([
            "label": .string(line.label),
            "values": .array(
              line.values.map { value in
                value.map { .number((isShare ? $0 * Ratio(100) : $0).decimal(places: 2)) } ?? .null
              }
            ),
          ])
        }
      ),
    ])
    var html = HTML()
    html.mark("<figure class=\"chart\" hidden")
    html.attribute("data-chart", json.text)
    html.mark("><figcaption>")
    html.say(title)
    html.mark("</figcaption></figure>")
    return html
  }
}

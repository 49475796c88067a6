import Foundation
import Indicators
import Ledger
import Records
import Storage
import Values

/// The board (看板): questions about the city, a county or a school, each answered by a sentence, a chart and
/// a table, made from indicators.
extension Site {
  /// The board of a place.
  func board(_ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    guard let place = try asked(forPlaceIn: request) else { return notFound(request) }
    return try register.store.read { reading in
      let reckoning = try book.reckon(in: reading)
      let board = try Board(self, reckoning, place, reading)
      let asked = reckoning.indicators.filter {
        !$0.question.isEmpty && $0.toldAt.contains(place.level)
      }
      let mapped = request["map"].flatMap { code in asked.first { $0.code == code } } ?? asked.first
      let named = try name(of: place, reading)
      let model: Model = [
        "title": "\(named)产教融合看板", "drawsChart": true,
        "lead": place == .city
          ? "每个问题一句话回答，再看历年和各县（市、区）。点方格、柱子或条形，看这个数来自哪些记录。"
          : "与全市和同类比较。点方格、柱子或条形，看这个数来自哪些记录。",
        "whole": place == .city
          ? nil : ["href": Address.board, "text": "看\(city.name)的"] as Model,
        "isWall": request["wall"] == "1",
        "wallHref": Address.with(Address.board, Address.place(place) + [("wall", "1")]),
        "map": try mapped.flatMap { try board.map($0, asked) },
        "places": board.places(request), "placeName": "place",
        "blocks": try asked.map { try board.block($0) },
        "jsonHref": Address.with("/api/figures", Address.place(place)),
      ]
      return page("board", model, door: .public, current: "board", startedAt: startedAt)
    }
  }
}

/// What a board is made of.
private struct Board {
  private let site: Site
  private let reckoning: Reckoning
  private let place: IndicatorPlace
  private let reading: any Reading
  /// The counties and zones.
  private let units: [Record]
  /// The schools in use.
  private let schools: [Record]

  init(_ site: Site, _ reckoning: Reckoning, _ place: IndicatorPlace, _ reading: any Reading) throws
  {
    self.site = site
    self.reckoning = reckoning
    self.place = place
    self.reading = reading
    units = try site.base.managingUnits(in: reading)
    schools =
      try site.base.kind("school").map { kind in
        try site.base.list(
          kind,
          Query([.field("status", "active")], sort: "schoolName", limit: 2_000),
          in: reading
        )
      } ?? []
  }

  /// The unit a school lies in.
  private static func unit(_ school: Record) -> String? {
    school["managingZoneCode"].text ?? school["locationRegionCode"].text
  }

  /// The places an indicator is compared over: the counties of the city, the counties beside a county, the
  /// schools of the kind of a school.
  private func peers(_ indicator: Indicator) -> (records: [Record], level: Level, name: String) {
    switch place.level {
    case .city, .county: return (units, .county, "县（市、区）")
    case .school:
      let own = schools.first { $0.id == place.code }?["institutionKind"]
      return (schools.filter { $0["institutionKind"] == own }, .school, "同类学校")
    }
  }

  private func address(_ code: String, _ place: IndicatorPlace) -> String {
    Address.with(Address.figure(code), Address.place(place))
  }

  /// A question with its answer.
  func block(_ indicator: Indicator) throws -> Model {
    let code = indicator.code
    guard let value = try reckoning.value(code, at: place) else { return [:] }
    let (records, level, peersName) = peers(indicator)
    let places =
      indicator.toldAt.contains(level) ? records.map { IndicatorPlace(level, $0.id) } : []
    let values = try reckoning.values(code, at: places, year: value.year)
    let series = try reckoning.series(code, at: place)
    let before = series.lastIndex { $0.year == value.year }.flatMap {
      $0 > 0 ? series[$0 - 1] : nil
    }
    let sentence = BoardSentence(
      place == .city ? "" : try site.name(of: place, reading),
      value,
      before: before,
      peers: zip(records, values).map { BoardSentence.Peer(short($0), $1) },
      peersName: peersName,
      whole: place == .city ? nil : try reckoning.value(code, year: value.year)
    )
    return [
      "id": "q-\(code.replacing(".", with: "-"))", "question": indicator.question,
      "answer": sentence.text, "value": value.display, "href": address(code, place),
      "label": indicator.label,
      "missing": value.missing,
      "chart": series.count > 1 ? chart(indicator, series).html : nil,
      "bars": bars(zip(records, values).map { ($0, $1) }, code, level)?.asRows,
      "barsTitle": "各\(peersName)",
      "schools": try inside(indicator, value.year),
      "caveat": indicator.caveat.isEmpty ? nil : indicator.caveat,
    ]
  }

  private func short(_ record: Record) -> String {
    record["shortName"].text ?? record.title
  }

  private func chart(_ indicator: Indicator, _ series: [IndicatorValue]) -> Chart {
    Chart(
      title: "\(indicator.label)历年\(indicator.unit.isEmpty ? "" : "（\(indicator.unit)）")",
      unit: indicator.isPercent ? "" : indicator.unit,
      labels: series.map(\.year),
      series: [.init(label: indicator.label, values: series.map(\.value))],
      links: series.map {
        Address.with(
          Address.figure(indicator.code),
          Address.place(place) + [("year", $0.year)]
        )
      }
    )
  }

  /// Bars, the longest first; those without a value last, saying why.
  private func bars(_ rows: [(Record, IndicatorValue)], _ code: String, _ level: Level) -> [Model]?
  {
    guard rows.count > 1 else { return nil }
    let most = rows.compactMap(\.1.value).max() ?? .zero
    return rows.sorted { one, other in
      (other.1.value ?? Ratio(-1), one.0.id) < (one.1.value ?? Ratio(-1), other.0.id)
    }.map { record, value in
      let share = most == .zero ? Ratio.zero : (value.value ?? .zero) / most * Ratio(100)
      return [
        "label": short(record), "value": value.display,
        "percent": String(max(0, min(100, share.rounded))),
        "href": address(code, IndicatorPlace(level, record.id)),
        "current": place == IndicatorPlace(level, record.id),
      ]
    }
  }

  /// The schools of a county.
  private func inside(_ indicator: Indicator, _ year: String) throws -> Model? {
    guard place.level == .county, indicator.toldAt.contains(.school) else { return nil }
    let records = schools.filter { Self.unit($0) == place.code }
    let values = try reckoning.values(
      indicator.code,
      at: records.map { IndicatorPlace(.school, $0.id) },
      year: year
    )
    return bars(zip(records, values).map { ($0, $1) }, indicator.code, .school)?.asRows
  }

  /// The tile map of an indicator: a tile for each unit that has one.
  func map(_ indicator: Indicator, _ choices: [Indicator]) throws -> Model? {
    let placed = units.filter { $0["tileRow"].integer != nil && $0["tileColumn"].integer != nil }
    guard !placed.isEmpty, indicator.toldAt.contains(.county) else { return nil }
    let values = try reckoning.values(
      indicator.code,
      at: placed.map { IndicatorPlace(.county, $0.id) }
    )
    let most = values.compactMap(\.value).max() ?? .zero
    let least = values.compactMap(\.value).min() ?? .zero
    let tiles: [Model] = zip(placed, values).map { unit, value in
      [
        "name": short(unit), "value": value.display,
        "row": unit["tileRow"].integer.map(String.init),
        "column": unit["tileColumn"].integer.map(String.init),
        "shade": value.value.map { String(Self.shade($0, least, most)) },
        "isHere": place.code == unit.id,
        "href": Address.with(Address.board, Address.place(IndicatorPlace(.county, unit.id))),
      ]
    }
    return [
      "title": indicator.label,
      "year": BoardSentence.said(year: reckoning.year(of: indicator.code)),
      "tiles": tiles,
      "choices": choices.filter { $0.toldAt.contains(.county) }.map { choice in
        [
          "text": choice.label, "isHere": choice.code == indicator.code,
          "href": Address.with(Address.board, Address.place(place) + [("map", choice.code)]),
        ] as Model
      },
      "note": "颜色越深数越大，分五档；功能区单列，不再计入所在县（市、区）。",
    ]
  }

  /// Which of five shades a value has between the least and the greatest.
  private static func shade(_ value: Ratio, _ least: Ratio, _ most: Ratio) -> Int {
    guard least < most else { return 3 }
    let part = (value - least) / (most - least)
    return 1 + (1...4).count { Ratio(Int128($0), 5) <= part }
  }

  /// What the board can be seen of.
  func places(_ request: WebRequest) -> [Model] {
    var rows: [Model] = [["value": "", "text": site.city.name, "isHere": place == .city]]
    for unit in units {
      rows.append([
        "value": "county:\(unit.id)", "text": unit.title,
        "isHere": place == IndicatorPlace(.county, unit.id),
      ])
    }
    for school in schools {
      rows.append([
        "value": "school:\(school.id)", "text": school.title,
        "isHere": place == IndicatorPlace(.school, school.id),
      ])
    }
    return rows
  }
}

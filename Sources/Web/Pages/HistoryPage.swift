import Calendar
import Foundation
import Records
import Storage
import Values

extension Site {
  /// The versions of a record: who changed which field when, and on what ground.
  func history(_ name: String, _ id: String, _ request: WebRequest) throws -> WebAnswer {
    let startedAt = Date()
    guard let kind = register.kind(name) else { return notFound(request) }
    let versions = try register.versions(kind, id)
    guard let newest = versions.first else { return notFound(request) }
    let titles = try register.store.read { try Titles(self, versions.map(\.record), $0) }
    let isThere = newest.until == nil
    let confirmations = try register.store.read { reading in
      try register.allConfirmations(kind, id, in: reading)
    }
    let heir = try register.store.read { try register.heir(kind, id, in: $0) }
    let rows: [Model] = versions.enumerated().map { index, version in
      let before = index + 1 < versions.count ? versions[index + 1] : nil
      return step(version, before, titles)
    }
    return page(
      "history",
      [
        "title": newest.record.title, "kindName": kind.label, "codeText": id,
        "recordHref": isThere ? Address.record(name, id, .desk) : nil,
        "gone": newest.until.flatMap { until in
          isThere
            ? nil
            : heir.map { "这条记录已于 \(until.civilText) 并入 \($0)，历史保留。" }
              ?? "这条记录已于 \(until.civilText) 移出登记，历史保留。"
        },
        "confirmations": confirmations.reversed().map { one -> Model in
          let place = kind.place(of: one.field)
          return [
            "what": place.map { kind.fields[$0].label } ?? "整条记录", "on": one.on.description,
            "by": one.by, "document": one.document.isEmpty ? nil : one.document,
            "outdated": one.isOutdated ? true : nil,
          ]
        }.asRows,
        "count": "\(versions.count) 版", "versions": rows,
        "jsonHref": Address.api(name, .desk) + "/" + Address.encoded(id) + "/versions",
      ],
      door: .desk,
      current: name,
      startedAt: startedAt
    )
  }

  private func step(_ version: Version, _ before: Version?, _ titles: Titles) -> Model {
    let stamp = version.record.stamp
    let changes = version.changes(since: before, for: Site.visitor.reader)
    let table = Table(
      caption: "第 \(version.record.version) 版改了什么",
      columns: (before == nil ? ["字段", "登记为"] : ["字段", "原来", "改为"])
        .map { Table.Column(text: $0) },
      rows: changes.map { change in
        func shown(_ value: Value) -> String {
          let text = titles.shown(value, change.field, city)
          return text.isEmpty ? "（空）" : text
        }
        let name = Table.Cell(change.field.label, .name)
        let after = Table.Cell(shown(change.after), label: before == nil ? "登记为" : "改为")
        return before == nil
          ? [name, after] : [name, Table.Cell(shown(change.before), label: "原来"), after]
      }
    )
    return [
      "number": "第 \(version.record.version) 版", "when": stamp.updatedAt.civilText,
      "who": stamp.updatedBy, "how": Self.how(version),
      "document": stamp.document.isEmpty ? nil : stamp.document,
      "run": version.importRun.map { run in
        "第 \(run) 次导入" + (version.line.map { "第 \($0) 行" } ?? "")
      },
      "table": changes.isEmpty ? nil : table.html, "isFirst": before == nil ? true : nil,
      "summary": before == nil
        ? "首次登记，填了 \(changes.count) 项" : "改了 \(changes.map(\.field.label).joined(separator: "、"))",
    ]
  }

  private static func how(_ version: Version) -> String {
    switch version.action {
    case "merge": "合并"
    case "confirm": "确认"
    default: version.record.stamp.source.label
    }
  }
}

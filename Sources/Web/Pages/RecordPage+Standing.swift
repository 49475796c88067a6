import Calendar
import Ledger
import Records
import Storage
import Values

extension Site {
  /// How long ago somebody stood for a record, and the form to do so.
  func standing(
    _ record: Record,
    _ confirmations: [String: Confirmation],
    _ door: Door,
    _ acts: Set<Act>,
    isPast: Bool
  ) -> Model? {
    guard door == .desk, !isPast else { return nil }
    let today = register.clock.now().date
    let last = confirmations[""]
    let parts = confirmations.values.filter { !$0.field.isEmpty && !$0.isOutdated }
      .compactMap { one in record.kind.place(of: one.field).map { record.kind.fields[$0].label } }
    let changed = record.stamp.updatedAt.date
    let day = max(last?.on ?? changed, changed)
    let days = max(0, today.dayNumber - day.dayNumber)
    let aging = Aging(
      days: days,
      yellowAfter: city.confirmSoonDays,
      redAfter: city.confirmWithinDays
    )
    let wasConfirmed = last.map { !$0.isOutdated } ?? false
    let fields = record.kind.fields.filter {
      Self.visitor.reader.maySee($0, of: record.kind) && !$0.isDerived
    }
    return [
      "light": aging.rawValue, "text": aging.sentence(days: days, wasConfirmed: wasConfirmed),
      "ground": last.map { confirmation in
        "\(confirmation.on) \(confirmation.by)"
          + (confirmation.document.isEmpty ? "" : "，依据 \(confirmation.document)")
          + (confirmation.isOutdated ? "；之后改过，需要再确认" : "")
      } ?? (parts.isEmpty ? nil : "已单独确认：\(parts.sorted().joined(separator: "、"))"),
      "form": acts.contains(.confirm)
        ? [
          "action": Address.confirm(record.kind.name, record.id),
          "fields": HTML.options(
            [("", "整条记录")] + fields.map { ($0.name, $0.label) },
            chosen: ""
          ),
        ] as Model : nil,
    ]
  }

  /// What a record came from and goes on as, and the form to note more.
  func kin(
    _ record: Record,
    _ reading: any Reading,
    _ door: Door,
    _ acts: Set<Act>
  ) throws -> Model? {
    let kind = record.kind
    let (later, former) = try register.successions(kind, record.id, in: reading)
    var rows: [Model] = []
    for succession in former + later {
      let isFormer = succession.to == record.id
      let id = isFormer ? succession.from : succession.to
      let title =
        try register.record(kind, id, in: reading)?.title
        ?? register.versions(kind, id).first?.record.title ?? id
      let word =
        switch (succession.how, isFormer) {
        case (.merge, _): "并入了"
        case (.succession, true): "前身"
        case (.succession, false): "后继"
        case (.split, true): "分立自"
        case (.split, false): "分立为"
        }
      rows.append([
        "how": word, "title": title,
        "href": succession.how == .merge
          ? (door == .desk ? Address.history(kind.name, id) : nil)
          : Address.record(kind.name, id, door), "on": succession.on.description,
        "document": succession.document.isEmpty ? nil : succession.document,
      ])
    }
    let maySay = acts.contains(.join) && kind.duplicates != nil
    guard !rows.isEmpty || maySay else { return nil }
    return [
      "rows": rows,
      "form": maySay ? ["action": Address.succeed(kind.name, record.id)] as Model : nil,
    ]
  }
}

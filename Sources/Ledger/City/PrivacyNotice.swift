package import Calendar
import Values

/// What people are told about their personal data (个人信息保护法第 17 条), as the city's folder words it.
package struct PrivacyNotice: Hashable, Sendable {
  /// One part of it.
  package struct Section: Hashable, Sendable {
    /// What the part is about.
    package var heading: String
    /// What it says.
    package var text: String
  }

  /// The day from which it holds; it names the version.
  package var version: CivilDate
  /// Its parts, in order.
  package var sections: [Section]
}

extension City {
  /// The notice that holds on a day; the first one before any holds, `nil` when the city has none.
  package func privacyNotice(on day: CivilDate) -> PrivacyNotice? {
    privacyNotices.last { $0.version <= day } ?? privacyNotices.first
  }

  mutating func readPrivacyNotice() -> [PlacedProblem] {
    var file = CityFile(
      "privacy_notice.csv",
      in: folder,
      columns: ["version", "heading", "text"],
      required: 3,
      isOptional: true
    )
    var sections: [CivilDate: [PrivacyNotice.Section]] = [:]
    for row in file.rows {
      guard let version = CivilDate(row["version"]) else {
        file.fault(row.line, "CTY-E-020", "日期“\(row["version"])”不是有效日期，请写成 2022-07-14。")
        continue
      }
      guard !row["heading"].isEmpty, !row["text"].isEmpty else {
        file.fault(row.line, "CTY-E-090", "隐私说明的每一行都要有标题和内容。")
        continue
      }
      sections[version, default: []].append(.init(heading: row["heading"], text: row["text"]))
    }
    privacyNotices = sections.sorted { $0.key < $1.key }.map {
      PrivacyNotice(version: $0.key, sections: $0.value)
    }
    return file.faults
  }
}

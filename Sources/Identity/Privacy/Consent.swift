package import Calendar
package import Records
package import Values

/// That somebody, or their guardian, agreed to something being done with their data (compliance.md,
/// appendix, ConsentRecord 同意记录).
package struct Consent: DeclaredRecord {
  /// The identifier.
  package var consentId = ""
  /// Whose data it is about.
  package var accountId = ""
  /// To what they agreed.
  package var purpose: ConsentPurpose?
  /// The version of the notice they had read, by its day.
  package var noticeVersion: CivilDate?
  /// The guardian who agreed.
  package var guardianName = ""
  /// By what it was seen that they are the guardian.
  package var guardianProof = ""
  /// On which way.
  package var channel: ConsentChannel?
  /// The day.
  package var givenOn: CivilDate?
  /// The day it was taken back; open while `nil`.
  package var withdrawnOn: CivilDate?

  /// A consent with nothing filled in.
  package init() {}

  /// The declaration.
  package static var declaration: Declaration<Consent> {
    Declaration(
      "consent",
      "同意记录",
      summary: "本人或监护人同意怎样使用个人信息；未满 14 周岁的，没有监护人同意不能登录。",
      identifier: "consentId",
      prefix: "CS",
      title: "consentId",
      columns: ["consentId", "accountId", "purpose", "givenOn", "withdrawnOn", "channel"],
      filters: ["purpose", "accountId"],
      facts: ["accountId", "purpose", "givenOn", "withdrawnOn"],
      isPublic: false,
      access: [
        Grant(
          [.securityAdmin],
          may: Set<Act>.writing.union(Set<Act>.reading),
          .everything,
          upTo: .sensitive
        ),
        Grant([], may: [.read], .person("accountId"), upTo: .sensitive),
        Grant([.auditAdmin], may: Set<Act>.reading, .everything),
      ],
      fields: [
        Field(\.consentId, "consentId", "编号", .identifier(20)).privacy(.internal),
        Field(\.accountId, "accountId", "个人", .reference(kind: "account")).required()
          .privacy(.internal),
        Field(\.purpose, "purpose", "目的", .choice(ConsentPurpose.options)).required()
          .privacy(.internal),
        Field(\.noticeVersion, "noticeVersion", "隐私说明版本", .date).required().privacy(.internal)
          .help("公开页“隐私说明”上写的版本日期。"),
        Field(\.guardianName, "guardianName", "监护人", .text(40)).required()
          .only(when: "purpose", in: ["guardian"]).privacy(.sensitive).masked(as: .name),
        Field(\.guardianProof, "guardianProof", "监护证明", .text(200)).required()
          .only(when: "purpose", in: ["guardian"]).privacy(.sensitive)
          .help("看了哪种证件、谁核对的；不要抄证件号码。"),
        Field(\.channel, "channel", "方式", .choice(ConsentChannel.options)).required()
          .privacy(.internal),
        Field(\.givenOn, "givenOn", "同意日期", .date).required().privacy(.internal),
        Field(\.withdrawnOn, "withdrawnOn", "撤回日期", .date).privacy(.internal),
      ]
    )
  }

  package func check(_ surroundings: Surroundings) -> [Problem] {
    guard let givenOn, let withdrawnOn, withdrawnOn < givenOn else { return [] }
    return [Problem("ACC-E-072", "withdrawnOn", "撤回日期 \(withdrawnOn) 早于同意日期 \(givenOn)，请核对。")]
  }

  /// Whether it holds on a day.
  package func holds(on day: CivilDate) -> Bool {
    givenOn.map { $0 <= day } ?? false && withdrawnOn.map { $0 > day } ?? true
  }
}

/// To what somebody agrees.
package enum ConsentPurpose: String, Choice {
  case guardian, sharing, publication

  package var label: String {
    switch self {
    case .guardian: "监护人同意未满 14 周岁的人使用平台"
    case .sharing: "把个人信息给企业"
    case .publication: "公开个人信息"
    }
  }
}

/// How somebody agreed.
package enum ConsentChannel: String, Choice {
  case paper, web

  package var label: String { self == .paper ? "书面" : "网上" }
}

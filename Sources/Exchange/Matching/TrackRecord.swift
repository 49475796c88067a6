package import Calendar
import Records
import Storage
package import Values

/// How an organisation kept its agreements (履约) and answered those who turned to it; see
/// `exchange.md` §6.2 `track`.
package struct TrackRecord: Sendable, Hashable {
  /// How many of its engagements ended after signing.
  package var ended: Int
  /// How many of these were fulfilled: carried out, with at least four fifths of the quantity.
  package var fulfilled: Int
  /// How many intents of others it received and either answered or let lapse.
  package var received: Int
  /// How many of these it answered within five working days.
  package var answered: Int

  /// The working days within which an answer counts as given in time.
  package static let answerDays = 5

  /// Makes a track record; a newcomer's when nothing is told.
  package init(ended: Int = 0, fulfilled: Int = 0, received: Int = 0, answered: Int = 0) {
    self.ended = ended
    self.fulfilled = fulfilled
    self.received = received
    self.answered = answered
  }

  /// `(fulfilled + 3 × 0.8) ÷ (ended + 3) × response rate`: a newcomer counts 0.8, few engagements move
  /// it little, and who was never asked loses nothing.
  package var value: Ratio {
    Ratio(Int128(fulfilled * 5 + 12), Int128(ended * 5 + 15)) * responseRate
  }

  /// The share of intents answered in time; 1 when none was received.
  package var responseRate: Ratio { Ratio(part: answered, of: received) ?? .one }

  /// Whether nothing is known of it yet.
  package var isNew: Bool { ended == 0 && received == 0 }

  /// The record as users read it.
  package var sentence: String {
    let kept = ended == 0 ? "新参与方，按 0.8 计" : "已结束的 \(ended) 次合作中履约 \(fulfilled) 次"
    guard received > 0 else { return kept }
    return kept + "；收到的 \(received) 次意向中 \(answered) 次在 \(Self.answerDays) 个工作日内答复"
  }

  /// The records of every organisation that took part in an engagement, by its identifier.
  static func all(_ register: RecordStore, _ days: WorkingDays, in reading: any Reading) throws
    -> [String: TrackRecord]
  {
    var all: [String: TrackRecord] = [:]
    guard let kind = register.kind("engagement") else { return all }
    try register.each(kind, in: reading) { record in
      let engagement = Engagement(values: record.values)
      if let isFulfilled = isFulfilled(engagement) {
        for party in engagement.partiesA + engagement.partiesB {
          all[party, default: TrackRecord()].ended += 1
          if isFulfilled { all[party, default: TrackRecord()].fulfilled += 1 }
        }
      }
      if let isAnswered = isAnswered(engagement, days) {
        let asked = engagement.initiator == .partyB ? engagement.partiesA : engagement.partiesB
        for party in asked {
          all[party, default: TrackRecord()].received += 1
          if isAnswered { all[party, default: TrackRecord()].answered += 1 }
        }
      }
    }
    return all
  }

  /// Whether an engagement was fulfilled; `nil` when it did not end, or before it was signed.
  package static func isFulfilled(_ engagement: Engagement) -> Bool? {
    switch engagement.status {
    case .completed, .evaluated:
      guard let agreed = engagement.quantity else { return true }
      return (engagement.fulfilledQuantity ?? 0) * 5 >= agreed * 4
    case .terminated, .withdrawn: return engagement.signedOn == nil ? nil : false
    default: return nil
    }
  }

  /// Whether the intent was answered in time; `nil` while it is open, when it was taken back before an
  /// answer, or when no day was noted.
  ///
  /// A refusal is an answer.
  package static func isAnswered(_ engagement: Engagement, _ days: WorkingDays) -> Bool? {
    guard let asked = engagement.intentOn else { return nil }
    let declined = engagement.status == .declined ? engagement.endedOn : nil
    if let answered = engagement.contactedOn ?? declined {
      return days.count(after: asked, through: answered) <= answerDays
    }
    return engagement.status == .lapsed ? false : nil
  }
}

extension Engagement {
  /// The identifiers of the first party: one, or none while it is missing.
  fileprivate var partiesA: [String] {
    [partyAEnterpriseId, partyASchoolId].filter { !$0.isEmpty }
  }

  /// The identifiers of the second party.
  fileprivate var partiesB: [String] {
    [partyBEnterpriseId, partyBSchoolId].filter { !$0.isEmpty }
  }
}

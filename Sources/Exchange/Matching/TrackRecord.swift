import Records
import Storage
package import Values

/// How an organisation kept its agreements (履约); see `exchange.md` §6.2 `track`.
package struct TrackRecord: Sendable, Hashable {
  /// How many of its engagements ended after signing.
  package var ended: Int
  /// How many of these were fulfilled: carried out, with at least four fifths of the quantity.
  package var fulfilled: Int

  /// Makes a track record; a newcomer's when nothing is told.
  package init(ended: Int = 0, fulfilled: Int = 0) {
    self.ended = ended
    self.fulfilled = fulfilled
  }

  /// `(fulfilled + 3 × 0.8) ÷ (ended + 3)`: a newcomer counts 0.8, and few engagements move it little.
  package var value: Ratio { Ratio(Int128(fulfilled * 5 + 12), Int128(ended * 5 + 15)) }

  /// The record as users read it.
  package var sentence: String {
    ended == 0 ? "新参与方，按 0.8 计" : "已结束的 \(ended) 次合作中履约 \(fulfilled) 次"
  }

  /// The records of every organisation that ended an engagement, by its identifier.
  static func all(_ register: RecordStore, in reading: any Reading) throws -> [String: TrackRecord]
  {
    var all: [String: TrackRecord] = [:]
    guard let kind = register.kind("engagement") else { return all }
    try register.each(kind, in: reading) { record in
      let engagement = Engagement(values: record.values)
      guard let isFulfilled = isFulfilled(engagement) else { return }
      for party in [
        engagement.partyAEnterpriseId, engagement.partyASchoolId, engagement.partyBEnterpriseId,
        engagement.partyBSchoolId,
      ] where !party.isEmpty {
        all[party, default: TrackRecord()].ended += 1
        if isFulfilled { all[party, default: TrackRecord()].fulfilled += 1 }
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
}

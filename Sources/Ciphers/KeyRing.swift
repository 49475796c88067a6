/// The keys a database's secrets are sealed with: new values with the current one, old ones opened
/// with the key they name.
///
/// To change key or suite, start with a ring that holds both keys and names the new one as current,
/// seal again each value that is not current, then take the old key away.
package struct KeyRing: Sendable {
  /// The name of the key new values are sealed with.
  package let current: String
  /// How new values are sealed.
  package let suite: CipherSuite
  /// Each key for each suite this machine can do; the current ones first.
  private let slots: [Slot]

  /// Puts keys on a ring.
  ///
  /// - Parameters:
  ///   - keys: 32 random bytes each, by name. A name is 1 to 64 letters, digits, `.`, `_` and `-`
  ///     of ASCII, is written beside each value, and must never get another key.
  ///   - current: the name of the key new values are sealed with.
  ///   - suite: how new values are sealed.
  /// - Throws: `CipherFailure.wrongKeyName`, `.wrongKeyLength`; `.unknownKey` when `current` is not
  ///   among them; `.unavailable` when this machine can't do the suite.
  package init(
    _ keys: [String: [UInt8]],
    current: String,
    suite: CipherSuite
  ) throws(CipherFailure) {
    guard keys[current] != nil else { throw .unknownKey(current) }
    guard suite.isAvailable else { throw .unavailable(suite.rawValue) }
    self.current = current
    self.suite = suite
    let suites = [suite] + CipherSuite.allCases.filter { $0 != suite && $0.isAvailable }
    var slots: [Slot] = []
    for name in [current] + keys.keys.filter({ $0 != current }).sorted() {
      guard SealedText.isKeyName(name) else { throw .wrongKeyName(name) }
      guard let key = keys[name], key.count == CipherSuite.keyLength else {
        throw .wrongKeyLength(keys[name]?.count ?? 0)
      }
      for suite in suites {
        slots.append(Slot(name: name, suite: suite, keys: try Keys(from: key, suite: suite)))
      }
    }
    self.slots = slots
  }

  /// Seals a text with the current key and suite.
  ///
  /// - Parameters:
  ///   - text: what is to be kept secret; its length can be seen.
  ///   - context: where the value stands, such as table, column and record, so that it can't be
  ///     moved elsewhere unnoticed. Opening needs the same.
  /// - Returns: the text form of a `SealedText`.
  /// - Throws: `CipherFailure.tooLong` for 2 GiB and more, `.refused` when libcrypto can't.
  package func seal(_ text: String, context: String) throws(CipherFailure) -> String {
    let key = slots[0].keys.sealing
    let bytes = try suite.seal(Array(text.utf8), key: key, context: Array(context.utf8))
    return SealedText(suite: suite, keyName: current, bytes: bytes).text
  }

  /// Opens what `seal` made, with this ring or an earlier one.
  ///
  /// - Parameters:
  ///   - stored: what `seal` gave.
  ///   - context: the context it was sealed for.
  /// - Returns: the text.
  /// - Throws: `CipherFailure.malformed` for no sealed text; `.unknownKey` when its key is not on
  ///   the ring; `.forged` when it was changed or is of another context; `.unavailable` when this
  ///   machine can't do its suite.
  package func open(_ stored: String, context: String) throws(CipherFailure) -> String {
    guard let sealed = SealedText(stored) else { throw .malformed }
    let key = try sealingKey(of: sealed)
    let bytes = try sealed.suite.open(sealed.bytes, key: key, context: Array(context.utf8))
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed }
    return text
  }

  /// Whether a stored value is of the current key and suite; if not, a rotation seals it again.
  package func isCurrent(_ stored: String) -> Bool {
    guard let sealed = SealedText(stored) else { return false }
    return sealed.keyName == current && sealed.suite == suite
  }

  /// A mark by which a sealed value is found again, stored in a column beside it.
  ///
  /// Equal texts have equal marks, which can be seen; nothing else can, without the key. It is of
  /// the current key and suite: who seals again renews it too, and `blindIndexes` finds those that
  /// are not renewed yet.
  ///
  /// - Parameters:
  ///   - text: the value, spelled in one way only, as it is compared byte for byte.
  ///   - context: what is searched, such as table and column, but not the record.
  /// - Returns: HMAC of the suite's hash, 64 hexadecimal digits.
  package func blindIndex(_ text: String, context: String) -> String {
    mark(of: slots[0], text, context: context)
  }

  /// All marks a value may have been stored under, one for each key and suite, the current first.
  ///
  /// - Parameters:
  ///   - text: the value.
  ///   - context: what is searched.
  /// - Returns: marks as of `blindIndex`.
  package func blindIndexes(_ text: String, context: String) -> [String] {
    slots.map { mark(of: $0, text, context: context) }
  }

  private func mark(of slot: Slot, _ text: String, context: String) -> String {
    let message = Bytes.framed(Array(context.utf8)) + Array(text.utf8)
    return Hex.encode(slot.suite.hash.hmac(key: slot.keys.index, message))
  }

  private func sealingKey(of sealed: SealedText) throws(CipherFailure) -> [UInt8] {
    let named = slots.filter { $0.name == sealed.keyName }
    guard !named.isEmpty else { throw .unknownKey(sealed.keyName) }
    guard let slot = named.first(where: { $0.suite == sealed.suite }) else {
      throw .unavailable(sealed.suite.rawValue)
    }
    return slot.keys.sealing
  }
}

extension KeyRing: CustomStringConvertible, CustomReflectable {
  /// The names of the keys, never the keys, so that no log holds them.
  package var description: String { "KeyRing(\(Set(slots.map(\.name)).sorted()))" }

  /// Nothing.
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A key of the ring together with a suite.
private struct Slot {
  var name: String
  var suite: CipherSuite
  var keys: Keys
}

/// The keys derived from one of the ring for one suite, so that no two uses share a key.
///
/// The labels stay as they are: stored values rest on them.
private struct Keys {
  var sealing: [UInt8]
  var index: [UInt8]

  init(from key: [UInt8], suite: CipherSuite) throws(CipherFailure) {
    let name = suite.rawValue
    sealing = try suite.hash.derive(from: key, label: Array("KeyRing sealing \(name)".utf8))
    index = try suite.hash.derive(from: key, label: Array("KeyRing index \(name)".utf8))
  }
}

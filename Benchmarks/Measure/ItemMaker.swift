import Calendar
import Exchange
import Ledger
import Records
import Values

/// Makes items as enterprises and schools write them; the same ones for the same seed.
struct ItemMaker {
  private let ground: ItemGround
  private var random: DemoRandom

  /// Begins a sequence of items.
  init(_ ground: ItemGround, seed: UInt64) {
    self.ground = ground
    random = DemoRandom(seed: seed)
  }

  /// The next item; one in seven has hardly more than a title.
  mutating func item() -> ExchangeItem {
    let form = ItemForm.all[ItemForm.places[random.number(0...ItemForm.places.count - 1)]]
    let trade = random.pick(ground.trades)
    let owner = owner(form)
    var item = ExchangeItem()
    item.kind = form.kind
    item.side = form.side
    if form.poster == .school {
      item.ownerSchoolId = owner.id
    } else {
      item.ownerEnterpriseId = owner.id
    }
    item.regionCode = owner.county
    item.headcount = random.number(1...(form.kind == .internshipPost ? owner.interns : 45))
    item.status = .published
    item.visibility = .public
    item.validUntil = ground.today.adding(days: random.number(30...180))
    let words = Words(
      trade: trade,
      job: random.number(0...2) > 0 && !trade.jobs.isEmpty
        ? random.pick(trade.jobs) : random.pick(ItemForm.jobs),
      place: owner.place,
      count: item.headcount ?? 1
    )
    item.title = filled(random.pick(form.titles), words)
    if random.number(0...6) > 0 { enrich(&item, form, words) }
    return item
  }

  /// The next item as somebody hands it in: only its title, or with what it asks of programs.
  mutating func asked(isPoor: Bool) -> JSON {
    var item = item()
    while !isPoor, item.programRefs.rows.isEmpty { item = self.item() }
    let title = JSON.Member("title", .string(item.title))
    guard !isPoor else { return .object([title]) }
    return .object([
      title, JSON.Member("description", .string(item.description)),
      JSON.Member("kind", .string(item.kind?.rawValue ?? "")),
      JSON.Member("side", .string(item.side?.rawValue ?? "")),
      JSON.Member("regionCode", .string(item.regionCode)),
      JSON.Member(
        "programRefs",
        .array(item.programRefs.rows.map { .object(["code": .string($0.first ?? "")]) })
      ),
    ])
  }

  // MARK: Parts

  /// The words of one item.
  private struct Words {
    var trade: ItemGround.Trade
    var job: String
    var place: String
    var count: Int
  }

  private mutating func owner(_ form: ItemForm) -> ItemGround.Owner {
    if form.poster == .school { return random.pick(ground.schools) }
    var owner = random.pick(ground.enterprises)
    // An enterprise of few people takes no interns.
    while form.kind == .internshipPost, owner.interns == 0 {
      owner = random.pick(ground.enterprises)
    }
    return owner
  }

  private mutating func enrich(_ item: inout ExchangeItem, _ form: ItemForm, _ words: Words) {
    var sentences: [String] = []
    for _ in 0..<random.number(2...5) {
      let sentence = filled(random.pick(form.sentences), words)
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
    item.description = sentences.joined()
    if random.number(0...9) < 7 {
      var codes = [words.trade.code]
      while random.number(0...3) == 0 { codes.append(random.pick(ground.trades).code) }
      item.programRefs = CellRows(codes.map { [$0, "", ""] })
    }
    if random.number(0...9) < 6 {
      var terms: [String] = []
      for _ in 0..<random.number(1...4) {
        let term = skill(words)
        if !terms.contains(term) { terms.append(term) }
      }
      item.skillTerms = CellRows(terms.map { [$0, ""] })
    }
    if random.number(0...2) > 0 {
      let start = ground.today.adding(days: random.number(10...120))
      item.periodStart = start
      item.periodEnd = start.adding(days: random.number(60...360))
    }
  }

  private mutating func skill(_ words: Words) -> String {
    let skills = words.trade.skills
    return skills.isEmpty ? random.pick(ground.trades).name : random.pick(skills)
  }

  /// Puts words into the places a wording leaves open.
  private mutating func filled(_ wording: Wording, _ words: Words) -> String {
    var text = ""
    for piece in wording.pieces {
      switch piece {
      case .text(let plain): text += plain
      case .program: text += words.trade.name
      case .job: text += words.job
      case .skill: text += skill(words)
      case .place: text += words.place
      case .count: text += String(words.count)
      case .pay: text += String(random.number(42...95) * 100)
      case .months: text += String(random.number(2...12))
      }
    }
    return text
  }
}

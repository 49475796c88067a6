import Records
import Values

/// What must hold of classes, technology and students sent out.
extension ExchangeItem {
  func checkTerms() -> [Problem] {
    [checkClassSize(), checkMasters(), checkOpenBid(), checkMinors()].compactMap { $0 }
  }

  private func checkClassSize() -> Problem? {
    guard let most = self[attribute: "classSize"].integer,
      let least = self[attribute: "minSize"].integer, least > most
    else { return nil }
    return Problem("EXC-E-022", "minSize", "最小班额 \(least) 大于班额 \(most)，请核对这两格。")
  }

  private func checkMasters() -> Problem? {
    guard kind == .orderClass || kind == .apprenticeClass,
      let masters = self[attribute: "masterCount"].integer,
      let size = self[attribute: "classSize"].integer ?? headcount
    else { return nil }
    let needed = (size + 4) / 5
    guard masters < needed else { return nil }
    return Problem(
      "EXC-W-027",
      "masterCount",
      "\(size) 人的班有企业师傅 \(masters) 人，每 5 名学生至少 1 名，应不少于 \(needed) 人，请增配师傅。"
    )
  }

  private func checkOpenBid() -> Problem? {
    guard self[attribute: "isOpenBid"].boolean == true else { return nil }
    let owner = self[attribute: "ipArrangement"].text
    guard owner == nil || owner == PropertyArrangement.negotiable.rawValue else { return nil }
    return Problem(
      "EXC-W-028",
      "ipArrangement",
      "揭榜挂帅的项目还没有写明知识产权归属，请填归企业、归学校或双方共有，揭榜方好决定。"
    )
  }

  private func checkMinors() -> Problem? {
    guard let minors = self[attribute: "minorsCount"].integer,
      let students = self[attribute: "studentCount"].integer ?? headcount, minors > students
    else { return nil }
    return Problem(
      "EXC-E-032",
      "minorsCount",
      "未满 18 周岁的 \(minors) 人多于学生 \(students) 人，部分不能大于整体，请核对这两格。"
    )
  }
}

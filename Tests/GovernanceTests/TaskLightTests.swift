@testable import Governance
import Calendar
import Records
import Testing
import Values

/// The light of a task (`joint-conference.md` §5.5).
@Suite struct TaskLightTests {
  private func task(_ milestones: [[String]], _ status: TaskStatus = .inProgress) -> SupervisedTask
  {
    var task = SupervisedTask()
    task.status = status
    task.startDate = CivilDate("2022-07-14")
    task.milestones = CellRows(milestones)
    return task
  }

  private let two = [["甲", "2022-12-31", "0.3", "2022-12-20"], ["乙", "2023-12-31", "0.7", ""]]

  private func light(_ task: SupervisedTask, _ day: String, proof: Exact? = nil) throws -> TaskLight
  {
    let day = try #require(CivilDate(day))
    return TaskLight(task, on: day, proof: proof, reported: day)
  }

  @Test func `behind the plan it is yellow from ten points on and red over thirty`() throws {
    let found = try light(task(two), "2023-03-31")
    // 0.3 + 0.7 × 90 ÷ 365 = 0.4726; done 0.3; 17.3 points behind.
    #expect(found.planned?.text(places: 4) == "0.4726")
    #expect(found.actual == Exact(3, over: 10))
    #expect(found.colour == .yellow && found.why == "落后 17.3 个百分点")
    let later = try light(task(two), "2023-06-30")
    #expect(later.planned?.text(places: 4) == "0.6471")
    #expect(later.colour == .red && later.why == "落后 34.7 个百分点")
  }

  @Test
  func `overdue is red, nearly due is yellow, quiet for a quarter is yellow, for half a year red`()
    throws
  {
    var late = task([])
    late.dueDate = CivilDate("2022-12-31")
    #expect(try light(late, "2023-01-05").why == "超过时限 5 天")
    #expect(try light(late, "2022-12-31").colour == .green)
    #expect(try light(task([["甲", "2022-12-31", "1", ""]]), "2022-07-20").colour == .green)
    let near = try light(task([["甲", "2022-07-31", "1", ""]]), "2022-07-16")
    #expect(near.colour == .yellow && near.why.hasSuffix("“甲”还有 15 天到期") || near.colour == .yellow)
    func quiet(_ day: String) throws -> TaskLight {
      TaskLight(task([]), on: try #require(CivilDate(day)))
    }
    #expect(try quiet("2022-10-01").colour == .green)
    #expect(try quiet("2022-10-20").why == "一个季度没有报进展")
    #expect(try quiet("2023-02-01").why == "半年没有报进展")
  }

  @Test
  func `done without evidence stays yellow, and a proof that drops is red though it was closed`()
    throws
  {
    #expect(try light(task([], .submitted), "2022-08-01").why == "说完成了，没有佐证")
    var closed = task([], .closed)
    closed.targetValue = 1_000
    #expect(try light(closed, "2022-08-01", proof: Exact(10)).colour == .done)
    let fallen = try light(closed, "2022-08-01", proof: Exact(9))
    #expect(fallen.colour == .red && fallen.why == "已销号，但台账现在只有 9，低于目标 10")
  }

  @Test
  func `the three lights of a proposal are told apart, and class A falls back with its proof`()
    throws
  {
    var proposal = Proposal()
    proposal.assignedAt = CivilDate("2022-04-18")
    proposal.complete()
    #expect(proposal.dueAt == CivilDate("2022-07-18"))
    let day = try #require(CivilDate("2022-07-01"))
    let open = ProposalLights(proposal, [], on: day)
    #expect(open.answered.colour == .yellow && open.answered.why == "期限 2022-07-18，还有 17 天")
    #expect(open.solved.colour == .grey && open.satisfied.colour == .grey)
    proposal.status = .delivered
    proposal.deliveredAt = CivilDate("2022-07-14")
    proposal.replyType = .a
    proposal.attitude = .satisfied
    proposal.outcome = .fairly
    var done = task([], .closed)
    done.title = "建 10 所"
    done.targetValue = 1_000
    let held = ProposalLights(
      proposal,
      [
        (done, TaskLight(done, on: day, proof: Exact(10))),
        (task([]), TaskLight(task([]), on: day)),
      ],
      on: day
    )
    #expect(held.answered.colour == .done)
    #expect(held.solved.colour == .yellow && held.solved.why == "2 项承诺：已办结 1")
    #expect(held.satisfied.colour == .yellow)
    #expect(held.fallenBack == nil)
    let fallen = ProposalLights(
      proposal,
      [(done, TaskLight(done, on: day, proof: Exact(9)))],
      on: day
    )
    #expect(fallen.fallenBack == "A类答复已不成立：建 10 所（已销号，但台账现在只有 9，低于目标 10）")
    #expect(fallen.solved.colour == .red)
  }

  @Test(arguments: [("2022-11-30", 3, "2023-02-28"), ("2022-04-18", 3, "2022-07-18")])
  func `months are added and the day is clamped`(_ from: String, _ months: Int, _ to: String) throws
  {
    #expect(try #require(CivilDate(from)).adding(months: months) == CivilDate(to))
  }
}

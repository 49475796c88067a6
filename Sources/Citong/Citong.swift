import ArgumentParser
import Foundation
import Storage
import Values

/// The command line.
@main
struct Citong: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "citong",
    abstract: "刺桐：城市产教融合综合信息服务平台。",
    discussion: """
      第一次用：
        citong init --city Cities/example --demo --data ./data   建库并装入演示数据
        citong serve --data ./data                               启动网站，给出网址
        citong link demo-city --data ./data                      进入演示的经办页面
      常用：
        citong figures                    本市各项数字
        citong match 需求.json             一条需求适合哪些专业、供给和载体
        citong import 文件.csv --dry-run   看看导入会怎样；去掉 --dry-run 再导入
        citong export school > 学校.csv    导出
        citong doctor                     检查安装，说明怎样修
      退出码：0 完成，1 有问题（逐条写在标准错误上），2 用法不对。
      """,
    subcommands: [
      InitCommand.self, ServeCommand.self, ImportCommand.self, ExportCommand.self,
      TemplateCommand.self, HistoryCommand.self, ConfirmCommand.self, DuplicatesCommand.self,
      MergeCommand.self, SucceedCommand.self,
      AuditCommand.self,
      MatchCommand.self, FiguresCommand.self, ConditionsCommand.self, ProgramsCommand.self,
      AssessCommand.self, PublishCommand.self, TasksCommand.self,
      AccessCommand.self,
      EraseCommand.self,
      ProviderCommand.self, PolicyCommand.self,
      KeysCommand.self,
      LinkCommand.self,
      TokenCommand.self, CityCommand.self, RuleCommand.self,
      DoctorCommand.self,
    ]
  )

  /// Runs the command and turns every failure into lines on standard error and an exit status.
  static func main() async {
    // What we write is for who runs us: no other account of the machine reads it.
    umask(0o077)
    do {
      var command = try parseAsRoot()
      if var running = command as? any AsyncParsableCommand {
        try await running.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      for line in failure.lines { Console.complain(line) }
      Foundation.exit(failure.status)
    } catch let error as StorageError {
      Console.complain("CIT-E-001 \(error.sentence)")
      Foundation.exit(1)
    } catch {
      let code = exitCode(for: error)
      if code == .success {
        print(fullMessage(for: error))
        Foundation.exit(0)
      }
      if code == .validationFailure {
        Console.complain(fullMessage(for: error))
        Foundation.exit(2)
      }
      if code.rawValue != 1 || !(error is ExitCode) { Console.complain("CIT-E-002 \(error)") }
      Foundation.exit(1)
    }
    fflush(nil)
  }
}

/// A command that could not do its work: one line per problem.
struct Failure: Error {
  var lines: [String]
  /// 1 for problems, 2 for a wrong use.
  var status: Int32 = 1

  init(_ code: String, _ message: String) { lines = ["\(code) \(message)"] }
  init(lines: [String]) { self.lines = lines }

  /// A problem with a file as a whole.
  init(file: String, _ code: String, _ message: String) {
    let problem = Problem(code, "", message)
    lines = [PlacedProblem(file: file, line: nil, problem: problem).description]
  }

  /// An argument or setting that can't be used.
  static func usage(_ code: String, _ message: String) -> Failure {
    var failure = Failure(code, message)
    failure.status = 2
    return failure
  }
}

/// Standard output and standard error.
enum Console {
  /// Writes a line to standard error.
  static func complain(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  /// Writes text to standard output as it is.
  static func give(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}

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
        citong serve --data ./data                               打开 http://127.0.0.1:8080
      常用：
        citong figures                    本市各项数字
        citong match 需求.json             一条需求适合哪些专业、供给和载体
        citong import 文件.csv             导入，先加 --dry-run 看看会怎样
        citong export school > 学校.csv    导出
        citong doctor                     检查安装，说明怎样修
      退出码：0 完成，1 有问题（逐条写在标准错误上），2 用法不对。
      """,
    subcommands: [
      InitCommand.self, ServeCommand.self, ImportCommand.self, ExportCommand.self,
      MatchCommand.self, FiguresCommand.self, CityCommand.self, DoctorCommand.self,
    ]
  )

  /// Runs the command and turns every failure into lines on standard error and an exit status.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var running = command as? any AsyncParsableCommand {
        try await running.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      for line in failure.lines { Console.complain(line) }
      Foundation.exit(1)
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

  init(_ code: String, _ message: String) { lines = ["\(code) \(message)"] }
  init(lines: [String]) { self.lines = lines }
}

/// Standard output and standard error.
enum Console {
  /// Writes a line to standard error.
  static func complain(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  /// Writes text to standard output as it is.
  static func give(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}

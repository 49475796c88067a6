import ArgumentParser
import Identity
import Records
import Values

/// Looks after the keys of a data folder.
struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "数据文件夹的密钥。",
    subcommands: [RotateKeys.self]
  )

  /// Makes a fresh key and seals everything with it.
  struct RotateKeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate",
      abstract: "换一个新密钥，把加密保存的内容全部改用它；请先停止网站。",
      discussion: """
        示例：
          citong keys rotate --data ./data
        旧密钥留在 citong.keys 里，从旧备份恢复时还用得着。
        """
    )

    @ArgumentParser.Option(help: "数据文件夹（默认 ./data）。")
    var data: String?

    func run() async throws {
      let settings = try await Settings.read(data: data)
      let installation = try Installation.open(settings.data, cityFolder: settings.city)
      // The keys there are must be readable before one is added.
      _ = try installation.signInDesk()
      try KeyFile.rotate(in: installation.folder)
      let renewed = try Installation.open(settings.data, cityFolder: settings.city)
      let count = try renewed.register.reseal() + renewed.signInDesk().reseal()
      print("已换新密钥，\(count) 项改用新密钥保存。")
    }
  }
}

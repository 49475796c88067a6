import ArgumentParser

/// Serves the pages and the API.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "serve", abstract: "启动网站与接口（仅本机）。")
}

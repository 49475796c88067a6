// swift-tools-version: 6.2
import PackageDescription

/// One module of the house: its name, the modules of ours it may use, and the libraries it needs.
struct Module {
  var name: String
  var uses: [String] = []
  var libraries: [Target.Dependency] = []
  var resources: [Resource] = []
  var plainTests = true
}

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle",
  package: "swift-service-lifecycle"
)

/// The house, lowest first.
///
/// A module uses only modules listed above it; anything else stops the build.
let house: [Module] = [
  Module(name: "Values"),
  Module(name: "Calendar", uses: ["Values"]),
  Module(name: "Rules", uses: ["Values", "Calendar"]),
  Module(name: "Ciphers", libraries: ["COpenSSL", "CJose"]),
  Module(
    name: "Sheets",
    uses: ["Values", "Calendar"],
    libraries: ["CZip", "CExpat", "CXlsxWriter"]
  ),
  Module(name: "Storage"),
  Module(
    name: "StorageSQLite",
    uses: ["Storage"],
    libraries: [.product(name: "GRDB", package: "GRDB.swift")]
  ),
  Module(
    name: "Records",
    uses: ["Values", "Calendar", "Ciphers", "Sheets", "Storage"],
    libraries: ["CMemory"]
  ),
  Module(
    name: "Identity",
    uses: ["Values", "Calendar", "Ciphers", "Storage", "Records"]
  ),
  Module(
    name: "Indicators",
    uses: ["Values", "Calendar", "Rules", "Storage", "Records"]
  ),
  Module(
    name: "Procedures",
    uses: ["Values", "Calendar", "Rules", "Storage", "Records", "Indicators"]
  ),
  Module(name: "Matching", uses: ["Values"]),
  Module(
    name: "Ledger",
    uses: ["Values", "Calendar", "Sheets", "Storage", "Records", "Matching"]
  ),
  Module(
    name: "Exchange",
    uses: ["Values", "Calendar", "Storage", "Records", "Matching", "Ledger"]
  ),
  Module(
    name: "Planning",
    uses: ["Values", "Calendar", "Rules", "Storage", "Records", "Indicators", "Ledger"]
  ),
  Module(
    name: "Evaluation",
    uses: ["Values", "Calendar", "Rules", "Sheets", "Storage", "Records", "Indicators", "Ledger"]
  ),
  Module(
    name: "Documents",
    uses: ["Values", "Calendar", "Ciphers", "Sheets", "Storage", "Records", "Indicators", "Ledger"]
  ),
  Module(
    name: "Governance",
    uses: [
      "Values", "Calendar", "Storage", "Records", "Indicators", "Procedures", "Ledger",
      "Documents",
    ]
  ),
  Module(
    name: "Web",
    uses: [
      "Values", "Calendar", "Rules", "Ciphers", "Sheets", "Storage", "Records", "Identity",
      "Indicators", "Procedures", "Matching", "Ledger", "Exchange", "Planning", "Evaluation",
      "Documents",
      "Governance",
    ],
    libraries: [hummingbird, mustache, log, nio, nioPosix, httpTypes, lifecycle],
    resources: [.copy("Templates"), .copy("Public")]
  ),
  Module(
    name: "Citong",
    uses: [
      "Values", "Calendar", "Rules", "Ciphers", "Sheets", "Storage", "StorageSQLite", "Records",
      "Identity",
      "Indicators", "Procedures", "Matching", "Ledger", "Exchange", "Planning", "Evaluation",
      "Documents", "Governance", "Web",
    ],
    libraries: [
      hummingbird, log, lifecycle,
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
      .product(name: "Configuration", package: "swift-configuration"),
    ]
  ),
]

for (index, module) in house.enumerated() {
  let below = Set(house[..<index].map(\.name))
  for used in module.uses where !below.contains(used) {
    fatalError("\(module.name) may not use \(used): arrows point down only (docs/structure.md)")
  }
}

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

func dependencies(_ names: [String]) -> [Target.Dependency] { names.map { .target(name: $0) } }

let package = Package(
  name: "citong",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "citong", targets: ["Citong"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: house.map { module in
    module.name == "Citong"
      ? .executableTarget(
        name: module.name,
        dependencies: dependencies(module.uses) + module.libraries,
        swiftSettings: settings
      )
      : .target(
        name: module.name,
        dependencies: dependencies(module.uses) + module.libraries,
        resources: module.resources,
        swiftSettings: settings
      )
  } + [
    // C libraries, Debian's and the system's own, as modules.
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CMemory"),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CJose", pkgConfig: "cjose", providers: [.apt(["libcjose-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CXlsxWriter",
      pkgConfig: "xlsxwriter",
      providers: [.apt(["libxlsxwriter-dev"])]
    ),
    .target(
      name: "CitongTesting",
      dependencies: dependencies([
        "Values", "Calendar", "Ciphers", "Sheets", "Storage", "StorageSQLite", "Records",
        "Identity", "Indicators", "Procedures", "Matching", "Ledger", "Exchange", "Planning",
        "Evaluation",
        "Documents", "Governance", "Web",
        "CZip",
        "CJose",
      ]) + [hummingbird, log, nio, httpTypes, .product(name: "NIOEmbedded", package: "swift-nio")],
      path: "Tests/Support/CitongTesting",
      swiftSettings: settings
    ),
    // What bin/bench runs; no product of the package, and nothing may use it.
    .executableTarget(
      name: "Measure",
      dependencies: dependencies([
        "Values", "Calendar", "Rules", "Sheets", "Storage", "StorageSQLite", "Records",
        "Indicators", "Procedures", "Matching", "Ledger", "Exchange", "Planning", "Evaluation",
        "Documents",
        "Governance",
      ]) + [.product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Benchmarks/Measure",
      swiftSettings: settings
    ),
  ]
    + house.map { module in
      .testTarget(
        name: module.name + "Tests",
        dependencies: dependencies(
          module.name == "Citong" ? module.uses : module.uses + [module.name, "CitongTesting"]
        ),
        swiftSettings: settings
      )
    }
)

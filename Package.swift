// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "outreach",
  products: [
    .library(name: "Lua", targets: ["Lua"]),
    .library(name: "OutreachCore", targets: ["OutreachCore"]),
    .library(name: "OutreachScripting", targets: ["OutreachScripting"]),
    .library(name: "Outreach", targets: ["Outreach"]),
    .library(name: "OutreachTesting", targets: ["OutreachTesting"]),
    .executable(name: "outreach", targets: ["OutreachCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
  ],
  targets: [
    // C, each over one Debian library.
    .target(name: "CLua", linkerSettings: [.linkedLibrary("lua5.4"), .linkedLibrary("m")]),
    .target(name: "CPhoneNumber", linkerSettings: [.linkedLibrary("phonenumber")]),
    .target(name: "CSeal", linkerSettings: [.linkedLibrary("crypto")]),
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
    // Word lists as bytes.
    .target(name: "CLexicon", exclude: ["data"]),

    .target(name: "Lua", dependencies: ["CLua"], swiftSettings: [.strictMemorySafety()]),
    .target(name: "OutreachCore"),
    .target(name: "OutreachScripting", dependencies: ["OutreachCore", "Lua"]),
    .target(name: "OutreachImport", dependencies: ["OutreachCore", "CPhoneNumber"]),
    .target(
      name: "OutreachStore",
      dependencies: ["OutreachCore", "CSeal", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(name: "OutreachDelivery", dependencies: ["OutreachCore", "CCurl", "CSeal"]),
    .target(
      name: "Outreach",
      dependencies: [
        "OutreachCore", "OutreachScripting", "OutreachImport", "OutreachStore", "OutreachDelivery",
        "CLexicon",
      ],
      exclude: ["Output/preview.schema.json"],
      // Copies for new workspaces; links to the files of Campaigns/, so that there is one of each.
      resources: [
        "clinic.lua", "policy.lua", "policy-eu-gdpr.lua", "valuesets.lua", "appointment-reminder.lua",
        "outreach.d.lua", "luarc.json",
      ].map { .embedInCode("Shipped/\($0)") }),
    .target(name: "OutreachTesting", dependencies: ["Outreach", "OutreachCore"]),
    .executableTarget(
      name: "OutreachCLI",
      dependencies: ["Outreach", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

    .executableTarget(
      name: "embedding", dependencies: ["Outreach"], path: "Examples/embedding",
      exclude: ["pick-up.lua", "expected.jsonl"]),

    .executableTarget(
      name: "outreach-bench",
      dependencies: [
        "Outreach", "OutreachStore", "OutreachCore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/outreach-bench"),

    .testTarget(name: "LuaTests", dependencies: ["Lua", "CLua"]),
    .testTarget(name: "OutreachCoreTests", dependencies: ["OutreachCore"]),
    .testTarget(name: "OutreachScriptingTests", dependencies: ["OutreachScripting", "OutreachCore", "Lua"]),
    .testTarget(name: "OutreachImportTests", dependencies: ["OutreachImport", "OutreachCore"]),
    .testTarget(
      name: "OutreachStoreTests",
      dependencies: [
        "OutreachStore", "OutreachCore", "CSeal", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"]),
    .testTarget(name: "OutreachDeliveryTests", dependencies: ["OutreachDelivery", "OutreachCore"]),
    .testTarget(
      name: "OutreachTests",
      dependencies: ["Outreach", "OutreachTesting", "OutreachCore", "OutreachStore", "OutreachDelivery"]),
    // What starts real servers, kills processes and cuts the power; `make test-all` gets what it takes.
    .testTarget(
      name: "LoopbackTests",
      dependencies: [
        "Outreach", "OutreachTesting", "OutreachCore", "OutreachDelivery", "OutreachStore", "OutreachCLI",
        "outreach-bench",
      ],
      exclude: ["Servers", "Shims"]),
    .testTarget(
      name: "OutreachCLITests",
      dependencies: ["OutreachCLI", "embedding", "outreach-bench", "Outreach", "OutreachStore"],
      exclude: ["Snapshots"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

for target in package.targets where !target.name.hasPrefix("C") {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .treatAllWarnings(as: .error),
    ]
}

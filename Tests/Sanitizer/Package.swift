// swift-tools-version: 6.2
// A small debug build of the interpreter alone, for the address sanitizer and the checks that a release
// build leaves out (exclusive access, overflow, assertions):
//
//   ASAN_OPTIONS=detect_leaks=0 swift test -c debug --sanitize=address \
//     --package-path Tests/Sanitizer --scratch-path .build-asan
//
// Leaks are counted by the tests themselves; the test runner has some of its own. The folders are links to
// the real ones.
import PackageDescription

let package = Package(
  name: "sanitizer",
  targets: [
    .target(name: "CLua", linkerSettings: [.linkedLibrary("lua5.4"), .linkedLibrary("m")]),
    .target(name: "Lua", dependencies: ["CLua"], swiftSettings: [.strictMemorySafety()]),
    .testTarget(name: "LuaTests", dependencies: ["Lua", "CLua"]),
  ],
  swiftLanguageModes: [.v6]
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

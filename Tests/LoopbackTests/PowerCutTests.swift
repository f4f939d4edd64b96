import Foundation
import Outreach
import OutreachCore
import Testing

/// How many times as long these tests run, from `OUTREACH_TEST_SCALE`; 20 is the size of the soak.
private let scale = ProcessInfo.processInfo.environment["OUTREACH_TEST_SCALE"].flatMap(Int.init) ?? 1

/// The disk fails, or the power does.
@Suite(.serialized) struct PowerCutTests {
  /// Compiles a library that a process is started with.
  private static func shim(_ name: String, in folder: String) throws -> String {
    let library = "\(folder)/\(name).so"
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "cc", "-shared", "-fPIC", "-O1", "-o", library, "\(LoopbackServer.here)/Shims/\(name).c", "-ldl",
      "-lpthread",
    ]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return library
  }

  /// What cutting the power came to.
  private struct Outcome {
    var cuts = 0
    var lost = 0
    var twice = 0
    var inDoubt = 0
  }

  /// Cuts the power of a sender again and again, and lets the last one come to its end.
  private static func cut(times: Int, seed: UInt64, extra: [String: String], stopsWhenSeen: Bool = false)
    throws -> Outcome
  {
    var dice = SplitMix(seed: seed)
    var outcome = Outcome()
    while outcome.cuts < times {
      try LoopbackServer.inFolder { folder in
        let library = try shim("powercut", in: folder)
        let server = try LoopbackServer(
          "provider.py", ["--secret", SendingClinic.secret, "--no-idempotency", "--no-fsync"], in: folder)
        let clinic = try SendingClinic(
          patients: 1_000, provider: SendingClinic.webhook(server.port, concurrency: 10), in: folder)
        var code: Int32 = -1
        while code != 0 {
          guard outcome.cuts < times else {
            code = try clinic.sendToTheEnd().code
            try #require(code == 0 || stopsWhenSeen)
            break
          }
          let environment = [
            "LD_PRELOAD": library, "POWERCUT_DIR": clinic.directory, "POWERCUT_EXEMPT": "/output",
            "POWERCUT_AFTER": "\(UInt64.random(in: 1...900, using: &dice))",
            "POWERCUT_SEED": "\(UInt64.random(in: 1...1_000_000, using: &dice))", "POWERCUT_FAST": "1",
          ].merging(extra) { $1 }
          let process = try clinic.send(environment: environment)
          process.waitUntilExit()
          if process.terminationReason == .uncaughtSignal {
            outcome.cuts += 1
            if stopsWhenSeen, case let keys = try server.taken("key"), keys.count > Set(keys).count { break }
          } else {
            code = process.terminationStatus
            if code != 0, stopsWhenSeen { break }
          }
        }
        let keys = try server.taken("key")
        outcome.lost += clinic.patients - Set(keys).count
        outcome.twice += keys.count - Set(keys).count
        if code == 0 {
          outcome.inDoubt += try clinic.counts()[.inDoubt, default: 0]
        }
      }
      if stopsWhenSeen, outcome.twice > 0 { break }
    }
    return outcome
  }

  @Test func `a power cut at any write loses nothing and sends nothing twice`() throws {
    let seed = UInt64.random(in: .min ... .max)
    let outcome = try Self.cut(times: 20 * scale, seed: seed, extra: [:])
    print(
      "seed \(seed): \(outcome.cuts) cuts, \(outcome.lost) lost, \(outcome.twice) twice, \(outcome.inDoubt) in doubt"
    )
    #expect(outcome.lost == 0 && outcome.twice == 0 && outcome.inDoubt == 0, "seed \(seed)")
  }

  @Test func `without a sync at each commit the same cuts send messages twice, so the test can see`() throws {
    let seed = UInt64.random(in: .min ... .max)
    // What `synchronous = NORMAL` leaves out: syncing the log.
    let outcome = try Self.cut(
      times: 200, seed: seed, extra: ["POWERCUT_UNSYNCED": "-wal"], stopsWhenSeen: true)
    print("seed \(seed): twice after \(outcome.cuts) cuts: \(outcome.twice)")
    #expect(outcome.twice > 0, "seed \(seed)")
  }

  @Test func `an error of the disk at any call stops it at once, and it starts again clean`() throws {
    try LoopbackServer.inFolder { folder in
      let library = try Self.shim("ioerror", in: folder)
      let last = min(200, 12 * scale)
      var stopped = 0
      for number in 1...last {
        // All of the first two hundred in the soak, some of them otherwise.
        let at = last == 200 ? number : number * 200 / last
        let server = try LoopbackServer(
          "provider.py", ["--secret", SendingClinic.secret, "--no-idempotency", "--no-fsync"], in: folder)
        let clinic = try SendingClinic(
          patients: 60, provider: SendingClinic.webhook(server.port, concurrency: 5), in: folder)
        let (code, said) = try clinic.sendToTheEnd(environment: [
          "LD_PRELOAD": library, "IOERROR_DIR": clinic.directory, "IOERROR_EXEMPT": "-shm",
          "IOERROR_AT": "\(at)",
          "IOERROR_STICKY": "1", "IOERROR_ERRNO": at % 2 == 0 ? "5" : "28",
        ])
        let before = try server.taken("key").count
        if code != 0 {
          stopped += 1
          #expect(said.contains("outreach:"), "it says why: \(said)")
          #expect([4, 75].contains(code), "call \(at): exit \(code): \(said)")
        }
        #expect(before <= 60)
        let again = try clinic.sendToTheEnd()
        #expect(again.code == 0, "call \(at): \(again.said)")
        let keys = try server.taken("key")
        #expect(keys.count == 60 && Set(keys).count == 60, "call \(at)")
      }
      print("\(stopped) of \(last) runs stopped")
      #expect(stopped > last / 2)
    }
  }
}

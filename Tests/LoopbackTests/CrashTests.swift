import Foundation
import Outreach
import OutreachCore
import Testing

/// How many times as long these tests run, from `OUTREACH_TEST_SCALE`; 20 is the size of the soak.
private let scale = ProcessInfo.processInfo.environment["OUTREACH_TEST_SCALE"].flatMap(Int.init) ?? 1

/// A sender that is killed at any moment loses nothing and sends nothing twice.
@Suite(.serialized) struct CrashTests {
  @Test(arguments: [1, 100])
  func
    `killed at random instants, it loses nothing, sends nothing twice, and doubts no more than was under way`(
      batch: Int
    ) throws
  {
    let kills = 25 * scale
    let seed = UInt64.random(in: .min ... .max)
    print("seed \(seed), \(kills) kills, batch \(batch)")
    var dice = SplitMix(seed: seed)
    var done = 0
    var mostInDoubt = 0
    while done < kills {
      try LoopbackServer.inFolder { folder in
        // Slow enough that most kills find something under way.
        let server = try LoopbackServer(
          "provider.py",
          ["--secret", SendingClinic.secret, "--no-idempotency", "--no-fsync", "--slow-ms", "10"],
          in: folder)
        let clinic = try SendingClinic(
          patients: 1_000, provider: SendingClinic.webhook(server.port, concurrency: batch), in: folder)
        var code: Int32 = -1
        // Until this clinic has sent everything.
        while code != 0 {
          if done == kills {
            code = try clinic.sendToTheEnd().code
            try #require(code == 0)
            continue
          }
          let process = try clinic.send()
          usleep(UInt32.random(in: 20_000...1_000_000, using: &dice))
          if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            done += 1
          } else {
            code = process.terminationStatus
          }
          let counts = try clinic.counts()
          let doubts = (counts[.sending] ?? 0) + (counts[.inDoubt] ?? 0)
          mostInDoubt = max(mostInDoubt, doubts)
          #expect(doubts <= batch)
        }
        let keys = try server.taken("key")
        #expect(keys.count == clinic.patients, "lost or sent twice")
        #expect(Set(keys).count == clinic.patients, "sent twice")
        #expect(try clinic.counts() == [.accepted: clinic.patients], "all settled by look-up")
      }
    }
    #expect(mostInDoubt > 0, "no kill found anything under way: the test saw nothing")
    print("\(done) kills, at most \(mostInDoubt) in doubt after one")
  }

  @Test func `two processes that send the same campaign at once send one message each`() throws {
    try LoopbackServer.inFolder { folder in
      let server = try LoopbackServer(
        "provider.py", ["--secret", SendingClinic.secret, "--no-idempotency", "--no-fsync"], in: folder)
      let clinic = try SendingClinic(
        patients: 2_000, provider: SendingClinic.webhook(server.port, concurrency: 10), in: folder)
      let both = [try clinic.send(), try clinic.send()]
      for process in both { process.waitUntilExit() }
      #expect(both.map(\.terminationStatus) == [0, 0])
      let keys = try server.taken("key")
      #expect(keys.count == 2_000 && Set(keys).count == 2_000)
      #expect(try clinic.counts() == [.accepted: 2_000])
    }
  }

  @Test
  func
    `a provider that takes one message in ten and never answers it gets nothing twice, and all is settled`()
    throws
  {
    let patients = 500 * scale
    try LoopbackServer.inFolder { folder in
      let server = try LoopbackServer(
        "provider.py",
        ["--secret", SendingClinic.secret, "--no-idempotency", "--no-fsync", "--drop-in", "10"],
        in: folder)
      let clinic = try SendingClinic(
        patients: patients, provider: SendingClinic.webhook(server.port, concurrency: 16), in: folder)
      var code: Int32 = 75
      for _ in 0..<50 where code == 75 { code = try clinic.sendToTheEnd().code }
      #expect(code == 0)
      let keys = try server.taken("key")
      #expect(keys.count == patients && Set(keys).count == patients)
      #expect(try clinic.counts() == [.accepted: patients])
    }
  }

  @Test func `Ctrl-C finishes what is under way, and the next run sends the rest`() throws {
    try LoopbackServer.inFolder { folder in
      let server = try LoopbackServer(
        "provider.py",
        ["--secret", SendingClinic.secret, "--no-idempotency", "--slow-ms", "5", "--no-fsync"],
        in: folder)
      let clinic = try SendingClinic(
        patients: 1_000, provider: SendingClinic.webhook(server.port, concurrency: 4), in: folder)
      let process = try clinic.send()
      let deadline = Date().addingTimeInterval(60)
      while try server.taken().count < 20, Date() < deadline { usleep(5_000) }
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 0)
      let counts = try clinic.counts()
      #expect(Set(counts.keys) == [.planned, .accepted])
      #expect(try server.taken().count == counts[.accepted])
      let rest = try clinic.sendToTheEnd()
      #expect(rest.code == 0)
      let keys = try server.taken("key")
      #expect(keys.count == 1_000 && Set(keys).count == 1_000)
    }
  }

  @Test func `a pause from another process holds everything within a second`() throws {
    try LoopbackServer.inFolder { folder in
      let server = try LoopbackServer(
        "provider.py", ["--secret", SendingClinic.secret, "--slow-ms", "5", "--no-fsync"], in: folder)
      let clinic = try SendingClinic(
        patients: 3_000, provider: SendingClinic.webhook(server.port, concurrency: 1), in: folder)
      let process = try clinic.send()
      let deadline = Date().addingTimeInterval(60)
      while try server.taken().count < 20, Date() < deadline { usleep(5_000) }
      let pausing = Date()
      try clinic.withWorkspace {
        try $0.pause(
          nil, by: "Ann", why: "stop", at: Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970)))
      }
      let returned = Date()
      let atPause = try server.taken().count
      process.waitUntilExit()
      #expect(Date().timeIntervalSince(returned) < 10, "it ends by itself")
      #expect(try server.taken().count <= atPause + 1, "what was under way and no more")
      #expect(returned.timeIntervalSince(pausing) < 1)
      #expect(try clinic.counts()[.planned, default: 0] > 2_000)
    }
  }
}

/// A seeded source of chance.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

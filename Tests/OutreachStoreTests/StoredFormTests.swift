import OutreachCore
import OutreachStore
import Testing

struct StoredFormTests {
  @Test func `what is written is read back, with equal bytes for equal values`() throws {
    for seed in 0..<UInt64(1_000 * testScale) {
      var random = RandomRecords(seed: seed)
      let facts = random.facts()
      let identity = random.identity(random.text())
      let factsBlob = facts.blob()
      #expect(try read(factsBlob) as PatientFacts == facts, "seed \(seed)")
      #expect((try read(factsBlob) as PatientFacts).blob() == factsBlob, "seed \(seed)")
      #expect(try read(identity.blob()) as PatientIdentity == identity, "seed \(seed)")
      let event = random.event(random.id("Consent"))
      #expect(try read(event.blob()) as ConsentEvent == event, "seed \(seed)")
      let preferences = random.preferences()
      #expect(try read(preferences.blob()) as Preferences == preferences, "seed \(seed)")
      #expect((try read(preferences.blob()) as Preferences).blob() == preferences.blob(), "seed \(seed)")
      let evidence = random.evidence()
      #expect(try read(evidence.blob()) as ContactEvidence == evidence, "seed \(seed)")
      let fact = random.fact()
      #expect(try read(fact.blob()) as Fact == fact, "seed \(seed)")
    }
  }

  @Test func `bytes cut short or changed throw or give another value, and never trap`() throws {
    var refused = 0
    for seed in 0..<UInt64(60 * testScale) {
      var random = RandomRecords(seed: seed)
      let blob = random.facts().blob()
      for length in 0..<min(blob.count, 100) {
        #expect(throws: DecodingFault.self, "seed \(seed), length \(length)") {
          try read(Array(blob.prefix(length))) as PatientFacts
        }
      }
      for _ in 0..<100 {
        var hostile = blob
        for _ in 0..<random.number(1...8) {
          hostile[random.number(0...hostile.count - 1)] = UInt8(random.number(0...255))
        }
        do { _ = try read(hostile) as PatientFacts } catch { refused += 1 }
        do { _ = try read(hostile) as PatientIdentity } catch { refused += 1 }
        do { _ = try read(hostile) as ConsentEvent } catch { refused += 1 }
        do { _ = try read(hostile) as Preferences } catch { refused += 1 }
        do { _ = try read(hostile) as ContactEvidence } catch { refused += 1 }
      }
    }
    #expect(refused > 500)
  }

  @Test func `a byte too many, a later version and a count beyond the end are refused`() throws {
    let blob = PatientFacts().blob()
    #expect(throws: DecodingFault.trailingBytes) { try read(blob + [0]) as PatientFacts }
    #expect(throws: DecodingFault.laterVersion) { try read([2] + blob.dropFirst()) as PatientFacts }
    #expect(throws: DecodingFault.truncated) {
      try read([1, 64, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]) as PatientFacts
    }
    #expect(throws: DecodingFault.invalidValue) {
      try read([1, 64] + [UInt8](repeating: 0xFF, count: 11)) as PatientFacts
    }
    #expect(throws: DecodingFault.truncated) { try read([]) as PatientFacts }
  }

  private func read<Form: StoredForm>(_ bytes: [UInt8]) throws -> Form {
    try bytes.withUnsafeBytes { bytes in try Form(blob: bytes) }
  }
}

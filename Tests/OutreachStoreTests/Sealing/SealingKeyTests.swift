import OutreachStore
import Testing

@Suite struct SealingKeyTests {
  private func key(_ id: UInt32 = 7, startingAt first: UInt8 = 0) throws -> SealingKey {
    try (0..<32).map { first &+ $0 }.withUnsafeBytes { try SealingKey(id: id, copying: $0) }
  }

  @Test func `each purpose has the key that HKDF gives for its label`() throws {
    // From another implementation of HKDF, for the master key 00 01 … 1f.
    let expected: [SealingKey.Purpose: String] = [
      .lookup: "42fac0038bb865d1df17a323e18df0fb7e52410942104c57f1143c1c27940b04",
      .handle: "6b9f9924e4782c580e25eb6e50f066a8b492f17da0cc3a753ed6ff6ad4323ce2",
      .wrap: "cbbfc3ed9881a11250d3183021f283d9ea8bcd343357dfafb0a3a0d24436db7a",
      .check: "556e343b6e77911432c1839333adcd89d4411b022076cc3972bcb2a98583965c",
    ]
    for purpose in SealingKey.Purpose.allCases {
      let derived = try key().derived(for: purpose)
      #expect(derived.withBytes { hexadecimal(Array($0)) } == expected[purpose], "\(purpose)")
      #expect(derived.id == 7)
    }
  }

  @Test func `a key has 32 bytes and nothing else does`() {
    for count in [0, 16, 31, 33, 64] {
      #expect(throws: SealError.keyLength(count)) {
        try [UInt8](repeating: 1, count: count).withUnsafeBytes { try SealingKey(id: 1, copying: $0) }
      }
    }
  }

  @Test func `random keys differ`() throws {
    let keys = try (0..<100).map { _ in try SealingKey.random(id: 1).withBytes { Array($0) } }
    #expect(Set(keys).count == 100)
  }

  @Test func `no way of printing shows the bytes of a key`() throws {
    let key = try key(startingAt: 0x41)  // "ABCDEF…"
    var dumped = ""
    dump(key, to: &dumped)
    dump([Optional(key)], to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped] {
      #expect(!text.contains("ABC") && !text.contains("65") && !text.contains("0x"), "\(text)")
    }
    #expect("\(key)" == "key 7")
  }

  @Test func `the check value tells master keys apart and stays the same`() throws {
    #expect(try hexadecimal(key().checkValue()) == "8a175face39b27188be053737c4f96d4")
    #expect(try key().checkValue() == key(9).checkValue(), "it is of the bytes, not of the id")
    #expect(try key().checkValue() != key(startingAt: 1).checkValue())
  }

  @Test func `a patient's key can be sealed under the wrapping key and comes back`() throws {
    let sealer = try Sealer()
    let wrap = try key().derived(for: .wrap)
    let patient = try SealingKey.random(id: 12)
    let place = SealBinding(table: "patient_key", row: 12, version: 1)
    let sealed = try patient.withBytes { try sealer.seal($0, key: wrap, binding: place) }
    let back = try sealer.withOpened(sealed, key: wrap, binding: place) {
      try SealingKey(id: 12, copying: $0)
    }
    #expect(back.withBytes { Array($0) } == patient.withBytes { Array($0) })
  }
}

@Suite struct KeyedHashTests {
  private func hash(_ domain: String, startingAt first: UInt8 = 0) throws -> KeyedHash {
    let key = try (0..<32).map { first &+ $0 }.withUnsafeBytes { try SealingKey(id: 7, copying: $0) }
    return try KeyedHash(key: key.derived(for: .lookup), domain: domain)
  }

  @Test func `the hash is HMAC-SHA256 under the domain's own key`() throws {
    // From another implementation of HKDF and HMAC.
    let expected = "26eeb0cb108dcb8f2a11907692025e931b81c6ad9d6c3cfdbd48d5bf63be0dbc"
    let phone = try hash("phone")
    for _ in 0..<2 { #expect(try hexadecimal(phone.hash("+12015550123")) == expected) }
    #expect(try phone.id("+12015550123") == 0x26ee_b0cb_108d_cb8f >> 1)
  }

  @Test func `another key, domain or value gives another hash`() throws {
    let hashes = try [
      hash("phone").hash("+12015550123"), hash("phone").hash("+12015550124"), hash("phone").hash(""),
      hash("source id").hash("+12015550123"), hash("phone", startingAt: 1).hash("+12015550123"),
    ]
    #expect(Set(hashes).count == hashes.count)
  }

  @Test func `ids are never negative and spread over 63 bits`() throws {
    let phone = try hash("phone")
    let ids = try (0..<2000).map { try phone.id("+1201555\($0)") }
    #expect(ids.allSatisfy { $0 >= 0 })
    #expect(Set(ids).count == ids.count)
    for bit in 0..<63 {
      let set = ids.count { $0 >> bit & 1 == 1 }
      #expect((800...1200).contains(set), "bit \(bit) is set in \(set) of 2000")
    }
  }
}

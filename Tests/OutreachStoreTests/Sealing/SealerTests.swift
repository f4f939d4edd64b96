import Glibc
import OutreachStore
import Testing

@Suite struct SealerTests {
  let place = SealBinding(table: "patient", row: 42, version: 3)

  private func key(_ id: UInt32 = 7, startingAt first: UInt8 = 0) throws -> SealingKey {
    try (0..<32).map { first &+ $0 }.withUnsafeBytes { try SealingKey(id: id, copying: $0) }
  }

  @Test func `a blob made elsewhere after the written format opens`() throws {
    // Made with another implementation of AES-GCM: version 1, key id 7, nonce 40…4b; the associated data is
    // the header, row and version big-endian, and the table's name.
    let blob = bytes(
      hex:
        "0100000007404142434445464748494a4b91c0c0574e59f36aaee46553f80b613f15653d09abab4938ad2488fd5abd4079")
    let plaintext = try Sealer().open(blob, key: key(), binding: place)
    #expect(String(decoding: plaintext, as: UTF8.self) == "synthetic record")
  }

  @Test func `what is sealed opens again, whatever its size`() throws {
    let sealer = try Sealer()
    let key = try key()
    let scale = getenv("OUTREACH_TEST_SCALE").flatMap { Int(String(cString: $0)) } ?? 1
    let seed: UInt64 = 0x5EA1
    var random = SplitMix(state: seed)
    let sizes = [0, 1, 15, 16, 17, 4095, 4096, 4097, 65535, 70_000]
    for size in sizes + (0..<200 * scale).map({ _ in Int.random(in: 0...70_000, using: &random) }) {
      let plaintext = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let place = SealBinding(
        table: "t", row: Int64(truncatingIfNeeded: random.next()),
        version: UInt32.random(in: 0...9, using: &random))
      let sealed = try sealer.seal(plaintext, key: key, binding: place)
      #expect(sealed.count == size + Sealer.overhead)
      #expect(Sealer.keyID(of: sealed) == 7)
      let opened = try sealer.open(sealed, key: key, binding: place)
      #expect(opened == plaintext, "seed \(seed), size \(size)")
      let scoped = try sealer.withOpened(sealed, key: key, binding: place) { Array($0) }
      #expect(scoped == plaintext, "seed \(seed), size \(size)")
    }
  }

  @Test func `another key id, key, table, row or version does not open`() throws {
    let sealer = try Sealer()
    let key = try key()
    let sealed = try sealer.seal(Array("synthetic".utf8), key: key, binding: place)

    #expect(throws: SealError.otherKey(place, sealedWith: 7, openedWith: 8)) {
      try sealer.open(sealed, key: self.key(8), binding: place)
    }
    #expect(throws: SealError.notAuthentic(place)) {
      try sealer.open(sealed, key: self.key(7, startingAt: 1), binding: place)
    }
    for other in [
      SealBinding(table: "patient", row: 43, version: 3), SealBinding(table: "patient", row: 42, version: 2),
      SealBinding(table: "consent", row: 42, version: 3), SealBinding(table: "", row: 42, version: 3),
      SealBinding(table: "patients", row: 42, version: 3),
    ] {
      #expect(throws: SealError.notAuthentic(other)) { try sealer.open(sealed, key: key, binding: other) }
      #expect(throws: SealError.notAuthentic(other)) {
        try sealer.withOpened(sealed, key: key, binding: other) { _ in Issue.record("opened at \(other)") }
      }
    }
  }

  @Test func `one flipped bit anywhere closes a blob, and so does a missing byte`() throws {
    let sealer = try Sealer()
    let key = try key()
    let sealed = try sealer.seal(Array("synthetic".utf8), key: key, binding: place)
    for bit in 0..<(sealed.count * 8) {
      var altered = sealed
      altered[bit / 8] ^= 1 << (bit % 8)
      let expected: SealError =
        switch bit / 8 {
        case 0: .notSealed(place)
        case 1...4: .otherKey(place, sealedWith: Sealer.keyID(of: altered) ?? 0, openedWith: 7)
        default: .notAuthentic(place)
        }
      #expect(throws: expected, "bit \(bit)") { try sealer.open(altered, key: key, binding: place) }
    }
    for count in 0..<sealed.count {
      let expected: SealError = count < Sealer.overhead ? .notSealed(place) : .notAuthentic(place)
      #expect(throws: expected, "\(count) bytes") {
        try sealer.open(Array(sealed.prefix(count)), key: key, binding: place)
      }
    }
    #expect(throws: SealError.notAuthentic(place)) { try sealer.open(sealed + [0], key: key, binding: place) }
    #expect(try sealer.open(sealed, key: key, binding: place) == Array("synthetic".utf8))
  }

  @Test func `no nonce comes twice, and equal records look different`() throws {
    let sealer = try Sealer()
    let key = try key()
    let count = 100_000
    var nonces = Set<[UInt8]>(minimumCapacity: count)
    var ciphertexts = Set<[UInt8]>(minimumCapacity: count)
    for _ in 0..<count {
      let sealed = try sealer.seal(Array("same record".utf8), key: key, binding: place)
      nonces.insert(Array(sealed[5..<17]))
      ciphertexts.insert(Array(sealed[17...]))
    }
    #expect(nonces.count == count)
    #expect(ciphertexts.count == count)
  }

  @Test func `the scoped plaintext is wiped before its buffer serves again`() throws {
    let sealer = try Sealer()
    let key = try key()
    let long = try sealer.seal([UInt8](repeating: 0xAB, count: 3000), key: key, binding: place)
    let short = try sealer.seal([1, 2, 3], key: key, binding: place)
    let first = try sealer.withOpened(long, key: key, binding: place) { Int(bitPattern: $0.baseAddress) }
    try sealer.withOpened(short, key: key, binding: place) { plaintext in
      #expect(Int(bitPattern: plaintext.baseAddress) == first, "the buffer is used again")
      // The rest of the one buffer, which `long` filled: still the sealer's own memory while this body runs.
      let rest = UnsafeRawBufferPointer(start: plaintext.baseAddress, count: 3000).dropFirst(3)
      #expect(rest.allSatisfy { $0 == 0 })
    }
  }

  @Test func `a record can be opened while another one is open, and an error of the body comes out`() throws {
    struct Stop: Error {}
    let sealer = try Sealer()
    let key = try key()
    let outer = try sealer.seal([1, 2, 3], key: key, binding: place)
    let inner = try sealer.seal([4, 5], key: key, binding: place)
    let both = try sealer.withOpened(outer, key: key, binding: place) { first in
      let second = try sealer.withOpened(inner, key: key, binding: place) { Array($0) }
      return Array(first) + second
    }
    #expect(both == [1, 2, 3, 4, 5])
    #expect(throws: Stop.self) {
      try sealer.withOpened(outer, key: key, binding: place) { _ in throw Stop() }
    }
    #expect(try sealer.open(outer, key: key, binding: place) == [1, 2, 3])
  }
}

/// Steele, Lea and Flood's SplitMix64, so that a failure can be run again from its seed.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

import CSeal
import Testing

/// Published vectors, so that the C layer is known to compute what its names say.
@Suite struct CryptoVectorTests {
  struct GCMVector: Sendable {
    var key, nonce, plain, associated, sealed, tag: String
  }

  /// The GCM specification's test cases 13 to 16, and the first of NIST CAVP `gcmEncryptExtIV256` (96-bit IV,
  /// 128-bit tag) without and with associated data.
  static let gcmVectors = [
    GCMVector(
      key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12), plain: "",
      associated: "", sealed: "", tag: "530f8afbc74536b9a963b4f1c4cb738b"),
    GCMVector(
      key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12),
      plain: String(repeating: "00", count: 16), associated: "", sealed: "cea7403d4d606b6e074ec5d3baf39d18",
      tag: "d0d1c8a799996bf0265b98b5d48ab919"),
    GCMVector(
      key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
      nonce: "cafebabefacedbaddecaf888",
      plain: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
      associated: "",
      sealed: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
      tag: "b094dac5d93471bdec1a502270e3cc6c"),
    GCMVector(
      key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
      nonce: "cafebabefacedbaddecaf888",
      plain: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
      associated: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
      sealed: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
      tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
    GCMVector(
      key: "b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4",
      nonce: "516c33929df5a3284ff463d7", plain: "", associated: "", sealed: "",
      tag: "bdc1ac884d332457a1d2664f168c76f0"),
    GCMVector(
      key: "78dc4e0aaf52d935c3c01eea57428f00ca1fd475f5da86a49c8dd73d68c8e223",
      nonce: "d79cf22d504cc793c3fb6c8a", plain: "", associated: "b96baa8c1c75a671bfb2d08d06be5f36",
      sealed: "",
      tag: "3e5d486aa2e30b22e040b85723a06e76"),
  ]

  @Test func `AES-256-GCM seals and opens the published vectors with one context`() throws {
    let aead = try #require(cseal_aead_create())
    defer { cseal_aead_destroy(aead) }
    // Twice over: a context that kept anything of the vector before would differ the second time.
    for vector in Self.gcmVectors + Self.gcmVectors {
      let key = bytes(hex: vector.key)
      let nonce = bytes(hex: vector.nonce)
      let plain = bytes(hex: vector.plain)
      let associated = bytes(hex: vector.associated)
      var sealed = [UInt8](repeating: 0xEE, count: plain.count)
      var tag = [UInt8](repeating: 0xEE, count: 16)
      let outcome = cseal_aead_seal(
        aead, key, nonce, associated, associated.count, plain, plain.count, &sealed, &tag)
      #expect(outcome == CSEAL_OK)
      #expect(hexadecimal(sealed) == vector.sealed)
      #expect(hexadecimal(tag) == vector.tag)

      var opened = [UInt8](repeating: 0xEE, count: plain.count)
      #expect(
        cseal_aead_open(aead, key, nonce, associated, associated.count, sealed, sealed.count, tag, &opened)
          == CSEAL_OK)
      #expect(opened == plain)

      tag[15] ^= 1
      #expect(
        cseal_aead_open(aead, key, nonce, associated, associated.count, sealed, sealed.count, tag, &opened)
          == CSEAL_NOT_AUTHENTIC)
      #expect(opened.allSatisfy { $0 == 0 }, "what fails to open leaves no plaintext behind")
    }
  }

  struct MACVector: Sendable {
    var key, message: [UInt8]
    var hash: String
  }

  /// RFC 4231, test cases 1 to 4 and 6.
  static let macVectors = [
    MACVector(
      key: [UInt8](repeating: 0x0B, count: 20), message: Array("Hi There".utf8),
      hash: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    MACVector(
      key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
      hash: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    MACVector(
      key: [UInt8](repeating: 0xAA, count: 20), message: [UInt8](repeating: 0xDD, count: 50),
      hash: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    MACVector(
      key: Array(1...25), message: [UInt8](repeating: 0xCD, count: 50),
      hash: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    MACVector(
      key: [UInt8](repeating: 0xAA, count: 131),
      message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      hash: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
  ]

  @Test(arguments: macVectors)
  func `HMAC-SHA256 gives the hashes of RFC 4231, again and again under one key`(_ vector: MACVector) throws {
    let mac = try #require(cseal_mac_create(vector.key, vector.key.count))
    defer { cseal_mac_destroy(mac) }
    for _ in 0..<3 {
      var hash = [UInt8](repeating: 0, count: 32)
      #expect(cseal_mac_compute(mac, vector.message, vector.message.count, &hash) == CSEAL_OK)
      #expect(hexadecimal(hash) == vector.hash)
      #expect(cseal_mac_compute(mac, [0x61], 1, &hash) == CSEAL_OK)
      #expect(hexadecimal(hash) != vector.hash)
    }
  }

  struct HKDFVector: Sendable {
    var key, salt, info: [UInt8]
    var output: String
  }

  /// RFC 5869, appendix A.1 to A.3.
  static let hkdfVectors = [
    HKDFVector(
      key: [UInt8](repeating: 0x0B, count: 22), salt: Array(0x00...0x0C), info: Array(0xF0...0xF9),
      output: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"),
    HKDFVector(
      key: Array(0x00...0x4F), salt: Array(0x60...0xAF), info: Array(0xB0...0xFF),
      output:
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
        + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"),
    HKDFVector(
      key: [UInt8](repeating: 0x0B, count: 22), salt: [], info: [],
      output: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
  ]

  @Test(arguments: hkdfVectors)
  func `HKDF-SHA256 gives the keys of RFC 5869`(_ vector: HKDFVector) {
    var output = [UInt8](repeating: 0, count: vector.output.utf8.count / 2)
    let status = cseal_hkdf(
      vector.key, vector.key.count, vector.salt, vector.salt.count, vector.info, vector.info.count, &output,
      output.count)
    #expect(status == CSEAL_OK)
    #expect(hexadecimal(output) == vector.output)
  }

  @Test func `HKDF refuses more than 255 blocks and none`() {
    var output = [UInt8](repeating: 0, count: 255 * 32 + 1)
    #expect(cseal_hkdf([1], 1, nil, 0, nil, 0, &output, output.count) == CSEAL_TOO_LONG)
    #expect(cseal_hkdf([1], 1, nil, 0, nil, 0, &output, 0) == CSEAL_TOO_LONG)
    #expect(cseal_hkdf([1], 1, nil, 0, nil, 0, &output, output.count - 1) == CSEAL_OK)
  }

  @Test func `SHA-256 over pieces is SHA-256 of the whole, and starts anew after finish`() throws {
    let digest = try #require(cseal_digest_create())
    defer { cseal_digest_destroy(digest) }
    var hash = [UInt8](repeating: 0, count: 32)
    for _ in 0..<2 {
      // FIPS 180-4: "abc" and the empty message.
      for piece in ["a", "", "bc"] {
        #expect(cseal_digest_update(digest, piece, piece.utf8.count) == CSEAL_OK)
      }
      #expect(cseal_digest_finish(digest, &hash) == CSEAL_OK)
      #expect(hexadecimal(hash) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
      #expect(cseal_digest_finish(digest, &hash) == CSEAL_OK)
      #expect(hexadecimal(hash) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
  }

  @Test func `equality looks at every byte and cleansing at all of them`() {
    let left = [UInt8](0..<32)
    #expect(cseal_equal(left, left, 32))
    #expect(cseal_equal(nil, nil, 0))
    for index in left.indices {
      var right = left
      right[index] ^= 0x80
      #expect(!cseal_equal(left, right, 32), "byte \(index)")
    }
    var secret = left
    cseal_cleanse(&secret, secret.count)
    #expect(secret == [UInt8](repeating: 0, count: 32))
  }
}

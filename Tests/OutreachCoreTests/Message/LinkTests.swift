import OutreachCore
import Testing

@Suite struct LinkTests {
  private static func token(_ seed: Int, isRefused: (String) -> Bool = { _ in false }) -> LinkToken {
    var dice = SeededDice(seed)
    return LinkToken(isRefused: isRefused) { count in (0..<count).map { _ in UInt8(dice.int(0...255)) } }
  }

  @Test func `a token has twenty letters that spell nothing, all as likely as each other`() {
    var counts: [Character: Int] = [:]
    var dice = SeededDice(11)
    for _ in 0..<2_000 {
      let token = LinkToken(isRefused: { _ in false }) { count in
        (0..<count).map { _ in UInt8(dice.int(0...255)) }
      }.rawValue
      #expect(token.count == 20)
      for letter in token { counts[letter, default: 0] += 1 }
    }
    #expect(counts.count == 28)
    #expect(Set("aeiou01lo").isDisjoint(with: counts.keys))
    let mean = Double(counts.values.reduce(0, +)) / 28
    #expect(counts.values.allSatisfy { abs(Double($0) - mean) < mean / 5 }, "\(counts)")
  }

  @Test func `letters that spell something are drawn again`() {
    let first = Self.token(7).rawValue
    #expect(Self.token(7, isRefused: { $0 == first }).rawValue != first)
  }

  @Test func `only a whole token is read as one`() {
    let token = Self.token(3)
    #expect(LinkToken(token.rawValue) == token)
    #expect(LinkToken(token.rawValue.dropLast()) == nil)
    #expect(LinkToken(token.rawValue.dropLast() + "a") == nil)
    #expect(LinkToken(token.rawValue.uppercased()) == nil)
  }

  @Test func `a link is https, the host, one letter and the token`() {
    let token = Self.token(3)
    #expect(token.link(host: "go.clinic.example") == "https://go.clinic.example/m/\(token.rawValue)")
    #expect(LinkToken.shape(host: "a.example").count == token.link(host: "a.example").count)
  }

  @Test(arguments: ["go.clinic.example", "a-b.example", "x1.y2.example"])
  func `a name can be the host of links`(host: String) {
    #expect(LinkHost.fault(of: host) == nil)
  }

  @Test(arguments: [
    "https://a.example", "a.example/x", "a.example:8080", "A.example", "example", "a..example", "-a.example",
    "a b.example", "bit.ly",
    "x.bit.ly", "tinyurl.com", "xn--80ak6aa92e.example", "10.0.0.1", "a.example?x", "",
  ])
  func `anything else cannot`(host: String) { #expect(LinkHost.fault(of: host) != nil) }
}

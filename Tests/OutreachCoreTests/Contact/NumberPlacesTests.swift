import OutreachCore
import Testing

@Suite struct NumberPlacesTests {
  private func places(_ e164: String) throws -> [String] {
    NumberPlaces.places(for: try #require(PhoneNumber(e164: e164))).map(\.rawValue)
  }

  @Test func `an area code has its state, and so has one laid over it`() throws {
    for (code, state) in [
      ("713", "US-TX"), ("346", "US-TX"), ("541", "US-OR"), ("458", "US-OR"), ("270", "US-KY"),
      ("364", "US-KY"), ("812", "US-IN"), ("930", "US-IN"), ("850", "US-FL"), ("448", "US-FL"),
      ("202", "US-DC"), ("206", "US-WA"), ("787", "US-PR"), ("671", "US-GU"), ("601", "US-MS"),
    ] {
      #expect(try places("+1\(code)5550123") == ["US", state], "\(code)")
    }
    #expect(try places("+14165550123") == ["CA", "CA-ON"])
    #expect(try places("+19025550123") == ["CA", "CA-NS", "CA-PE"])
    #expect(try places("+18765550123") == ["JM"])
  }

  @Test func `other country codes have the countries that share them`() throws {
    #expect(try places("+33612345678") == ["FR"])
    #expect(try places("+447700900123") == ["GB", "GG", "IM", "JE"])
    #expect(try places("+79161234567") == ["KZ", "RU"])
    for placeless in ["+18005550123", "+15215550123", "+80012345678", "+8816123456789"] {
      #expect(try places(placeless) == [], "\(placeless.prefix(5))")
    }
  }

  @Test func `a number has places exactly when it has zones`() throws {
    var states: Set<String> = []
    for code in 200...999 {
      let number = try #require(PhoneNumber(e164: "+1\(code)5550123"))
      let places = NumberPlaces.places(for: number)
      #expect(places.isEmpty == NumberZones.zones(for: number).isEmpty, "\(code)")
      states.formUnion(places.map(\.rawValue).filter { $0.hasPrefix("US-") })
    }
    // The states, the District and the territories with codes of their own.
    #expect(states.count == 50 + 1 + 5)
  }

  @Test func `the tables are those the generator wrote`() {
    #expect(NumberPlaces.computedChecksum() == NumberPlaces.checksum)
  }
}

import Glibc
import OutreachCore
import Testing

@Suite struct NumberZonesTests {
  private func zones(_ areaCode: String) throws -> Set<String> {
    Set(NumberZones.zones(for: try #require(PhoneNumber(e164: "+1\(areaCode)5550123"))))
  }

  /// The area codes that lie in more than one zone, and the codes laid over four of them, for which
  /// libphonenumber names one zone only.
  static let divided: [(areaCodes: [String], zones: [String])] = [
    (["208"], ["America/Boise", "America/Denver", "America/Los_Angeles"]),
    (["986"], ["America/Boise", "America/Los_Angeles"]),
    (["775"], ["America/Boise", "America/Denver", "America/Los_Angeles"]),
    (
      [
        "219", "270", "364", "423", "574", "606", "812", "930", "850", "448", "906",
      ], ["America/Chicago", "America/New_York"]
    ),
    (["308", "620", "785"], ["America/Chicago", "America/Denver"]),
    (["541", "458"], ["America/Denver", "America/Los_Angeles"]),
    (["605", "701"], ["America/Chicago", "America/Denver", "America/North_Dakota/Center"]),
    (["907"], ["America/Adak", "America/Anchorage", "America/Juneau", "Pacific/Honolulu"]),
    (["928"], ["America/Denver", "America/Phoenix"]),
  ]

  @Test func `a divided area code has all of its zones, and so have the codes laid over it`() throws {
    #expect(Self.divided.flatMap(\.areaCodes).count == 19 + 4)
    for (areaCodes, expected) in Self.divided {
      for areaCode in areaCodes {
        #expect(try zones(areaCode).isSuperset(of: expected), "\(areaCode)")
      }
    }
    for (parent, overlay) in [
      ("541", "458"), ("270", "364"), ("812", "930"), ("850", "448"), ("208", "986"), ("250", "778"),
      ("709", "879"),
    ] {
      #expect(try zones(parent) == zones(overlay), "\(parent) and \(overlay)")
    }
  }

  @Test func `an undivided area code has its one zone`() throws {
    for (areaCode, zone) in [
      ("201", "America/New_York"), ("312", "America/Chicago"), ("303", "America/Denver"),
      ("602", "America/Phoenix"), ("213", "America/Los_Angeles"), ("808", "Pacific/Honolulu"),
      ("787", "America/Puerto_Rico"), ("671", "Pacific/Guam"), ("689", "America/New_York"),
      ("474", "America/Regina"), ("915", "America/Denver"),
    ] {
      #expect(try zones(areaCode) == [zone], "\(areaCode)")
    }
  }

  @Test(arguments: [
    "800", "833", "844", "855", "866", "877", "888", "900", "500", "521", "533", "544", "566", "577", "588",
    "600",
    "710", "211", "911", "199", "037",
  ])
  func `a number that belongs to no place has no zone`(_ areaCode: String) throws {
    #expect(try zones(areaCode) == [])
  }

  @Test func `under country code 1 only whole numbers have a zone`() throws {
    #expect(NumberZones.zones(for: try #require(PhoneNumber(e164: "+1201555"))) == [])
    #expect(NumberZones.zones(for: try #require(PhoneNumber(e164: "+120155501234"))) == [])
  }

  @Test func `other countries have all zones of the countries under their code`() throws {
    func zones(_ e164: String) throws -> [String] {
      NumberZones.zones(for: try #require(PhoneNumber(e164: e164)))
    }
    #expect(try zones("+525512345678").contains("America/Mexico_City"))
    #expect(try zones("+525512345678").contains("America/Tijuana"))
    #expect(try zones("+442079460018").contains("Europe/London"))
    #expect(try zones("+213551234567") == ["Africa/Algiers"])
    #expect(try zones("+2120612345678") == ["Africa/Casablanca", "Africa/El_Aaiun"])
    #expect(try zones("+79161234567").contains("Asia/Kamchatka"))
    #expect(try zones("+38344123456") == ["Europe/Belgrade"])
    for placeless in ["+80012345678", "+870773123456", "+8816123456789", "+999123456789"] {
      #expect(try zones(placeless) == [], "\(placeless.prefix(4))")
    }
  }

  @Test func `every zone is one that the system knows`() {
    let zones = NumberZones.allZones()
    #expect(zones.count > 200)
    for zone in zones { #expect(access("/usr/share/zoneinfo/\(zone)", R_OK) == 0, "\(zone)") }
  }

  @Test func `the tables are those the generator wrote`() {
    #expect(NumberZones.computedChecksum() == NumberZones.checksum)
  }
}

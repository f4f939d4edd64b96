import OutreachCore
import Testing

@Suite struct WhereaboutsTests {
  private func zones(_ change: (inout PatientIdentity) -> Void) -> Decision {
    GuardCaseBuilder().with { change(&$0.identity) }.decision
  }

  @Test func `statement, address and number are all candidates, in that order`() {
    let decision = zones {
      $0.timeZone = "America/Los_Angeles"
      $0.addresses = [PostalAddress(state: "NY", country: "US")]
    }
    #expect(decision.zones == ["America/Los_Angeles", "America/New_York", "America/Chicago"])
    // 10:00 in Chicago is 08:00 in Los Angeles: one closed zone is enough.
    #expect(decision.verdict == .defer)
    #expect(decision.reason == .quietHours)
    #expect(decision.sendAt == at("2026-11-23T17:00:00Z"))
  }

  @Test func `every address counts, and one with a country only says nothing`() {
    let decision = zones {
      $0.addresses = [
        PostalAddress(state: nil, country: "US"),
        PostalAddress(state: "NY", country: nil),
        PostalAddress(state: "AZ", postalCode: "85001", country: "US"),
      ]
    }
    #expect(decision.zones.contains("America/New_York"))
    #expect(decision.zones.contains("America/Phoenix"))
    #expect(decision.zones.last == "America/Chicago")
  }

  @Test func `an unknown state refuses although the number has a zone`() {
    let decision = zones { $0.addresses = [PostalAddress(state: "ZZ", country: "US")] }
    #expect(decision.reason == .zoneUnknown)
  }

  @Test(arguments: [
    PostalAddress(postalCode: "09012"), PostalAddress(postalCode: "9681", country: "US"),
    PostalAddress(state: "??"), PostalAddress(state: "??", country: "US"),
  ])
  func `an address that cannot be placed refuses unless a zone is stated`(address: PostalAddress) {
    #expect(zones { $0.addresses = [address] }.reason == .zoneUnknown)
    let stated = zones {
      $0.addresses = [address]
      $0.timeZone = "America/New_York"
    }
    #expect(stated.verdict == .send)
    #expect(stated.zones == ["America/New_York", "America/Chicago"])
    let misspelt = zones {
      $0.addresses = [address]
      $0.timeZone = "America/New_Yorck"
    }
    #expect(misspelt.reason == .zoneUnknown)
  }

  @Test func `an address abroad refuses unless a zone is stated`() {
    let abroad = [PostalAddress(state: "JAL", postalCode: "44100", country: "MX")]
    #expect(zones { $0.addresses = abroad }.reason == .zoneUnknown)
    let stated = zones {
      $0.addresses = abroad
      $0.timeZone = "America/Mexico_City"
    }
    #expect(stated.verdict == .send)
    #expect(stated.zones == ["America/Mexico_City", "America/Chicago"])
  }

  @Test func `a territory given as a country is found`() {
    let decision = zones { $0.addresses = [PostalAddress(state: nil, country: "PR")] }
    #expect(decision.zones == ["America/Puerto_Rico", "America/Chicago"])
  }

  @Test func `a clinic abroad goes by the numbers and the statements of its country`() {
    let decision = GuardCaseBuilder().with {
      $0.clinic.country = "GB"
      $0.clinic.timeZone = "Europe/London"
      $0.identity.addresses = [PostalAddress(state: nil, postalCode: "SW1A 1AA", country: nil)]
      $0.identity.contactPoints = [GuardCaseBuilder.mobile("+447700900123")]
    }.decision
    #expect(decision.zones.contains("Europe/London"))
    #expect(decision.verdict == .send)
  }

  @Test func `what the record states is not repeated when it is no zone`() {
    let decision = zones { $0.timeZone = "Ana Lopez" }
    #expect(decision.reason == .zoneUnknown)
    #expect(decision.rules.allSatisfy { !$0.detail.contains("Lopez") })
  }

  @Test func `an address with a postal code alone is placed by it`() {
    let decision = zones { $0.addresses = [PostalAddress(postalCode: "96815", country: "US")] }
    #expect(decision.zones == ["Pacific/Honolulu", "America/Chicago"])
    let divided = zones { $0.addresses = [PostalAddress(postalCode: "79901")] }
    #expect(divided.zones == ["America/Denver", "America/Chicago"])
  }

  @Test func `what is unknown, invalid and ambiguous reads differently in the trail`() {
    func detail(_ change: (inout PatientIdentity) -> Void) -> String {
      zones(change).rule("quiet_hours")?.detail ?? ""
    }
    #expect(
      detail {
        $0.addresses = []
        $0.contactPoints = [GuardCaseBuilder.mobile("+18005550123")]
      } == "unknown: neither the record nor the number says where the patient is")
    #expect(
      detail { $0.addresses = [PostalAddress(postalCode: "09012")] }
        == "unknown: the address has no state, and its postal code does not tell one")
    #expect(
      detail { $0.addresses = [PostalAddress(country: "MX")] }
        == "unknown: an address is abroad, and no time zone is stated")
    #expect(
      detail { $0.timeZone = "Mars/Olympus" }
        == "invalid: the record states a time zone that does not exist")
    #expect(
      detail { $0.addresses = [PostalAddress(state: "ZZ")] } == "invalid: the address has an unknown state")
    #expect(
      detail { $0.timeZone = "Pacific/Honolulu" }
        == "ambiguous: it is 06:00 in Pacific/Honolulu; everywhere: closed until 09:00 on Mondays")
  }

  @Test func `without a zone nothing goes out, as with no address and a toll-free number`() {
    let decision = zones {
      $0.addresses = []
      $0.contactPoints = [GuardCaseBuilder.mobile("+18005550123")]
    }
    #expect(decision.verdict == .suppress)
    #expect(decision.reason == .zoneUnknown)
    #expect(decision.sendAt == nil)
  }

  @Test func `in July an area code that nobody knows is refused at once, and so are zones too far apart`() {
    let unknown = GuardCaseBuilder().with {
      $0.now = at("2027-07-13T16:00:00Z")
      $0.factsAsOf = $0.now
      $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(9))]
      $0.identity.addresses = []
      $0.identity.contactPoints = [GuardCaseBuilder.mobile("+12005550123")]
    }.decision
    #expect(unknown.verdict == .suppress && unknown.reason == .zoneUnknown && unknown.sendAt == nil)
    let apart = GuardCaseBuilder().with {
      $0.now = at("2027-07-13T16:00:00Z")
      $0.factsAsOf = $0.now
      $0.consents = [GuardCaseBuilder.grant(at: $0.now - .days(9))]
      $0.identity.timeZone = "America/St_Johns"
      $0.identity.addresses = [PostalAddress(state: "GU"), PostalAddress(state: "HI")]
    }.decision
    #expect(apart.verdict == .suppress && apart.reason == .noWindow && apart.sendAt == nil)
  }

  @Test func `an overlay's number at 20:30 Mountain waits, although it is early enough on the coast`() {
    let decision = GuardCaseBuilder().with {
      $0.now = at("2026-11-24T03:30:00Z")
      $0.identity.addresses = []
      $0.identity.contactPoints = [GuardCaseBuilder.mobile("+14585550123")]
    }.decision
    #expect(decision.zones == ["America/Denver", "America/Los_Angeles"])
    #expect(decision.verdict == .defer && decision.reason == .quietHours)
    #expect(
      decision.rule("quiet_hours")?.detail
        == "ambiguous: it is 20:30 in America/Denver; everywhere: closed from 20:00 on Mondays")
    #expect(decision.sendAt == at("2026-11-24T17:00:00Z"))
  }

  @Test func `Arizona keeps its time and the Navajo Nation daylight saving`() {
    func july(_ postalCode: String) -> Decision {
      GuardCaseBuilder().with {
        $0.now = at("2026-07-14T15:30:00Z")  // 08:30 in Phoenix, 09:30 in Denver
        $0.factsAsOf = $0.now
        $0.identity.addresses = [PostalAddress(state: "AZ", postalCode: postalCode)]
        $0.identity.contactPoints = [GuardCaseBuilder.mobile("+16025550123")]
      }.decision
    }
    #expect(july("85003").zones == ["America/Phoenix"])
    #expect(july("86515").zones == ["America/Denver", "America/Phoenix"])
    #expect(july("86515").sendAt == at("2026-07-14T16:00:00Z"))
    // In Phoenix it is open until 20:00, 03:00 in UTC; in the Nation an hour less.
    let hours = QuietHours()
    for (zip, isOpen) in [("85003", true), ("86515", false)] {
      let question = QuietHours.Question(
        zones: (StateZones.zones(state: "AZ", postalCode: zip) ?? []).map(InstalledZones.zone))
      #expect((hours.closure(at: at("2026-07-15T02:30:00Z"), question) == nil) == isOpen)
    }
  }

  /// Whether lines of places are asked: the patient cannot be reached on the day of the case if they are.
  private func concerns(_ place: String, _ change: (inout PatientIdentity) -> Void) -> Bool {
    GuardCaseBuilder().with {
      change(&$0.identity)
      $0.policy.quietHours.rules.append(
        OpenHours(name: "a law", places: [Jurisdiction(place)], weekdays: [.sunday], rests: []))
    }.decision.rule("quiet_hours")?.detail.contains("a law: closed on Mondays") ?? false
  }

  @Test func `the places are those of the address and of the number`() {
    let texan: (inout PatientIdentity) -> Void = { $0.addresses = [PostalAddress(state: "tx")] }
    #expect(concerns("US-TX", texan) && concerns("US", texan))
    // The number is of Chicago.
    #expect(concerns("US-IL", texan) && !concerns("US-OK", texan))
    #expect(concerns("US-PR") { $0.addresses = [PostalAddress(country: "PR")] })
    let abroad: (inout PatientIdentity) -> Void = {
      $0.addresses = [PostalAddress(country: "MX")]
      $0.timeZone = "America/Mexico_City"
    }
    #expect(concerns("MX", abroad) && !concerns("US-TX", abroad))
    let border: (inout PatientIdentity) -> Void = { $0.addresses = [PostalAddress(postalCode: "79901")] }
    #expect(concerns("US-TX", border) && concerns("US-NM", border))
  }

  @Test func `where only a zone is stated every state that keeps it may be the place`() {
    func stated(_ zone: String, _ number: String = "+18005550123") -> (inout PatientIdentity) -> Void {
      {
        $0.addresses = []
        $0.timeZone = zone
        $0.contactPoints = [GuardCaseBuilder.mobile(number)]
      }
    }
    #expect(concerns("US-TX", stated("America/Chicago")) && concerns("US-FL", stated("America/Chicago")))
    #expect(!concerns("US-NY", stated("America/Chicago")) && concerns("US-AL", stated("US/Central")))
    #expect(!concerns("US-NY", stated("US/Central")))
    #expect(concerns("CA-ON", stated("America/Toronto")) && !concerns("US-NY", stated("America/Toronto")))
    #expect(concerns("US-NY", stated("Etc/GMT+6")))
    // A number of one state leaves the others out.
    #expect(!concerns("US-TX", stated("America/Chicago", "+13125550123")))
  }
}

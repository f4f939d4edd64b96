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
    PostalAddress(postalCode: "96815"), PostalAddress(postalCode: "96815", country: "US"),
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
}

import Glibc
import OutreachCore
import Testing

@Suite struct StateZonesTests {
  @Test func `every state, district and territory has zones, all of them known to the system`() {
    let states = StateZones.states
    // States, the District, inhabited territories, states in free association, the outlying islands.
    #expect(states.count == 50 + 1 + 5 + 3 + 1)
    for state in states {
      let zones = StateZones.zones(state: state, postalCode: nil) ?? []
      #expect(!zones.isEmpty, "\(state)")
      for zone in zones { #expect(access("/usr/share/zoneinfo/\(zone)", R_OK) == 0, "\(zone)") }
    }
  }

  @Test func `no postal code takes a patient out of the state's zones, or away from all of them`() {
    for state in StateZones.states {
      let all = Set(StateZones.zones(state: state, postalCode: nil) ?? [])
      // Four codes of each sectional centre, among them its first and last.
      for zip in (0...999).flatMap({ centre in [0, 1, 50, 99].map { centre * 100 + $0 } }) {
        let digits = String(zip)
        let padded = String(repeating: "0", count: 5 - digits.utf8.count) + digits
        guard let zones = StateZones.zones(state: state, postalCode: padded) else {
          Issue.record("\(state) \(padded)")
          return
        }
        if zones.isEmpty || !all.isSuperset(of: zones) { Issue.record("\(state) \(padded): \(zones)") }
      }
    }
  }

  @Test func `a state that keeps one time has one zone`() {
    for (state, zone) in [
      ("IL", "America/Chicago"), ("NY", "America/New_York"), ("CA", "America/Los_Angeles"),
      ("CO", "America/Denver"), ("HI", "Pacific/Honolulu"), ("PR", "America/Puerto_Rico"),
      ("GU", "Pacific/Guam"),
    ] {
      #expect(StateZones.zones(state: state, postalCode: nil) == [zone])
      #expect(StateZones.zones(state: state, postalCode: "00000") == [zone])
    }
  }

  @Test(arguments: [
    "AK", "AL", "AZ", "FL", "ID", "IN", "KS", "KY", "MI", "ND", "NE", "NV", "OK", "OR", "SD", "TN", "TX",
  ])
  func `a divided state has more than one zone until the postal code settles it`(_ state: String) {
    #expect((StateZones.zones(state: state, postalCode: nil) ?? []).count > 1)
  }

  @Test func `the postal code settles it where all of it lies on one side`() {
    for (state, zip, zones) in [
      ("FL", "33101", ["America/New_York"]), ("FL", "32502", ["America/Chicago"]),
      ("FL", "32456", ["America/Chicago", "America/New_York"]),
      ("TX", "79901", ["America/Denver"]), ("TX", "77002", ["America/Chicago"]),
      ("TX", "79855", ["America/Chicago", "America/Denver"]),
      ("TN", "37201", ["America/Chicago"]), ("TN", "37902", ["America/New_York"]),
      ("TN", "37355", ["America/Chicago", "America/New_York"]),
      ("OR", "97201", ["America/Los_Angeles"]), ("OR", "97914", ["America/Boise"]),
      ("OR", "97904", ["America/Boise", "America/Los_Angeles"]),
      ("ID", "83702", ["America/Boise"]), ("ID", "83814", ["America/Los_Angeles"]),
      ("ID", "83549", ["America/Boise", "America/Los_Angeles"]),
      ("KS", "67202", ["America/Chicago"]), ("KS", "67735", ["America/Chicago", "America/Denver"]),
      ("NE", "68102", ["America/Chicago"]), ("NE", "69361", ["America/Denver"]),
      ("SD", "57104", ["America/Chicago"]), ("SD", "57701", ["America/Denver"]),
      ("ND", "58102", ["America/Chicago"]), ("ND", "58601", ["America/Denver"]),
      ("MI", "48201", ["America/Detroit"]), ("MI", "49801", ["America/Detroit", "America/Menominee"]),
      ("IN", "46204", ["America/Indiana/Indianapolis"]), ("IN", "47708", ["America/Chicago"]),
      ("AZ", "85003", ["America/Phoenix"]), ("AZ", "86515", ["America/Denver", "America/Phoenix"]),
      ("NV", "89101", ["America/Los_Angeles"]), ("NV", "89883", ["America/Denver"]),
      ("AL", "35203", ["America/Chicago"]), ("AL", "36867", ["America/Chicago", "America/New_York"]),
      ("AK", "99501", ["America/Anchorage"]), ("KY", "42001", ["America/Chicago"]),
      ("KY", "40202", ["America/Kentucky/Louisville", "America/New_York"]),
    ] {
      #expect(StateZones.zones(state: state, postalCode: zip) == zones, "\(state) \(zip)")
    }
    #expect(StateZones.zones(state: "AK", postalCode: "99546")?.contains("America/Adak") == true)
    #expect(StateZones.zones(state: "AK", postalCode: "99801")?.contains("America/Adak") == false)
  }

  @Test func `a postal code of another shape or another state narrows nothing`() {
    let both = ["America/Chicago", "America/Denver"]
    for text in [
      "", "7990", "799011", "79901-", "79901-12", "79901 1234", "7990A", "M5V 2T6", "79901-12345", "٧٩٩٠١",
      "90210",
    ] {
      #expect(StateZones.zones(state: "TX", postalCode: text) == both, "\(text)")
    }
    for text in ["79901", "79901-1234", "799011234", " 79901 "] {
      #expect(StateZones.zones(state: "TX", postalCode: text) == ["America/Denver"], "\(text)")
    }
  }

  @Test func `states are read in either case, and what is none has no zone`() {
    #expect(StateZones.zones(state: "tx", postalCode: "77002") == ["America/Chicago"])
    #expect(StateZones.zones(state: " Il ", postalCode: nil) == ["America/Chicago"])
    for state in ["", " ", "XX", "AE", "AP", "AA", "Texas", "ON"] {
      #expect(StateZones.zones(state: state, postalCode: "77002") == nil, "\(state)")
    }
  }

  @Test func `a postal code tells the state, or all that it may be in`() {
    for (code, states) in [
      ("60601", ["IL"]), ("96815", ["HI"]), ("77002-1234", ["TX"]), ("00501", ["NY"]), ("00901", ["PR"]),
      ("00802", ["VI"]), ("96910", ["GU"]), ("96799", ["AS"]), ("73301", ["TX"]), ("39201", ["MS"]),
      ("06390", ["CT", "NY"]), ("84536", ["UT", "AZ"]), ("86515", ["AZ", "NM"]), ("79922", ["TX", "NM"]),
      ("09012", []), ("96201", []), ("6060", []), ("M5V 2T6", []), ("", []),
    ] {
      #expect(StateZones.states(postalCode: code) == states, "\(code)")
    }
    // Every state has some.
    let found = (0...99_999).reduce(into: Set<String>()) { found, zip in
      let digits = String(zip)
      found.formUnion(
        StateZones.states(postalCode: String(repeating: "0", count: 5 - digits.utf8.count) + digits))
    }
    #expect(found == Set(StateZones.states).subtracting(["UM"]))
  }

  @Test func `a zone tells the states that keep it, under its other names too`() {
    #expect(
      StateZones.states(keeping: "America/Denver")
        == ["AZ", "CO", "KS", "MT", "ND", "NE", "NM", "NV", "OK", "SD", "TX", "UT", "WY"])
    #expect(StateZones.states(keeping: "Pacific/Honolulu") == ["HI"])
    #expect(StateZones.states(keeping: "US/Central") == StateZones.states(keeping: "America/Chicago"))
    for name in ["Europe/Paris", "Etc/GMT+6", "UTC", ""] {
      #expect(StateZones.states(keeping: name) == [], "\(name)")
    }
  }
}

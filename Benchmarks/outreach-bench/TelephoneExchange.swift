import OutreachCore

/// Hands out telephone numbers that belong to nobody: the last hundred of exchange 555, which the North
/// American Numbering Plan keeps for fiction, in every area code of one zone.
///
/// There are some thirty thousand. They go one each, first come first served, to the patients a campaign may
/// reach; once they are used up they are handed out again, and who shares a number is refused. One in twenty
/// of the hundred is kept apart for households, where everybody has the same number from the beginning.
struct TelephoneExchange {
  /// A number and the states that have its zone.
  struct Line {
    var number: PhoneNumberReading
    var typed: String
    var states: [String]
  }

  private let areas: [(code: Int, states: [String])]
  private var handedOut = 0
  private static let ownNumbers = 95

  init() {
    var states: [String: [String]] = [:]
    for state in StateZones.states {
      if let zones = StateZones.zones(state: state, postalCode: nil), zones.count == 1 {
        states[zones[0], default: []].append(state)
      }
    }
    areas = (201...989).compactMap { code in
      guard let number = PhoneNumber(e164: "+1\(code)5550100") else { return nil }
      let zones = NumberZones.zones(for: number)
      guard zones.count == 1, let inZone = states[zones[0]] else { return nil }
      return (code, inZone)
    }
  }

  /// How many patients can have a number to themselves.
  var capacity: Int { areas.count * Self.ownNumbers }

  /// The next number that nobody has yet, as long as there is one.
  mutating func ownLine() -> Line {
    // Neighbours in the registry get different areas.
    let area = areas[handedOut % areas.count]
    let last = handedOut / areas.count % Self.ownNumbers
    handedOut += 1
    return line(area, last)
  }

  /// A number of a household.
  func sharedLine(_ generator: inout SeededGenerator) -> Line {
    line(areas[generator.number(0...areas.count - 1)], generator.number(Self.ownNumbers...99))
  }

  private func line(_ area: (code: Int, states: [String]), _ last: Int) -> Line {
    let end = "555-01\(last < 10 ? "0" : "")\(last)"
    let digits = end.filter { $0 != "-" }
    return Line(
      number: PhoneNumberReading(
        number: PhoneNumber(e164: "+1\(area.code)\(digits)"), isPossible: true, isValid: true,
        kind: .fixedLineOrMobile, region: "US", fault: nil),
      typed: "(\(area.code)) \(end)", states: area.states)
  }
}

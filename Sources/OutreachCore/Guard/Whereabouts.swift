/// The zones and places in which a patient may be.
///
/// The law goes by the clock of the called person's place, which nobody knows; so every zone that the record
/// gives reason for is a candidate, and a message may go only when all of them agree. So is every country and
/// state, whose rules then all hold.
struct Whereabouts: Hashable {
  /// The candidates, the likeliest first: stated, address, number.
  var zones: [Zone]
  /// The countries and states whose rules may hold, in the same order; a state comes after its country.
  var places: [Jurisdiction]
  /// What stands against knowing where the patient is; nil when nothing does.
  ///
  /// It begins with `unknown:` where the record does not tell and with `invalid:` where it tells what cannot
  /// be. That candidates disagree is for ``QuietHours`` to say.
  var fault: String?

  /// Collects the candidates for a message to one recipient.
  init(of identity: PatientIdentity, recipient: Recipient?, country: String, catalogue: ZoneCatalogue) {
    zones = []
    places = []
    // A stated zone answers for the addresses that cannot be placed.
    let isZoneStated = identity.timeZone != nil
    var names: [String] = []
    if let stated = identity.timeZone { names.append(stated) }
    for address in identity.addresses {
      switch Self.placing(address, in: country) {
      case .nowhere: continue
      case .abroad(let place):
        add(Jurisdiction(place))
        // A place abroad has a zone, and its address does not tell which.
        if place != country, !isZoneStated {
          fault = "unknown: an address is abroad, and no time zone is stated"
        }
      case .states(let states):
        add(Jurisdiction("US"))
        for state in states {
          add(StateZones.jurisdiction(of: state))
          names += StateZones.zones(state: state, postalCode: address.postalCode) ?? []
        }
      case .unplaced(let why): if !isZoneStated { fault = why }
      }
    }
    if case .phone(let number)? = recipient {
      names += NumberZones.zones(for: number)
      for place in NumberPlaces.places(for: number) { add(place) }
    }
    for name in names where !zones.contains(where: { $0.name == name }) {
      switch catalogue.zone(named: name) {
      case .success(let zone): zones.append(zone)
      // What the record states is somebody's typing, which a detail must not repeat.
      case .failure where name == identity.timeZone:
        fault = "invalid: the record states a time zone that does not exist"
      case .failure(.unknown(let name)): fault = "unknown: \(ZoneError.unknown(name: name))"
      case .failure(let error): fault = "invalid: \(error)"
      }
    }
    addPlacesOfZones(country: country)
    if zones.isEmpty, fault == nil {
      fault = "unknown: neither the record nor the number says where the patient is"
    }
  }

  /// What an address tells.
  private enum Placing {
    /// Nothing.
    case nowhere
    /// A country whose zones are not told by addresses.
    case abroad(String)
    /// States, as USPS codes, of which it may be in any.
    case states([String])
    /// It ought to tell and does not.
    case unplaced(String)
  }

  private static func placing(_ address: PostalAddress, in country: String) -> Placing {
    let place = address.country ?? country
    if territories.contains(place) { return .states([place]) }
    guard place == "US" else { return .abroad(place) }
    if let state = address.state {
      return StateZones.code(of: state).map { .states([$0]) }
        ?? .unplaced("invalid: the address has an unknown state")
    }
    guard let postalCode = address.postalCode else { return .nowhere }
    let states = StateZones.states(postalCode: postalCode)
    return states.isEmpty
      ? .unplaced("unknown: the address has no state, and its postal code does not tell one")
      : .states(states)
  }

  private mutating func add(_ place: Jurisdiction) {
    if !places.contains(place) { places.append(place) }
  }

  /// Where nothing names a state, every state that keeps one of the zones may be the one.
  private mutating func addPlacesOfZones(country: String) {
    guard !places.contains(where: { $0.rawValue.hasPrefix("US-") }) else { return }
    for state in zones.flatMap({ StateZones.states(keeping: $0.name) }) {
      add(Jurisdiction("US"))
      add(StateZones.jurisdiction(of: state))
    }
    guard places.isEmpty else { return }
    for place in zones.flatMap({ NumberPlaces.places(keeping: $0.name) }) { add(place) }
    // A zone that is no place's, such as Etc/GMT+6, may be that of any.
    guard places.isEmpty, !zones.isEmpty else { return }
    add(Jurisdiction(country))
    if country == "US" { for state in StateZones.states { add(StateZones.jurisdiction(of: state)) } }
  }

  /// Territories of the United States that some sources give as countries, by the code that they have as both.
  private static let territories: Set<String> = ["AS", "GU", "MP", "PR", "VI"]
}

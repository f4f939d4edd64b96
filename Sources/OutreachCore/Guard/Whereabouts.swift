/// The zones in which a patient may be.
///
/// The law goes by the clock of the called person's place, which nobody knows; so every zone that the record
/// gives reason for is a candidate, and a message may go only when all of them agree.
struct Whereabouts: Hashable {
  /// The candidates, the likeliest first: stated, address, number.
  var zones: [Zone]
  /// What stands against knowing where the patient is; nil when nothing does.
  var fault: String?

  /// Collects the candidates for a message to one recipient.
  init(of identity: PatientIdentity, recipient: Recipient?, country: String, catalogue: ZoneCatalogue) {
    var names: [String] = []
    fault = nil
    // A stated zone answers for the addresses that cannot be placed.
    let isZoneStated = identity.timeZone != nil
    if let stated = identity.timeZone { names.append(stated) }
    for address in identity.addresses {
      let place = address.country ?? country
      if place != country, place != "US", !Self.territories.contains(place) {
        // A place abroad has a zone, and its address does not tell which.
        if identity.timeZone == nil { fault = "an address is abroad, and no time zone is stated" }
        continue
      }
      guard place == "US" || Self.territories.contains(place) else { continue }
      let state = place == "US" ? address.state : place
      guard state != nil || address.postalCode != nil else { continue }
      if let zones = state.flatMap({ StateZones.zones(state: $0, postalCode: address.postalCode) }) {
        names += zones
      } else if !isZoneStated {
        fault = "the address has an unknown state"
      }
    }
    if case .phone(let number)? = recipient { names += NumberZones.zones(for: number) }
    var zones: [Zone] = []
    for name in names where !zones.contains(where: { $0.name == name }) {
      switch catalogue.zone(named: name) {
      case .success(let zone): zones.append(zone)
      case .failure(let error):
        // What the record states is somebody's typing, which a detail must not repeat.
        fault = name == identity.timeZone ? "the record states a time zone that does not exist" : "\(error)"
      }
    }
    self.zones = zones
    if zones.isEmpty, fault == nil { fault = "neither the record nor the number says where the patient is" }
  }

  /// Territories of the United States that some sources give as countries, by the code that they have as both.
  private static let territories: Set<String> = ["AS", "GU", "MP", "PR", "VI"]
}

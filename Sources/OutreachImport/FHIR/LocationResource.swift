import OutreachCore

/// A place where patients are seen.
///
/// Its zone is the extension's, on the place or on its address.
struct LocationResource: FHIRResource {
  static let type = "Location"

  var id: String?
  var meta: FHIR.Meta?
  var name: String?
  var address: FHIR.Address?
  var `extension`: [FHIR.Extension]?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let own = `extension`?.timeZone
    let place = Location(
      id: try recordID(context), name: name, timeZone: own ?? address?.extension?.timeZone,
      state: address.flatMap { StateCode.read($0.state, country: $0.country).state })
    let isZone = place.timeZone.map(context.options.isZone) ?? true
    let fault = ResourceFault(.unknownZone, at: own == nil ? "address.extension" : "extension")
    return Reading([.location(place)], lost: isZone ? [] : [fault])
  }
}

package import OutreachCore

/// What a reader must know that the files do not say.
package struct ImportOptions: Sendable {
  /// The clinic's country as a two-letter code, in which telephone numbers without one are read.
  package var defaultRegion: String
  /// The clinic's zone, in which dates and times without an offset are read.
  package var zone: Zone
  /// The instant of the import: a period that ended before it is over, a birth date after it is an error.
  package var now: Instant
  /// The purposes that consents may name: the closed list and those that the clinic's policy adds.
  package var purposes: [Purpose]
  /// The channels that consents and past messages may name.
  package var channels: [Channel]
  /// Headers of a clinic's own CSV files and the columns of ``CSVColumn`` they stand for.
  package var columns: [String: String]
  /// Whether there is a time zone of a name; a name that fails is imported and named as a fault.
  package var isZone: @Sendable (String) -> Bool

  /// Makes options; what is left out is as the product ships it.
  package init(
    defaultRegion: String, zone: Zone, now: Instant, purposes: [Purpose] = Purpose.all,
    channels: [Channel] = Channel.all, columns: [String: String] = [:],
    isZone: @escaping @Sendable (String) -> Bool = ZoneCatalogue.isZoneName
  ) {
    self.defaultRegion = defaultRegion
    self.zone = zone
    self.now = now
    self.purposes = purposes
    self.channels = channels
    self.columns = columns
    self.isZone = isZone
  }

  /// The date on the clinic's calendar at the instant of the import.
  var today: CivilDate { zone.date(at: now) }
}

import FoundationEssentials
public import OutreachCore

/// The zone data of the operating system, so that an update of its `tzdata` package changes the hours.
public struct SystemZones: ZoneSource {
  /// The folder of compiled zone files.
  public let directory: String

  /// Reads zones below a folder, `/usr/share/zoneinfo` unless said.
  public init(directory: String = "/usr/share/zoneinfo") { self.directory = directory }

  /// The compiled zone of that name; the catalogue has checked that the name leads nowhere else.
  public func tzif(named name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(directory)/\(name)").map(Array.init)
  }
}

extension ZoneCatalogue {
  /// The zones of the operating system.
  public static func system() -> ZoneCatalogue { ZoneCatalogue(source: SystemZones()) }
}

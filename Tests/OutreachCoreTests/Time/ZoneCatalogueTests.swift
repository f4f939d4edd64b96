import Foundation
import OutreachCore
import Synchronization
import Testing

struct ZoneCatalogueTests {
  /// A source that counts what it is asked for.
  private final class CountingSource: ZoneSource {
    let asked = Mutex<[String]>([])
    let files: [String: [UInt8]]

    init(files: [String: [UInt8]]) {
      self.files = files
    }

    func tzif(named name: String) -> [UInt8]? {
      asked.withLock { $0.append(name) }
      return files[name]
    }
  }

  @Test func `a zone is read once and unknown is told from invalid`() throws {
    let bytes = try ZoneFiles.bytes("America/Chicago")
    let source = CountingSource(files: ["America/Chicago": bytes, "America/Broken": Array(bytes.dropLast(5))])
    let catalogue = ZoneCatalogue(source: source)
    let copy = catalogue
    for _ in 0..<3 {
      #expect(try catalogue.zone(named: "America/Chicago").get().name == "America/Chicago")
      #expect(try copy.zone(named: "America/Chicago").get() == Zone(name: "America/Chicago", tzif: bytes))
      #expect(
        catalogue.zone(named: "America/Broken")
          == .failure(.invalid(name: "America/Broken", reason: "its footer does not end")))
    }
    #expect(source.asked.withLock { $0 } == ["America/Chicago", "America/Broken"])
    #expect(catalogue.zone(named: "America/Nowhere") == .failure(.unknown(name: "America/Nowhere")))
    #expect(catalogue.zone(named: "UTC") == .success(.utc))
  }

  @Test(arguments: [
    "", "/etc/passwd", "../America/Chicago", "America/../Chicago", "America//Chicago", "America/",
    "America/Chicago\0",
    "America\\Chicago", "Amérique/Chicago", "America/New York", "posix/../UTC", "zone.tab", "1America",
    "America/1",
    "Factory", "localtime", "posixrules", "A" + String(repeating: "b", count: 64), "\n", "Etc/GMT+5 ",
  ])
  func `a text that is no zone's name never reaches the source`(name: String) {
    let source = CountingSource(files: [:])
    #expect(ZoneCatalogue(source: source).zone(named: name) == .failure(.unknown(name: name)))
    #expect(source.asked.withLock { $0.isEmpty })
  }

  @Test func `every name in the tz database's table is a zone's name and its zone can be read`() throws {
    let table = try String(contentsOfFile: ZoneFiles.directory + "/zone1970.tab", encoding: .utf8)
    let names = table.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      $0.split(separator: "\t")[2]
    }
    #expect(names.count > 300)
    for name in names { #expect(throws: Never.self) { try ZoneFiles.zone(String(name)) } }
    for name in ["Etc/GMT+5", "EST5EDT", "America/Port-au-Prince", "America/Argentina/ComodRivadavia"] {
      #expect(throws: Never.self) { try ZoneFiles.zone(name) }
    }
  }

  @Test func `an error says what to do and does not repeat what may be a patient's`() {
    #expect(
      ZoneError.unknown(name: "America/Chicagoo").description
        == "There is no time zone “America/Chicagoo”; check the spelling, and that tzdata is installed.")
    let misplaced = ZoneError.unknown(name: "Ng, 201-555-0123")
    #expect(
      misplaced.description
        == "The text given is not the name of a time zone; use a name such as “America/New_York”.")
    #expect(!ZoneError.unknown(name: "Ng").description.contains("Ng"))
    #expect(
      ZoneError.invalid(name: "America/Chicago", reason: "it is cut short").description
        == "The data of time zone “America/Chicago” cannot be used: it is cut short. Reinstall tzdata.")
  }
}

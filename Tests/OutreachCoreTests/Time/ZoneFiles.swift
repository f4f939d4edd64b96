import Foundation
import OutreachCore

/// The time zone files of this machine, and the tools of its C library that tell what they mean.
enum ZoneFiles {
  static let directory = "/usr/share/zoneinfo"

  /// All zones below the directory, without the copies under `posix/` and `right/`.
  static func names() throws -> [String] {
    var names: [String] = []
    for path in try FileManager.default.subpathsOfDirectory(atPath: directory) {
      guard !path.hasPrefix("posix/"), !path.hasPrefix("right/"), ZoneCatalogue.isZoneName(path),
        let bytes = DirectorySource(directory: directory).tzif(named: path),
        bytes.starts(with: Array("TZif".utf8))
      else { continue }
      names.append(path)
    }
    guard names.count > 300 else {
      throw Missing("\(directory) holds \(names.count) zones; install the package tzdata.")
    }
    return names.sorted()
  }

  static func zone(_ name: String) throws -> Zone {
    try ZoneCatalogue(source: DirectorySource(directory: directory)).zone(named: name).get()
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    guard let bytes = DirectorySource(directory: directory).tzif(named: name) else {
      throw Missing("There is no file \(directory)/\(name); install the package tzdata.")
    }
    return bytes
  }

  /// Runs a tool of the package libc-bin and returns what it prints.
  static func run(_ tool: String, _ arguments: [String]) throws -> String {
    let path = ["/usr/bin/\(tool)", "/usr/sbin/\(tool)"].first(where: FileManager.default.isExecutableFile)
    guard let path else { throw Missing("The tool \(tool) is not here; install the package libc-bin.") }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ["LC_ALL": "C"]
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Missing("\(tool) ended with status \(process.terminationStatus).")
    }
    return String(decoding: data, as: UTF8.self)
  }

  struct Missing: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }
}

/// Reads zone files from a directory.
struct DirectorySource: ZoneSource {
  let directory: String

  func tzif(named name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: directory + "/" + name).map { Array($0) }
  }
}

/// One line of `zdump -v`: an instant and what the clock shows then.
struct ZdumpLine {
  let zone: String
  let instant: Instant
  let local: CivilDateTime
  let offset: Int

  /// The lines for zones over years, `first` included and `end` not.
  static func lines(zones: [String], from first: Int, to end: Int) throws -> [ZdumpLine] {
    let text = try ZoneFiles.run("zdump", ["-v", "-c", "\(first),\(end)"] + zones)
    return try text.split(separator: "\n").compactMap { try ZdumpLine(parsing: String($0)) }
  }

  /// Reads `Name  Sun Mar  8 06:59:59 2026 UT = Sun Mar  8 01:59:59 2026 EST isdst=0 gmtoff=-18000`.
  ///
  /// Nil for the lines at the ends of time, whose year is no four digits.
  private init?(parsing line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    if words.last == "NULL" { return nil }
    guard words.count == 16, words[6] == "UT", words[7] == "=", let offset = Int(words[15].dropFirst(7))
    else {
      throw ZoneFiles.Missing("zdump printed a line of an unknown form: \(line)")
    }
    guard let year = Int(words[5]), (2...9998).contains(year) else { return nil }
    guard let utc = Self.time(words[2...5]), let local = Self.time(words[9...12]),
      let instant = Instant(rfc3339: utc.description + "Z")
    else { throw ZoneFiles.Missing("zdump printed an unknown date: \(line)") }
    self.zone = words[0]
    self.instant = instant
    self.local = local
    self.offset = offset
  }

  private static func time(_ words: ArraySlice<String>) -> CivilDateTime? {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let words = Array(words)
    guard let month = months.firstIndex(of: words[0]), let day = Int(words[1]),
      let time = CivilTime(words[2]),
      let year = Int(words[3]), let date = CivilDate(year: year, month: month + 1, day: day)
    else { return nil }
    return CivilDateTime(date: date, time: time)
  }
}

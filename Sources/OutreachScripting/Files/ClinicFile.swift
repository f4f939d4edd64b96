public import OutreachCore

/// Reads `clinic.lua`.
public enum ClinicFile {
  /// Reads a clinic's file: `return clinic {…}`.
  ///
  /// Keys: `name`, `phone`, `time_zone`; and, if wished, `country` (`"US"`), `language` (`"en"`), `tasks` (kinds
  /// of work), `fields` (the clinic's own columns), `places` (names of places by the identifier of their record),
  /// `link_host` (the host of links in messages), `providers`
  /// (whom messages are handed to; see `providers(of:)`).
  ///
  /// - Parameters:
  ///   - source: the file's bytes.
  ///   - file: the path that findings name.
  ///   - zones: where the clinic's zone must be found; nil checks only the form of its name.
  ///   - lexicons: what names are checked with, since patients and whoever reads over their shoulder see them.
  public static func read(
    _ source: [UInt8], file: String, zones: ZoneCatalogue? = nil, lexicons: LexiconCatalogue? = nil
  ) -> Reading<Clinic> {
    let plain = PlainFile(source, file: file, function: "clinic", what: "the clinic")
    guard let table = plain.table else { return plain.list.reading(nil) }
    table.checkKeys([
      "name", "phone", "time_zone", "country", "language", "tasks", "fields", "places", "link_host",
      "providers",
    ])

    let name = table.text("name", example: "\"Riverside Primary Care\"")
    let phone = table.text("phone", example: "\"(312) 555-0100\"")
    if let phone, phone.count(where: \.isNumber) < 7 || phone.contains(where: \.isLetter) {
      table.list.error(
        at: table.valueOffset("phone"), "'phone' must be a telephone number, such as \"(312) 555-0100\"")
    }
    let zone = table.text("time_zone", example: "\"America/Chicago\"")
    if let zone, !zone.contains("/") && zone != "UTC" {
      table.list.error(
        at: table.valueOffset("time_zone"),
        "'time_zone' must be a name such as \"America/Chicago\", not \"\(zone)\"")
    }
    if let zone, zone.contains("/"), let zones, case .failure = zones.zone(named: zone) {
      table.list.error(
        at: table.valueOffset("time_zone"), "there is no time zone \"\(zone)\" on this machine")
    }
    let country = table.text("country")
    if let country, country.utf8.count != 2 || !country.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) {
      table.list.error(
        at: table.valueOffset("country"),
        "'country' must be two capital letters such as \"US\", not \"\(country)\"")
    }
    let language = table.text("language")
    if let language, !LanguageTag.isWellFormed(language) {
      table.list.error(
        at: table.valueOffset("language"),
        "'language' must be a language such as \"en\" or \"es\", not \"\(language)\"")
    }
    let tasks = names("tasks", of: table)
    let fields = names("fields", of: table)

    let places = places(of: table)
    let providers = providers(of: table)
    let linkHost = table.text("link_host")
    if let linkHost, let fault = LinkHost.fault(of: linkHost) {
      table.list.error(.link, at: table.valueOffset("link_host"), length: linkHost.count + 2, fault)
    }

    if let lexicons {
      let names = NameScan(lexicons: lexicons, list: table.list)
      if let name { names.check(name, at: table.valueOffset("name"), called: "the clinic's name") }
      if let linkHost {
        names.check(linkHost, at: table.valueOffset("link_host"), called: "the host of links")
      }
      let node = table.node?["places"]
      for (key, place) in places.sorted(by: { $0.key < $1.key }) {
        names.check(
          place, at: node?[key]?.valueOffset ?? table.valueOffset("places"), called: "the name of a place")
      }
    }
    guard let name, let phone, let zone else { return plain.list.reading(nil) }
    return plain.list.reading(
      Clinic(
        name: name, phone: phone, timeZone: zone, country: country ?? "US",
        language: language?.lowercased() ?? "en",
        taskKinds: tasks, fields: fields, places: places, linkHost: linkHost,
        providers: providers))
  }

  /// Names of places by the identifier of their record, such as `["Location/1"] = "Lakeside, 2nd floor"`.
  private static func places(of table: TableReader) -> [String: String] {
    guard let places = table.table("places", called: "the table of places") else { return [:] }
    places.checkNoList()
    var names: [String: String] = [:]
    for (key, _) in places.named { names[key] = places.text(key) }
    return names
  }

  /// A list of names that scripts can write.
  private static func names(_ key: String, of table: TableReader) -> [String] {
    let texts = table.texts(key) ?? []
    for (text, offset) in texts where !Name.isIdentifier(text) {
      table.list.error(
        at: offset, "\"\(text)\" is no name; use small letters, digits and '_', such as \"call_back\"")
    }
    return texts.map(\.text)
  }
}

/// The shapes of the names that people give things.
enum Name {
  /// Whether a text is a name in small letters, digits and underscores that begins with a letter.
  static func isIdentifier(_ text: String) -> Bool { has(text, joint: UInt8(ascii: "_")) }

  /// Whether a text is small letters and digits joined by hyphens that begins with a letter.
  static func isHyphenated(_ text: String) -> Bool {
    has(text, joint: UInt8(ascii: "-")) && !text.hasSuffix("-") && !text.contains("--")
  }

  private static func has(_ text: String, joint: UInt8) -> Bool {
    guard (1...64).contains(text.utf8.count), let first = text.utf8.first, (0x61...0x7A).contains(first)
    else {
      return false
    }
    return text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == joint }
  }
}

/// The shape of a language's name.
enum LanguageTag {
  /// Whether a text is a language tag of two or three letters with subtags, BCP 47: `en`, `es-MX`, `zh-Hant`.
  static func isWellFormed(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.utf8.count), first.utf8.allSatisfy(isLetter) else {
      return false
    }
    return parts.dropFirst().allSatisfy { part in
      (2...8).contains(part.utf8.count) && part.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}

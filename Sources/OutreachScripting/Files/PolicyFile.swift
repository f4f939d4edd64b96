public import OutreachCore

/// Reads `policy.lua`.
public enum PolicyFile {
  /// Reads a policy: `return policy { name = …, quiet_hours = {…}, caps = {…}, … }`.
  ///
  /// Only `name` is required; what is left out is as in the default policy. Every rule can carry `source`,
  /// `checked_on`, `from_date` and `until_date`; a rule that changes on a day is written as a list of its
  /// versions.
  ///
  /// The value is nil when anything is written wrongly. It is there when the only errors are that a rule has
  /// ended, or has yet to begin, with no version that holds today: such a policy can be kept in use, because
  /// what hangs on a rule that does not hold is refused.
  ///
  /// - Parameters:
  ///   - source: the file's bytes.
  ///   - file: the path that findings name.
  ///   - day: today on the clinic's calendar.
  public static func read(_ source: [UInt8], file: String, on day: CivilDate) -> Reading<Policy> {
    let plain = PlainFile(source, file: file, function: "policy", what: "the policy")
    guard let table = plain.table else { return plain.list.reading(nil) }
    table.checkKeys([
      "name", "quiet_hours", "caps", "exemptions", "fatigue", "purposes", "facts", "contact", "message",
      "reply", "revocation", "majority", "disclosure", "content",
    ])
    let name = table.text("name", example: "\"us-primary-care\"")
    if let name, !Name.isHyphenated(name) {
      table.list.error(
        at: table.valueOffset("name"), "'name' must be small letters, digits and '-', not \"\(name)\"")
    }
    var reader = PolicyReader(table: table, day: day)
    reader.policy.name = name ?? ""
    // Other rules name purposes, so these come first.
    reader.readPurposes()
    reader.readQuietHours()
    reader.readCaps()
    reader.readExemptions()
    reader.readFatigue()
    reader.readRequirements()
    reader.readContent()
    return plain.list.reading(reader.policy)
  }
}

/// Reads the parts of a policy's table; each is in a file of its own.
struct PolicyReader {
  let table: TableReader
  /// Today on the clinic's calendar.
  let day: CivilDate
  /// What has been read so far; the rest is as in the default policy.
  var policy = Policy()

  /// Reads a rule that is one table or the list of its versions; nil when the key is absent.
  func dated<Rule>(
    _ key: String, called what: String, keys: [String], _ read: (TableReader) -> Rule
  ) -> Dated<Rule>? {
    guard let tables = table.tables(key, called: what) else { return nil }
    var written: [RuleVersion] = []
    let versions = tables.map { table in
      table.checkKeys(keys + RuleSource.keys)
      let provenance = RuleSource.read(table, on: day)
      written.append(RuleVersion(provenance: provenance, table: table))
      return Dated<Rule>.Version(read(table), provenance)
    }
    written.checkSuccession(of: what)
    written.checkLapse(of: what, on: day)
    return Dated(versions: versions)
  }

  // MARK: What rules are about

  /// The channels of a rule; nil is all.
  func channels(of rule: TableReader) -> Set<Channel>? {
    guard let texts = rule.choices("channels", among: Channel.all.map(\.rawValue), called: "channel") else {
      return nil
    }
    if texts.isEmpty { rule.list.error(at: rule.valueOffset("channels"), "'channels' names no channel") }
    return Set(texts.map { Channel($0.text) })
  }

  /// The purposes that a key names; nil is all.
  func purposes(_ key: String, of rule: TableReader) -> Set<Purpose>? {
    guard let texts = rule.choices(key, among: policy.purposes.map(\.rawValue), called: "purpose") else {
      return nil
    }
    if texts.isEmpty { rule.list.error(at: rule.valueOffset(key), "'\(key)' names no purpose") }
    return Set(texts.map { Purpose($0.text) })
  }

  /// The campaigns of a rule; nil is all.
  func campaigns(of rule: TableReader) -> Set<CampaignID>? {
    guard let texts = rule.texts("campaigns") else { return nil }
    if texts.isEmpty { rule.list.error(at: rule.valueOffset("campaigns"), "'campaigns' names no campaign") }
    for (text, offset) in texts where !Name.isHyphenated(text) {
      rule.list.error(at: offset, "a campaign's id is small letters, digits and '-', not \"\(text)\"")
    }
    return Set(texts.map { CampaignID($0.text) })
  }

  /// The places of a rule; nil is everywhere.
  func places(of rule: TableReader) -> Set<Jurisdiction>? {
    guard let texts = rule.texts("places") else { return nil }
    if texts.isEmpty { rule.list.error(at: rule.valueOffset("places"), "'places' names no place") }
    for (text, offset) in texts {
      if let fault = PlaceCodes.fault(of: text) { rule.list.error(at: offset, fault) }
    }
    return Set(texts.map { Jurisdiction($0.text) })
  }
}

/// Days of the week as files name them.
enum Weekdays {
  /// The names, Monday first.
  static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// Reads a list of days; nil when the key is absent or wrong.
  static func read(_ key: String, of table: TableReader) -> Set<Weekday>? {
    guard let texts = table.choices(key, among: names, called: "day") else { return nil }
    if texts.isEmpty { table.list.error(at: table.valueOffset(key), "'\(key)' names no day") }
    return Set(
      texts.compactMap { text, _ in names.firstIndex(of: text).map { Weekday.allCases[$0] } })
  }
}

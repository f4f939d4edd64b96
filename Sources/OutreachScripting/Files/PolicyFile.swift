import Lua
public import OutreachCore

/// Reads `policy.lua`.
public enum PolicyFile {
  /// Reads a policy: `return policy { name = …, quiet_hours = {…}, caps = {…}, … }`.
  ///
  /// Only `name` is required; what is left out is as in the default policy. Every rule can carry `source`,
  /// `checked_on`, `from_date` and `until_date`; a rule that does not hold on the day is an error.
  ///
  /// - Parameters:
  ///   - source: the file's bytes.
  ///   - file: the path that findings name.
  ///   - day: today on the clinic's calendar.
  public static func read(_ source: [UInt8], file: String, on day: CivilDate) -> Reading<Policy> {
    let plain = PlainFile(source, file: file, function: "policy", what: "the policy")
    guard let table = plain.table else { return plain.list.reading(nil) }
    table.checkKeys(["name", "quiet_hours", "caps", "purposes", "facts", "contact", "message", "reply"])

    var policy = Policy()
    guard let name = table.text("name", example: "\"us-primary-care\"") else {
      return plain.list.reading(nil)
    }
    if !Name.isHyphenated(name) {
      table.list.error(
        at: table.valueOffset("name"), "'name' must be small letters, digits and '-', not \"\(name)\"")
    }
    policy.name = name
    func rule(_ key: String, _ what: String, _ keys: [String]) -> TableReader? {
      guard let rule = table.table(key, called: what) else { return nil }
      rule.checkKeys(keys + RuleSource.keys)
      RuleSource.check(rule, on: day)
      return rule
    }
    if let rule = rule("quiet_hours", "the rule of quiet hours", ["from", "to", "days", "federal_holidays"]) {
      readQuietHours(rule, into: &policy)
    }
    readCaps(table, on: day, into: &policy)
    readPurposes(table, into: &policy)
    let purposes = (Purpose.all + policy.addedPurposes).map(\.rawValue)
    if let rule = rule("facts", "the rule of facts", ["maximum_age"] + purposes) {
      if let age = rule.span("maximum_age") { policy.factsMaximumAge = age.duration }
      for purpose in purposes {
        if let age = rule.span(purpose) { policy.factsMaximumAgeByPurpose[Purpose(purpose)] = age.duration }
      }
    }
    if let rule = rule("contact", "the rule of contact points", ["fresh_for"]),
      let span = rule.span("fresh_for")
    {
      policy.contactFreshness = span.duration
    }
    if let rule = rule("message", "the rule of messages", ["characters", "expires_after"]) {
      // 47 CFR 64.1200(a)(9)(iv)(E) says 160; a policy can only be stricter.
      if let characters = rule.wholeNumber("characters", in: 20...160) {
        policy.maximumCharacters = characters
      }
      if let span = rule.span("expires_after") { policy.expiresAfter = span.duration }
    }
    if let rule = rule("reply", "the rule of replies", ["hold"]), let span = rule.span("hold") {
      policy.replyHold = span.duration
    }
    return plain.list.reading(policy)
  }

  private static func readQuietHours(_ rule: TableReader, into policy: inout Policy) {
    let from = rule.time("from") ?? policy.quietHours.window.start
    let to = rule.time("to") ?? CivilTime(secondOfDay: policy.quietHours.window.endSecondOfDay) ?? .midnight
    let bound = QuietHours.hardBound
    if let window = TimeWindow(start: from, end: to), !window.crossesMidnight {
      if window.start < bound.start || window.endSecondOfDay > bound.endSecondOfDay {
        rule.list.error(
          at: rule.offset,
          "the window \(window) goes beyond \(bound), which is the law (47 CFR 64.1200(c)(1)) and cannot be widened"
        )
      }
      policy.quietHours.window = window
    } else {
      rule.list.error(
        at: rule.offset, "the window must end after it begins, on the same day, not \(from)–\(to)")
    }
    if let days = Weekdays.read("days", of: rule) { policy.quietHours.weekdays = days }
    if let rests = rule.boolean("federal_holidays") { policy.quietHours.restsOnFederalHolidays = rests }
  }

  private static func readPurposes(_ table: TableReader, into policy: inout Policy) {
    for (text, offset) in table.texts("purposes") ?? [] {
      // 47 CFR 64.1200(a)(9)(iv)(D): nothing that sells, advertises or collects.
      if ["billing", "marketing", "advertising", "collection", "emergency"].contains(text) {
        table.list.error(
          at: offset, "the purpose \"\(text)\" cannot be added: this program sends messages of care only")
      } else if !Name.isIdentifier(text) {
        table.list.error(
          at: offset,
          "\"\(text)\" is no purpose's name; use small letters, digits and '_', such as \"care_gap\"")
      } else if !policy.knows(Purpose(text)) {
        policy.addedPurposes.append(Purpose(text))
      }
    }
  }

  private static func readCaps(_ table: TableReader, on day: CivilDate, into policy: inout Policy) {
    guard let caps = table.table("caps", called: "the caps") else { return }
    if !caps.table.fields.isEmpty {
      caps.list.error(
        at: caps.offset, "'caps' is a list; write caps = { { limit = 1, per = \"calendar day\" } }")
      return
    }
    var read: [FrequencyCap] = []
    for index in caps.table.array.indices {
      guard let cap = caps.table(at: index, called: "cap \(index + 1)") else { continue }
      cap.checkKeys(["limit", "per", "channels"] + RuleSource.keys)
      RuleSource.check(cap, on: day)
      if !cap.has("limit") { cap.missing("limit", example: "1") }
      let limit = cap.wholeNumber("limit", in: 1...1_000)
      let window = window(of: cap)
      let channels = channels(of: cap)
      guard let limit, let window, let channels else { continue }
      let name = "\(limit) \(window == .calendarDay ? "a" : "in") \(cap.text("per") ?? "")"
      read.append(FrequencyCap(name: name, limit: limit, window: window, channels: channels))
    }
    for channel in Channel.all where !read.contains(where: { $0.covers(channel) }) && !caps.list.hasErrors {
      caps.list.error(at: caps.offset, "no cap counts messages by \(channel); every channel needs one")
    }
    warnOfLooseness(read, caps)
    policy.caps = read
  }

  private static func window(of cap: TableReader) -> FrequencyCap.Window? {
    guard let text = cap.text("per", example: "\"calendar day\"") else { return nil }
    if text == "calendar day" { return .calendarDay }
    guard let span = Span(text) else {
      cap.list.error(
        at: cap.valueOffset("per"),
        "'per' must be \"calendar day\" or a span such as \"24 hours\" or \"7 days\", not \"\(text)\"")
      return nil
    }
    return .rolling(span.duration)
  }

  private static func channels(of cap: TableReader) -> Set<Channel>? {
    guard cap.has("channels") else { return Set(Channel.all) }
    guard let texts = cap.texts("channels") else { return nil }
    let known = Channel.all.map(\.rawValue)
    for (text, offset) in texts where !known.contains(text) {
      cap.list.error(
        at: offset,
        "there is no channel \"\(text)\"\(Suggestion.sentence(for: text, among: known)); \(TableReader.oneOf(known))"
      )
    }
    return Set(texts.map { Channel($0.text) })
  }

  /// Warns when text messages and calls are held back less than 47 CFR 64.1200(a)(9)(iv)(F) asks.
  private static func warnOfLooseness(_ read: [FrequencyCap], _ caps: TableReader) {
    guard !caps.list.hasErrors else { return }
    let both: Set<Channel> = [.sms, .voice]
    func holds(_ limit: Int, _ accepts: (FrequencyCap.Window) -> Bool) -> Bool {
      read.contains { $0.limit <= limit && accepts($0.window) && $0.channels.isSuperset(of: both) }
    }
    let day = holds(1) {
      if case .rolling(let span) = $0 { span >= .seconds(86_400) } else { $0 == .calendarDay }
    }
    let week = holds(3) { if case .rolling(let span) = $0 { span >= .seconds(7 * 86_400) } else { false } }
    if !day || !week {
      caps.list.warning(
        at: caps.offset,
        "these caps allow more than 1 text or call a day or 3 in 7 days (47 CFR 64.1200(a)(9)(iv)(F)); every patient "
          + "must have agreed to that")
    }
  }
}

/// Days of the week as files name them.
enum Weekdays {
  /// The names, Monday first.
  static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// Reads a list of days; nil when the key is absent or wrong.
  static func read(_ key: String, of table: TableReader) -> Set<Weekday>? {
    guard let texts = table.texts(key) else { return nil }
    var days: Set<Weekday> = []
    for (text, offset) in texts {
      if let index = names.firstIndex(of: text) {
        days.insert(Weekday.allCases[index])
      } else {
        table.list.error(
          at: offset,
          "there is no day \"\(text)\"\(Suggestion.sentence(for: text, among: names)); \(TableReader.oneOf(names))"
        )
      }
    }
    if texts.isEmpty { table.list.error(at: table.valueOffset(key), "'\(key)' names no day") }
    return days
  }
}

import Lua
import OutreachCore

extension PolicyReader {
  /// Reads `caps`, a list.
  mutating func readCaps() {
    guard let caps = table.table("caps", called: "the caps") else { return }
    guard caps.table.fields.isEmpty else {
      caps.list.error(
        at: caps.offset, "'caps' is a list; write caps = { { limit = 1, per = \"calendar day\" } }")
      return
    }
    let errors = caps.list.errorCount
    let read = caps.table.array.indices.compactMap { index -> Cap? in
      guard let table = caps.table(at: index, called: "cap \(index + 1)") else { return nil }
      return cap(table).map { (cap: $0, table: table) }
    }
    // What is missing below may be what is wrong above.
    guard caps.list.errorCount == errors else { return }
    checkVersions(read)
    checkCoverage(read.map(\.cap), caps)
    if caps.list.errorCount == errors { warnOfLooseness(read.map(\.cap), caps) }
    policy.caps = read.map(\.cap)
  }

  private typealias Cap = (cap: FrequencyCap, table: TableReader)

  private func cap(_ table: TableReader) -> FrequencyCap? {
    table.checkKeys(
      [
        "name", "limit", "per", "channels", "purposes", "campaigns", "each", "holder", "reserve",
        "reserve_for",
        "places",
      ] + RuleSource.keys)
    let name = table.text("name")
    if !table.has("limit") { table.missing("limit", example: "1") }
    let limit = table.wholeNumber("limit", in: 1...1_000)
    let window = window(of: table)
    let each = table.choice("each", among: ["purpose", "campaign"], called: "common part")
    let holder = table.choice(
      "holder", among: FrequencyCap.Holder.allCases.map(\.rawValue), called: "holder")
    let channels = channels(of: table)
    let purposes = purposes("purposes", of: table)
    let campaigns = campaigns(of: table)
    let places = places(of: table)
    let provenance = RuleSource.read(table, on: day)
    let reserve = reserve(of: table, limit: limit)
    guard let limit, let window, let per = table.text("per") else { return nil }
    let isCalendar = if case .rolling = window { false } else { true }
    return FrequencyCap(
      name: name ?? "\(limit) \(isCalendar ? "a" : "in") \(per)", limit: limit, window: window,
      channels: channels, purposes: purposes, campaigns: campaigns,
      each: each.flatMap(FrequencyCap.Each.init) ?? .all,
      holder: holder.flatMap(FrequencyCap.Holder.init) ?? .patient, reserve: reserve, places: places,
      provenance: provenance)
  }

  private func window(of cap: TableReader) -> FrequencyCap.Window? {
    guard let text = cap.text("per", example: "\"calendar day\"") else { return nil }
    switch text {
    case "calendar day": return .calendarDay
    case "calendar week": return .calendarWeek
    case "calendar month": return .calendarMonth
    default:
      if let span = Span(text) { return .rolling(span.duration) }
      cap.list.error(
        at: cap.valueOffset("per"),
        "'per' must be \"calendar day\", \"calendar week\", \"calendar month\" or a span such as \"24 hours\" "
          + "or \"7 days\", not \"\(text)\"")
      return nil
    }
  }

  private func reserve(of cap: TableReader, limit: Int?) -> FrequencyCap.Reserve? {
    guard cap.has("reserve") || cap.has("reserve_for") else { return nil }
    if !cap.has("reserve") { cap.missing("reserve", example: "1") }
    if !cap.has("reserve_for") { cap.missing("reserve_for", example: "{ \"lab_result\" }") }
    let purposes = purposes("reserve_for", of: cap)
    guard let limit else { return nil }
    if limit == 1, cap.has("reserve") {
      cap.list.error(at: cap.valueOffset("reserve"), "a limit of 1 leaves nothing to reserve")
      return nil
    }
    guard let count = cap.wholeNumber("reserve", in: 1...max(limit - 1, 1)), let purposes else { return nil }
    return FrequencyCap.Reserve(count, for: purposes)
  }

  /// Reports caps of one name that cannot be versions of one rule, and those that have ended.
  private func checkVersions(_ caps: [Cap]) {
    var names: [String] = []
    for (index, later) in caps.enumerated() {
      if !names.contains(later.cap.name) { names.append(later.cap.name) }
      for earlier in caps.prefix(index) where earlier.cap.name == later.cap.name {
        guard earlier.cap.provenance.meets(later.cap.provenance) != nil else { continue }
        if Self.scope(earlier.cap) == Self.scope(later.cap) {
          [earlier, later].map { RuleVersion(provenance: $0.cap.provenance, table: $0.table) }
            .checkSuccession(of: "the cap '\(later.cap.name)'")
          break
        }
        // The one that stays would pass for the successor of the one that ends.
        let provenances = [earlier.cap.provenance, later.cap.provenance]
        if provenances.contains(where: { $0.from != nil || $0.until != nil }) {
          later.table.list.error(
            at: later.table.offset,
            "two caps are called '\(later.cap.name)' and one of them has an end; give each its own 'name'")
          break
        }
      }
    }
    for name in names {
      caps.filter { $0.cap.name == name }
        .map { RuleVersion(provenance: $0.cap.provenance, table: $0.table) }
        .checkLapse(of: "the cap '\(name)'", on: day, mayBegin: true)
    }
  }

  /// A cap without what can change from version to version.
  private static func scope(_ cap: FrequencyCap) -> FrequencyCap {
    var scope = cap
    scope.limit = 0
    scope.reserve = nil
    scope.provenance = Provenance()
    return scope
  }

  /// Whether a cap holds for every patient's messages, whatever they are about.
  private static func isGeneral(_ cap: FrequencyCap) -> Bool {
    cap.places == nil && cap.purposes == nil && cap.campaigns == nil
  }

  /// Reports channels that no cap counts, at all or as of today.
  private func checkCoverage(_ caps: [FrequencyCap], _ table: TableReader) {
    for channel in Channel.all {
      let own = caps.filter { Self.isGeneral($0) && $0.covers(channel) }
      if own.isEmpty {
        table.list.error(
          at: table.offset, "no cap counts all messages by \(channel); every channel needs one")
      } else if own.allSatisfy({ $0.provenance.from.map { $0 > day } ?? false }) {
        table.list.lapse(
          at: table.offset, "no cap that holds on \(day) counts all messages by \(channel); put one in")
      }
    }
  }

  /// Warns when text messages and calls are held back less than 47 CFR 64.1200(a)(9)(iv)(F) asks.
  private func warnOfLooseness(_ caps: [FrequencyCap], _ table: TableReader) {
    let both: Set<Channel> = [.sms, .voice]
    let strict = caps.filter { cap in
      guard Self.isGeneral(cap), cap.each == .all, cap.holder != .contactPoint else { return false }
      return cap.provenance.standing(on: day) == .inForce && cap.channels?.isSuperset(of: both) != false
    }
    let holdsDay = strict.contains { cap in
      guard cap.limit == 1 else { return false }
      if case .rolling(let span) = cap.window { return span >= .seconds(86_400) }
      return true
    }
    let holdsWeek = strict.contains { cap in
      guard cap.limit <= 3 else { return false }
      if case .rolling(let span) = cap.window { return span >= .seconds(7 * 86_400) }
      return cap.window == .calendarMonth
    }
    if !holdsDay || !holdsWeek {
      table.list.warning(
        .policy, at: table.offset,
        "these caps allow more than 1 text or call a day or 3 in 7 days (47 CFR 64.1200(a)(9)(iv)(F)); every "
          + "patient must have agreed to that")
    }
  }

  // MARK: Exemptions and fatigue

  /// Reads `exemptions`.
  mutating func readExemptions() {
    guard let tables = table.tables("exemptions", called: "the exemption from caps") else { return }
    policy.exemptions = tables.map { table in
      table.checkKeys(["purposes", "campaigns", "obeys", "counts"] + RuleSource.keys)
      let exemption = CapExemption(
        purposes: purposes("purposes", of: table), campaigns: campaigns(of: table),
        obeys: table.boolean("obeys") ?? true, counts: table.boolean("counts") ?? true,
        provenance: RuleSource.read(table, on: day))
      if !table.has("purposes"), !table.has("campaigns") {
        table.list.error(
          at: table.offset,
          "the exemption from caps needs 'purposes' or 'campaigns'; it cannot be for all messages")
      } else if exemption.obeys, exemption.counts {
        table.list.error(
          at: table.offset, "this exemption changes nothing; write obeys = false or counts = false")
      } else {
        // Outside of its days it is as if it were not there, which is the stricter.
        if case .ended(let until) = exemption.provenance.standing(on: day) {
          table.list.warning(
            .policy, at: table.valueOffset("until_date"), "this exemption held until \(until); take it out")
        } else {
          table.list.warning(
            .policy, at: table.offset,
            "this exemption allows more than 1 text or call a day or 3 in 7 days (47 CFR 64.1200(a)(9)(iv)(F)); "
              + "every patient must have agreed to that")
        }
      }
      return exemption
    }
  }

  /// Reads `fatigue`.
  mutating func readFatigue() {
    let what = "the mark of fatigue"
    guard let tables = table.tables("fatigue", called: what) else { return }
    var marks: [FatigueMark] = []
    var versions: [Set<Channel>: [RuleVersion]] = [:]
    for table in tables {
      table.checkKeys(["channels", "limit", "per"] + RuleSource.keys)
      let channels = channels(of: table) ?? Set(Channel.all)
      if !table.has("limit") { table.missing("limit", example: "10") }
      if !table.has("per") { table.missing("per", example: "\"365 days\"") }
      let provenance = RuleSource.read(table, on: day)
      guard let limit = table.wholeNumber("limit", in: 1...10_000), let span = table.span("per") else {
        continue
      }
      marks.append(FatigueMark(channels: channels, limit: limit, span: span.duration, provenance: provenance))
      versions[channels, default: []].append(RuleVersion(provenance: provenance, table: table))
    }
    for channels in versions.keys.sorted(by: { $0.sorted().lexicographicallyPrecedes($1.sorted()) }) {
      let what = "\(what) by \(channels.sorted().map(\.rawValue).joined(separator: " and "))"
      versions[channels]?.checkSuccession(of: what)
      versions[channels]?.checkLapse(of: what, on: day, mayBegin: true)
    }
    policy.fatigue = marks
  }
}

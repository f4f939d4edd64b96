import Lua
import OutreachCore

/// Reads the table that a file gives to `campaign`.
struct CampaignTable {
  /// A campaign with its functions; without an audience it is for everybody.
  struct Contents {
    var campaign: Campaign
    var audience: FunctionReference?
    var decide: FunctionReference
  }

  let table: TableReader
  let environment: ScriptEnvironment
  let names: FactNames

  private static let keys = [
    "id", "title", "owner", "purpose", "programme", "channels", "priority", "schedule", "send_between",
    "repeat_after", "pilot", "uses",
    "messages", "audience", "decide",
  ]

  /// The campaign, nil when a part without which there is none is missing or wrong.
  func read(contentHash: String) -> Contents? {
    table.checkKeys(Self.keys)
    let id = table.text("id", example: "\"diabetes-adherence\"")
    if let id, !Name.isHyphenated(id) {
      table.list.error(
        at: table.valueOffset("id"), "'id' must be small letters, digits and '-', not \"\(id)\"")
    }
    let title = table.text("title", example: "\"Diabetes: refill nudges\"")
    let owner = table.text("owner", example: "\"Chronic Care Team\"")
    let purpose = readPurpose()
    let programme = table.choice(
      "programme", among: RestrictedProgramme.allCases.map(\.rawValue), called: "restricted programme"
    ).flatMap(RestrictedProgramme.init(rawValue:))
    let channels = readChannels()
    let messages = channels.map { readMessages($0, of: CampaignID(id ?? "")) } ?? [:]
    ThreadScan(messages: messages, environment: environment, list: table.list).run()
    GradeCheck(
      messages: messages, environment: environment, list: table.list, offset: table.keyOffset("messages")
    ).run()
    let audience = table.has("audience") ? function("audience", example: "function(patient) … end") : nil
    let decide = function("decide", example: "function(patient) return send(\"…\") end")
    let priority = table.wholeNumber("priority", in: 1...9)
    let schedule = readSchedule()
    let window = readWindow(channels ?? environment.channels)
    let repeatAfter = table.span("repeat_after")
    let pilot = readPilot()
    let uses = readUses()
    checkProgramme(programme)
    guard let id, let title, let owner, let purpose, let channels, let decide else { return nil }
    let campaign = Campaign(
      id: CampaignID(id), title: title, owner: owner, purpose: purpose, programme: programme,
      channels: channels,
      priority: priority ?? 5, schedule: schedule, sendBetween: window, repeatAfter: repeatAfter?.duration,
      pilot: pilot, uses: uses, messages: messages, contentHash: contentHash,
      position: table.list.map.position(table.list.map.root?.keyOffset ?? table.offset))
    return Contents(campaign: campaign, audience: audience, decide: decide)
  }

  private func function(_ key: String, example: String) -> FunctionReference? {
    guard let value = table.table[key] else {
      table.missing(key, example: example)
      return nil
    }
    guard case .function(let function) = value else {
      table.wrong(key, "a function")
      return nil
    }
    return function
  }

  private func readChannels() -> [Channel]? {
    guard let texts = table.texts("channels", example: "{ \"sms\", \"voice\" }") else { return nil }
    let known = environment.channels.map(\.rawValue)
    if texts.isEmpty {
      table.list.error(at: table.valueOffset("channels"), "'channels' names no channel")
      return nil
    }
    for (text, offset) in texts where !known.contains(text) {
      table.list.error(
        .name, at: offset,
        "there is no channel '\(text)'\(Suggestion.sentence(for: text, among: known)); \(TableReader.oneOf(known))"
      )
    }
    return texts.map { Channel($0.text) }
  }

  /// The patients of a pilot, by handle: a source's identifier would name them in a file that is passed around.
  private func readPilot() -> Set<PatientHandle>? {
    guard let texts = table.texts("pilot") else { return nil }
    var handles: Set<PatientHandle> = []
    for (text, offset) in texts {
      guard case .handle(let handle) = PatientName(text) else {
        table.list.error(
          at: offset, "\"\(text)\" is no handle; write handles such as \"P-7K2M\", as 'preview' shows")
        continue
      }
      handles.insert(handle)
    }
    return handles
  }

  private func readMessages(_ channels: [Channel], of id: CampaignID) -> [MessageID: Message] {
    guard
      let entries = table.table("messages", called: "'messages'", example: "{ refill_due = { en = \"…\" } }")
    else {
      return [:]
    }
    entries.checkNoList()
    if entries.named.isEmpty { table.list.error(at: entries.offset, "'messages' holds no message") }
    var messages: [MessageID: Message] = [:]
    for (key, _) in entries.named {
      if !Name.isIdentifier(key) {
        table.list.error(
          at: entries.keyOffset(key), "'\(key)' is no name for a message; use small letters, digits and '_'")
      }
      guard let entry = entries.table(key, called: "message '\(key)'") else { continue }
      let reader = MessageTable(
        table: entry, id: MessageID(key), campaign: id, channels: channels, environment: environment,
        keyOffset: entries.keyOffset(key))
      if let message = reader.read() { messages[message.id] = message }
    }
    return messages
  }

  private func readSchedule() -> Schedule? {
    guard let schedule = table.table("schedule", called: "the schedule") else { return nil }
    schedule.checkKeys(["every", "at", "weekdays"])
    let at = schedule.time("at")
    if schedule.has("weekdays") {
      let weekdays = Weekdays.read("weekdays", of: schedule)
      if schedule.has("every") {
        schedule.list.error(at: schedule.keyOffset("every"), "a schedule has 'every' or 'weekdays', not both")
      }
      guard let at else {
        if !schedule.has("at") { schedule.missing("at", example: "\"10:00\"") }
        return nil
      }
      return weekdays.map { Schedule(every: .weekdays($0, at: at)) }
    }
    if !schedule.has("every") { schedule.missing("every", example: "\"1 day\"") }
    guard let every = schedule.span("every") else { return nil }
    guard let days = every.days else {
      if schedule.has("at") {
        schedule.list.error(
          at: schedule.keyOffset("at"),
          "'at' goes with days or weeks, not with \"\(every.count) \(every.unit.rawValue)s\"")
      }
      if every.duration < .seconds(300) {
        schedule.list.error(at: schedule.valueOffset("every"), "'every' must be at least \"5 minutes\"")
      }
      return Schedule(every: .interval(every.duration))
    }
    guard let at else {
      if !schedule.has("at") { schedule.missing("at", example: "\"10:00\"") }
      return nil
    }
    return Schedule(every: .days(days, at: at))
  }

  private func readPurpose() -> Purpose? {
    let offset = table.valueOffset("purpose")
    if let refused = Purpose.refused.first(where: { table.table["purpose"] == .string($0.rawValue) }) {
      table.list.warning(
        .policy, at: offset, "messages for '\(refused)' are refused: this program sends messages of care only"
      )
      return refused
    }
    let purposes = environment.policy.purposes.map(\.rawValue)
    guard
      let text = table.choice("purpose", among: purposes, example: "\"prescription\"", called: "purpose")
    else { return nil }
    let purpose = Purpose(text)
    switch environment.day.flatMap({ environment.policy.standing(of: purpose, on: $0) }) {
    case .begins(let day):
      table.list.warning(
        .policy, at: offset,
        "the policy allows messages for '\(purpose)' from \(day) on; until then they are refused")
    case .ended(let day):
      table.list.warning(
        .policy, at: offset, "the policy allowed messages for '\(purpose)' until \(day); they are refused now"
      )
    case .inForce, nil: break
    }
    return purpose
  }

  private func readWindow(_ channels: [Channel]) -> TimeWindow? {
    guard let texts = table.texts("send_between") else { return nil }
    let offset = table.valueOffset("send_between")
    guard texts.count == 2, let window = TimeWindow(from: texts[0].text, to: texts[1].text),
      !window.crossesMidnight
    else {
      table.list.error(
        at: offset, "'send_between' must be two times of one day, such as { \"09:00\", \"12:00\" }")
      return nil
    }
    let hours = SendableHours(environment.policy.quietHours, channels: channels, on: environment.day)
    // A policy that is closed altogether has findings of its own.
    guard let outer = hours.span(within: QuietHours.hardBound) else { return window }
    guard let inner = hours.span(within: window) else {
      table.list.error(
        .policy, at: offset,
        "no message could ever go out: the policy is closed \(window) on every day; it is open \(outer)")
      return nil
    }
    if inner != window {
      table.list.warning(
        .policy, at: offset, "the policy narrows 'send_between' from \(window) to \(inner)")
    }
    return window
  }

  /// Reports sets of restricted codes that the file names without saying so: what is read of such care seals messages.
  private func checkProgramme(_ programme: RestrictedProgramme?) {
    var reported: Set<RestrictedProgramme> = []
    for token in table.list.map.tokens {
      guard let name = token.text, let index = environment.valueSets.index(of: name) else { continue }
      let restricted = environment.valueSets.programmes[index].subtracting(programme.map { [$0] } ?? [])
      for found in restricted.sorted(by: { $0.rawValue < $1.rawValue }) where reported.insert(found).inserted
      {
        table.list.error(
          .disclosure, at: token.offset, length: name.count + 2,
          "the set '\(name)' holds codes of a restricted programme; write programme = \"\(found.rawValue)\" beside "
            + "'purpose', which seals the messages")
      }
    }
  }

  private func readUses() -> Set<String>? {
    guard let texts = table.texts("uses") else { return nil }
    for (text, offset) in texts where names.position(of: text) == nil {
      let hint = Suggestion.sentence(for: text, among: names.names)
      table.list.error(
        .fact, at: offset,
        "there is no fact '\(text)'\(hint); facts are age, sex, language, refill, appointment, encounter, "
          + "history, fields.NAME and the sets of valuesets.lua")
    }
    return Set(texts.map(\.text))
  }
}

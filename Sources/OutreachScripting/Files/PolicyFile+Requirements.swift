import Lua
import OutreachCore

extension PolicyReader {
  /// Reads `purposes`: names, or tables with a name and the days on which the purpose is allowed.
  mutating func readPurposes() {
    guard let list = table.table("purposes", called: "the purposes") else { return }
    guard list.table.fields.isEmpty else {
      list.list.error(at: list.offset, "'purposes' is a list; write purposes = { \"care_gap\" }")
      return
    }
    var versions: [String: [RuleVersion]] = [:]
    for (index, value) in list.table.array.enumerated() {
      let place = list.node?[index]?.valueOffset ?? list.offset
      var name: (text: String, offset: Int)?
      var provenance = Provenance()
      var written = list
      if case .string(let text) = value {
        name = (text, place)
      } else if let table = list.table(at: index, called: "the purpose") {
        table.checkKeys(["name"] + RuleSource.keys)
        name = table.text("name", example: "\"care_gap\"").map { ($0, table.valueOffset("name")) }
        provenance = RuleSource.read(table, on: day)
        written = table
      }
      guard let name, isAddable(name.text, at: name.offset) else { continue }
      if versions[name.text] != nil, provenance == Provenance() {
        table.list.error(at: name.offset, "\"\(name.text)\" is in the list twice")
        continue
      }
      policy.addedPurposes.append(AddedPurpose(Purpose(name.text), provenance))
      versions[name.text, default: []].append(RuleVersion(provenance: provenance, table: written))
    }
    for (name, versions) in versions {
      versions.checkSuccession(of: "the purpose '\(name)'")
      warnOfEnd(of: name, versions)
    }
  }

  /// Warns of a purpose that is over: its messages are refused, which may be what is meant.
  private func warnOfEnd(of name: String, _ versions: [RuleVersion]) {
    let standings = versions.map { $0.provenance.standing(on: day) }
    for (version, standing) in zip(versions, standings) {
      guard case .ended(let until) = standing,
        standings.allSatisfy({ if case .ended = $0 { true } else { false } })
      else { continue }
      version.table.list.warning(
        .policy, at: version.table.valueOffset("until_date"),
        "messages for '\(name)' were allowed until \(until) and are refused now; take the purpose out, or put "
          + "in the version that holds now")
    }
  }

  private func isAddable(_ name: String, at offset: Int) -> Bool {
    // 47 CFR 64.1200(a)(9)(iv)(D): nothing that sells, advertises or collects.
    if ["billing", "marketing", "advertising", "collection", "emergency"].contains(name) {
      table.list.error(
        at: offset, "the purpose \"\(name)\" cannot be added: this program sends messages of care only")
    } else if !Name.isIdentifier(name) {
      table.list.error(
        at: offset,
        "\"\(name)\" is no purpose's name; use small letters, digits and '_', such as \"care_gap\"")
    } else if Purpose.all.contains(Purpose(name)) {
      table.list.error(at: offset, "the purpose \"\(name)\" is always on the list; leave it out")
    } else {
      return true
    }
    return false
  }

  /// Reads the rules of which one version holds at a time.
  mutating func readRequirements() {
    let purposes = policy.purposes.map(\.rawValue)
    if let facts = dated(
      "facts", called: "the rule of facts", keys: ["maximum_age"] + purposes,
      { table in
        var facts = FactsRequirement()
        if let age = table.span("maximum_age") { facts.maximumAge = age.duration }
        for purpose in purposes {
          if let age = table.span(purpose) { facts.byPurpose[Purpose(purpose)] = age.duration }
        }
        return facts
      })
    {
      policy.facts = facts
    }
    if let contact = dated(
      "contact", called: "the rule of contact points",
      keys: ["fresh_for", "reassigned", "needs_reassigned_check"], contact)
    {
      policy.contact = contact
    }
    if let message = dated(
      "message", called: "the rule of messages", keys: ["characters", "expires_after", "same_text_after"],
      message)
    {
      policy.message = message
    }
    if let reply = dated(
      "reply", called: "the rule of replies", keys: ["hold", "urgent"],
      { table in
        ReplyHold(
          hold: table.span("hold")?.duration ?? ReplyHold().hold,
          urgent: self.purposes("urgent", of: table) ?? [])
      })
    {
      policy.reply = reply
    }
    if let revocation = dated(
      "revocation", called: "the rule of revocation", keys: ["scope"],
      { table in
        let scopes = RevocationScope.allCases.map(\.rawValue)
        let scope = table.choice("scope", among: scopes, example: "\"all\"", called: "scope")
        return scope.flatMap(RevocationScope.init) ?? .all
      })
    {
      policy.revocation = revocation
    }
    if let majority = dated(
      "majority", called: "the rule of majority", keys: ["age", "places", "own_consent_from"], majority)
    {
      policy.majority = majority
    }
  }

  private func contact(_ table: TableReader) -> ContactRequirement {
    var contact = ContactRequirement()
    if let span = table.span("fresh_for") { contact.freshness = span.duration }
    if let span = table.span("reassigned") {
      contact.reassignmentCheckHolds = span.duration
      // Carriers report disconnected numbers once a month: 84 FR 11226.
      if span.duration > .seconds(31 * 86_400) {
        table.list.warning(
          .policy, at: table.valueOffset("reassigned"),
          "carriers report every month, so an answer older than 30 days says little about a number")
      }
    }
    if let needed = table.boolean("needs_reassigned_check") { contact.needsReassignmentCheck = needed }
    return contact
  }

  private func message(_ table: TableReader) -> MessageLimits {
    var limits = MessageLimits()
    // 47 CFR 64.1200(a)(9)(iv)(E) says 160; a policy can only be stricter.
    if let characters = table.wholeNumber("characters", in: 20...160) {
      limits.maximumCharacters = characters
    }
    if let span = table.span("expires_after") { limits.expiresAfter = span.duration }
    if let span = table.span("same_text_after") { limits.sameTextPause = span.duration }
    return limits
  }

  private func majority(_ table: TableReader) -> Majority {
    let ages = 1...30
    var majority = Majority()
    if let age = table.wholeNumber("age", in: ages) { majority.age = age }
    if let places = table.table("places", called: "the table of places") {
      places.checkNoList()
      for (code, _) in places.named {
        if let fault = PlaceCodes.fault(of: code) { table.list.error(at: places.keyOffset(code), fault) }
        if let age = places.wholeNumber(code, in: ages) { majority.byPlace[Jurisdiction(code)] = age }
      }
    }
    majority.ownConsentFrom = table.wholeNumber("own_consent_from", in: ages)
    if let own = majority.ownConsentFrom, own > majority.age {
      table.list.error(
        at: table.valueOffset("own_consent_from"),
        "'own_consent_from' is \(own), which is above the age of majority, \(majority.age)")
    }
    return majority
  }
}

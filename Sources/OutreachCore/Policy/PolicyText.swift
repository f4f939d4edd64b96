/// The policy of a day in plain sentences, each with where it comes from.
public struct PolicyText: Hashable, Sendable {
  /// One rule.
  public struct Line: Hashable, Sendable {
    /// What the rule says, as one sentence or two.
    public var sentence: String
    /// Where it comes from and when somebody last compared it.
    ///
    /// `Source: 47 CFR 64.1200(c)(1), checked 2026-11-22.`
    public var source: String

    /// Makes a line.
    public init(sentence: String, source: String) {
      self.sentence = sentence
      self.source = source
    }
  }

  /// The rules about one thing.
  public struct Section: Hashable, Sendable {
    /// What they are about.
    public var title: String
    /// The rules, in the order of the policy.
    public var lines: [Line]

    /// Makes a section.
    public init(title: String, lines: [Line]) {
      self.title = title
      self.lines = lines
    }
  }

  /// The day.
  public let day: CivilDate
  /// The sections, none of them empty.
  public let sections: [Section]

  /// Tells a policy as it stands on a day; rules that have ended or are yet to begin say so.
  public init(_ policy: Policy, on day: CivilDate) {
    self.day = day
    let sections = [
      Section(title: "When messages may go out", lines: Self.hours(policy.quietHours, day)),
      Section(title: "How often", lines: policy.caps.map { Self.cap($0, policy.caps, day) }),
      Section(title: "Exempt from these limits", lines: policy.exemptions.map { Self.exemption($0, day) }),
      Section(
        title: "When to look at a patient's messages", lines: policy.fatigue.map { Self.mark($0, day) }),
      Section(title: "What messages may be about", lines: Self.purposes(policy.addedPurposes, day)),
      Section(title: "How fresh the facts must be", lines: Self.dated(policy.facts, day, Self.words)),
      Section(title: "What must be known of a number", lines: Self.dated(policy.contact, day, Self.words)),
      Section(title: "Messages", lines: Self.dated(policy.message, day, Self.words)),
      Section(title: "How much messages may show", lines: Self.dated(policy.disclosure, day, Self.words)),
      Section(title: "What messages must carry", lines: Self.dated(policy.content, day, Self.words)),
      Section(title: "When a patient has written in", lines: Self.dated(policy.reply, day, Self.words)),
      Section(
        title: "What a bare \"STOP\" ends", lines: Self.dated(policy.revocation, day, Self.words)),
      Section(title: "Who speaks for themselves", lines: Self.dated(policy.majority, day, Self.words)),
    ]
    self.sections = sections.filter { !$0.lines.isEmpty }
  }

  // MARK: Lines

  /// A rule as it stands on the day; `isSucceeded` tells of one that has ended that another version holds.
  private static func line(
    _ sentence: String, _ provenance: Provenance, _ day: CivilDate, isSucceeded: Bool = true
  ) -> Line {
    let source = provenance.source ?? "the clinic's own choice"
    let checked = provenance.checkedOn.map { ", checked \($0)" } ?? ""
    return Line(
      sentence: standing(sentence, provenance, day, isSucceeded), source: "Source: \(source)\(checked).")
  }

  private static func standing(
    _ sentence: String, _ provenance: Provenance, _ day: CivilDate, _ isSucceeded: Bool
  ) -> String {
    switch provenance.standing(on: day) {
    case .begins(let from): return "From \(from): \(sentence)"
    case .ended(let until):
      let rest = isSucceeded ? "" : " Nothing has followed it, so messages that it was about are refused."
      return "Until \(until): \(sentence)\(rest)"
    case .inForce:
      return provenance.until.map { "\(sentence) This holds until \($0)." } ?? sentence
    }
  }

  private static func dated<Rule>(_ rule: Dated<Rule>, _ day: CivilDate, _ words: (Rule) -> String) -> [Line]
  {
    let holds = rule.inForce(on: day) != nil
    return rule.versions.map { line(words($0.rule), $0.provenance, day, isSucceeded: holds) }
  }

  // MARK: Hours

  private static func hours(_ hours: QuietHours, _ day: CivilDate) -> [Line] {
    let bound = Provenance(source: "47 CFR 64.1200(c)(1)")
    var lines = [
      line(
        "Never outside of \(QuietHours.hardBound) of the patient's clock, whatever stands below.", bound, day)
    ]
    var told: [OpenHours] = []
    for rule in hours.rules {
      // Lines that differ in days and hours alone are one sentence.
      var common = rule
      common.weekdays = []
      common.window = .wholeDay
      guard !told.contains(common) else { continue }
      told.append(common)
      let parts = hours.rules.filter {
        var other = $0
        other.weekdays = []
        other.window = .wholeDay
        return other == common
      }
      let holds = hours.rules.contains {
        $0.name == rule.name && $0.provenance.standing(on: day) == .inForce
      }
      lines.append(line(sentence(parts, like: rule), rule.provenance, day, isSucceeded: holds))
    }
    return lines
  }

  private static func sentence(_ parts: [OpenHours], like rule: OpenHours) -> String {
    let places = rule.places.map { " (\(list($0.sorted().map(\.rawValue))))" } ?? ""
    let channels = rule.channels.map { ", by \(list($0.sorted().map(\.rawValue)))" } ?? ""
    let hours = parts.map { "\(days($0.weekdays)) \($0.window)" }.joined(separator: ", ")
    let clock = rule.clock.map { ", by the clock of \($0)" } ?? ""
    let rests = HolidayCalendar.allCases.filter(rule.rests.contains).map { calendar in
      switch calendar {
      case .federal: "on federal holidays"
      case .local: "on public holidays of the place"
      }
    }
    let rest = rests.isEmpty ? "" : "; not \(list(rests))"
    let name = rule.name.prefix(1).uppercased() + rule.name.dropFirst()
    return "\(name)\(places)\(channels): \(hours)\(clock)\(rest)."
  }

  /// Days in words, those in a row as a span: `Monday to Saturday`, `Monday, Thursday to Saturday`.
  private static func days(_ days: Set<Weekday>) -> String {
    if days.count == Weekday.allCases.count { return "every day" }
    var runs: [[Weekday]] = []
    for day in days.sorted() {
      if let last = runs.last?.last, last.rawValue + 1 == day.rawValue {
        runs[runs.count - 1].append(day)
      } else {
        runs.append([day])
      }
    }
    return runs.flatMap { run in
      run.count > 2 ? ["\(name(run[0])) to \(name(run[run.count - 1]))"] : run.map(name)
    }.joined(separator: ", ")
  }

  private static func name(_ day: Weekday) -> String {
    "\(day)".prefix(1).uppercased() + "\(day)".dropFirst()
  }

  // MARK: Caps

  private static func cap(_ cap: FrequencyCap, _ caps: [FrequencyCap], _ day: CivilDate) -> Line {
    // A name that was not made of the numbers is one that trails use and readers look for.
    let name =
      cap.name.hasPrefix("\(cap.limit) a ") || cap.name.hasPrefix("\(cap.limit) in ") ? "" : "\(cap.name): "
    let window =
      switch cap.window {
      case .rolling(let span): "in \(span.inWords)"
      case .calendarDay: "a calendar day"
      case .calendarWeek: "a calendar week"
      case .calendarMonth: "a calendar month"
      }
    var sentence = "\(name)at most \(messages(cap.limit))\(by(cap.channels)) \(window)"
    if let purposes = cap.purposes { sentence += " for \(list(purposes.sorted().map(\.rawValue)))" }
    if let campaigns = cap.campaigns {
      sentence += " of \(list(campaigns.map(\.rawValue).sorted()))"
    }
    switch cap.each {
    case .all: break
    case .purpose: sentence += ", each purpose by itself"
    case .campaign: sentence += ", each campaign by itself"
    }
    switch cap.holder {
    case .patient: break
    case .contactPoint: sentence += ", counted for the number, whoever it is for"
    case .household: sentence += ", all who share a number counted together"
    }
    if let places = cap.places { sentence += ", in \(list(places.sorted().map(\.rawValue)))" }
    if let reserve = cap.reserve {
      sentence += "; \(reserve.count) of them kept for \(list(reserve.purposes.sorted().map(\.rawValue)))"
    }
    let holds = caps.contains { $0.name == cap.name && $0.provenance.standing(on: day) == .inForce }
    return line(capitalized(sentence) + ".", cap.provenance, day, isSucceeded: holds)
  }

  private static func exemption(_ exemption: CapExemption, _ day: CivilDate) -> Line {
    var about: [String] = []
    if let purposes = exemption.purposes { about.append("for \(list(purposes.sorted().map(\.rawValue)))") }
    if let campaigns = exemption.campaigns { about.append("of \(list(campaigns.map(\.rawValue).sorted()))") }
    let obeys = exemption.obeys ? "are held back by these limits" : "are not held back by these limits"
    let counts = exemption.counts ? "count toward them" : "do not count toward them"
    return line(
      "Messages \(about.joined(separator: " ")) \(obeys) and \(counts).", exemption.provenance, day)
  }

  private static func mark(_ mark: FatigueMark, _ day: CivilDate) -> Line {
    line(
      "Somebody should look from \(messages(mark.limit))\(by(mark.channels)) in \(mark.span.inWords) on.",
      mark.provenance, day)
  }

  // MARK: Other rules

  private static func purposes(_ added: [AddedPurpose], _ day: CivilDate) -> [Line] {
    let closed = Provenance(source: "47 CFR 64.1200(a)(9)(iv)(C)")
    return [line("\(capitalized(list(Purpose.all.map(\.rawValue)))).", closed, day)]
      + added.map { purpose in
        let holds = added.contains {
          $0.purpose == purpose.purpose && $0.provenance.standing(on: day) == .inForce
        }
        return line(
          "\(capitalized(purpose.purpose.rawValue)), with consent of its own.", purpose.provenance, day,
          isSucceeded: holds)
      }
  }

  private static func words(_ facts: FactsRequirement) -> String {
    let own = facts.byPurpose.sorted { $0.key < $1.key }.map { "\($0.value.inWords) for \($0.key)" }
    let rest = own.isEmpty ? "" : "; \(list(own))"
    return "The last import may be at most \(facts.maximumAge.inWords) old\(rest)."
  }

  private static func words(_ contact: ContactRequirement) -> String {
    let check =
      contact.needsReassignmentCheck
      ? "A number needs an answer of the reassigned-numbers database"
      : "No answer of the reassigned-numbers database is needed; one"
    return
      "A number counts as the patient's for \(contact.freshness.inWords) after the last sign that it is. "
      + "\(check) \(contact.needsReassignmentCheck ? "that is" : "counts while it is") at most "
      + "\(contact.reassignmentCheckHolds.inWords) old."
  }

  private static func words(_ limits: MessageLimits) -> String {
    "A text has at most \(limits.maximumCharacters) characters. A message may be put off for "
      + "\(limits.expiresAfter.inWords) unless its campaign says otherwise. The same text does not go to the "
      + "same number again within \(limits.sameTextPause.inWords)."
  }

  private static func words(_ rule: DisclosureRule) -> String {
    let cleared = rule.clearance.sorted { $0.key < $1.key }.map { "\($0.value.name) by \($0.key)" }
    return "Messages are \(rule.unasked.name) unless the patient wishes otherwise, and at most "
      + "\(list(cleared + ["\(rule.otherwise.name) by \(cleared.isEmpty ? "any channel" : "any other channel")"])). "
      + "Those of restricted programmes and about minors are sealed."
  }

  private static func words(_ content: ContentRequirement) -> String {
    func on(_ channels: Set<Channel>) -> String { list(channels.sorted().map(\.rawValue)) }
    var sentences: [String] = []
    if !content.sender.isEmpty { sentences.append("A message by \(on(content.sender)) says who is writing.") }
    if !content.callBack.isEmpty {
      sentences.append("One by \(on(content.callBack)) says how to reach the clinic.")
    }
    sentences.append(
      "Every text says how to stop, and reads at grade \(content.maximumGrade) at most; above "
        + "\(content.warnedGrade) there is a warning.")
    return sentences.joined(separator: " ")
  }

  private static func words(_ reply: ReplyHold) -> String {
    let urgent =
      reply.urgent.isEmpty
      ? "" : ", but not those for \(list(reply.urgent.sorted().map(\.rawValue)))"
    return "Messages wait for \(reply.hold.inWords)\(urgent)."
  }

  private static func words(_ scope: RevocationScope) -> String {
    switch scope {
    case .topic: "Messages of the purpose that was answered, on every channel."
    case .channel: "Every message on the channel by which it came."
    case .all: "Every message on every channel."
    }
  }

  private static func words(_ majority: Majority) -> String {
    let own = majority.byPlace.sorted { $0.key < $1.key }.map { "\($0.value) in \($0.key)" }
    let minors = majority.ownConsentFrom.map { " A minor's own consent counts from \($0) years on." } ?? ""
    return "A parent's consent ends at \(list(["\(majority.age) years"] + own)).\(minors)"
  }

  // MARK: Words

  private static func messages(_ count: Int) -> String { "\(count) message\(count == 1 ? "" : "s")" }

  private static func by(_ channels: Set<Channel>?) -> String {
    channels.map { " by \(list($0.sorted().map(\.rawValue)))" } ?? ""
  }

  private static func list(_ parts: [String]) -> String {
    guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
    return "\(parts.dropLast().joined(separator: ", ")) and \(last)"
  }

  private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

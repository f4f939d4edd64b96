import Outreach

/// A preview for people: what goes out, as a phone shows it, and what does not, by reason.
struct PreviewText {
  let campaigns: [Campaign]
  let clinic: Clinic
  let zone: Zone
  let zones: ZoneCatalogue
  let at: Instant
  let reveals: Bool
  /// How each campaign stands with those who approve.
  let standings: [CampaignID: ApprovalStanding]
  private var decisions: [Decision] = []
  private var tasks: [PatientTask] = []

  init(
    campaigns: [Campaign], clinic: Clinic, zone: Zone, zones: ZoneCatalogue, at: Instant, reveals: Bool,
    standings: [CampaignID: ApprovalStanding]
  ) {
    self.campaigns = campaigns
    self.clinic = clinic
    self.zone = zone
    self.zones = zones
    self.at = at
    self.reveals = reveals
    self.standings = standings
  }

  mutating func add(_ decision: Decision) { decisions.append(decision) }
  mutating func add(_ task: PatientTask) { tasks.append(task) }

  /// The whole preview, at most 80 columns wide.
  func finished(_ summary: PreviewSummary) -> String {
    var page = Page()
    heading(summary, on: &page)
    let sent = decisions.filter { $0.verdict == .send }
    if !sent.isEmpty {
      page.title("Goes out now: \(sent.count)")
      messages(sent, on: &page)
    }
    let later = decisions.filter { $0.verdict == .defer }
    if !later.isEmpty {
      page.title("Goes out later: \(later.count)")
      for (reason, group) in grouped(later) {
        page.line("\(reason.words) (\(reason.rawValue)): \(group.count)")
        messages(group, on: &page)
      }
    }
    let refused = decisions.filter { $0.verdict == .suppress }
    if !refused.isEmpty {
      page.title("Does not go out: \(refused.count)")
      for (reason, group) in grouped(refused) {
        page.line("\(reason.words) (\(reason.rawValue)): \(group.count)")
        for decision in group { page.item(decision.patient.rawValue, "", named(decision)) }
        page.gap()
      }
    }
    if !tasks.isEmpty {
      page.title("Work for people: \(tasks.count)")
      for task in tasks {
        let due = task.due.map { "by \(LocalClock.day(zone.date(at: $0)))" } ?? ""
        let instead = task.insteadOf.map { "instead of \($0)" } ?? ""
        page.item(
          task.patient.rawValue, task.kind,
          [task.occurrence?.rawValue ?? "", due, instead].filter { !$0.isEmpty }.joined(separator: ", "))
      }
      page.gap()
    }
    page.line("Plan \(summary.plan.prefix(12)). Nothing was sent.")
    return page.text
  }

  private func heading(_ summary: PreviewSummary, on page: inout Page) {
    for campaign in campaigns.sorted(by: { $0.id < $1.id }) {
      page.strong("\(campaign.title) (\(campaign.id))")
      if let standing = standings[campaign.id] { page.line(approval(standing)) }
    }
    page.line("\(clinic.name), \(LocalClock.minute(zone.civil(at: at))) \(LocalClock.city(zone.name)) time")
    page.gap()
    let refused = summary.suppressed.values.reduce(0, +)
    page.line(
      "\(count(summary.patients, "patient")), \(summary.inAudience) in the audience: \(count(summary.send, "message")) now, "
        + "\(summary.deferred) later, \(refused) refused; \(count(summary.tasks, "task")); nothing due for \(summary.nothing + summary.skip)."
    )
    if summary.fatigued > 0 {
      page.line(
        "\(count(summary.fatigued, "patient")) \(summary.fatigued == 1 ? "has" : "have") been reached so often that "
          + "somebody should look; 'outreach explain' says how often.")
    }
    page.gap()
  }

  private func approval(_ standing: ApprovalStanding) -> String {
    func day(_ approval: Approval) -> String { LocalClock.day(zone.date(at: approval.at)) }
    switch standing {
    case .approved(let approval): return "Approved by \(approval.by) on \(day(approval))."
    case .void(let approval, let changes):
      let what = changes.isEmpty ? "it" : changes.joined(separator: ", ")
      return
        "Not approved: since \(approval.by) did on \(day(approval)), \(what) changed. 'outreach approve' binds again."
    case .never: return "Not approved yet: 'outreach approve' binds somebody to it, before it can be sent."
    }
  }

  /// Shows each wording once, as the first of its patients sees it, and under it everybody who gets it.
  private func messages(_ decisions: [Decision], on page: inout Page) {
    var left = decisions
    while let first = left.first {
      let same = left.filter { Self.isSameWording($0, first) }
      left.removeAll { Self.isSameWording($0, first) }
      page.line(
        "  \(first.message?.rawValue ?? "") by \(first.channel?.rawValue ?? ""), in \(Self.language(first))")
      if let text = first.text {
        if first.channel == .voice {
          page.bubble(VoiceScript(saying: text, in: Self.language(first), clinic: clinic).opening)
        }
        page.bubble(reveals ? text.revealed : text.masked)
      }
      for decision in same { recipient(decision, on: &page) }
      page.gap()
    }
  }

  private func recipient(_ decision: Decision, on page: inout Page) {
    let to = (reveals ? decision.recipient?.revealed : decision.recipient?.description) ?? ""
    var notes = [when(decision), decision.occurrence?.rawValue ?? ""]
    if decision.channel == .sms, let encoding = decision.text?.encoding, encoding.segments > 1 {
      notes.append(
        "\(encoding.segments) segments \(encoding.alphabet.rawValue)\(encoding.isLong ? ", long" : "")")
    }
    page.item(decision.patient.rawValue, to, notes.filter { !$0.isEmpty }.joined(separator: ", "))
  }

  private func when(_ decision: Decision) -> String {
    guard let sendAt = decision.sendAt, let name = decision.zones.first,
      case .success(let zone) = zones.zone(named: name)
    else { return "" }
    return
      "\(LocalClock.minute(zone.civil(at: sendAt), relativeTo: zone.date(at: at))) \(LocalClock.city(name))"
  }

  private static func isSameWording(_ left: Decision, _ right: Decision) -> Bool {
    left.campaign == right.campaign && left.message == right.message && left.channel == right.channel
      && language(left) == language(right)
  }

  /// The language without its region, which wordings share.
  private static func language(_ decision: Decision) -> String {
    String((decision.language ?? "").prefix { $0 != "-" && $0 != "_" })
  }

  private func named(_ decision: Decision) -> String {
    let what = [decision.message?.rawValue, decision.occurrence?.rawValue].compactMap { $0 }.joined(
      separator: ", ")
    return [what, detail(decision)].filter { !$0.isEmpty }.joined(separator: ": ")
  }

  private func detail(_ decision: Decision) -> String {
    (decision.rules.last { $0.reason == decision.reason } ?? decision.rules.first { $0.verdict != .allow })?
      .detail ?? ""
  }

  /// Groups in the order of the guard's list of reasons.
  private func grouped(_ decisions: [Decision]) -> [(Reason, [Decision])] {
    Reason.allCases.compactMap { reason in
      let group = decisions.filter { $0.reason == reason }
      return group.isEmpty ? nil : (reason, group)
    }
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

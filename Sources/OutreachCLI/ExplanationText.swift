import Outreach

/// An explanation in sentences, every rule on a line of its own.
struct ExplanationText {
  let explanation: Explanation
  let zone: Zone
  let zones: ZoneCatalogue

  /// The explanation, at most 80 columns wide.
  var page: String {
    var page = Page()
    page.strong(
      "\(explanation.patient) at \(LocalClock.minute(zone.civil(at: explanation.at))) \(LocalClock.city(zone.name)) time"
    )
    page.gap()
    past(on: &page)
    for outcome in explanation.outcomes {
      page.title("\(outcome.campaign)")
      if !outcome.isInAudience { page.line("The campaign does not speak to this patient.") }
      for why in outcome.skips { page.line("The script leaves the patient alone: \(why)") }
      for decision in outcome.decisions { describe(decision, on: &page) }
      if let failure = outcome.failure {
        page.line("The script said: \(failure.message)")
        for frame in failure.stack { page.line("  at \(frame)") }
      }
      for task in outcome.tasks {
        page.line("Work for people: \(task.kind)\(task.occurrence.map { ", \($0)" } ?? "").")
      }
      if outcome.isInAudience, outcome.decisions.isEmpty, outcome.tasks.isEmpty, outcome.skips.isEmpty {
        page.line("Nothing is due.")
      }
      if !outcome.read.isEmpty { page.line("The script used: \(outcome.read.joined(separator: ", ")).") }
      page.gap()
    }
    return page.text
  }

  /// What was said and sent before, the oldest first.
  private func past(on page: inout Page) {
    let record = explanation.record
    page.title("Until now")
    if record.consents.isEmpty { page.line("Nothing was ever said about consent.") }
    for group in ConsentWords.grouped(record.consents.sorted(by: { $0.at < $1.at }), { $0 }) {
      page.hanging("  \(ConsentText.day(group.event, zone: zone))  ", group.sentence(zone: zone))
    }
    if record.facts.contacts.isEmpty { page.line("No message went out or came in.") }
    for contact in record.facts.contacts.sorted(by: { $0.at < $1.at }) {
      page.hanging("  \(LocalClock.day(zone.date(at: contact.at)))  ", sentence(contact))
    }
    page.gap()
  }

  private func sentence(_ contact: PastContact) -> String {
    let channel = contact.channel.map { "by \($0)" } ?? "by a channel that nobody recorded"
    let what = contact.key.map { "\($0.message) of \($0.campaign) (\($0.occurrence))" } ?? "A message"
    return switch contact.status {
    case .sent: "\(what) went out \(channel)."
    case .delivered: "\(what) arrived \(channel)."
    case .undelivered: "\(what) went out \(channel) and did not arrive."
    case .refused: "\(what) was refused by the provider."
    case .inDoubt: "\(what) may have gone out \(channel); nobody knows."
    case .inboundOpen: "The patient wrote in \(channel), and nobody has answered."
    case .inboundClosed:
      "The patient wrote in \(channel)\(contact.replyCode.map { " ('\($0)')" } ?? "")."
    }
  }

  private func describe(_ decision: Decision, on page: inout Page) {
    let what = [decision.message?.rawValue, decision.occurrence?.rawValue].compactMap { $0 }.joined(
      separator: ", ")
    page.line("\(what.isEmpty ? "The script" : what): \(verdict(decision))")
    for rule in decision.rules {
      let sign =
        switch rule.verdict {
        case .allow: "  yes   "
        case .defer: "  later "
        case .suppress: "  no    "
        }
      page.hanging(
        sign + rule.rule + String(repeating: " ", count: max(1, 14 - rule.rule.count)),
        rule.detail + (rule.allowsFrom.map { "; allows from \(local($0, decision))" } ?? ""))
    }
    if decision.isFatigued {
      page.line("The patient has been reached so often in a year that somebody should look.")
    }
    if decision.verdict == .defer, let at = decision.sendAt {
      page.line(
        "Next possible: \(local(at, decision))"
          + (decision.heldBy.map { ", \(HoldWords.clause(for: $0))" } ?? "") + ".")
    } else if decision.verdict == .suppress, let remedy = decision.reason?.remedy {
      page.line("What would change it: \(remedy)")
    }
  }

  /// An instant by the clock of the likeliest of the patient's zones, or else the clinic's.
  private func local(_ instant: Instant, _ decision: Decision) -> String {
    guard let name = decision.zones.first, case .success(let place) = zones.zone(named: name) else {
      return "\(LocalClock.minute(zone.civil(at: instant))) \(LocalClock.city(zone.name)) time"
    }
    return "\(LocalClock.minute(place.civil(at: instant))) \(LocalClock.city(name)) time"
  }

  private func verdict(_ decision: Decision) -> String {
    switch decision.verdict {
    case .send: return "goes out now by \(decision.channel?.rawValue ?? "no channel")."
    case .defer:
      let when = decision.sendAt.map { local($0, decision) } ?? "later"
      return "goes out \(when). \(decision.reason?.words ?? "")."
    case .suppress: return "does not go out. \(decision.reason?.words ?? "")."
    }
  }
}

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
        sign + rule.rule + String(repeating: " ", count: max(1, 14 - rule.rule.count)), rule.detail)
    }
  }

  private func verdict(_ decision: Decision) -> String {
    switch decision.verdict {
    case .send: return "goes out now by \(decision.channel?.rawValue ?? "no channel")."
    case .defer:
      var when = "later"
      if let at = decision.sendAt, let name = decision.zones.first,
        case .success(let place) = zones.zone(named: name)
      {
        when = "\(LocalClock.minute(place.civil(at: at))) \(LocalClock.city(name)) time"
      }
      return "goes out \(when). \(decision.reason?.words ?? "")."
    case .suppress: return "does not go out. \(decision.reason?.words ?? "")."
    }
  }
}

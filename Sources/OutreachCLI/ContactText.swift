import Outreach

/// How a patient's numbers stand, for people at a terminal; numbers show their last four digits.
struct ContactText {
  let patient: PatientHandle
  let numbers: [NumberRecord]
  let at: Instant
  let zone: Zone

  /// The numbers, at most 80 columns wide.
  var page: String {
    var page = Page()
    page.strong("\(patient), numbers on \(LocalClock.minute(zone.civil(at: at)))")
    page.gap()
    if numbers.isEmpty { page.line("No number is on record that can be read.") }
    for record in numbers {
      page.title("\(record.number): \(Self.words(record.standing, zone: zone))")
      if !record.others.isEmpty {
        page.line(
          "  Shared with \(record.others.map(\.rawValue).joined(separator: ", ")): only messages that tell nothing about "
            + "anybody may go there, and they count for all.")
      }
      for evidence in record.evidence {
        page.hanging(
          "  \(day(evidence.at))  ",
          sentence(evidence.kind) + (evidence.by.map { ", by \($0)" } ?? "")
            + (evidence.reference.map { ", evidence \($0)" } ?? "") + ".")
      }
      for event in record.revocations {
        page.hanging("  \(day(event.at))  ", "Somebody who had the number withdrew.")
      }
      if record.evidence.isEmpty, record.revocations.isEmpty { page.line("  Nothing was recorded about it.") }
      page.gap()
    }
    return page.text
  }

  /// How a number stands, in words.
  static func words(_ standing: ContactStanding, zone: Zone) -> String {
    func day(_ instant: Instant) -> String { LocalClock.day(zone.date(at: instant)) }
    let last = standing.lastKnown.map { "; last known to be the patient's \(day($0))" } ?? ""
    return switch standing.state {
    case .verified(let evidence): "verified \(day(evidence.at))"
    case .unverified: "not verified\(last)"
    case .stale: "stale\(last)"
    case .unchecked: "no answer of the reassigned-numbers database"
    case .reassigned(let evidence): "reassigned, as of \(day(evidence.at))"
    case .suspended(let evidence): "suspended \(day(evidence.at))"
    }
  }

  private func sentence(_ kind: ContactEvidence.Kind) -> String {
    switch kind {
    case .confirmationAsked: "Asked whether the number is right"
    case .confirmed: "Confirmed"
    case .wrongNumber: "Answered that it is a wrong number"
    case .suspended: "Taken out of use"
    case .reinstated: "Put back into use"
    case .reassignment(.yes, let since): "Reassigned: it was given up on or after \(LocalClock.day(since))"
    case .reassignment(.no, let since): "Not reassigned since \(LocalClock.day(since))"
    case .reassignment(.noData, let since): "No data on reassignment since \(LocalClock.day(since))"
    }
  }

  private func day(_ instant: Instant) -> String { LocalClock.day(zone.date(at: instant)) }
}

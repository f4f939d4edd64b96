import Outreach

/// A patient's record for people at a terminal.
struct RecordText {
  let record: PatientRecord
  let zone: Zone
  let reveals: Bool

  /// The record, at most 80 columns wide.
  var page: String {
    var page = Page()
    page.strong(reveals ? "\(record.handle): \(name)" : "\(record.handle)")
    page.line("Record: \(standing)")
    if reveals { page.line("Source identifier: \(record.identity.id.rawValue)") }
    page.line("Language: \(record.facts.language ?? "not stated")")
    page.line("Time zone: \(record.identity.timeZone ?? "not stated")")
    let states = record.identity.addresses.compactMap(\.state)
    page.line("State: \(states.isEmpty ? "not stated" : states.joined(separator: ", "))")
    page.gap()
    page.title("Numbers and addresses: \(record.identity.contactPoints.count)")
    for point in record.identity.contactPoints { page.line("  \(describe(point))") }
    page.gap()
    page.title("Consent: \(record.consents.count)")
    for event in record.consents { page.line("  \(describe(event))") }
    page.gap()
    page.title("Messages so far: \(record.facts.contacts.count)")
    for contact in record.facts.contacts.sorted(by: { $0.at < $1.at }) { page.line("  \(describe(contact))") }
    page.gap()
    page.title("Facts")
    page.line(
      "  \(record.facts.conditions.count) conditions, \(record.facts.medicationOrders.count) prescriptions, "
        + "\(record.facts.dispenses.count) hand-overs, \(record.facts.observations.count) measurements, "
        + "\(record.facts.appointments.count) appointments, \(record.facts.encounters.count) visits, "
        + "\(record.facts.immunizations.count) vaccinations, \(record.facts.flags.count) warnings")
    return page.text
  }

  private var name: String {
    [record.identity.givenName, record.identity.familyName].compactMap { $0 }.joined(separator: " ")
  }

  private var standing: String {
    switch record.standing {
    case .deleted: return "deleted by the source"
    case .replaced: return "replaced by another record"
    case .cyclic: return "its links go round in a circle"
    case .current: break
    }
    if record.facts.isDeceased { return "of a person who has died" }
    if record.facts.isTest { return "a test record" }
    return record.facts.isActive ? "active" : "not active"
  }

  private func describe(_ point: ContactPoint) -> String {
    let use = point.use.map { "\($0)" } ?? "no use stated"
    let rank = point.rank.map { ", rank \($0)" } ?? ""
    let shown: String
    var state = ""
    if let reading = point.phone {
      shown = reveals ? (reading.number?.e164 ?? point.typed) : (reading.number.map { "\($0)" } ?? "•••")
      state = reading.isValid ? ", \(reading.kind.rawValue)" : ", cannot be used"
      if let number = reading.number, record.sharedNumbers.contains(number) {
        state += ", shared with another patient"
      }
    } else {
      shown = reveals ? point.typed : "\(point.typed.prefix(1))•••"
    }
    return "\(point.system) \(shown) (\(use)\(rank)\(state))"
  }

  private func describe(_ event: ConsentEvent) -> String {
    let until = event.expiresAt.map { ", until \(LocalClock.day(zone.date(at: $0)))" } ?? ""
    let day = event.at == .earliest ? "undated" : LocalClock.day(zone.date(at: event.at))
    let wording = event.wording.map { ", \($0)" } ?? ""
    return
      "\(day): \(event.kind == .granted ? "agreed to" : "refused") \(event.purpose?.rawValue ?? "every purpose") by "
      + "\(event.channel?.rawValue ?? "every channel")\(until)\(wording)"
  }

  private func describe(_ contact: PastContact) -> String {
    let about = contact.key.map { " \($0.campaign), \($0.message), \($0.occurrence)" } ?? ""
    return
      "\(LocalClock.minute(zone.civil(at: contact.at))): \(contact.channel?.rawValue ?? "some channel"), "
      + "\(contact.status)\(about)"
  }
}

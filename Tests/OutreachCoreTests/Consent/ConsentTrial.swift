import OutreachCore

/// A ledger of words about one patient, asked about a text message for a prescription.
///
/// It is 23 November 2026, noon in Greenwich, and the patient was born on 1 March 1980, unless a test says
/// otherwise.
struct ConsentTrial {
  static let number = phone("+13125550123")
  static let newNumber = phone("+13125550188")

  var events: [ConsentEvent] = []
  var numberRevocations: [ConsentEvent] = []
  var question = ConsentQuestion(
    purpose: .prescription, channel: .sms, sender: "main", number: number,
    birthDate: day("1980-03-01"), places: [.state("IL")], policy: Policy(), zone: .utc,
    now: at("2026-11-23T12:00:00Z"))

  init(_ events: [ConsentEvent] = [], _ change: (inout ConsentTrial) -> Void = { _ in }) {
    self.events = events
    change(&self)
  }

  var state: ConsentState {
    ConsentState(of: events, numberRevocations: numberRevocations, for: question)
  }

  /// A telephone number written in a test.
  static func phone(_ e164: String) -> PhoneNumber {
    guard let number = PhoneNumber(e164: e164) else { preconditionFailure("'\(e164)' is no number") }
    return number
  }

  /// A word said at noon of a day.
  static func word(
    _ kind: ConsentEvent.Kind, _ date: String, by source: ConsentEvent.Source = .patient,
    _ change: (inout ConsentEvent) -> Void = { _ in }
  ) -> ConsentEvent {
    var event = ConsentEvent(
      evidence: ResourceID("Consent/\(date)-\(kind)-\(source)"), kind: kind, purpose: nil, channel: nil,
      at: at("\(date)T12:00:00Z"), source: source, reference: "scan 7")
    change(&event)
    return event
  }
}

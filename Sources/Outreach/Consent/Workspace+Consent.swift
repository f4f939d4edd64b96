import FoundationEssentials
public import OutreachCore
import OutreachImport
import OutreachStore

/// What was said about one patient's consent, the oldest first, with when each word was recorded.
public struct ConsentLedger: Sendable {
  /// One entry.
  public struct Entry: Sendable {
    /// What was said.
    public var event: ConsentEvent
    /// When it came into the ledger.
    public var recordedAt: Instant
    /// Whether a later version of the same record stands in its place.
    public var isSuperseded: Bool
  }

  /// The patient.
  public var patient: PatientHandle
  /// The entries, those of merged records among them.
  public var entries: [Entry]
}

extension Workspace {
  /// Adds words about consent to a patient's ledger; all of them or none.
  ///
  /// - Parameters:
  ///   - events: what was said; the ledger gives each its evidence identifier.
  ///   - name: the patient's handle or the source's identifier.
  ///   - now: the present.
  /// - Returns: the patient's handle.
  /// - Throws: ``OutreachError`` of kind `refused` for a grant over the patient's own revocation that is not the
  ///   patient's or a proxy's own, or has no evidence, and for a question that was asked too often or a moment ago.
  @discardableResult
  public func recordConsent(
    _ events: [ConsentEvent], of name: PatientName, at now: Instant
  ) throws(OutreachError) -> PatientHandle {
    let ledger = try consentLedger(of: name)
    let known = ledger.entries.filter { !$0.isSuperseded }.map(\.event)
    try Self.refuseUndoing(events, known)
    if events.contains(where: { $0.kind == .pending }),
      let refusal = ConfirmationRequests.refusal(after: known, at: now)
    {
      throw OutreachError(.refused, refusal)
    }
    do {
      try registry.record(try events.flatMap { try atNumbers($0, of: name) }, of: ledger.patient, at: now)
    } catch {
      throw OutreachError(wrapping: error)
    }
    return ledger.patient
  }

  /// Everything that was ever said about a patient's consent.
  ///
  /// - Throws: ``OutreachError`` when there is no such patient.
  public func consentLedger(of name: PatientName) throws(OutreachError) -> ConsentLedger {
    do {
      guard let handle = try registry.handle(named: name), let entries = try registry.ledger(of: name) else {
        throw OutreachError(.badInput, "no patient has that handle or identifier")
      }
      return ConsentLedger(
        patient: handle,
        entries: entries.map {
          ConsentLedger.Entry(event: $0.event, recordedAt: $0.recordedAt, isSuperseded: $0.isSuperseded)
        })
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// Adds the words of a CSV file to the ledgers of its patients; all of them or none.
  ///
  /// - Returns: how many words of how many patients were recorded.
  /// - Throws: ``OutreachError`` with one finding a fault; nothing is then recorded.
  public func importConsents(from path: String, at now: Instant) throws(OutreachError) -> (
    words: Int, patients: Int
  ) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw OutreachError(.badInput, "\(path) cannot be read")
    }
    do {
      let zone = try zones.zone(named: clinic.timeZone).get()
      let file = ConsentFile(
        Array(data), path: path,
        options: ImportOptions(
          defaultRegion: clinic.country, zone: zone, now: now, purposes: policy.purposes))
      var findings = file.findings
      var words: [PatientHandle: [(event: ConsentEvent, position: SourcePosition)]] = [:]
      for entry in file.entries {
        guard let handle = try registry.handle(named: PatientName(entry.patient)) else {
          findings.append(
            Finding(
              .error, .name, at: entry.position, "the registry has no patient of that handle or identifier"))
          continue
        }
        words[handle, default: []].append((entry.event, entry.position))
      }
      for (handle, events) in words where findings.isEmpty {
        let known = try consentLedger(of: .handle(handle)).entries.filter { !$0.isSuperseded }.map(\.event)
        // What is in the ledger already, or in an earlier row, is not said again.
        var said = Set(known.map(\.saying))
        let new = events.filter { said.insert($0.event.saying).inserted }
        let all = known + new.map(\.event)
        for entry in new where Self.undoes(entry.event, all) {
          findings.append(Finding(.error, .policy, at: entry.position, Self.undoing))
        }
        words[handle] = new
      }
      guard findings.isEmpty else {
        throw OutreachError(
          .badInput, "\(path) was not taken; nothing was recorded",
          findings: Array(Set(findings)).sorted { $0.position < $1.position })
      }
      words = words.filter { !$0.value.isEmpty }
      var events: [PatientHandle: [ConsentEvent]] = [:]
      for (handle, entries) in words {
        events[handle] = try entries.flatMap { try atNumbers($0.event, of: .handle(handle)) }
      }
      try registry.record(events, at: now)
      return (words.values.reduce(0) { $0 + $1.count }, words.count)
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// A patient's consents as a FHIR R4 Bundle of Consent resources.
  ///
  /// - Parameter reveal: whether the resources refer to the patient by the source's identifier, by which they can be
  ///   imported again, and not by the handle.
  /// - Throws: ``OutreachError`` when there is no such patient.
  public func exportConsents(of name: PatientName, reveal: Bool) throws(OutreachError) -> String {
    let ledger = try consentLedger(of: name)
    do {
      var patient = PatientID(ledger.patient.rawValue)
      if reveal { _ = try patients.withPatient(name) { patient = try $0.identity().id } }
      let export = ConsentExport(purposes: policy.purposes)
      let events = ledger.entries.filter { !$0.isSuperseded }.map(\.event)
      // An identifier that the source made may tell whose record it is.
      var known: [ResourceID: ResourceID] = [:]
      for event in events where known[event.evidence] == nil {
        known[event.evidence] = ResourceID("Ledger/\(known.count + 1)")
      }
      let bytes = try export.bundle(
        reveal
          ? events
          : events.map { event in
            var event = event
            event.evidence = known[event.evidence] ?? event.evidence
            return event
          }, of: patient)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// A revocation with each number that the person has at the time, so that it stays with the number when the person
  /// gets another one.
  ///
  /// A number that others have too is left out, unless the word came from it: theirs is not the patient's to
  /// revoke.
  private func atNumbers(_ event: ConsentEvent, of name: PatientName) throws -> [ConsentEvent] {
    guard event.kind == .revoked, event.number == nil else { return [event] }
    guard event.channel.map({ $0 == .sms || $0 == .voice }) ?? true else { return [event] }
    var events: [ConsentEvent] = []
    _ = try patients.withPatient(name) { entry in
      for number in try entry.numbers() where try event.method == .reply || entry.others(at: number).isEmpty {
        var event = event
        event.number = number
        events.append(event)
      }
    }
    return events.isEmpty ? [event] : events
  }

  /// A patient's own word wins: over it only another word of theirs with evidence counts.
  private static func refuseUndoing(_ events: [ConsentEvent], _ known: [ConsentEvent]) throws(OutreachError) {
    for event in events where undoes(event, known + events) { throw OutreachError(.refused, undoing) }
  }

  private static let undoing =
    "the patient withdrew; only a new grant of theirs with evidence ends that: say who gave it and where it can be "
    + "found ('by' and 'evidence')"

  /// Whether a word would undo what the patient or a proxy withdrew, and is not such a word with evidence.
  private static func undoes(_ event: ConsentEvent, _ known: [ConsentEvent]) -> Bool {
    guard event.kind == .granted || event.kind == .transferred else { return false }
    if event.source == .patient || event.source == .proxy, event.hasReference { return false }
    return known.contains { earlier in
      earlier.kind == .revoked && (earlier.source == .patient || earlier.source == .proxy)
        && earlier.at <= event.at
        && (earlier.purpose == nil || event.purpose == nil || earlier.purpose == event.purpose)
        && (earlier.channel == nil || event.channel == nil || earlier.channel == event.channel)
    }
  }
}

extension ConsentEvent {
  /// What is said, whatever the identifier and whoever recorded it.
  fileprivate var saying: ConsentEvent {
    var event = self
    event.evidence = ResourceID("")
    event.recordedBy = nil
    // A revocation is kept with each number that the person had.
    if kind == .revoked { event.number = nil }
    return event
  }
}

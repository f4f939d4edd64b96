import FoundationEssentials
public import OutreachCore
import OutreachImport
import OutreachStore

/// What is known about one of a patient's numbers.
public struct NumberRecord: Sendable {
  /// The number.
  public var number: PhoneNumber
  /// How it stands at the instant that was asked for.
  public var standing: ContactStanding
  /// Everything that became known of it, the oldest first.
  public var evidence: [ContactEvidence]
  /// What anybody revoked at it, the oldest first.
  public var revocations: [ConsentEvent]
  /// The other active patients who have it.
  public var others: [PatientHandle]
}

extension Workspace {
  /// What is known about a patient's numbers, in the order of the record.
  ///
  /// - Throws: ``OutreachError`` when there is no such patient.
  public func numbers(of name: PatientName, at now: Instant) throws(OutreachError) -> (
    patient: PatientHandle, numbers: [NumberRecord]
  ) {
    do {
      var found: (PatientHandle, [NumberRecord])?
      let zone = try zones.zone(named: clinic.timeZone).get()
      let requirement = policy.contact.inForce(on: zone.date(at: now)) ?? ContactRequirement()
      _ = try patients.withPatient(name) { entry in
        var patient = GuardedPatient(
          handle: entry.handle, facts: try entry.facts(), identity: try entry.identity(),
          consents: try entry.consents())
        var records: [NumberRecord] = []
        for point in patient.identity.contactPoints {
          guard let number = point.phone?.number, !records.contains(where: { $0.number == number }) else {
            continue
          }
          patient.evidence[number] = try entry.evidence(of: number)
          records.append(
            NumberRecord(
              number: number,
              standing: patient.standing(of: point, on: .sms, requirement: requirement, zone: zone, at: now),
              evidence: patient.evidence[number] ?? [], revocations: try entry.revocations(at: number),
              others: try entry.others(at: number)))
        }
        found = (entry.handle, records)
      }
      guard let found else { throw OutreachError(.badInput, "no patient has that handle or identifier") }
      return found
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// The number of a patient that somebody named by its last four digits or in full.
  ///
  /// - Throws: ``OutreachError`` when the patient has no such number, or two that end in the same digits.
  public func number(_ written: String, of name: PatientName) throws(OutreachError) -> PhoneNumber {
    do {
      var numbers: [PhoneNumber]?
      _ = try patients.withPatient(name) { numbers = try $0.numbers() }
      guard let numbers else { throw OutreachError(.badInput, "no patient has that handle or identifier") }
      let full = PhoneNumberParser(defaultRegion: clinic.country).parse(written).number
      let fitting = numbers.filter { $0 == full || $0.lastFour == written }
      if fitting.count > 1 {
        throw OutreachError(
          .usage, "two of the patient's numbers end in these digits; write the whole number")
      }
      guard let number = fitting.first else {
        throw OutreachError(
          .badInput, "the patient has no such number; name one by its last four digits, or in full")
      }
      return number
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// Records what became known about a number, for everybody who has it.
  ///
  /// - Returns: the active patients who have the number.
  @discardableResult
  public func record(_ evidence: ContactEvidence, of number: PhoneNumber) throws(OutreachError)
    -> [PatientHandle]
  {
    do {
      try registry.record(evidence, of: number)
      return try registry.holders(of: number)
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// Records the answers of the reassigned-numbers database that a CSV file holds; all of them or none.
  ///
  /// - Returns: how many answers of each kind were recorded.
  /// - Throws: ``OutreachError`` with a sentence with `file:line` for each fault; nothing is then recorded.
  public func importReassignments(fromFile path: String, at now: Instant) throws(OutreachError)
    -> [ReassignmentAnswer: Int]
  {
    switch zones.zone(named: clinic.timeZone) {
    case .success(let zone):
      try importReassignments(
        from: ReassignedNumberFile(path: path, defaultRegion: clinic.country, zone: zone, now: now))
    case .failure(let error): throw OutreachError(.badInput, "the clinic's zone cannot be used: \(error)")
    }
  }

  /// Records the answers of a source of reassigned numbers; all of them or none.
  ///
  /// - Returns: how many answers of each kind were recorded.
  /// - Throws: ``OutreachError`` when the source cannot answer; nothing is then recorded.
  public func importReassignments(from source: any ReassignedNumberSource) throws(OutreachError)
    -> [ReassignmentAnswer: Int]
  {
    do {
      let answers = try source.answers()
      try registry.record(answers.map { ($0.number, $0.evidence) })
      var counts: [ReassignmentAnswer: Int] = [:]
      for answer in answers {
        if case .reassignment(let said, _) = answer.evidence.kind { counts[said, default: 0] += 1 }
      }
      return counts
    } catch let error as ReassignedNumberFileError {
      throw OutreachError(.badInput, "nothing was recorded:\n\(error)")
    } catch {
      throw OutreachError(wrapping: error)
    }
  }
}

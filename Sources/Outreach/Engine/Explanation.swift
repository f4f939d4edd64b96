public import OutreachCore
public import OutreachScripting

/// Why a patient does or does not hear from campaigns.
public struct Explanation: Sendable {
  /// The patient.
  public var patient: PatientHandle
  /// The patient's record: what was said and sent until now.
  public var record: PatientRecord
  /// What each campaign came to, also where the patient is outside its audience.
  public var outcomes: [CampaignOutcome]
  /// The instant for which it holds.
  public var at: Instant
}

extension Engine {
  /// Explains one patient: every campaign, every message and every rule.
  ///
  /// - Parameters:
  ///   - name: the patient's handle or the source's identifier.
  ///   - scripts: the campaigns.
  ///   - now: the instant for which to decide.
  ///   - approval: whether campaigns must be approved, as they must be to be sent.
  /// - Throws: ``OutreachError`` when there is no such patient.
  public func explain(
    _ name: PatientName, campaigns scripts: [CampaignScript], at now: Instant,
    approval: GuardEnvironment.Approval = .notNeeded
  ) throws(OutreachError) -> Explanation {
    do {
      let run = try patientRun(try ordered(scripts), at: now, approval: approval)
      try settleHousehold(of: name, in: run)
      var explanation: Explanation?
      _ = try patients.withPatient(name) { entry in
        let outcomes = try run.outcomes(for: entry)
        explanation = Explanation(
          patient: entry.handle, record: try PatientRecord(entry),
          outcomes: run.scripts.map { script in
            outcomes.first { $0.campaign == script.campaign.id }
              ?? CampaignOutcome(of: script.campaign.id, isInAudience: false)
          }, at: now)
      }
      guard let explanation else {
        throw OutreachError(.badInput, "no patient has that handle or identifier")
      }
      return explanation
    } catch {
      throw OutreachError(wrapping: error)
    }
  }
}

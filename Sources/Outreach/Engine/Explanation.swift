public import OutreachCore
public import OutreachScripting

/// Why a patient does or does not hear from campaigns.
public struct Explanation: Sendable {
  /// The patient.
  public var patient: PatientHandle
  /// What each campaign came to, also where the patient is outside its audience.
  public var outcomes: [CampaignOutcome]
  /// The instant for which it holds.
  public var at: Instant
}

extension Engine {
  /// Explains one patient: every campaign, every message and every rule.
  ///
  /// - Throws: ``OutreachError`` when there is no such patient.
  public func explain(
    _ name: PatientName, campaigns scripts: [CampaignScript], at now: Instant
  ) throws(OutreachError) -> Explanation {
    do {
      let run = PatientRun(
        scripts: try ordered(scripts),
        environment: try guardEnvironment(at: now),
        shared: try patients.sharedResources())
      var explanation: Explanation?
      _ = try patients.withPatient(name) { entry in
        explanation = Explanation(patient: entry.handle, outcomes: try run.outcomes(for: entry), at: now)
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

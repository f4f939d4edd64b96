public import OutreachCore

/// What a patient's consent comes to for one purpose and channel.
public struct ConsentStanding: Hashable, Sendable {
  /// The purpose.
  public var purpose: Purpose
  /// The channel.
  public var channel: Channel
  /// What holds.
  public var state: ConsentState
}

extension Engine {
  /// What a patient's consent comes to at an instant: each purpose and channel of which something was said.
  ///
  /// - Throws: ``OutreachError`` when there is no such patient.
  public func consent(of name: PatientName, at now: Instant) throws(OutreachError) -> [ConsentStanding] {
    var standings: [ConsentStanding]?
    do {
      _ = try patients.withPatient(name) { entry in
        let (events, facts, identity) = (try entry.consents(), try entry.facts(), try entry.identity())
        let numbers = try entry.numbers()
        let revoked = try numbers.flatMap { try entry.revocations(at: $0) }
        standings = policy.purposes.flatMap { purpose in
          Channel.all.map { channel in
            let isSpoken = channel == .sms || channel == .voice
            let question = ConsentQuestion(
              purpose: purpose, channel: channel, sender: clinic.sender,
              number: isSpoken ? numbers.first : nil,
              birthDate: facts.birthDate,
              places: identity.addresses.compactMap(\.state).map(Jurisdiction.state), policy: policy,
              zone: clinicZone, now: now)
            return ConsentStanding(
              purpose: purpose, channel: channel,
              state: ConsentState(of: events, numberRevocations: isSpoken ? revoked : [], for: question))
          }
        }.filter { $0.state != .missing }
      }
    } catch {
      throw OutreachError(wrapping: error)
    }
    guard let standings else { throw OutreachError(.badInput, "no patient has that handle or identifier") }
    return standings
  }
}

import OutreachCore

/// What one run plans for patients who share a number with others, and what went out to these before.
///
/// Patients come in order of handle, so of a household the one with the lower handle is settled first, and the
/// others count what was planned for them. It belongs to one run.
final class Household {
  private let patients: any PatientSource
  private var planned: [PatientHandle: [JointMessage]] = [:]
  private var history: [PatientHandle: [JointMessage]] = [:]

  init(of patients: any PatientSource) { self.patients = patients }

  /// What went out or is planned to others who have one of the numbers.
  ///
  /// A past message whose number nobody recorded may have gone to the shared one, and counts as if it had.
  func messages(to others: [PatientHandle], sharing number: PhoneNumber) throws -> [JointMessage] {
    try others.flatMap { handle in
      try sent(to: handle).map { message in
        var message = message
        message.recipient = message.recipient ?? .phone(number)
        return message
      } + planned[handle, default: []]
    }
  }

  /// Notes what is planned for a patient who shares a number.
  func note(_ decisions: [Decision], of handle: PatientHandle, purposes: [CampaignID: Purpose]) {
    planned[handle] = decisions.compactMap { decision in
      decision.sendAt.map { instant in
        JointMessage(
          at: instant, channel: decision.channel, recipient: decision.recipient,
          purpose: purposes[decision.campaign], campaign: decision.campaign,
          text: decision.text.map { TextFingerprint(of: $0.revealed) })
      }
    }
  }

  private func sent(to handle: PatientHandle) throws -> [JointMessage] {
    if let known = history[handle] { return known }
    var messages: [JointMessage] = []
    _ = try patients.withPatient(.handle(handle)) { entry in
      messages = try entry.facts().contacts.filter(\.countsTowardCaps).map { contact in
        JointMessage(
          at: contact.at, channel: contact.channel, recipient: contact.number.map(Recipient.phone),
          purpose: contact.purpose, campaign: contact.key?.campaign, text: contact.text)
      }
    }
    history[handle] = messages
    return messages
  }

  /// The patients whose plans have a part in a patient's, in order of handle: those of lower handle who share a
  /// number with them, or with one of these.
  static func settledBefore(_ name: PatientName, among patients: any PatientSource) throws -> [PatientHandle]
  {
    var found: Set<PatientHandle> = []
    func collect(_ name: PatientName) throws {
      var lower: [PatientHandle] = []
      _ = try patients.withPatient(name) { entry in
        for number in try entry.numbers()
        where try (2...GuardedPatient.largestHousehold).contains(entry.holders(of: number)) {
          lower += try entry.others(at: number).filter { $0 < entry.handle }
        }
      }
      for handle in lower where found.insert(handle).inserted { try collect(.handle(handle)) }
    }
    try collect(name)
    return found.sorted()
  }
}

extension PatientEntry {
  /// The telephone numbers on record, each once, in their order.
  func numbers() throws -> [PhoneNumber] {
    var numbers: [PhoneNumber] = []
    for number in try identity().contactPoints.compactMap({ $0.phone?.number })
    where !numbers.contains(number) {
      numbers.append(number)
    }
    return numbers
  }
}

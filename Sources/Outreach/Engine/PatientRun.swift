public import OutreachCore
public import OutreachScripting

/// What one campaign came to for one patient.
public struct CampaignOutcome: Sendable {
  /// The campaign.
  public var campaign: CampaignID
  /// Whether the campaign speaks to the patient at all.
  public var isInAudience: Bool
  /// Messages, in the order in which they were settled.
  public var decisions: [Decision]
  /// Work for people.
  public var tasks: [PatientTask]
  /// Why the script left the patient alone, in its own words: health information.
  public var skips: [String]
  /// The facts the script read, by name.
  public var read: [String]
  /// Why the script has no answer for the patient; what it says itself is health information.
  public var failure: ScriptFailure?

  init(of campaign: CampaignID, isInAudience: Bool) {
    self.campaign = campaign
    self.isInAudience = isInAudience
    decisions = []
    tasks = []
    skips = []
    read = []
  }
}

/// Work for a person about one patient.
public struct PatientTask: Hashable, Sendable {
  /// The patient.
  public var patient: PatientHandle
  /// The campaign that asks for it.
  public var campaign: CampaignID
  /// The kind of work, one of the clinic's list.
  public var kind: String
  /// What it is about.
  public var occurrence: Occurrence?
  /// By when it should be done.
  public var due: Instant?
  /// The message in whose stead it is done, when that one was refused.
  public var insteadOf: MessageID?
}

/// Runs campaigns for one patient after another: the one path that preview and every later verb share.
struct PatientRun {
  let scripts: [CampaignScript]
  let environment: GuardEnvironment
  let shared: SharedResources
  let household: Household

  /// Asks every campaign and settles all their messages together; campaigns that do not speak to the patient have no
  /// outcome.
  ///
  /// Identity, consent and contact points are opened only when a campaign proposes a message.
  func outcomes(for entry: any PatientEntry) throws -> [CampaignOutcome] {
    var outcomes: [CampaignOutcome] = []
    var candidates: [Candidate] = []
    for script in scripts {
      let proposal: Proposal
      do {
        guard let answer = try script.propose(for: entry, shared: shared, at: environment.now) else {
          continue
        }
        proposal = answer
      } catch let failure as ScriptFailure {
        var outcome = CampaignOutcome(of: script.campaign.id, isInAudience: true)
        outcome.read = failure.read
        outcome.failure = failure
        outcome.decisions.append(Decision(failure, of: script.campaign.id, for: entry.handle))
        outcomes.append(outcome)
        continue
      }
      var outcome = CampaignOutcome(of: script.campaign.id, isInAudience: true)
      outcome.read = proposal.read
      try take(proposal, of: script.campaign, for: entry, into: &outcome, &candidates)
      outcomes.append(outcome)
    }
    guard !candidates.isEmpty else { return outcomes }
    let patient = try guarded(entry)
    let decisions = try Guard(environment: environment).decide(candidates, for: patient) {
      candidate, instant in
      try isStillProposed(candidate, for: entry, at: instant)
    }
    if !patient.sharedNumbers.isEmpty {
      household.note(
        decisions, of: entry.handle,
        purposes: Dictionary(candidates.map { ($0.campaign.id, $0.campaign.purpose) }) { first, _ in first })
    }
    for decision in decisions {
      guard let index = outcomes.firstIndex(where: { $0.campaign == decision.campaign }) else { continue }
      outcomes[index].decisions.append(decision)
      if decision.verdict == .suppress,
        let task = candidates.first(where: { Self.names($0, decision) })?.intent.onRefused
      {
        outcomes[index].tasks.append(
          self.task(task, of: decision.campaign, for: entry.handle, insteadOf: decision.message))
      }
    }
    for index in outcomes.indices { outcomes[index].decisions.sort(by: Self.isPrinted) }
    return outcomes
  }

  private func take(
    _ proposal: Proposal, of campaign: Campaign, for entry: any PatientEntry,
    into outcome: inout CampaignOutcome,
    _ candidates: inout [Candidate]
  ) throws {
    for item in proposal.items {
      switch item {
      case .send(let intent):
        guard let message = campaign.messages[intent.message] else { continue }
        let candidate = Candidate(
          campaign: campaign, intent: intent, message: message,
          occurrence: try occurrence(of: intent, in: campaign, for: entry), read: proposal.read)
        // Saying the same thing twice in one answer is saying it once.
        if !candidates.contains(where: { Self.isSame($0, candidate) }) { candidates.append(candidate) }
      case .task(let request):
        outcome.tasks.append(task(request, of: campaign.id, for: entry.handle, insteadOf: nil))
      case .skip(let why): outcome.skips.append(why)
      }
    }
  }

  private func task(
    _ request: TaskRequest, of campaign: CampaignID, for handle: PatientHandle, insteadOf message: MessageID?
  ) -> PatientTask {
    PatientTask(
      patient: handle, campaign: campaign, kind: request.kind,
      occurrence: request.about.map(occurrence(of:)), due: request.due, insteadOf: message)
  }

  /// What a message is about: its fact, or, where the campaign repeats it, how many times it has been said.
  private func occurrence(
    of intent: Intent, in campaign: Campaign, for entry: any PatientEntry
  ) throws -> Occurrence {
    if let subject = intent.about { return occurrence(of: subject) }
    guard campaign.repeatAfter != nil else { return .once }
    let said = try entry.facts().contacts.count { contact in
      !contact.isInbound && contact.status != .refused && contact.key?.campaign == campaign.id
        && contact.key?.message == intent.message
    }
    return Occurrence("no. \(said + 1)")
  }

  private func occurrence(of subject: Subject) -> Occurrence {
    subject.occurrence(clinicZone: environment.clinicZone)
  }

  /// Opens what the guard looks at.
  private func guarded(_ entry: any PatientEntry) throws -> GuardedPatient {
    var patient = GuardedPatient(
      handle: entry.handle, standing: entry.standing, facts: try entry.facts(),
      identity: try entry.identity(), consents: try entry.consents(), preferences: try entry.preferences())
    var asked: Set<PatientHandle> = []
    for number in try entry.numbers() {
      let (evidence, revocations) = (try entry.evidence(of: number), try entry.revocations(at: number))
      if !evidence.isEmpty { patient.evidence[number] = evidence }
      if !revocations.isEmpty { patient.numberRevocations[number] = revocations }
      let holders = try entry.holders(of: number)
      guard holders > 1 else { continue }
      patient.sharedNumbers.insert(number)
      guard holders <= GuardedPatient.largestHousehold else {
        patient.crowdedNumbers.insert(number)
        continue
      }
      let others = try entry.others(at: number).filter { asked.insert($0).inserted }
      patient.jointMessages += try household.messages(to: others, sharing: number)
    }
    return patient
  }

  /// Whether the campaign would propose the message at a later instant; a script that fails then would not.
  private func isStillProposed(_ candidate: Candidate, for entry: any PatientEntry, at instant: Instant)
    throws -> Bool
  {
    try isProposed(
      candidate.message.id, candidate.occurrence, of: candidate.campaign.id, for: entry, at: instant)
  }

  /// Whether a campaign proposes a message at an instant; a script that fails then does not.
  func isProposed(
    _ message: MessageID, _ occurrence: Occurrence, of campaign: CampaignID, for entry: any PatientEntry,
    at instant: Instant
  ) throws -> Bool {
    guard let script = scripts.first(where: { $0.campaign.id == campaign }) else { return false }
    do {
      guard let proposal = try script.propose(for: entry, shared: shared, at: instant) else { return false }
      return try proposal.items.contains { item in
        guard case .send(let intent) = item, intent.message == message else { return false }
        return try self.occurrence(of: intent, in: script.campaign, for: entry) == occurrence
      }
    } catch is ScriptFailure {
      return false
    }
  }

  /// The order in which the decisions of one patient and campaign are shown.
  private static func isPrinted(_ left: Decision, before right: Decision) -> Bool {
    (left.message?.rawValue ?? "", left.occurrence?.rawValue ?? "")
      < (right.message?.rawValue ?? "", right.occurrence?.rawValue ?? "")
  }

  private static func isSame(_ left: Candidate, _ right: Candidate) -> Bool {
    left.campaign.id == right.campaign.id && left.message.id == right.message.id
      && left.occurrence == right.occurrence
  }

  private static func names(_ candidate: Candidate, _ decision: Decision) -> Bool {
    candidate.campaign.id == decision.campaign && candidate.message.id == decision.message
      && candidate.occurrence == decision.occurrence
  }
}

extension Decision {
  /// The decision about a patient for whom the script failed: no message, and a reason that says why.
  fileprivate init(_ failure: ScriptFailure, of campaign: CampaignID, for handle: PatientHandle) {
    self.init(
      patient: handle, campaign: campaign, message: nil, occurrence: nil, verdict: .suppress,
      reason: failure.decisionReason,
      rules: [
        RuleResult(
          rule: "script", verdict: .suppress, reason: failure.decisionReason, detail: failure.trailDescription
        )
      ], read: failure.read)
  }
}

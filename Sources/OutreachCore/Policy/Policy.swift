/// What the clinic allows, as `policy.lua` declares it.
///
/// The defaults are those of a United States primary-care clinic. A number without a rule behind it is a
/// choice of this program and says so. A rule that does not hold on a day is unknown on it, and what hangs on
/// an unknown rule is refused.
public struct Policy: Sendable, Hashable {
  /// The name of the policy, such as `us-primary-care`.
  public var name: String
  /// When messages may go out.
  public var quietHours: QuietHours
  /// How often a patient may be reached; all of them hold together.
  public var caps: [FrequencyCap]
  /// Messages for which caps are switched off.
  public var exemptions: [CapExemption]
  /// How many messages in a while somebody should look at.
  public var fatigue: [FatigueMark]
  /// Purposes beyond the closed list of ``Purpose/all``; they need consent of their own.
  public var addedPurposes: [AddedPurpose]
  /// How old the last import may be.
  public var facts: Dated<FactsRequirement>
  /// What must be known of a number.
  public var contact: Dated<ContactRequirement>
  /// How long messages may be and stay of use.
  public var message: Dated<MessageLimits>
  /// How long messages wait after the patient has written in.
  public var reply: Dated<ReplyHold>
  /// What a revocation ends that does not say what it is about.
  public var revocation: Dated<RevocationScope>
  /// From which age on people speak for themselves.
  public var majority: Dated<Majority>

  /// Makes the default policy.
  public init() {
    name = "us-primary-care"
    quietHours = QuietHours()
    caps = FrequencyCap.healthcareExemption
    exemptions = []
    fatigue = FatigueMark.steiner2021
    addedPurposes = []
    facts = Dated(FactsRequirement())
    contact = Dated(ContactRequirement())
    message = Dated(MessageLimits())
    reply = Dated(ReplyHold())
    revocation = Dated(.all)
    majority = Dated(Majority())
  }

  /// Every purpose that a campaign may name: the closed list and the added ones.
  public var purposes: [Purpose] { Purpose.all + addedPurposes.map(\.purpose) }

  /// How a purpose stands on a day; nil for one that nobody has put on the list.
  public func standing(of purpose: Purpose, on day: CivilDate) -> Provenance.Standing? {
    if Purpose.all.contains(purpose) { return .inForce }
    if Purpose.refused.contains(purpose) { return nil }
    let standings = addedPurposes.filter { $0.purpose == purpose }.map { $0.provenance.standing(on: day) }
    return standings.first { $0 == .inForce } ?? standings.first
  }
}

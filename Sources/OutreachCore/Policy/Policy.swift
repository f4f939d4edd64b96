/// What the clinic allows, as `policy.lua` declares it.
///
/// The defaults are those of a United States primary-care clinic. A number without a rule behind it is a
/// choice of this program and says so.
public struct Policy: Sendable, Hashable {
  /// The name of the policy, such as `us-primary-care`.
  public var name: String
  /// When messages may go out.
  public var quietHours: QuietHours
  /// How often a patient may be reached; all of them hold together.
  public var caps: [FrequencyCap]
  /// Purposes beyond the closed list of ``Purpose/all``; they need consent of their own.
  public var addedPurposes: [Purpose]
  /// How old the last import may be when a message goes out.
  public var factsMaximumAge: Duration
  /// Stricter or looser ages for single purposes.
  public var factsMaximumAgeByPurpose: [Purpose: Duration]
  /// How long a number counts as the patient's after the last evidence that it is.
  public var contactFreshness: Duration
  /// The most characters of a text message, 47 CFR 64.1200(a)(9)(iv)(E).
  public var maximumCharacters: Int
  /// How long a message may be put off when the campaign does not say when it expires.
  public var expiresAfter: Duration
  /// How long messages wait after the patient has written in.
  public var replyHold: Duration

  /// Makes the default policy.
  public init() {
    name = "us-primary-care"
    quietHours = QuietHours()
    caps = FrequencyCap.healthcareExemption
    addedPurposes = []
    factsMaximumAge = .seconds(3 * 86_400)
    factsMaximumAgeByPurpose = [.appointment: .seconds(86_400)]
    contactFreshness = .seconds(540 * 86_400)
    maximumCharacters = 160
    expiresAfter = .seconds(7 * 86_400)
    replyHold = .seconds(3_600)
  }

  /// Whether messages may be sent for the purpose at all.
  public func knows(_ purpose: Purpose) -> Bool {
    Purpose.all.contains(purpose) || addedPurposes.contains(purpose)
  }

  /// How old the last import may be for a message of the purpose.
  public func factsMaximumAge(for purpose: Purpose) -> Duration {
    factsMaximumAgeByPurpose[purpose] ?? factsMaximumAge
  }
}

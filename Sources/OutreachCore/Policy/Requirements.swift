/// How old the last import may be when a message goes out.
public struct FactsRequirement: Hashable, Sendable {
  /// The age for purposes without their own.
  public var maximumAge: Duration
  /// Stricter or looser ages for single purposes.
  public var byPurpose: [Purpose: Duration]

  /// Makes a requirement; without arguments three days, and one for appointments.
  public init(
    maximumAge: Duration = .seconds(3 * 86_400),
    byPurpose: [Purpose: Duration] = [.appointment: .seconds(86_400)]
  ) {
    self.maximumAge = maximumAge
    self.byPurpose = byPurpose
  }

  /// How old the last import may be for a message of the purpose.
  public func maximumAge(for purpose: Purpose) -> Duration { byPurpose[purpose] ?? maximumAge }
}

/// What must be known of a number before it is used.
public struct ContactRequirement: Hashable, Sendable {
  /// How long a number counts as the patient's after the last evidence that it is.
  public var freshness: Duration
  /// How long an answer of the reassigned-numbers database may be relied on; carriers report monthly.
  public var reassignmentCheckHolds: Duration
  /// Whether a number must have an answer that still holds.
  public var needsReassignmentCheck: Bool

  /// Makes a requirement; without arguments 540 days, 30 days for answers, and no answer needed.
  public init(
    freshness: Duration = .seconds(540 * 86_400), reassignmentCheckHolds: Duration = .seconds(30 * 86_400),
    needsReassignmentCheck: Bool = false
  ) {
    self.freshness = freshness
    self.reassignmentCheckHolds = reassignmentCheckHolds
    self.needsReassignmentCheck = needsReassignmentCheck
  }
}

/// How long messages may be, how long they stay of use, and how soon a text may be said again.
public struct MessageLimits: Hashable, Sendable {
  /// The most characters of a text message, 47 CFR 64.1200(a)(9)(iv)(E).
  public var maximumCharacters: Int
  /// How long a message may be put off when the campaign does not say when it expires.
  public var expiresAfter: Duration
  /// How long the same text is not said again to the same number, whatever the campaign.
  public var sameTextPause: Duration

  /// Makes limits; without arguments 160 characters, seven days and two days.
  public init(
    maximumCharacters: Int = 160, expiresAfter: Duration = .seconds(7 * 86_400),
    sameTextPause: Duration = .seconds(2 * 86_400)
  ) {
    self.maximumCharacters = maximumCharacters
    self.expiresAfter = expiresAfter
    self.sameTextPause = sameTextPause
  }
}

/// How long messages wait after the patient has written in.
public struct ReplyHold: Hashable, Sendable {
  /// The time after an incoming message.
  public var hold: Duration
  /// Purposes whose messages do not wait.
  public var urgent: Set<Purpose>

  /// Makes a hold; without arguments an hour for every purpose.
  public init(hold: Duration = .seconds(3_600), urgent: Set<Purpose> = []) {
    self.hold = hold
    self.urgent = urgent
  }
}

/// What a revocation ends when the person did not say what it is about, as "STOP" does.
public enum RevocationScope: String, Hashable, Sendable, CaseIterable {
  /// Messages of the purpose that was answered, on every channel.
  case topic
  /// Every message on the channel by which it came.
  case channel
  /// Every message on every channel.
  case all
}

/// From which age on people speak for themselves.
public struct Majority: Hashable, Sendable {
  /// The age where no place has its own, in years.
  public var age: Int
  /// The ages of places that have their own.
  public var byPlace: [Jurisdiction: Int]
  /// The age from which a minor's own consent counts; nil is that of majority.
  public var ownConsentFrom: Int?

  /// Makes a rule; without arguments eighteen years everywhere.
  public init(age: Int = 18, byPlace: [Jurisdiction: Int] = [:], ownConsentFrom: Int? = nil) {
    self.age = age
    self.byPlace = byPlace
    self.ownConsentFrom = ownConsentFrom
  }

  /// The age of majority for somebody who may be in any of some places: the lowest ends a parent's consent.
  ///
  /// A country's own age counts only where no state of it is known.
  public func age(in places: [Jurisdiction]) -> Int {
    places.filter { place in !places.contains { $0.isPart(of: place) } }
      .map { byPlace[$0] ?? age }.min() ?? age
  }

  /// The age from which somebody who may be in any of some places is of age in all of them.
  func highestAge(in places: [Jurisdiction]) -> Int {
    if places.isEmpty || byPlace.isEmpty { return age }
    return places.reduce(0) { max($0, byPlace[$1] ?? age) }
  }
}

/// A purpose beyond the closed list, which needs consent of its own.
public struct AddedPurpose: Hashable, Sendable {
  /// The purpose.
  public var purpose: Purpose
  /// Where it comes from and when it holds; outside of these days its messages are refused.
  public var provenance: Provenance

  /// Makes an added purpose.
  public init(_ purpose: Purpose, _ provenance: Provenance = Provenance()) {
    self.purpose = purpose
    self.provenance = provenance
  }
}

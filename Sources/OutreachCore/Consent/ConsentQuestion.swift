/// Everything that decides what the words of a consent ledger amount to for one message.
public struct ConsentQuestion: Hashable, Sendable {
  /// What the message is for.
  public var purpose: Purpose
  /// How it would go out.
  public var channel: Channel
  /// The name under which it would go out.
  public var sender: String
  /// The number it would go to; nil for an address, or where there is none.
  public var number: PhoneNumber?
  /// When the patient was born, where that is known.
  public var birthDate: CivilDate?
  /// Where the patient may be; the age of majority hangs on it.
  public var places: [Jurisdiction]
  /// What a revocation ends that does not say what it is about.
  public var revocation: Dated<RevocationScope>
  /// From which age on people speak for themselves.
  public var majority: Dated<Majority>
  /// The zone whose calendar names the day of a word.
  public var zone: Zone
  /// The instant for which to answer.
  public var now: Instant

  /// Makes a question.
  public init(
    purpose: Purpose, channel: Channel, sender: String, number: PhoneNumber? = nil,
    birthDate: CivilDate? = nil, places: [Jurisdiction] = [], policy: Policy, zone: Zone, now: Instant
  ) {
    self.purpose = purpose
    self.channel = channel
    self.sender = sender
    self.number = number
    self.birthDate = birthDate
    self.places = places
    revocation = policy.revocation
    majority = policy.majority
    self.zone = zone
    self.now = now
  }

  /// How far ahead of the present a revocation may be dated and still count: clocks differ, and a day may be
  /// that of another zone.
  public static let clockSkew = Duration.seconds(86_400)

  /// Whether a revocation speaks of the message, whoever sends it and wherever it goes.
  ///
  /// One that does not say what it is about ends what the policy said on its day; where no rule held,
  /// everything.
  func isRevoked(by event: ConsentEvent) -> Bool {
    guard event.at <= now + Self.clockSkew else { return false }
    let isPurpose = event.purpose == nil || event.purpose == purpose
    let isChannel = event.channel == nil || event.channel == channel
    if event.isScopeStated { return isPurpose && isChannel }
    return switch revocation.inForce(on: zone.date(at: event.at)) {
    case .topic: isPurpose
    case .channel: isChannel
    case .all, nil: true
    }
  }

  /// Whether another word than a revocation has been said by now and speaks of the message.
  func isSpokenOf(by event: ConsentEvent) -> Bool {
    event.at <= now && (event.purpose == nil || event.purpose == purpose)
      && (event.channel == nil || event.channel == channel)
  }
}

/// What stands against a grant that is on record.
public enum ConsentLack: Hashable, Sendable {
  /// It holds for another sender.
  case otherSender
  /// It names another number, and nothing says that it goes on at this one.
  case otherNumber
  /// A minor gave it, whose parents would have to.
  case minor
  /// A parent gave it, or a person on their own, and nothing tells whether the patient is of age.
  case ageUnknown
  /// The staff recorded it without saying where the evidence is.
  case noReference
}

extension ConsentQuestion {
  /// How a grant stands by itself, whatever else was said.
  enum Footing: Hashable {
    case sound
    /// It held until the patient came of age.
    case outgrown(CivilDate)
    case lacking(ConsentLack)
  }

  /// How a grant that speaks of the message stands by itself; the number is looked at apart.
  func footing(of grant: ConsentEvent) -> Footing {
    if let named = grant.sender, named != sender { return .lacking(.otherSender) }
    switch grant.source {
    case .record: return .sound
    case .staff: return grant.hasReference ? .sound : .lacking(.noReference)
    case .patient: return ownWord(grant)
    case .proxy: return proxyWord(grant)
    }
  }

  /// A person's own grant counts from the age of consent on; where the places differ, from the highest.
  ///
  /// Where the rule of its day is unknown, from twenty-one: no state has a later majority (Miss. Code § 1-3-27).
  private func ownWord(_ grant: ConsentEvent) -> Footing {
    let day = zone.date(at: grant.at)
    guard let rule = majority.inForce(on: day) else {
      guard let birthDate else { return .lacking(.ageUnknown) }
      return birthDate.age(on: day) >= Self.latestMajority ? .sound : .lacking(.minor)
    }
    guard let birthDate else { return .sound }
    let highest = rule.highestAge(in: places)
    return birthDate.age(on: day) >= rule.ownConsentFrom ?? highest ? .sound : .lacking(.minor)
  }

  /// A parent's or guardian's grant ends when the patient comes of age, by the rule of today.
  ///
  /// Without a rule or a birth date nobody can tell, and it does not hold. Who acts for an adult, such as a
  /// health care agent, is no parent; of a proxy about whom nothing is said the patient's age on the day of
  /// the grant decides.
  private func proxyWord(_ grant: ConsentEvent) -> Footing {
    let day = zone.date(at: grant.at)
    switch grant.grantor?.lowercased() {
    case "parent", "guardian": break
    case "agent", "health care agent", "health_care_agent": return .sound
    default:
      if let birthDate, let rule = majority.inForce(on: day),
        birthDate.age(on: day) >= rule.highestAge(in: places)
      {
        return .sound
      }
    }
    let today = zone.date(at: now)
    guard let birthDate, let rule = majority.inForce(on: today) else { return .lacking(.ageUnknown) }
    let age = rule.age(in: places)
    guard birthDate.age(on: today) >= age else { return .sound }
    return .outgrown(birthDate.birthday(age))
  }

  private static let latestMajority = 21
}

extension CivilDate {
  /// The first day on which somebody born on this date has completed so many years.
  fileprivate func birthday(_ years: Int) -> CivilDate {
    CivilDate(year: year + years, month: month, day: day) ?? CivilDate(year: year + years, month: 3, day: 1)
      ?? .latest
  }
}

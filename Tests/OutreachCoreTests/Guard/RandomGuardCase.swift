import OutreachCore

/// Patients of whom anything may be wrong, for properties that must hold whatever is.
enum RandomGuardCase {
  private static let numbers = [
    "+13125550123", "+13125550124", "+13125550125", "+17735550126", "+12125550147", "+15415550199",
    "+19285550110", "+18085550101", "+18005550123", "+12085550166",
    "+525512345678",
  ]
  private static let states = ["IL", "IL", "NY", "AZ", "IN", "HI", "TX", "TX", "ZZ", "PR"]
  private static let names = [
    "Ana", "José", "O'Brien", "Mary Ann", "Zoë", "Ana", "Li", "María", "Noa", "4na", "", "Nguyễn", "evil.com",
  ]

  static func make(_ dice: inout SeededDice) -> GuardCaseBuilder {
    var made = GuardCaseBuilder()
    made.now = at("2026-03-01T00:00:00Z") + .minutes(dice.int(0...500_000))
    made.factsAsOf = dice.chance(2) ? nil : made.now - .hours(dice.pick([-2, 1, 5, 20, 23, 30, 71, 80]))
    made.approval = dice.chance(90) ? .notNeeded : .needed(approved: dice.chance(50) ? ["hash-of-c1"] : [])
    made.standing = dice.chance(95) ? .current : dice.pick([.replaced, .deleted, .cyclic])
    // Half of each part is left as it is, so that enough of the cases go through to the end.
    made.consents = [GuardCaseBuilder.grant(at: made.now - .days(200), channel: nil)]
    if dice.chance(50) { made.facts = facts(&dice, now: made.now) }
    if dice.chance(50) { made.identity = identity(&dice, now: made.now) }
    if dice.chance(50) { made.consents = consents(&dice, now: made.now) }
    made.sharedNumbers = Set(numbers.filter { _ in dice.chance(5) }.compactMap { PhoneNumber(e164: $0) })
    if dice.chance(40) { spread(&dice, in: &made) }
    made.candidates = (0..<dice.int(1...4)).map { candidate(&dice, $0, now: made.now) }
    return made
  }

  /// Caps of every kind, wishes, and messages to others at the same number.
  private static func spread(_ dice: inout SeededDice, in made: inout GuardCaseBuilder) {
    let today = InstalledZones.zone(made.clinic.timeZone).date(at: made.now)
    if dice.chance(60) {
      made.policy.caps = (0..<dice.int(0...4)).map { _ in RandomCaps.cap(&dice, around: today) }
      made.policy.exemptions = (0..<dice.pick([0, 1, 2])).map { _ in
        RandomCaps.exemption(&dice, around: today)
      }
    }
    if dice.chance(40) { made.preferences.maximumPerWeek = dice.int(0...3) }
    made.jointMessages = (0..<dice.pick([0, 1, 3])).map { _ in
      JointMessage(
        at: made.now + .minutes(dice.int(-12_000...5_000)), channel: dice.pick([.sms, .voice, nil]),
        recipient: dice.pick([nil] + numbers.map(Optional.some)).flatMap { PhoneNumber(e164: $0) }.map(
          Recipient.phone),
        purpose: dice.pick([nil] + RandomCaps.purposes), campaign: dice.pick([nil, CampaignID("c1")]),
        text: dice.chance(20) ? TextFingerprint(of: "Hi Ana. Reply STOP to opt out.") : nil)
    }
  }

  private static func facts(_ dice: inout SeededDice, now: Instant) -> PatientFacts {
    var facts = PatientFacts()
    facts.language = dice.pick(["en", "en", "en", "es", "es", "es-MX", "vi", nil])
    facts.isDeceased = dice.chance(3)
    facts.isActive = !dice.chance(3)
    facts.isTest = dice.chance(3)
    if dice.chance(8) {
      facts.flags = [
        Flag(
          id: ResourceID("Flag/1"), kind: dice.pick([.doNotContact, .other]),
          startsAt: dice.chance(50) ? now + .hours(dice.int(-50...50)) : nil,
          endsAt: dice.chance(50) ? now + .hours(dice.int(51...90)) : nil)
      ]
    }
    facts.contacts = (0..<dice.pick([0, 0, 1, 2, 4])).map { index in
      PastContact(
        id: ResourceID("Communication/\(index)"), at: now + .minutes(dice.int(-12_000...60)),
        channel: dice.pick([.sms, .voice, .email, nil]),
        status: dice.pick([.sent, .delivered, .undelivered, .refused, .inDoubt, .inboundClosed, .inboundOpen]
        ),
        key: dice.chance(20)
          ? PastContact.Key(
            campaign: CampaignID("c\(dice.int(0...3))"), message: MessageID("note"), occurrence: .once) : nil,
        purpose: dice.pick([nil, nil] + RandomCaps.purposes),
        number: dice.chance(50) ? PhoneNumber(e164: dice.pick(numbers)) : nil,
        text: dice.chance(20) ? TextFingerprint(of: "Hi Ana. Reply STOP to opt out.") : nil)
    }
    return facts
  }

  private static func identity(_ dice: inout SeededDice, now: Instant) -> PatientIdentity {
    var identity = PatientIdentity(id: PatientID("p1"), givenName: dice.chance(5) ? nil : dice.pick(names))
    identity.contactPoints = (0..<dice.pick([0, 1, 1, 1, 2, 2, 3])).map { _ in
      if dice.chance(20) {
        return ContactPoint(
          system: .email, use: dice.pick([.home, .work, nil]),
          typed: dice.pick(["a@example.com", "a@", "a b@example.com"]))
      }
      let number = PhoneNumber(e164: dice.pick(numbers))
      return ContactPoint(
        system: dice.pick([.phone, .phone, .phone, .phone, .phone, .sms, .other]),
        use: dice.pick([.mobile, .mobile, .mobile, .mobile, .home, .work, .old, nil]),
        rank: dice.chance(30) ? dice.int(1...3) : nil, typed: "typed",
        phone: dice.chance(10)
          ? .unreadable(.tooShort)
          : GuardCaseBuilder.reading(
            number,
            kind: dice.pick([
              .fixedLineOrMobile, .fixedLineOrMobile, .fixedLineOrMobile, .mobile, .fixedLine, .tollFree,
            ]),
            isValid: !dice.chance(10), fault: dice.chance(5) ? .hasExtension : nil),
        startsOn: dice.chance(15) ? day("2026-05-01") : nil, endsOn: dice.chance(15) ? day("2026-08-01") : nil
      )
    }
    if dice.chance(60) {
      identity.addresses = [
        PostalAddress(
          state: dice.pick(states), postalCode: nil,
          country: dice.pick(["US", "US", "US", nil, nil, "MX", "PR"]))
      ]
    }
    if dice.chance(12) {
      identity.timeZone = dice.pick(["America/Denver", "America/Chicago", "Asia/Kathmandu", "Nowhere"])
    }
    return identity
  }

  private static func consents(_ dice: inout SeededDice, now: Instant) -> [ConsentEvent] {
    (0..<dice.pick([0, 1, 1, 1, 2, 3, 4])).map { index in
      ConsentEvent(
        evidence: ResourceID("Consent/\(index)"), kind: dice.chance(85) ? .granted : .revoked,
        purpose: dice.pick([nil, nil, nil, .prescription, .appointment]),
        channel: dice.pick([nil, nil, .sms, .sms, .voice, .email]),
        at: now + .hours(dice.pick([-9_000, -4_000, -500, -200, -24, 0, 12, 48])),
        expiresAt: dice.chance(25) ? now + .hours(dice.int(-10...60)) : nil)
    }
  }

  private static func candidate(_ dice: inout SeededDice, _ index: Int, now: Instant) -> Candidate {
    let remark = dice.chance(70) ? " \(index)" : ""
    let texts = [
      "en": "Hi {$patient.first_name}\(remark). {$opt_out}",
      "es": "Hola {$patient.first_name}\(remark). {$opt_out}",
    ]
    var message = GuardCaseBuilder.message("note", texts)
    if dice.chance(40) {
      message.variants.append(
        Variant(
          language: "en", channel: .email, subject: GuardCaseBuilder.template("A note"),
          body: GuardCaseBuilder.template("Hi. {$opt_out}")))
    }
    return GuardCaseBuilder.candidate(
      GuardCaseBuilder.campaign(
        "c\(index)",
        purpose: dice.pick([
          .prescription, .prescription, .wellness, .appointment, .appointment, Purpose("survey"),
        ]),
        channels: dice.pick([
          [.sms], [.sms, .voice], [.voice, .sms], [.email, .sms], [.sms, .voice, .email],
        ]),
        priority: dice.int(3...5),
        sendBetween: dice.chance(30) ? OracleHours.random(&dice, start: 30...70).window : nil),
      message: message, due: dice.chance(30) ? now + .minutes(dice.int(-500...5_000)) : nil,
      expires: dice.chance(30) ? now + .minutes(dice.int(0...9_000)) : nil)
  }
}

import OutreachCore

/// Patients of a clinic that does not exist, one after the other; the first ones are the same whatever their
/// number.
///
/// Shares that decide what a benchmark measures: 12 % are children; 26 % of the adults have diabetes and an
/// active order, and 95 % of those are due within the campaign's days, so that about 22 % of all are proposed
/// a message. Of these 85 % have agreed, 4 % share their number and 2 % have none. Everybody has about ten
/// facts.
struct SyntheticClinic {
  /// The instant whose state the records describe: a Monday before the clinic opens.
  static let asOf = Instant(secondsSinceEpoch: 1_795_431_600)
  /// The day of that instant.
  static let today = CivilDate(daysSinceEpoch: 20_780)

  private var generator: SeededGenerator
  private var exchange = TelephoneExchange()
  private var count = 0

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// The next patient's records.
  mutating func next() -> [ImportedRecord] {
    count += 1
    let name = "b\(String(count, radix: 36))"
    let isAdult = !generator.chance(percent: 12)
    let isDue = isAdult && generator.chance(percent: 26)
    let id = PatientID(name)
    var records: [ImportedRecord] = [.patient(demographics(id, isAdult: isAdult, isReached: isDue))]
    var facts = FactMaker(name: name, generator: generator)
    records += (isDue ? facts.withDiabetes() : facts.others()).map { .fact(id, $0) }
    generator = facts.generator
    if generator.chance(percent: 85) { records.append(consent(id, name)) }
    return records
  }

  private mutating func demographics(_ id: PatientID, isAdult: Bool, isReached: Bool) -> Demographics {
    let isSpanish = generator.chance(percent: 25)
    var facts = PatientFacts()
    facts.birthDate = Self.today.adding(
      days: isAdult ? -generator.number(6_600...33_000) : -generator.number(10...6_500))
    facts.sex = generator.one(of: ["female", "male"])
    facts.language = isSpanish ? "es" : "en"
    var identity = PatientIdentity(
      id: id, givenName: generator.one(of: isSpanish ? Self.spanishNames : Self.englishNames),
      familyName: "Test-\(count % 1_000)")
    let fate = generator.number(0...99)
    let line = isReached && fate >= 6 ? exchange.ownLine() : exchange.sharedLine(&generator)
    // The first four of a hundred share a number, the next two have none.
    if !isReached || fate < 4 || fate >= 6 {
      identity.contactPoints.append(
        ContactPoint(system: .phone, use: .mobile, rank: 1, typed: line.typed, phone: line.number))
    }
    identity.contactPoints.append(ContactPoint(system: .email, typed: "\(id.rawValue)@example.org"))
    identity.addresses = [PostalAddress(state: generator.one(of: line.states), country: "US")]
    return Demographics(identity: identity, facts: facts)
  }

  private mutating func consent(_ id: PatientID, _ name: String) -> ImportedRecord {
    let evidence = ResourceID("Consent/\(name)")
    let at = Self.asOf - .seconds(86_400 * generator.number(30...900))
    let events = [Purpose.prescription, .appointment, .wellness].map { purpose in
      ConsentEvent(
        evidence: evidence, kind: .granted, purpose: purpose, channel: .sms, at: at, source: .patient,
        wording: "form v3")
    }
    return .consent(id, evidence, events)
  }

  private static let englishNames = [
    "Alex", "Casey", "Dana", "Drew", "Jamie", "Jordan", "Kelly", "Lee", "Morgan", "Pat", "Riley", "Robin",
    "Sam",
    "Taylor",
  ]
  private static let spanishNames = [
    "Alejandra", "Ana", "Andrés", "Carmen", "Elena", "Inés", "José", "Juan", "Lucía", "Luis", "María",
    "Sofía",
  ]
}

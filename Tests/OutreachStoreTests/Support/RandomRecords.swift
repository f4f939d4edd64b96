import Foundation
import OutreachCore

/// How many times the long tests repeat themselves.
let testScale = ProcessInfo.processInfo.environment["OUTREACH_TEST_SCALE"].flatMap(Int.init) ?? 1

/// SplitMix64: small, seeded, and the same on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Random records with every optional part there or not.
struct RandomRecords {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

  mutating func flip() -> Bool { Bool.random(using: &generator) }

  mutating func maybe<T>(_ make: (inout RandomRecords) -> T) -> T? { flip() ? make(&self) : nil }

  mutating func some<T>(_ range: ClosedRange<Int>, _ make: (inout RandomRecords) -> T) -> [T] {
    (0..<number(range)).map { _ in make(&self) }
  }

  mutating func text() -> String {
    let pieces = [
      "", "a", "Ñandú", "E11.9", "日本", "🏥", "\u{0}", "a longer piece of text than fits inline", "\n",
    ]
    return (0..<number(0...3)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }

  mutating func instant() -> Instant {
    Instant(secondsSinceEpoch: Int64(number(-5_000_000_000...9_000_000_000)))
  }

  mutating func date() -> CivilDate { CivilDate(daysSinceEpoch: number(-700_000...2_900_000)) }

  mutating func id(_ type: String) -> ResourceID { ResourceID("\(type)/\(number(0...40))-\(text())") }

  mutating func codes() -> [Coding] {
    some(0...3) { Coding(CodeSystem.allCases.randomElement(using: &$0.generator) ?? .icd10, $0.text()) }
  }

  mutating func double() -> Double {
    [0, -0.0, 7.4, .infinity, 1e-300, Double(number(-9...9))][number(0...5)]
  }

  mutating func fact() -> Fact {
    switch number(0...8) {
    case 0:
      .condition(Condition(id: id("Condition"), codes: codes(), isActive: flip(), onset: maybe { $0.date() }))
    case 1:
      .medicationOrder(
        MedicationOrder(
          id: id("MedicationRequest"), codes: codes(), medication: maybe { $0.id("Medication") },
          isActive: flip(), authoredOn: maybe { $0.date() }, validUntil: maybe { $0.date() },
          supplyDays: maybe { $0.number(-1...400) }, repeatsAllowed: maybe { $0.number(0...12) }))
    case 2:
      .dispense(
        Dispense(
          id: id("MedicationDispense"), orders: some(0...2) { $0.id("MedicationRequest") }, codes: codes(),
          medication: maybe { $0.id("Medication") }, handedOverOn: date(),
          supplyDays: maybe { $0.number(1...90) }))
    case 3:
      observations()
    case 4:
      .appointment(
        Appointment(
          id: id("Appointment"), status: text(), startsAt: instant(), endsAt: maybe { $0.instant() },
          kind: maybe { $0.text() }, location: maybe { $0.id("Location") }, patientDeclined: flip()))
    case 5:
      .encounter(
        Encounter(
          id: id("Encounter"), status: text(), kind: text(), codes: codes(), startedAt: instant(),
          endedAt: maybe { $0.instant() }))
    case 6: .immunization(Immunization(id: id("Immunization"), codes: codes(), on: date()))
    case 7:
      .flag(
        Flag(
          id: id("Flag"), kind: flip() ? .doNotContact : .other, startsAt: maybe { $0.instant() },
          endsAt: maybe { $0.instant() }))
    default: .contact(contact())
    }
  }

  private mutating func observations() -> Fact {
    let id = id("Observation")
    return .observations(
      some(1...3) {
        Observation(id: id, codes: $0.codes(), value: $0.double(), unit: $0.text(), at: $0.instant())
      })
  }

  private mutating func contact() -> PastContact {
    PastContact(
      id: id("Communication"), at: instant(), channel: maybe { Channel($0.text()) },
      status: PastContact.Status(rawValue: UInt8(number(1...7))) ?? .sent,
      key: maybe {
        PastContact.Key(
          campaign: CampaignID($0.text()), message: MessageID($0.text()), occurrence: Occurrence($0.text()))
      },
      replyCode: maybe { $0.text() }, purpose: maybe { Purpose($0.text()) },
      number: maybe { $0.phoneNumber() } ?? nil,
      text: maybe { TextFingerprint(rawValue: $0.generator.next()) })
  }

  mutating func phoneNumber() -> PhoneNumber? { PhoneNumber(e164: "+1201555\(1000 + number(0...8999))") }

  mutating func demographics(_ id: String) -> Demographics {
    var facts = PatientFacts()
    facts.birthDate = maybe { $0.date() }
    facts.sex = maybe { $0.text() }
    facts.language = maybe { $0.text() }
    facts.isActive = flip()
    facts.isDeceased = flip()
    facts.isTest = flip()
    facts.replacedBy = []
    for _ in 0..<number(0...4) {
      facts.fields[text()] = [.text(text()), .number(double()), .boolean(flip())][number(0...2)]
    }
    return Demographics(identity: identity(id), facts: facts)
  }

  mutating func identity(_ id: String) -> PatientIdentity {
    PatientIdentity(
      id: PatientID(id), givenName: maybe { $0.text() }, familyName: maybe { $0.text() },
      contactPoints: some(0...3) { $0.contactPoint() },
      addresses: some(0...2) { random in
        PostalAddress(
          state: random.maybe { $0.text() }, postalCode: random.maybe { $0.text() },
          country: random.maybe { $0.text() })
      },
      timeZone: maybe { $0.text() })
  }

  private mutating func contactPoint() -> ContactPoint {
    ContactPoint(
      system: ContactPoint.System(rawValue: UInt8(number(1...4))) ?? .other,
      use: maybe { ContactPoint.Use(rawValue: UInt8($0.number(1...5))) ?? .home },
      rank: maybe { $0.number(-3...1_000_000) }, typed: text(), phone: maybe { $0.reading() },
      startsOn: maybe { $0.date() }, endsOn: maybe { $0.date() })
  }

  private mutating func reading() -> PhoneNumberReading {
    PhoneNumberReading(
      number: maybe { $0.phoneNumber() } ?? nil, isPossible: flip(),
      isValid: flip(), kind: PhoneNumberKind.allCases.randomElement(using: &generator) ?? .unknown,
      region: maybe { $0.text() },
      fault: maybe { PhoneNumberFault.allCases.randomElement(using: &$0.generator) } ?? nil)
  }

  mutating func event(_ evidence: ResourceID) -> ConsentEvent {
    ConsentEvent(
      evidence: evidence, kind: ConsentEvent.Kind(rawValue: UInt8(number(1...5))) ?? .granted,
      purpose: maybe { Purpose($0.text()) }, channel: maybe { Channel($0.text()) },
      sender: maybe { $0.text() }, at: instant(), expiresAt: maybe { $0.instant() },
      source: ConsentEvent.Source(rawValue: UInt8(number(1...4))) ?? .record, grantor: maybe { $0.text() },
      method: maybe { ConsentEvent.Method.allCases.randomElement(using: &$0.generator) } ?? nil,
      recordedBy: maybe { $0.text() }, wording: maybe { $0.text() }, wordingLanguage: maybe { $0.text() },
      number: maybe { $0.phoneNumber() } ?? nil, reference: maybe { $0.text() }, isScopeStated: flip())
  }

  mutating func preferences() -> Preferences {
    Preferences(
      channels: some(0...3) { Channel($0.text()) }, language: maybe { $0.text() },
      window: maybe { $0.window() } ?? nil,
      restDays: Set(some(0...4) { Weekday(rawValue: $0.number(1...7)) ?? .monday }),
      maximumPerWeek: maybe { $0.number(-1...9) }, refusedPurposes: Set(some(0...3) { Purpose($0.text()) }),
      refusedCampaigns: Set(some(0...3) { CampaignID($0.text()) }),
      disclosure: maybe { DisclosureTier(rawValue: $0.number(0...3)) } ?? nil)
  }

  private mutating func window() -> TimeWindow? {
    guard let start = CivilTime(secondOfDay: number(0...86_399)),
      let end = CivilTime(secondOfDay: number(0...86_399))
    else { return nil }
    return TimeWindow(start: start, end: end)
  }

  mutating func evidence() -> ContactEvidence {
    let kinds: [ContactEvidence.Kind] = [
      .confirmationAsked, .confirmed, .wrongNumber, .suspended, .reinstated,
      .reassignment(ReassignmentAnswer.allCases[number(0...2)], since: date()),
    ]
    return ContactEvidence(
      kinds[number(0...5)], at: instant(), by: maybe { $0.text() }, reference: maybe { $0.text() })
  }

  /// Facts with everything in them, as a stored patient has them.
  mutating func facts() -> PatientFacts {
    var facts = demographics("any").facts
    facts.replacedBy = some(0...2) { PatientID($0.text()) }
    for _ in 0..<number(0...30) {
      switch fact() {
      case .condition(let fact): facts.conditions.append(fact)
      case .medicationOrder(let fact): facts.medicationOrders.append(fact)
      case .dispense(let fact): facts.dispenses.append(fact)
      case .observations(let list): facts.observations += list
      case .appointment(let fact): facts.appointments.append(fact)
      case .encounter(let fact): facts.encounters.append(fact)
      case .immunization(let fact): facts.immunizations.append(fact)
      case .flag(let fact): facts.flags.append(fact)
      case .contact(let fact): facts.contacts.append(fact)
      }
    }
    return facts
  }
}

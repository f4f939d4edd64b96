import OutreachCore
import Testing

/// What is shown is a function of the message, the tier, the channel, the language and the allowed values, and of nothing
/// else: two patients who differ in everything else get the same bytes.
@Suite struct NonInterferenceTests {
  private static let texts: [String: [String]] = [
    "en": [
      "Hi {$patient.first_name}, it's {$clinic.name}: {$clinic.phone}. {$opt_out}",
      "{$clinic.name} will see you {$appointment.date} at {$appointment.time}. {$clinic.phone} {$opt_out}",
      "{$neutral} {$opt_out}", "See {$link}. {$clinic.name} {$clinic.phone} {$replies} {$opt_out}",
      """
      .input {$tier :string} .input {$channel :string}
      .match $tier $channel
      sealed * {{Please call {$clinic.phone}. {$opt_out}}}
      logistics sms {{{$appointment.location}, {$appointment.date :date fields=weekday}. {$opt_out}}}
      * * {{Hi {$patient.first_name}, {$appointment.date :datetime}. {$opt_out}}}
      """,
    ],
    "es": [
      "Hola {$patient.first_name}, es {$clinic.name}: {$clinic.phone}. {$opt_out}",
      "{$clinic.name}: {$appointment.date :date length=long}, {$appointment.time}. {$clinic.phone} {$opt_out}",
      "{$neutral} {$replies} {$opt_out}",
    ],
  ]

  /// Values that try to come through: marks of templates, terminals, scripts, and words of care.
  private static let adversarial = [
    "{$patient.last_name}", "Oncology", "\u{1B}[31mHIV", "'; DROP TABLE", "<b>insulin</b>",
    "https://x.example/p?id=7",
    "\u{202E}esrever", "E11.9", "metformin 500 mg", "219-09-9999", "Zzyzx",
  ]

  private static func builder(
    _ text: String, _ language: String, _ tier: DisclosureTier, _ channel: Channel, _ dice: inout SeededDice
  ) -> GuardCaseBuilder {
    var builder = GuardCaseBuilder()
    builder.policy.disclosure = Dated(DisclosureRule(clearance: [:], otherwise: .overt))
    builder.clinic.places = ["Location/1": "Lakeside, 2nd floor"]
    builder.clinic.linkHost = "go.lakeside.example"
    builder.facts.language = language
    builder.preferences.disclosure = tier
    builder.identity.contactPoints.append(
      ContactPoint(system: .email, use: .home, typed: "ana@mail.example"))
    // Everything below may differ between two patients and must not be seen.
    func wild() -> String { dice.pick(adversarial) }
    builder.identity.id = PatientID("p-\(dice.int(0...1_000_000))")
    builder.identity.familyName = wild()
    builder.facts.birthDate = CivilDate(
      year: 1930 + dice.int(0...60), month: dice.int(1...12), day: dice.int(1...28))
    builder.facts.fields = ["risk_score": .text(wild())]
    builder.facts.conditions = (0..<dice.int(0...4)).map { index in
      Condition(
        id: ResourceID("Condition/\(index)"),
        codes: [Coding(.icd10, dice.pick(["E11.9", "B20", "F10.20", "O24"]))],
        isActive: true)
    }
    let visit = Appointment(
      id: ResourceID("Appointment/\(dice.int(1...99))"), status: "booked",
      startsAt: at("2026-11-30T20:30:00Z"),
      kind: wild(), location: ResourceID("Location/1"))
    var campaign = GuardCaseBuilder.campaign(channels: [channel])
    campaign.title = wild()
    builder.consents = [GuardCaseBuilder.grant(at: builder.now - .days(30), channel: channel)]
    let template = MessageTemplate(text, language: language, channels: [channel]) { fault in
      Issue.record("\(fault.sentence)")
    }
    let subject = MessageTemplate("{$clinic.name}", language: language, channels: [channel]) { _ in }
    let message = Message(
      id: MessageID("note"),
      variants: [
        Variant(
          language: language, channel: channel, subject: channel == .email ? subject : nil, body: template)
      ],
      replies: [ReplyOption(key: "1", code: "confirmed")], position: GuardCaseBuilder.position)
    builder.candidates = [
      GuardCaseBuilder.candidate(
        campaign, message: message, occurrence: Occurrence("appointment"),
        about: .appointment(visit, zone: "America/Chicago"))
    ]
    return builder
  }

  /// What leaves the program or is written down about the message.
  private static func seen(_ decision: Decision) -> [String] {
    [
      decision.text?.revealed ?? "-", decision.text?.masked ?? "-", decision.text?.subject ?? "-",
      "\(decision.verdict)",
      decision.reason?.rawValue ?? "-", decision.recipient?.description ?? "-", decision.language ?? "-",
    ] + decision.rules.map { "\($0.rule) \($0.verdict) \($0.detail)" }
      + [
        decision.text.map {
          VoiceScript(
            saying: $0, in: decision.language ?? "en",
            clinic: Clinic(
              name: "Lakeside Clinic", phone: "312-555-0100", timeZone: "America/Chicago"))
        }.map { "\($0)" } ?? "-"
      ]
  }

  @Test func `patients who differ in everything but the allowed values get the same bytes`() {
    var pairs = 0
    var said: Set<String> = []
    for seed in SeededDice.seeds(60) {
      for (language, texts) in Self.texts.sorted(by: { $0.key < $1.key }) {
        for text in texts {
          for tier in DisclosureTier.allCases {
            for channel in [Channel.sms, .voice, .email] {
              var (first, second) = (SeededDice(seed * 2), SeededDice(seed * 2 + 1))
              let one = Self.seen(Self.builder(text, language, tier, channel, &first).decision)
              let other = Self.seen(Self.builder(text, language, tier, channel, &second).decision)
              pairs += 1
              said.insert(one[0])
              if one != other {
                Issue.record("seed \(seed), \(language), \(tier), \(channel): \(one) and \(other)")
                return
              }
            }
          }
        }
      }
    }
    #expect(pairs == 96 * SeededDice.seeds(60).count)
    // The test sees texts at all, and not one refusal after the other.
    #expect(said.count > 20, "\(said)")
  }

  @Test func `the allowed values do come through`() {
    var dice = SeededDice(1)
    let texts = Self.texts["en"] ?? []
    let named = Self.builder(texts[0], "en", .generic, .sms, &dice).decision
    #expect(named.text?.revealed.contains("Ana") == true)
    let sealed = Self.builder(texts[0], "en", .sealed, .sms, &dice).decision
    #expect(sealed.text?.revealed.contains("Ana") == false)
  }
}

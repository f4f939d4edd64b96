import OutreachCore
import Testing

@Suite struct RenderedMessageTests {
  private static let clinic = Clinic(
    name: "Lakeside Clinic", phone: "312-555-0100", timeZone: "America/Chicago")
  private static let visit = Appointment(
    id: ResourceID("Appointment/1"), status: "booked", startsAt: at("2026-11-30T20:30:00Z"), kind: "Oncology",
    location: ResourceID("Location/secret"))

  private func context(
    name: String? = "Ana", subject: Subject? = .appointment(visit, zone: "America/Chicago"),
    channel: Channel = .sms,
    zone: String = "America/Chicago"
  ) -> MessageContext {
    MessageContext(
      clinic: Self.clinic, givenName: name, subject: subject, zone: InstalledZones.zone(zone),
      channel: channel)
  }

  private func variant(_ text: String, _ language: String = "en", subject: String? = nil) -> Variant {
    Variant(
      language: language, subject: subject.map { GuardCaseBuilder.template($0, language) },
      body: GuardCaseBuilder.template(text, language))
  }

  private func rendered(
    _ text: String, _ context: MessageContext, in language: String = "en", replies: [ReplyOption] = []
  ) throws -> RenderedMessage {
    try variant(text, language).rendered(for: context, replies: replies)
  }

  private func fault(_ body: () throws -> RenderedMessage) -> RenderFault? {
    do {
      _ = try body()
      return nil
    } catch { return error as? RenderFault }
  }

  @Test func `a name is shown in full to who may see it and masked to everybody else`() throws {
    let text = try rendered("Hi {$patient.first_name}, call {$clinic.phone}.", context())
    #expect(text.revealed == "Hi Ana, call 312-555-0100.")
    #expect(text.masked == "Hi A••, call 312-555-0100.")
    #expect("\(text)" == text.masked)
    #expect(text.encoding == TextEncoding(of: text.revealed))
    #expect(text.encoding.alphabet == .gsm7, "it is the revealed text that travels")
  }

  @Test(arguments: ["A", "José", "Maximiliana Aurelia"])
  func `a mask shows one letter and not how many there are`(name: String) throws {
    #expect(try rendered("{$patient.first_name}", context(name: name)).masked == "\(name.prefix(1))••")
  }

  @Test func `a missing name has its reason, and what is no name is not said`() throws {
    let missing = fault { try rendered("{$patient.first_name}", context(name: nil)) }
    #expect(missing?.reason == .valueMissing)
    #expect(fault { try rendered("{$patient.first_name}", context(name: "")) }?.reason == .valueMissing)
    #expect(try rendered("Hi {$patient.first_name}", context(name: "Zebu77")).revealed == "Hi there")
    #expect(
      try rendered("Hola {$patient.first_name}", context(name: "z.com"), in: "es").revealed == "Hola buen día"
    )
    #expect(fault { try rendered("Hello", context(name: nil)) } == nil)
  }

  @Test func `days and times are said in the language, on the clock of the place`() throws {
    let text = "{$appointment.weekday}/{$appointment.date}/{$appointment.time}"
    #expect(try rendered(text, context()).revealed == "Mon/Mon Nov 30/2:30 PM")
    #expect(try rendered(text, context(), in: "es").revealed == "lun/lun 30 nov/14:30")
    #expect(try rendered(text, context(zone: "Asia/Kathmandu")).revealed == "Tue/Tue Dec 1/2:15 AM")
    #expect(
      try rendered(text, context(zone: "Asia/Kathmandu"), in: "es-mx").revealed == "mar/mar 1 dic/02:15")
  }

  @Test(arguments: [
    ("00:00", "12:00 AM", "00:00"), ("00:05", "12:05 AM", "00:05"), ("11:59", "11:59 AM", "11:59"),
    ("12:00", "12:00 PM", "12:00"), ("12:30", "12:30 PM", "12:30"), ("13:00", "1:00 PM", "13:00"),
    ("23:59", "11:59 PM", "23:59"),
  ])
  func `times of the day are said both ways`(time: String, english: String, spanish: String) throws {
    let time = try #require(CivilTime(time))
    #expect(Wording.of("en").time(time) == english)
    #expect(Wording.of("es").time(time) == spanish)
  }

  @Test func `a value of an appointment needs a message about one`() {
    for subject in [nil, Subject.refill(order: ResourceID("MedicationRequest/1"), dueOn: day("2026-11-25"))] {
      #expect(
        fault { try rendered("{$appointment.date}", context(subject: subject)) }?.reason == .valueMissing)
    }
  }

  @Test func `opt-out and replies are said for the language and the channel`() throws {
    let replies = [ReplyOption(key: "C", code: "confirmed"), ReplyOption(key: "R", code: "call_me")]
    func said(_ language: String, _ channel: Channel, _ replies: [ReplyOption]) throws -> String {
      try rendered("{$replies} {$opt_out}", context(channel: channel), in: language, replies: replies)
        .revealed
    }
    #expect(try said("en", .sms, replies) == "Reply C or R. Reply STOP to opt out.")
    #expect(try said("es", .sms, replies) == "Responda C o R. Responda STOP para no recibir más.")
    #expect(try said("en", .voice, replies) == "Press C or R. Press 9 to stop these calls.")
    #expect(try said("es", .voice, [replies[0]]) == "Marque C. Marque 9 para no recibir más llamadas.")
    let three = replies + [ReplyOption(key: "X", code: "other")]
    #expect(try said("en", .sms, three) == "Reply C, R or X. Reply STOP to opt out.")
  }

  @Test func `a subject shows open values only`() {
    let open = variant("Hi", subject: "A note from {$clinic.name}")
    #expect(
      (try? open.rendered(for: context(channel: .email), replies: []))?.subject
        == "A note from Lakeside Clinic")
    for value in ["patient.first_name", "appointment.date"] {
      let telling = variant("Hi", subject: "For {$\(value)}")
      #expect(
        fault { try telling.rendered(for: context(channel: .email), replies: []) }?.reason == .contentRefused)
    }
  }

  @Test func `nothing of a patient reaches the text but the first name and the time of the appointment`() {
    let text = "{$patient.first_name} {$clinic.name} {$appointment.date} {$appointment.time} {$opt_out}"
    for seed in SeededDice.seeds(300) {
      var dice = SeededDice(seed)
      var builder = GuardCaseBuilder()
      builder.candidates = [
        GuardCaseBuilder.candidate(
          message: GuardCaseBuilder.message("note", ["en": text]), occurrence: Occurrence("appointment"),
          about: .appointment(Self.visit, zone: "America/Chicago"))
      ]
      let plain = builder.decision.text
      var other = builder
      other.identity.id = PatientID("other")
      other.identity.familyName = "Quarterstaff"
      other.facts.birthDate = day("1950-01-01")
      other.facts.sex = dice.pick(["male", "female", nil])
      other.facts.fields = ["diagnosis": .text("secret")]
      other.facts.conditions = [
        Condition(id: ResourceID("Condition/1"), codes: [Coding(.icd10, "C50")], isActive: true)
      ]
      other.facts.observations = [
        Observation(
          id: ResourceID("Observation/1"), codes: [Coding(.loinc, "4548-4")], value: 9.9, unit: "%",
          at: other.now)
      ]
      other.facts.medicationOrders = [
        MedicationOrder(
          id: ResourceID("MedicationRequest/1"), codes: [Coding(.rxnorm, "6809")], isActive: true)
      ]
      other.identity.contactPoints = [
        GuardCaseBuilder.mobile("+13125550188", use: dice.pick([.mobile, nil]))
      ]
      other.identity.addresses = [PostalAddress(state: dice.pick(["IL", "NY"]), country: "US")]
      var visit = Self.visit
      visit.id = ResourceID("Appointment/9")
      visit.kind = dice.pick(["Psychiatry", nil])
      visit.location = ResourceID("Location/9")
      visit.status = dice.pick(["booked", "pending"])
      visit.endsAt = Self.visit.startsAt + .hours(dice.int(1...5))
      other.candidates[0].intent.about = .appointment(visit, zone: "America/Chicago")
      #expect(other.decision.text == plain, "seed \(seed)")
      #expect(plain != nil)
      other.identity.givenName = "Eva"
      #expect(other.decision.text != plain, "seed \(seed)")
    }
  }
}

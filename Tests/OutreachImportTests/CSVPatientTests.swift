import OutreachCore
import OutreachImport
import Testing

/// What rows of CSV files become.
struct CSVPatientTests {
  private func refusal(_ csv: String, columns: [String: String] = [:]) -> String? {
    #expect(throws: ImportTrial.Refusal.self) {
      try ImportTrial(csv: csv, options: ImportTrial.options(columns: columns))
    }?.text
  }

  @Test func `a full row is read`() throws {
    let trial = try ImportTrial(
      csv: """
        Patient ID,given-name,family_name,birth_date,sex,language,mobile_phone,email,\
        zone,state,postal_code,deceased,\
        active,test,replaced_by,do_not_contact,conditions,appointment,\
        field.risk,field.score:number,field.member:boolean
        p1,Ada,"Quill, Jr.",1954-03-09,F,Spanish,(913) 555-0123,ada@example.org,\
        America/Chicago,Kansas,66044,no,\
        yes,no,,yes,icd10:E11.9; snomed:44054006,2026-12-01 09:30,high,7.5,yes
        """)
    let patient = try #require(trial.patient)
    #expect(patient.identity.id == PatientID("p1"))
    #expect(patient.identity.givenName == "Ada" && patient.identity.familyName == "Quill, Jr.")
    #expect(patient.identity.contactPoints.map(\.system) == [.phone, .email])
    #expect(patient.identity.contactPoints.first?.phone?.number?.e164 == "+19135550123")
    #expect(patient.identity.contactPoints.first?.use == .mobile)
    #expect(patient.identity.addresses == [PostalAddress(state: "KS", postalCode: "66044")])
    #expect(patient.identity.timeZone == "America/Chicago")
    #expect(patient.facts.birthDate == CivilDate("1954-03-09"))
    #expect(patient.facts.sex == "female" && patient.facts.language == "es")
    #expect(patient.facts.isActive && !patient.facts.isDeceased && !patient.facts.isTest)
    #expect(patient.facts.fields == ["risk": .text("high"), "score": .number(7.5), "member": .boolean(true)])
    let id = PatientID("p1")
    #expect(
      Array(trial.records.dropFirst()) == [
        .fact(id, .flag(Flag(id: ResourceID("Flag/csv-p1"), kind: .doNotContact))),
        .fact(
          id,
          .condition(
            Condition(
              id: ResourceID("Condition/csv-p1"),
              codes: [Coding(.icd10, "E11.9"), Coding(.snomed, "44054006")],
              isActive: true))),
        .fact(
          id,
          .appointment(
            Appointment(
              id: ResourceID("Appointment/csv-p1"), status: "booked", startsAt: at("2026-12-01T15:30:00Z")))),
      ])
    #expect(trial.faults == [])
  }

  @Test func `a row without consents gives none, and without the columns says nothing of them`() throws {
    #expect(try ImportTrial(csv: "patient_id\np1\n").records.count == 1)
    let trial = try ImportTrial(csv: "patient_id,consent.prescription.sms\np1,\n")
    #expect(trial.records.last == .consent(PatientID("p1"), ResourceID("Consent/csv-p1"), []))
  }

  @Test func `empty cells take back what an earlier file stated`() throws {
    let trial = try ImportTrial(csv: "patient_id,conditions,appointment,do_not_contact\np1,,,\n")
    let id = PatientID("p1")
    #expect(
      Array(trial.records.dropFirst()) == [
        .noFact(id, ResourceID("Flag/csv-p1")), .noFact(id, ResourceID("Condition/csv-p1")),
        .noFact(id, ResourceID("Appointment/csv-p1")),
      ])
  }

  @Test func `consents are granted and revoked by column`() throws {
    let trial = try ImportTrial(
      csv: """
        patient_id,consent.prescription.sms,consent.wellness.all,consent.all.voice,consent_wording
        p1,2026-01-03,revoked:2026-05-01,,form v3
        """)
    let evidence = ResourceID("Consent/csv-p1")
    #expect(
      trial.consents == [
        ConsentEvent(
          evidence: evidence, kind: .granted, purpose: .prescription, channel: .sms, at: at("2026-01-03"),
          method: .record, wording: "form v3"),
        ConsentEvent(
          evidence: evidence, kind: .revoked, purpose: .wellness, channel: nil,
          at: at("2026-05-02") - .seconds(1), method: .record, wording: "form v3"),
      ])
  }

  @Test func `all purposes are the eight of the closed list`() throws {
    let trial = try ImportTrial(csv: "patient_id,consent.all.sms\np1,2026-01-03\n")
    #expect(trial.consents.map(\.purpose) == Purpose.all.map { $0 })
    #expect(trial.consents.allSatisfy { $0.channel == .sms && $0.kind == .granted })
  }

  @Test(arguments: ["yes", "granted", "revoked", "revoked:", "03/01/2026", "2026-01", "revoked: never"])
  func `a consent cell that cannot be read takes back every grant of its row`(cell: String) throws {
    let trial = try ImportTrial(
      csv:
        """
        patient_id,consent.all.sms,consent.wellness.sms,consent.wellness.voice\np1,2026-01-03,\
        \(cell),revoked:2026-02-01\n
        """
    )
    #expect(trial.consents.map(\.kind) == [.revoked])
    #expect(
      trial.faults == [
        "patients.csv:2: Patient.consent.wellness.sms cannot be read as the column says; imported without it"
      ])
  }

  @Test(arguments: [
    ("active", "maybe", false, false, false), ("deceased", "maybe", true, true, false),
    ("test", "maybe", true, false, true),
    ("deceased", "2020-03-01", true, true, false), ("active", "no", false, false, false),
    ("deceased", "yes", true, true, false),
    ("active", "", true, false, false),
  ])
  func `a yes or no that cannot be read is taken the way in which nobody is contacted`(
    column: String, cell: String, active: Bool, deceased: Bool, test: Bool
  ) throws {
    let facts = try #require(try ImportTrial(csv: "patient_id,\(column)\np1,\(cell)\n").patient).facts
    #expect(facts.isActive == active && facts.isDeceased == deceased && facts.isTest == test)
  }

  @Test(arguments: [
    ("birth_date", "2027-01-01", "lies in the future"),
    ("birth_date", "1/2/1954", "is not a date or time that can be read"),
    ("sex", "woman", "cannot be read as the column says"),
    ("language", "Klingonese", "cannot be read as the column says"),
    ("conditions", "diabetes", "cannot be read as the column says"),
    ("appointment", "2026-12-01", "is not a date or time that can be read"),
    ("field.n:number", "many", "cannot be read as the column says"),
    ("field.n:number", "nan", "cannot be read as the column says"),
    ("field.b:boolean", "2", "cannot be read as the column says"),
  ])
  func `a cell that cannot be read is left out and named`(column: String, cell: String, clause: String) throws
  {
    let trial = try ImportTrial(csv: "patient_id,\(column)\np1,\(cell)\n")
    #expect(trial.patient?.facts == PatientFacts())
    #expect(trial.faults == ["patients.csv:2: Patient.\(column) \(clause); imported without it"])
  }

  @Test(arguments: [
    ("p2,a,b", ImportReason.cellCount), ("p2", .cellCount), ("p2,\"a\"b", .quoting), (",a", .missing),
    ("a b,c", .missing),
  ])
  func `a bad row is named and the ones around it are read`(row: String, reason: ImportReason) throws {
    let trial = try ImportTrial(csv: "patient_id,given_name\r\np1,A\r\n\r\n\(row)\r\np3,C\r\n")
    #expect(trial.records.count == 2)
    #expect(trial.summary.faults.map(\.line) == [4])
    #expect(trial.summary.faults.map(\.reason) == [reason])
  }

  @Test func `a row that is not UTF-8 is skipped`() throws {
    let trial = try ImportTrial([
      ("a.csv", Array("patient_id,given_name\np1,".utf8) + [0xE9, 0x0A] + Array("p2,x".utf8))
    ])
    #expect(trial.faults == ["a.csv:2: Patient is not valid UTF-8; skipped"])
    #expect(trial.records.count == 1)
  }

  // MARK: - Headers

  @Test func `a column that there is none of is refused with the one that was meant`() {
    #expect(
      refusal("patient_id,brith_date\np1,x\n")
        == """
        patients.csv:1: there is no column 'brith_date' (did you mean 'birth_date'?); columns of \
        your own begin with 'field.'
        """
    )
    #expect(
      refusal("patient_id,consent.perscription.sms\n")?.contains("(did you mean 'consent.prescription.sms'?)")
        == true)
    #expect(
      refusal("patient_id,consent_wellness_sms\n")?.contains("(did you mean 'consent.wellness.sms'?)") == true
    )
    #expect(refusal("patient_id,field.Äge\n")?.contains("there is no column 'field.Äge'") == true)
    #expect(refusal("patient_id,field.a:date\n")?.contains("there is no column 'field.a:date'") == true)
    #expect(refusal("patient_id,phone,Phone\n") == "patients.csv:1: column 'phone' is named twice")
  }

  @Test(arguments: [
    "Ada,Quill,913-555-0123\np1,x,y\n", "", "\n\n", "patient_id;phone\np1;x\n", "\"patient_id\n",
  ])
  func `a first line that is no header is never repeated`(csv: String) {
    #expect(
      refusal(csv)
        == """
        patients.csv:1: the first line must name the columns, separated by commas, with \
        'patient_id' among them
        """
    )
  }

  @Test(arguments: ["consent.marketing.sms", "consent.wellness.pigeon", "consent"])
  func `a consent column of a purpose or channel that there is none of is refused with those that there are`(
    column: String
  ) {
    let list = { (names: [String]) in (names + ["all"]).joined(separator: ", ") }
    #expect(
      refusal("patient_id,\(column)\n")
        == """
        patients.csv:1: there is no column '\(column)' (write 'consent.PURPOSE.CHANNEL' with a purpose of \
        \(list(Purpose.all.map(\.rawValue))) and a channel of \(list(Channel.all.map(\.rawValue)))); columns \
        of your own begin with 'field.'
        """)
  }

  @Test(
    arguments: [
      ("66044,,", PostalAddress(state: "??", postalCode: "66044")), (",Hawai,", PostalAddress(state: "??")),
      (",Hawai,US", PostalAddress(state: "??", country: "US")), (",,US", PostalAddress(country: "US")),
      (",,", nil), ("44100,JAL,MX", PostalAddress(postalCode: "44100", country: "MX")),
    ] as [(String, PostalAddress?)])
  func `an address without a state that can be read is in an unknown one`(
    cells: String, address: PostalAddress?
  ) throws {
    let trial = try ImportTrial(csv: "patient_id,postal_code,state,country\np1,\(cells)\n")
    #expect(trial.patient?.identity.addresses == (address.map { [$0] } ?? []))
  }

  @Test func `a time zone that there is none of is imported and named`() throws {
    let trial = try ImportTrial(csv: "patient_id,zone\np1,Central Time\np2,America/Chicago\np3,\n")
    #expect(trial.patient?.identity.timeZone == "Central Time")
    #expect(trial.records.count == 3)
    #expect(
      trial.faults == [
        "patients.csv:2: Patient.zone is not an IANA time zone; imported, and no message can go out while "
          + "it stands"
      ])
  }

  @Test func `a row that is too long is named and the ones around it are read`() throws {
    let long = String(repeating: "x", count: 5_000_001)
    let trial = try ImportTrial(csv: "patient_id,given_name\np1,A\np2,\(long)\np3,C\n")
    #expect(trial.records.count == 2)
    #expect(trial.skipped("Patient") == .tooLong)
    #expect(trial.faults == ["patients.csv:3: Patient is longer than 5 MB; skipped"])
  }

  @Test func `a clinic's own headers can stand for columns`() throws {
    let trial = try ImportTrial(
      csv: "\u{FEFF}MRN,Cell Phone,Risk\np1,913-555-0123,high\n",
      options: ImportTrial.options(columns: [
        "mrn": "patient_id", "Cell phone": "mobile_phone", "risk": "field.risk",
      ]))
    #expect(trial.patient?.identity.id == PatientID("p1"))
    #expect(trial.patient?.identity.contactPoints.map(\.use) == [.mobile])
    #expect(trial.patient?.facts.fields == ["risk": .text("high")])
  }
}

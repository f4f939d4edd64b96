import OutreachCore
import OutreachImport
import Testing

/// What the clinical kinds of FHIR resources become, and why some of them state nothing.
struct ClinicalResourceTests {
  private static let subject = #""subject": {"reference": "Patient/p1"}"#
  private static let diabetes =
    #""code": {"coding": [{"system": "http://snomed.info/sct", "code": "44054006"}]}"#

  private func status(_ field: String, _ code: String) -> String {
    #""\#(field)": {"coding": [{"code": "\#(code)"}]}"#
  }

  // MARK: - Condition

  @Test(arguments: [
    ("active", "confirmed", true), ("recurrence", "confirmed", true), ("relapse", "provisional", true),
    ("inactive", "confirmed", false), ("remission", "confirmed", false), ("resolved", "confirmed", false),
    ("active", "refuted", false), ("", "confirmed", false),
  ])
  func `a condition is active as its two statuses say`(clinical: String, verification: String, active: Bool)
    throws
  {
    let trial = try ImportTrial(
      "Condition",
      [
        status("clinicalStatus", clinical), status("verificationStatus", verification), Self.subject,
        Self.diabetes,
        #""onsetDateTime": "2015-06-01""#,
      ].joined(separator: ","))
    let expected = Condition(
      id: ResourceID("Condition/r1"), codes: [Coding(.snomed, "44054006")], isActive: active,
      onset: CivilDate("2015-06-01"))
    #expect(trial.records == [.fact(PatientID("p1"), .condition(expected))])
  }

  @Test func `codes of other systems are left out, object identifiers are understood`() throws {
    let trial = try ImportTrial(
      "Condition",
      Self.subject + #", "code": {"coding": [{"system": "urn:oid:2.16.840.1.113883.6.90", "code": "E11.9"}, "#
        + #"""
        {"system": "http://example.org/local", "code": "77"}, {"system": \#
        "http://hl7.org/fhir/sid/icd-10-cm"}]}
        """#
    )
    guard case .condition(let condition) = trial.fact else {
      Issue.record("no condition")
      return
    }
    #expect(condition.codes == [Coding(.icd10, "E11.9")])
  }

  // MARK: - What states nothing

  @Test(
    arguments: [
      ("Condition", #""verificationStatus": {"coding": [{"code": "entered-in-error"}]}"#, .enteredInError),
      ("Condition", #""code": {"text": "sugar"}"#, .noKnownCode),
      ("MedicationRequest", #""status": "entered-in-error""#, .enteredInError),
      ("MedicationRequest", #""status": "active", "doNotPerform": true"#, .prohibition),
      ("MedicationDispense", #""status": "entered-in-error""#, .enteredInError),
      ("MedicationDispense", #""status": "in-progress""#, .notDone),
      ("MedicationDispense", #""status": "completed""#, .noDate),
      ("MedicationDispense", #""status": "completed", "whenHandedOver": "2026-11""#, .noDate),
      ("Observation", #""status": "entered-in-error""#, .enteredInError),
      ("Observation", #""status": "preliminary""#, .notDone),
      ("Observation", #""status": "final", "valueQuantity": {"value": 7.1}"#, .noDate),
      (
        "Observation", #""status": "final", "effectiveDateTime": "2026-01", "valueQuantity": {"value": 7.1}"#,
        .noDate
      ),
      (
        "Observation", #""status": "final", "effectiveDateTime": "2026-01-02", "valueString": "high""#,
        .noNumber
      ),
      (
        "Observation",
        #"""
        "status": "final", "effectiveDateTime": "2026-01-02", "valueQuantity": {"value": 5, \#
        "comparator": "<"}
        """#,
        .noNumber
      ),
      (
        "Observation",
        #""status": "final", "effectiveDateTime": "2026-01-02", "valueQuantity": {"value": 5}"#, .noKnownCode
      ),
      ("Encounter", #""status": "entered-in-error""#, .enteredInError),
      ("Encounter", #""status": "planned""#, .noDate),
      ("Flag", #""status": "entered-in-error""#, .enteredInError),
      ("Flag", #""status": "inactive""#, .notActive),
    ] as [(String, String, ImportReason)])
  func `a record that states nothing takes back what it stated before`(
    type: String, members: String, reason: ImportReason
  ) throws {
    let trial = try ImportTrial(type, "\(Self.subject), \(members)")
    #expect(trial.records == [.noFact(PatientID("p1"), ResourceID("\(type)/r1"))])
    #expect(trial.summary.resources[type]?.skipped == [reason: 1])
    #expect(trial.summary.resources[type]?.imported == 0)
    #expect(trial.faults == [])
  }

  @Test(arguments: [
    "Condition", "MedicationRequest", "MedicationDispense", "Observation", "Encounter", "Flag",
  ])
  func `what was entered in error without a subject is deleted`(type: String) throws {
    let member =
      type == "Condition"
      ? status("verificationStatus", "entered-in-error") : #""status": "entered-in-error""#
    #expect(try ImportTrial(type, member).records == [.deleted(ResourceID("\(type)/r1"))])
  }

  @Test(
    arguments: [
      (#""subject": {"reference": "Group/g1"}"#, .notAPatient), (#""x": 1"#, .missing),
      (#""subject": {"reference": "Patient?identifier=urn:x|1"}"#, .unresolvedReference),
      (#""subject": {"identifier": {"value": "1"}}"#, .unresolvedReference),
      (#""subject": {"reference": "urn:uuid:0f4ab2f4-9d0c-4a50-8a04-55b1d6c0a001"}"#, .unresolvedReference),
      (#""subject": {"reference": "p1"}"#, .unresolvedReference),
      ("\"subject\": {\"reference\": \"#p1\"}", .unresolvedReference),
    ] as [(String, ImportReason)])
  func `a fact without its patient is skipped`(subject: String, reason: ImportReason) throws {
    let trial = try ImportTrial("Condition", "\(subject), \(Self.diabetes)")
    #expect(trial.records == [])
    #expect(trial.skipped("Condition") == reason)
    #expect(trial.summary.faultCount == (reason.isFault ? 1 : 0))
  }

  @Test(arguments: [
    "Patient/p1", "https://ehr.example.org/fhir/r4/Patient/p1", "Patient/p1/_history/3",
    "https://ehr.example.org/Patient/p1/_history/2",
  ])
  func `references lead to the patient however they are written`(reference: String) throws {
    let trial = try ImportTrial("Condition", #""subject": {"reference": "\#(reference)"}, \#(Self.diabetes)"#)
    guard case .fact(let patient, _) = trial.records.first else {
      Issue.record("no fact")
      return
    }
    #expect(patient == PatientID("p1"))
  }

  // MARK: - Medication

  private static let metformin =
    #"""
    "medicationCodeableConcept": {"coding": [{"system": \#
    "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "860975"}]}
    """#

  @Test func `an order is read with its supply`() throws {
    let trial = try ImportTrial(
      "MedicationRequest",
      Self.subject + "," + Self.metformin
        + #"""
        , "status": "active", "intent": "order", "authoredOn": "2026-11-01T20:00:00-06:00", \#
        "dispenseRequest": 
        """#
          + #"""
          {"validityPeriod": {"end": "2027-05"}, "numberOfRepeatsAllowed": 3, \#
          "expectedSupplyDuration": {"value": 30, "unit": "days"}}
          """#
    )
    let expected = MedicationOrder(
      id: ResourceID("MedicationRequest/r1"), codes: [Coding(.rxnorm, "860975")], isActive: true,
      authoredOn: CivilDate("2026-11-01"), validUntil: CivilDate("2027-05-31"), supplyDays: 30,
      repeatsAllowed: 3)
    #expect(trial.records == [.fact(PatientID("p1"), .medicationOrder(expected))])
  }

  @Test(arguments: [
    ("active", "order", true), ("active", "instance-order", true), ("active", "filler-order", true),
    ("active", "plan", false), ("active", "proposal", false), ("active", "option", false),
    ("stopped", "order", false),
    ("completed", "order", false), ("on-hold", "order", false), ("draft", "order", false),
  ])
  func `an order is active by status and intent`(status: String, intent: String, isActive: Bool) throws {
    let trial = try ImportTrial(
      "MedicationRequest",
      #"\#(Self.subject), \#(Self.metformin), "status": "\#(status)", "intent": "\#(intent)""#)
    guard case .medicationOrder(let order) = trial.fact else {
      Issue.record("no order")
      return
    }
    #expect(order.isActive == isActive)
  }

  @Test(
    arguments: [
      (#"{"value": 90, "code": "d"}"#, 90), (#"{"value": 4, "code": "wk"}"#, 28),
      (#"{"value": 3, "code": "mo"}"#, 90),
      (#"{"value": 1, "unit": "a"}"#, 365), (#"{"value": 49, "code": "h"}"#, 2), (#"{"value": 0}"#, nil),
      (#"{"value": 30, "code": "mL"}"#, nil), (#"{"value": -3, "code": "d"}"#, nil), (#"{"value": 30}"#, nil),
      (#"{"value": 1e300, "code": "d"}"#, nil), (#"{"value": 0.5, "code": "d"}"#, nil),
      (#"{"value": 30, "code": "d", "comparator": ">"}"#, nil),
    ] as [(String, Int?)])
  func `supply is counted in days`(quantity: String, days: Int?) throws {
    let trial = try ImportTrial(
      "MedicationRequest",
      #"\#(Self.subject), \#(Self.metformin), "dispenseRequest": {"expectedSupplyDuration": \#(quantity)}"#)
    guard case .medicationOrder(let order) = trial.fact else {
      Issue.record("no order")
      return
    }
    #expect(order.supplyDays == days)
  }

  @Test func `a medication is taken from a shared record or from inside`() throws {
    let shared = try ImportTrial(
      "MedicationRequest", Self.subject + #", "medicationReference": {"reference": "Medication/m1"}"#)
    let inside = try ImportTrial(
      "MedicationRequest",
      Self.subject
        + ##", "medicationReference": {"reference": "#m"}, "contained": [{"resourceType": "Medication", "##
          + #"""
          "id": "m", "code": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", \#
          "code": "860975"}]}}]
          """#
    )
    let unknown = try ImportTrial(
      "MedicationRequest", Self.subject + #", "medicationReference": {"reference": "Medication?code=1"}"#)
    guard case .medicationOrder(let first) = shared.fact, case .medicationOrder(let second) = inside.fact
    else {
      Issue.record("no orders")
      return
    }
    #expect(first.medication == ResourceID("Medication/m1") && first.codes == [])
    #expect(second.medication == nil && second.codes == [Coding(.rxnorm, "860975")])
    #expect(unknown.skipped("MedicationRequest") == .unresolvedReference)
  }

  @Test func `a shared medication carries its codes`() throws {
    let trial = try ImportTrial(
      "Medication",
      #""code": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "860975"}]}"#)
    #expect(trial.records == [.medication(ResourceID("Medication/r1"), [Coding(.rxnorm, "860975")])])
  }

  @Test func `a dispense is dated on the clinic's calendar`() throws {
    let trial = try ImportTrial(
      "MedicationDispense",
      Self.subject
        + #", "status": "completed", "whenHandedOver": "2026-11-02T03:00:00Z", "daysSupply": {"value": 30}, "#
        + #""authorizingPrescription": [{"reference": "MedicationRequest/o1"}]"#)
    let expected = Dispense(
      id: ResourceID("MedicationDispense/r1"), orders: [ResourceID("MedicationRequest/o1")], codes: [],
      handedOverOn: try #require(CivilDate("2026-11-01")), supplyDays: 30)
    #expect(trial.records == [.fact(PatientID("p1"), .dispense(expected))])
  }

  // MARK: - Observation

  @Test func `a measurement's components are measurements of the same record`() throws {
    let trial = try ImportTrial(
      "Observation",
      #"""
      "subject": {"reference": "Patient/p1"}, "status": "amended",
      "effectiveDateTime": "2026-11-02T09:00:00-06:00",
      "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}]},
      "component": [
        {"code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]},
         "valueQuantity": {"value": 141, "unit": "mmHg", "code": "mm[Hg]",
          "system": "http://unitsofmeasure.org"}},
        {"code": {"coding": [{"system": "http://loinc.org", "code": "8462-4"}]},
         "valueQuantity": {"value": 88.5, "unit": "mmHg"}},
        {"code": {"text": "position"}, "valueString": "sitting"}]
      """#)
    let id = ResourceID("Observation/r1")
    let time = at("2026-11-02T15:00:00Z")
    #expect(
      trial.records == [
        .fact(
          PatientID("p1"),
          .observations([
            Observation(id: id, codes: [Coding(.loinc, "8480-6")], value: 141, unit: "mm[Hg]", at: time),
            Observation(id: id, codes: [Coding(.loinc, "8462-4")], value: 88.5, unit: "mmHg", at: time),
          ]))
      ])
  }

  @Test(arguments: [
    (#""effectiveDateTime": "2026-11-02""#, "2026-11-02T06:00:00Z"),
    (#""effectiveDateTime": "2026-11-02T09:00""#, "2026-11-02T15:00:00Z"),
    (#""effectiveDateTime": "2026-11-02T09:00Z""#, "2026-11-02T09:00:00Z"),
    (#""effectiveInstant": "2026-11-02T09:00:00.123Z""#, "2026-11-02T09:00:00Z"),
    (
      #""effectivePeriod": {"start": "2026-11-02T09:00:00Z", "end": "2026-11-02T10:00:00Z"}"#,
      "2026-11-02T10:00:00Z"
    ),
    (#""effectivePeriod": {"start": "2026-11-02T09:00:00Z"}"#, "2026-11-02T09:00:00Z"),
  ])
  func `a measurement's time is read in each of its forms`(members: String, time: String) throws {
    let trial = try ImportTrial(
      "Observation",
      #"""
      \#(Self.subject), "status": "final", "code": {"coding": [{"system": "http://loinc.org", \#
      "code": "4548-4"}]}, 
      """#
        + #""valueQuantity": {"value": 8.1, "code": "%"}, \#(members)"#)
    guard case .observations(let observations) = trial.fact else {
      Issue.record("no measurement")
      return
    }
    #expect(observations.map(\.at) == [at(time)])
    #expect(observations.map(\.unit) == ["%"])
  }

  // MARK: - The rest

  @Test func `an encounter is read, and one that goes on needs no start`() throws {
    let visit = try ImportTrial(
      "Encounter",
      Self.subject
        + #"""
        , "status": "finished", "class": {"code": "IMP"}, "period": {"start": "2026-11-01", "end": \#
        "2026-11-03"}
        """#
    )
    let stay = try ImportTrial(
      "Encounter", Self.subject + #", "status": "in-progress", "class": {"code": "IMP"}"#)
    let id = ResourceID("Encounter/r1")
    let expected = Encounter(
      id: id, status: "finished", kind: "IMP", codes: [], startedAt: at("2026-11-01"),
      endedAt: at("2026-11-04") - .seconds(1))
    #expect(visit.records == [.fact(PatientID("p1"), .encounter(expected))])
    let ongoing = Encounter(id: id, status: "in-progress", kind: "IMP", codes: [], startedAt: ImportTrial.now)
    #expect(stay.records == [.fact(PatientID("p1"), .encounter(ongoing))])
  }

  @Test(
    arguments: [
      (#""status": "completed", "occurrenceDateTime": "2026-10-01""#, nil),
      (#""status": "not-done", "occurrenceDateTime": "2026-10-01""#, .notDone),
      (#""status": "completed", "occurrenceString": "last autumn""#, .noDate),
      (#""status": "entered-in-error""#, .enteredInError),
    ] as [(String, ImportReason?)])
  func `only a completed vaccination with its day is a fact`(members: String, reason: ImportReason?) throws {
    let trial = try ImportTrial(
      "Immunization",
      #"""
      "patient": {"reference": "Patient/p1"}, "vaccineCode": {"coding": [{"system": \#
      "http://hl7.org/fhir/sid/cvx", "code": "140"}]}, 
      """#
        + members)
    let id = ResourceID("Immunization/r1")
    if reason == nil {
      let expected = Immunization(
        id: id, codes: [Coding(.cvx, "140")], on: try #require(CivilDate("2026-10-01")))
      #expect(trial.records == [.fact(PatientID("p1"), .immunization(expected))])
    } else {
      #expect(trial.records == [.noFact(PatientID("p1"), id)])
    }
    #expect(trial.skipped("Immunization") == reason)
  }

  @Test func `a place has a name, a state and a zone`() throws {
    let trial = try ImportTrial(
      "Location",
      #"""
      "name": "North", "address": {"state": "Texas", "extension": [{"url": \#
      "http://hl7.org/fhir/StructureDefinition/timezone", "valueCode": "America/Denver"}]}
      """#
    )
    let expected = Location(
      id: ResourceID("Location/r1"), name: "North", timeZone: "America/Denver", state: "TX")
    #expect(trial.records == [.location(expected)])
  }

  @Test(
    arguments: [
      (#""code": {"coding": [{"system": "urn:outreach:flag", "code": "do-not-contact"}]}"#, .doNotContact),
      (#""code": {"text": "DO NOT TEXT!"}"#, .doNotContact),
      (#""code": {"text": "Please: no texts"}"#, .doNotContact),
      (#""code": {"text": "No text messages, please"}"#, .doNotContact),
      (
        #""code": {"coding": [{"system": "http://example.org", "display": "Opted-out of reminders"}]}"#,
        .doNotContact
      ),
      (
        #"""
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/flag-category", \#
        "code": "contact"}]}]
        """#,
        .doNotContact
      ),
      (#""code": {"text": "Fall risk"}"#, .other), (#""code": {"text": "Undo nottext"}"#, .other),
      (#""category": [{"coding": [{"code": "safety"}]}], "code": {"text": "Latex"}"#, .other),
      (#""code": {"coding": [{"system": "urn:outreach:flag", "code": "safety"}]}"#, .safety),
      (
        #"""
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/flag-category", \#
        "code": "safety"}]}], "code": {"text": "Not safe at home"}
        """#,
        .safety
      ),
      (
        #"""
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/flag-category", \#
        "code": "safety"}]}], "code": {"text": "Do not text"}
        """#,
        .doNotContact
      ),
    ] as [(String, Flag.Kind)])
  func `a flag asks not to be contacted in code or words, or for safety in code`(
    members: String, kind: Flag.Kind
  ) throws {
    let trial = try ImportTrial("Flag", #"\#(Self.subject), "status": "active", \#(members)"#)
    guard case .flag(let flag) = trial.fact else {
      Issue.record("no flag")
      return
    }
    #expect(flag.kind == kind)
  }

  // MARK: - Appointment

  @Test func `an appointment knows its patient, place, kind and answer`() throws {
    let trial = try ImportTrial(
      "Appointment",
      #"""
      "status": "booked", "start": "2026-12-01T15:30:00Z", "end": "2026-12-01T16:00:00Z",
      "serviceType": [{"coding": [{"display": "Check-up"}]}], "appointmentType": {"text": "Routine"},
      "participant": [{"actor": {"reference": "Practitioner/d1"}, "status": "accepted"},
        {"actor": {"reference": "Location/l1"}, "status": "accepted"},
        {"actor": {"reference": "Patient/p1"}, "status": "declined"}]
      """#)
    let expected = Appointment(
      id: ResourceID("Appointment/r1"), status: "booked", startsAt: at("2026-12-01T15:30:00Z"),
      endsAt: at("2026-12-01T16:00:00Z"), kind: "Check-up", location: ResourceID("Location/l1"),
      patientDeclined: true)
    #expect(trial.records == [.fact(PatientID("p1"), .appointment(expected))])
  }

  @Test(
    arguments: [
      (
        #"[{"actor": {"reference": "Patient/p1"}}, {"actor": {"reference": "Patient/p2"}}]"#, .severalPatients
      ),
      (#"[{"actor": {"reference": "Practitioner/d1"}}]"#, .missing), ("[]", .missing),
      (#"[{"actor": {"reference": "Patient?identifier=1"}}]"#, .unresolvedReference),
    ] as [(String, ImportReason)])
  func `an appointment of nobody or of several is skipped`(participants: String, reason: ImportReason) throws
  {
    let trial = try ImportTrial(
      "Appointment", #""status": "booked", "start": "2026-12-01T15:30:00Z", "participant": \#(participants)"#)
    #expect(trial.records == [])
    #expect(trial.skipped("Appointment") == reason && trial.summary.faultCount == 1)
  }

  @Test func `an appointment without a start is not one yet`() throws {
    let trial = try ImportTrial(
      "Appointment", #""status": "proposed", "participant": [{"actor": {"reference": "Patient/p1"}}]"#)
    #expect(trial.records == [.noFact(PatientID("p1"), ResourceID("Appointment/r1"))])
    #expect(trial.skipped("Appointment") == .noDate)
  }
}

import OutreachCore
import OutreachImport
import Testing

/// What a FHIR Patient becomes.
struct PatientResourceTests {
  private func patient(_ members: String) throws -> Demographics {
    try #require(try ImportTrial("Patient", members).patient)
  }

  @Test func `an address in a clinic's own country without states is kept as it is`() throws {
    let options = ImportOptions(defaultRegion: "GB", zone: ImportTrial.chicago, now: ImportTrial.now)
    let trial = try ImportTrial(
      "Patient", #""address": [{"city": "London", "postalCode": "SW1A 1AA"}, {"city": "Leeds"}]"#,
      options: options)
    #expect(trial.patient?.identity.addresses == [PostalAddress(postalCode: "SW1A 1AA")])
  }

  @Test(arguments: [
    ("Patient", #""extension": [@]"#, "extension"),
    ("Patient", #""address": [{"extension": [@]}]"#, "address.extension"),
    ("Location", #""extension": [@]"#, "extension"),
    ("Location", #""address": {"extension": [@]}"#, "address.extension"),
  ])
  func `a time zone that there is none of is imported and named`(type: String, members: String, field: String)
    throws
  {
    let zone =
      #"{"url": "http://hl7.org/fhir/StructureDefinition/timezone", "valueCode": "America/Chicgo"}"#
    let members = members.replacing("@", with: zone)
    var options = ImportTrial.options()
    #expect(try ImportTrial(type, members, options: options).faults == [])
    options.isZone = { $0 == "America/Chicago" }
    let trial = try ImportTrial(type, members, options: options)
    #expect(trial.records.count == 1)
    #expect(type == "Location" || trial.patient?.identity.timeZone == "America/Chicgo")
    #expect(
      trial.faults == [
        "data.ndjson:1: \(type).\(field) is not an IANA time zone; imported, and no message can go out while "
          + "it stands"
      ])
  }

  @Test(arguments: [
    #""implicitRules": "http://example.org/rules""#,
    #""modifierExtension": [{"url": "http://example.org/not"}]"#,
  ])
  func `a resource with a modifier that is not understood is refused and named`(modifier: String) throws {
    #expect(try ImportTrial("Location", modifier).records == [])
    let trial = try ImportTrial("Patient", modifier)
    #expect(trial.records == [] && trial.skipped("Patient") == .modified)
    #expect(
      trial.faults == [
        "data.ndjson:1: Patient carries a modifier that this program does not understand; skipped"
      ])
    #expect(try patient(#""implicitRules": "", "modifierExtension": []"#).facts.isActive)
  }

  @Test func `a full patient is read`() throws {
    let read = try patient(
      #"""
      "active": true, "gender": "female", "birthDate": "1954-03-09",
      "name": [{"use": "official", "family": "Quill", "given": ["Ada", "May"]}],
      "telecom": [{"system": "phone", "value": "(913) 555-0123", "use": "mobile", "rank": 2,
                   "period": {"start": "2020-05-01", "end": "2030-01-31"}},
                  {"system": "email", "value": "ada@example.org"}],
      "address": [{"state": "KS", "postalCode": "66044", "country": "US"}],
      "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "es"}]}}],
      "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/timezone",
                     "valueCode": "America/Chicago"}]
      """#)
    #expect(read.identity.id == PatientID("r1"))
    #expect(read.identity.givenName == "Ada")
    #expect(read.identity.familyName == "Quill")
    #expect(read.identity.timeZone == "America/Chicago")
    #expect(read.identity.addresses == [PostalAddress(state: "KS", postalCode: "66044", country: "US")])
    let phone = try #require(read.identity.contactPoints.first)
    #expect(phone.system == .phone && phone.use == .mobile && phone.rank == 2)
    #expect(phone.typed == "(913) 555-0123")
    #expect(phone.phone?.number?.e164 == "+19135550123")
    #expect(phone.startsOn == CivilDate("2020-05-01") && phone.endsOn == CivilDate("2030-01-31"))
    #expect(read.identity.contactPoints.last?.system == .email)
    #expect(read.identity.contactPoints.last?.phone == nil)
    #expect(read.facts.birthDate == CivilDate("1954-03-09"))
    #expect(read.facts.sex == "female" && read.facts.language == "es")
    #expect(read.facts.isActive && !read.facts.isDeceased && !read.facts.isTest)
  }

  @Test(arguments: [
    (#""deceasedBoolean": true"#, true), (#""deceasedBoolean": false"#, false),
    (#""deceasedDateTime": "2020-01-01T00:00:00Z""#, true), (#""deceasedDateTime": "2020""#, true),
    (#""deceasedDateTime": "unreadable""#, true), ("", false),
  ])
  func `death is seen however it is said`(members: String, isDeceased: Bool) throws {
    #expect(try patient(members).facts.isDeceased == isDeceased)
  }

  @Test(
    arguments: [
      (#"[{"use": "official", "given": ["O"]}, {"use": "usual", "given": ["U"]}]"#, "U"),
      (#"[{"given": ["N"]}, {"use": "official", "given": ["O"]}]"#, "O"),
      (#"[{"use": "nickname", "given": ["X"]}, {"given": ["N"]}]"#, "N"),
      (#"[{"use": "maiden", "given": ["X"]}]"#, nil), (#"[{"use": "old", "given": ["X"]}]"#, nil),
      (#"[{"use": "anonymous", "given": ["X"]}]"#, nil), (#"[{"use": "temp", "given": ["X"]}]"#, nil),
      (#"[{"use": "usual", "given": ["X"], "period": {"end": "2020-01-01"}}, {"given": ["N"]}]"#, "N"),
      (#"[{"given": ["  ", "Second"]}]"#, "Second"), (#"[{"text": "Only Text"}]"#, nil),
    ] as [(String, String?)])
  func `the name is the usual one`(names: String, given: String?) throws {
    #expect(try patient(#""name": \#(names)"#).identity.givenName == given)
  }

  @Test(
    arguments: [
      (#"[{"language": {"coding": [{"code": "en-us"}]}}]"#, "en-US"),
      (
        #"""
        [{"language": {"coding": [{"code": "en"}]}}, {"language": {"coding": [{"code": "es"}]}, \#
        "preferred": true}]
        """#,
        "es"
      ),
      (#"[{"language": {"coding": [{"code": "spa"}]}}]"#, "es"),
      (#"[{"language": {"text": "Spanish"}}]"#, "es"),
      (
        #"""
        [{"language": {"text": "the one she likes"}, "preferred": true}, {"language": {"text": \#
        "English"}}]
        """#,
        nil
      ),
      (#"[{"language": {"coding": [{"code": "zh-hant-tw"}]}}]"#, "zh-Hant-TW"), ("[]", nil),
    ] as [(String, String?)])
  func `the language is the preferred one, else the first`(list: String, language: String?) throws {
    #expect(try patient(#""communication": \#(list)"#).facts.language == language)
  }

  @Test(arguments: [
    (#"[{"state": "Kansas"}]"#, [PostalAddress(state: "KS")]),
    (#"[{"state": "ks", "country": "USA"}]"#, [PostalAddress(state: "KS", country: "US")]),
    (#"[{"use": "old", "state": "TX"}, {"state": "KS"}]"#, [PostalAddress(state: "KS")]),
    (#"[{"state": "TX", "period": {"end": "2026-11-22"}}]"#, []),
    (#"[{"state": "TX", "period": {"end": "2026-11-23"}}]"#, [PostalAddress(state: "TX")]),
    (#"[{"country": "PR"}]"#, [PostalAddress(state: "PR", country: "US")]),
    (#"[{"state": "Bayern", "country": "Germany"}]"#, [PostalAddress(country: "ZZ")]),
    (
      #"[{"state": "somewhere", "postalCode": " 66044 "}]"#, [PostalAddress(state: "??", postalCode: "66044")]
    ),
    (#"[{"postalCode": "96815"}]"#, [PostalAddress(state: "??", postalCode: "96815")]),
    (#"[{"city": "Honolulu"}]"#, [PostalAddress(state: "??")]),
    (#"[{"state": "Hawai", "country": "US"}]"#, [PostalAddress(state: "??", country: "US")]),
    (#"[{"line": [null, "1 Kalakaua Ave"]}]"#, [PostalAddress(state: "??")]),
    (#"[{"text": "Honolulu, Hawaii"}]"#, [PostalAddress(state: "??")]),
    (#"[{"country": "US"}]"#, [PostalAddress(country: "US")]),
    (#"[{"city": " ", "line": [""], "state": "", "postalCode": ""}, {"use": "home"}]"#, []),
  ])
  func `addresses that count are kept`(list: String, addresses: [PostalAddress]) throws {
    #expect(try patient(#""address": \#(list)"#).identity.addresses == addresses)
  }

  @Test(
    arguments: [
      ("1954", nil, []), ("1954-03", nil, []), ("1954-03-09", "1954-03-09", []),
      ("2026-11-23", "2026-11-23", []),
      ("2026-11-24", nil, ["data.ndjson:1: Patient.birthDate lies in the future; imported without it"]),
      ("2027", nil, ["data.ndjson:1: Patient.birthDate lies in the future; imported without it"]),
      (
        "09/03/1954", nil,
        ["data.ndjson:1: Patient.birthDate is not a date or time that can be read; imported without it"]
      ),
    ] as [(String, String?, [String])])
  func `a birth date is whole and past, or none`(written: String, date: String?, faults: [String]) throws {
    let trial = try ImportTrial("Patient", #""birthDate": "\#(written)""#)
    #expect(trial.patient?.facts.birthDate == date.flatMap { CivilDate($0) })
    #expect(trial.faults == faults)
  }

  @Test func `a merged record names its successors`() throws {
    let read = try patient(
      #"""
      "link": [{"type": "replaced-by", "other": {"reference": "Patient/p9"}}, {"type": "seealso", \#
      "other": {"reference": "Patient/p8"}}, {"type": "refer", "other": {"reference": \#
      "Patient/p7"}}]
      """#
    )
    #expect(read.facts.replacedBy == [PatientID("p9")])
    #expect(read.facts.isActive)
  }

  @Test func `a record replaced by one that cannot be found is not active`() throws {
    let trial = try ImportTrial(
      "Patient", #""link": [{"type": "replaced-by", "other": {"reference": "Patient?identifier=a|b"}}]"#)
    #expect(trial.patient?.facts.isActive == false)
    #expect(
      trial.faults == [
        """
        data.ndjson:1: Patient.link.other refers to a record in a way that cannot be followed; \
        imported without it
        """
      ])
  }

  @Test(arguments: [
    (
      #"""
      "meta": {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", \#
      "code": "HTEST"}]}
      """#,
      true
    ),
    (#""meta": {"tag": [{"code": "HTEST"}]}"#, true), (#""meta": {"tag": [{"code": "other"}]}"#, false),
  ])
  func `test records are known by HTEST`(members: String, isTest: Bool) throws {
    #expect(try patient(members).facts.isTest == isTest)
  }

  @Test func `an inactive record is inactive`() throws {
    #expect(try !patient(#""active": false"#).facts.isActive)
  }

  @Test func `telecom keeps its order and drops what has no value or a broken period`() throws {
    let trial = try ImportTrial(
      "Patient",
      #"""
      "telecom": [{"system": "phone"}, {"system": "phone", "value": "913-555-0101", "use": "old"}, \#
      {"system": "sms", "value": "913-555-0102"}, {"value": "913-555-0103"}, {"system": "fax", \#
      "value": "913-555-0104"}, {"system": "phone", "value": "913-555-0105", "period": {"end": \#
      "soon"}}, {"system": "phone", "value": "913-555-FOOD"}]
      """#
    )
    let points = try #require(trial.patient?.identity.contactPoints)
    #expect(points.map(\.system) == [.phone, .sms, .other, .other, .phone])
    #expect(points.map(\.use) == [.old, nil, nil, nil, nil])
    #expect(points.map { $0.phone?.number?.e164 } == ["+19135550101", "+19135550102", nil, nil, nil])
    #expect(points.last?.phone?.fault == .letters)
    #expect(trial.faults.count == 1 && trial.faults[0].contains("telecom[5].period.end"))
  }

  @Test func `of two records with one identifier the later counts and the fault is named`() throws {
    let trial = try ImportTrial(lines: [
      #"{"resourceType": "Patient", "id": "p1", "gender": "male"}"#, "",
      #"{"resourceType": "Patient", "id": "p1", "gender": "female"}"#,
    ])
    #expect(trial.records.count == 2)
    #expect(trial.summary.resources["Patient"]?.incomplete == [.duplicatePatient: 1])
    #expect(
      trial.faults == [
        "data.ndjson:3: Patient was read before under the same identifier; the later record counts; imported"
      ])
  }
}

#!/usr/bin/env python3
"""Writes the synthetic clinic of this folder: FHIR files, README.md and expected.jsonl.

Needs nothing but Python 3.9. The same program writes the same bytes on every machine: what looks
random comes from hashes of a fixed seed and the place where it is used, so adding a patient
changes no other.

    python3 generate.py           writes the files
    python3 generate.py --check   compares them with what is there; exit code 1 when they differ
"""

import hashlib
import json
import pathlib
import sys
from datetime import date, datetime, timedelta

SEED = "lakeside-2026-11-23"
TODAY = date(2026, 11, 23)
EXPORTED_AT = "2026-11-23T11:00:00Z"
# The instants for which expected.jsonl says what a preview shows.
MONDAY = "2026-11-23T16:00:00Z"  # 10:00 in Chicago
TUESDAY = "2026-11-24T16:00:00Z"
WEDNESDAY = "2026-11-25T19:00:00Z"  # 13:00, the afternoon before Thanksgiving
FRIDAY = "2026-11-27T16:00:00Z"

ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
MODE = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
CVX = "http://hl7.org/fhir/sid/cvx"
UCUM = "http://unitsofmeasure.org"
NOT_DONE = "http://terminology.hl7.org/CodeSystem/communication-not-done-reason"
TIMEZONE = "http://hl7.org/fhir/StructureDefinition/timezone"

MEDICATIONS = [
    ("861007", "metformin hydrochloride 500 MG Oral Tablet"),
    ("860975", "24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet"),
    ("310490", "glipizide 5 MG Oral Tablet"),
]
STREETS = ["Maple Ave", "Oak St", "Cedar Ln", "Lake Shore Rd", "Prairie Way", "Second St"]

# Every resource by type, in the order in which it was made.
resources = {
    kind: []
    for kind in [
        "Patient", "Condition", "MedicationRequest", "MedicationDispense", "Observation", "Appointment",
        "Encounter", "Immunization", "Location", "Flag", "Consent", "Communication",
    ]
}
expected = []
table = []


def draw(place, count):
    """A number below `count` that depends on the seed and on `place` only."""
    digest = hashlib.sha256(f"{SEED}/{place}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % count


def ago(days):
    return (TODAY - timedelta(days=days)).isoformat()


def at(day, time="09:00:00"):
    """A time of the clinic's clock; November is standard time, and no summer time is written."""
    return f"{day}T{time}-06:00"


def coding(system, code, display=None):
    return {"system": system, "code": code} | ({"display": display} if display else {})


def concept(system, code, display=None):
    return {"coding": [coding(system, code, display)]}


def line_of(number, use, since):
    return {"system": "phone", "value": number, "use": use, "rank": 1, "period": {"start": since}}


def add(kind, **fields):
    resources[kind].append({"resourceType": kind} | fields)


def reference(patient):
    return {"reference": f"Patient/{patient}"}


# ---------------------------------------------------------------------------------------------------
# One kind of record each


def add_patient(
    patient, given, family, phone, state, city, zip_code, language="en", born=None, gender=None, telecom=None,
    country="US", zone=None, **extra,
):
    record = {"active": True} | extra
    name = {"use": "official", "family": family}
    if given:
        name["given"] = [given]
    record["name"] = [name]
    record["gender"] = gender or ["female", "male"][draw(f"{patient}/gender", 2)]
    if born != "unknown":
        year = 1941 + draw(f"{patient}/year", 50)
        month, day = 1 + draw(f"{patient}/month", 12), 1 + draw(f"{patient}/day", 28)
        record["birthDate"] = born or f"{year}-{month:02}-{day:02}"
    if telecom is None and phone:
        telecom = [line_of(phone, "mobile", "2025-09-01")]
    if telecom:
        record["telecom"] = telecom
    if state or country != "US":
        address = {"use": "home"}
        address["line"] = [f"{100 + draw(patient, 900)} {STREETS[draw(f'{patient}/street', len(STREETS))]}"]
        address |= {"city": city, "state": state}
        if zip_code:
            address["postalCode"] = zip_code
        address["country"] = country
        record["address"] = [address]
    if language:
        record["communication"] = [{"language": concept("urn:ietf:bcp:47", language), "preferred": True}]
    if zone:
        record["extension"] = [{"url": TIMEZONE, "valueCode": zone}]
    add("Patient", id=patient, **record)


def add_condition(patient, name, status="active"):
    codes = {
        "diabetes": [coding(ICD10, "E11.9"),
                     coding(SNOMED, "44054006", "Diabetes mellitus type 2 (disorder)")],
        "hypertension": [coding(ICD10, "I10"),
                         coding(SNOMED, "59621000", "Essential hypertension (disorder)")],
    }
    add(
        "Condition",
        id=f"{patient}-{name}",
        clinicalStatus=concept("http://terminology.hl7.org/CodeSystem/condition-clinical", status),
        verificationStatus=concept("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed"),
        code={"coding": codes[name]},
        subject=reference(patient),
        onsetDateTime=str(2008 + draw(f"{patient}/{name}", 16)),
    )


def add_supply(patient, due):
    """An active order that was last filled so that the supply ends on the day `due`."""
    code, display = MEDICATIONS[draw(f"{patient}/medication", len(MEDICATIONS))]
    days = [30, 60, 90][draw(f"{patient}/supply", 3)]
    handed = date.fromisoformat(due) - timedelta(days=days)
    add(
        "MedicationRequest",
        id=f"{patient}-order",
        status="active",
        intent="order",
        medicationCodeableConcept=concept(RXNORM, code, display),
        subject=reference(patient),
        authoredOn=(handed - timedelta(days=days)).isoformat(),
        dispenseRequest={
            "validityPeriod": {"end": "2027-06-30"},
            "numberOfRepeatsAllowed": 11,
            "expectedSupplyDuration": {"value": days, "unit": "d", "system": UCUM, "code": "d"},
        },
    )
    for number, day in enumerate([handed - timedelta(days=days), handed], start=1):
        add(
            "MedicationDispense",
            id=f"{patient}-fill-{number}",
            status="completed",
            medicationCodeableConcept=concept(RXNORM, code, display),
            subject=reference(patient),
            authorizingPrescription=[{"reference": f"MedicationRequest/{patient}-order"}],
            daysSupply={"value": days, "unit": "d", "system": UCUM, "code": "d"},
            whenHandedOver=day.isoformat(),
        )


def add_hba1c(patient, value, days_ago):
    add(
        "Observation",
        id=f"{patient}-a1c-{days_ago}",
        status="final",
        code=concept(LOINC, "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood"),
        subject=reference(patient),
        effectiveDateTime=at(ago(days_ago)),
        valueQuantity={"value": value, "unit": "%", "system": UCUM, "code": "%"},
    )


def add_pressure(patient, systolic, days_ago):
    def component(code, display, value):
        quantity = {"value": value, "unit": "mmHg", "system": UCUM, "code": "mm[Hg]"}
        return {"code": concept(LOINC, code, display), "valueQuantity": quantity}

    add(
        "Observation",
        id=f"{patient}-bp-{days_ago}",
        status="final",
        code=concept(LOINC, "85354-9", "Blood pressure panel with all children optional"),
        subject=reference(patient),
        effectiveDateTime=at(ago(days_ago)),
        component=[
            component("8480-6", "Systolic blood pressure", systolic),
            component("8462-4", "Diastolic blood pressure", 78 + draw(f"{patient}/diastolic", 16)),
        ],
    )


def add_consent(
    patient, said, purposes=("TREAT",), channels=("sms", "voice"), kind="permit", status="active", ends=None,
    exception=None, suffix="", form="v3",
):
    """A Consent; `said` is its dateTime, and no purposes or channels means all of them."""
    provision = {"type": kind}
    if ends:
        provision["period"] = {"start": said[:10], "end": ends}
    if purposes:
        provision["purpose"] = [
            coding(ACT_REASON if each == "TREAT" else "urn:outreach:purpose", each) for each in purposes
        ]
    modes = {"sms": "SMSWRIT", "voice": "PHONE"}
    if channels and draw(f"{patient}/consent", 2) == 0:
        provision["code"] = [concept("urn:outreach:channel", each) for each in channels]
    elif channels:
        provision["code"] = [concept(MODE, modes[each]) for each in channels]
    if exception:
        provision["provision"] = [{"type": "deny", "code": [concept("urn:outreach:channel", exception)]}]
    add(
        "Consent",
        id=f"{patient}-consent{suffix}",
        status=status,
        scope=concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
        category=[concept(LOINC, "59284-0", "Consent Document")],
        patient=reference(patient),
        dateTime=said,
        performer=[reference(patient)],
        policy=[{"uri": f"urn:outreach:form:{form}"}],
        provision=provision,
    )


def add_message(patient, sent, key=None, mode="SMSWRIT", status="completed", reason=None, suffix=""):
    """A past message to the patient, from this program where it has a key."""
    fields = {"status": status}
    if key:
        fields["identifier"] = [{"system": "urn:outreach:send", "value": key}]
    if reason:
        fields["statusReason"] = concept(NOT_DONE, reason)
    add(
        "Communication",
        id=f"{patient}-message{suffix}",
        **fields,
        medium=[concept(MODE, mode)],
        subject=reference(patient),
        sent=sent,
        recipient=[reference(patient)],
    )


def add_reply(patient, received, status):
    add(
        "Communication",
        id=f"{patient}-reply",
        status=status,
        medium=[concept(MODE, "SMSWRIT")],
        subject=reference(patient),
        received=received,
        recipient=[{"reference": "Organization/lakeside"}],
        sender=reference(patient),
    )


def add_visit(patient, start, status="booked", minutes=20):
    begin = datetime.fromisoformat(start)
    add(
        "Appointment",
        id=f"{patient}-visit",
        status=status,
        serviceType=[{"text": "Office visit"}],
        start=start,
        end=(begin + timedelta(minutes=minutes)).isoformat(),
        participant=[
            {"actor": reference(patient), "status": "accepted"},
            {"actor": {"reference": "Location/lakeside-main"}, "status": "accepted"},
        ],
    )


def add_stay(patient, start, end=None):
    period = {"start": start} | ({"end": end} if end else {})
    add(
        "Encounter",
        id=f"{patient}-stay",
        status="finished" if end else "in-progress",
        **{"class": coding(ACT_CODE, "IMP", "inpatient encounter")},
        subject=reference(patient),
        period=period,
    )


def add_flag(patient, text, code="do-not-contact"):
    add(
        "Flag",
        id=f"{patient}-flag",
        status="active",
        code={"coding": [coding("urn:outreach:flag", code)], "text": text},
        subject=reference(patient),
        period={"start": "2026-02-02"},
    )


def add_flu_shot(patient, days_ago):
    add(
        "Immunization",
        id=f"{patient}-flu",
        status="completed",
        vaccineCode=concept(CVX, "140", "Influenza, seasonal, injectable, preservative free"),
        patient=reference(patient),
        occurrenceDateTime=ago(days_ago),
    )


# ---------------------------------------------------------------------------------------------------
# Patients and what previews must say of them


def expect(patient, campaign, verdict, reason=None, message=None, when=MONDAY, send_at=None, asks_approval=False):
    line = {
        "at": when, "campaign": campaign, "patient": patient, "verdict": verdict, "reason": reason,
        "message": message,
    }
    if send_at:
        line["send_at"] = send_at
    if asks_approval:
        line["asks_approval"] = True
    expected.append(line)


def refill(patient, verdict, reason=None, when=MONDAY, send_at=None, message="refill_due"):
    if verdict in ("nothing", "outside"):
        message = None
    expect(patient, "diabetes-adherence", verdict, reason, message, when, send_at)


def person(number, given, family, area, state, city, zip_code, why, due=None, consent=True, **options):
    """A patient with the records that most have; what is special is added where it is called."""
    patient = f"lfc-{number:03}"
    phone = options.pop("phone", f"{area}-555-{100 + number:04}" if area else None)
    add_patient(patient, given, family, phone, state, city, zip_code, **options)
    if due:
        add_condition(patient, "diabetes")
        add_supply(patient, due)
        if draw(f"{patient}/a1c", 3):
            add_hba1c(patient, 6.8 + draw(f"{patient}/a1c value", 25) / 10,
                      20 + draw(f"{patient}/a1c day", 120))
    if consent:
        day = f"2026-0{1 + draw(f'{patient}/consent month', 8)}-{1 + draw(f'{patient}/consent day', 28):02}"
        add_consent(patient, f"{day}T15:00:00Z", **(consent if isinstance(consent, dict) else {}))
    if draw(f"{patient}/flu", 3) == 0:
        add_flu_shot(patient, 20 + draw(f"{patient}/flu day", 40))
    place = ", ".join(filter(None, [state, zip_code]))
    table.append((patient, f"{given or '(no given name)'} {family}", place, why))
    return patient


def sends():
    """People whom the diabetes campaign messages on Monday at ten."""
    for arguments in [
        (1, "María", "Alvarez", 312, "IL", "Chicago", "60608", "plain, in Spanish", "2026-11-25", "es"),
        (2, "James", "O'Brien", 773, "IL", "Chicago", "60618", "plain; an apostrophe in the family name",
         "2026-11-24"),
        (3, "José", "Ramírez", 708, "IL", "Cicero", "60804", "plain, in Spanish", "2026-11-26", "es-MX"),
        (4, "Thảo", "Nguyễn", 414, "WI", "Milwaukee", "53204", "a name outside GSM-7: the text is UCS-2",
         "2026-11-20"),
        (5, "Anne-Marie", "Dubois", 608, "WI", "Madison", "53703", "a hyphen in the name", "2026-11-27"),
        (6, "Deshawn", "Carter", 317, "IN", "Indianapolis", "46202", "Eastern time in Indiana", "2026-11-28"),
        (7, "Aisha", "Khan", 212, "NY", "New York", "10027", "eleven o'clock for her", "2026-11-23"),
        (8, "Robert", "Kowalski", 906, "MI", "Ironwood", "49938",
         "Michigan's Central corner: two zones, both open",
         "2026-11-18"),
        (9, "Priya", "Patel", 713, "TX", "Houston", "77002", "plain", "2026-11-25"),
        (10, "Carlos", "Mendoza", 915, "TX", "El Paso", "79901",
         "Mountain time in Texas: the hour opens at nine",
         "2026-11-24", "es"),
        (11, "Grace", "Thompson", 615, "TN", "Nashville", None, "Tennessee without ZIP: both zones are open",
         "2026-11-22"),
        (12, "Ruth", "Begay", 928, "AZ", "Window Rock", "86515", "with or without summer time it is nine",
         "2026-11-21"),
        (13, "Samuel", "Whitaker", 305, "FL", "Miami", "33101", "plain", "2026-11-26"),
        (14, "Elena", "Petrova", 316, "KS", "Wichita", None, "Kansas without ZIP: Mountain is just open",
         "2026-11-27"),
        (15, "Hiroshi", "Tanaka", 847, "IL", "Evanston", "60201", "no language on record: the clinic's own",
         "2026-11-25", None),
        (16, "Margaret", "Lindqvist", 701, "ND", "Fargo", "58102", "an area code with three zones, all open",
         "2026-11-19"),
        (17, "Walter", "Schmidt", 402, "NE", "Omaha", "68102", "plain", "2026-11-24"),
        (18, "Fatima", "Hassan", 502, "KY", "Louisville", "40202", "eleven o'clock for her", "2026-11-28"),
        (31, "Joseph", "Whitehorse", 605, "SD", "Rapid City", "57701",
         "Mountain, and an area code that is both",
         "2026-11-25"),
    ]:
        *first, why, due = arguments[:9]
        language = arguments[9] if len(arguments) > 9 else "en"
        patient = person(*first, why, due, language=language)
        refill(patient, "send")

    # A widow keeps the number that the late husband's record lists too.
    patient = person(19, "Dorothy", "Miller", 312, "IL", "Chicago", "60614",
                     "only other holder of the number has died",
                     "2026-11-25")
    refill(patient, "send")
    patient = person(20, "Harold", "Miller", 312, "IL", "Chicago", "60614", "died, by deceasedDateTime",
                     "2026-11-25",
                     phone="312-555-0119", deceasedDateTime="2026-08-30")
    refill(patient, "suppress", "patient_inactive")

    patient = person(21, "Claire", "Fournier", 416, "ON", "Toronto", "M5V 2T6",
                     "lives abroad, states her zone",
                     "2026-11-26", country="CA", zone="America/Toronto")
    refill(patient, "send")

    patient = person(22, "Andre", "Wellington", 773, "IL", "Chicago", "60619", "withdrew, then agreed again",
                     "2026-11-25", consent=False)
    add_consent(patient, "2024-03-01T15:00:00Z", suffix="-1", form="v2")
    add_consent(patient, "2025-05-10T15:00:00Z", kind="deny", purposes=(), channels=(), suffix="-2")
    add_consent(patient, "2026-04-02T15:00:00Z", suffix="-3")
    refill(patient, "send")

    patient = person(23, "Nadia", "Rahman", 312, "IL", "Chicago", "60640",
                     "agreed, but to no texts: called instead",
                     "2026-11-24", consent=dict(exception="sms"))
    refill(patient, "send")
    patient = person(
        24, "Leonard", "Brooks", 219, "IN", "Gary", "46402", "home line only: called, not texted",
        "2026-11-26",
        telecom=[line_of("219-555-0124", "home", "2025-09-01")])
    refill(patient, "send")


def waits():
    """People for whom it is too early, or late, and those who have heard enough."""
    nine_pacific = "2026-11-23T17:00:00Z"
    for arguments in [
        (25, "Olivia", "Chen", 503, "OR", "Portland", "97205", "eight o'clock: waits an hour"),
        (26, "Hannah", "Larsen", 541, "OR", "Ontario", "97914",
         "Mountain by ZIP, Pacific by area code: waits for both"),
        (27, "Luis", "Ortega", 213, "CA", "Los Angeles", "90012", "eight o'clock: waits an hour", "es"),
        (28, "Tyler", "Jensen", 208, "ID", "Boise", None, "Idaho without ZIP: waits for the later zone"),
    ]:
        patient = person(*arguments[:8], "2026-11-25", language=arguments[8] if len(arguments) > 8 else "en")
        refill(patient, "defer", "quiet_hours", send_at=nine_pacific)

    patient = person(29, "Carmen", "Rivera", 787, "PR", "San Juan", "00901",
                     "noon in Puerto Rico: the campaign's hours are over until Tuesday", "2026-11-26",
                     language="es")
    refill(patient, "defer", "quiet_hours", send_at="2026-11-24T13:00:00Z")
    patient = person(30, "Kai", "Nakamura", 212, "HI", "Honolulu", "96813",
                     "Hawaii by address, New York by number: no hour between 9 and 12 is both", "2026-11-26")
    refill(patient, "suppress", "no_window")

    patient = person(32, "Brian", "Murphy", 312, "IL", "Chicago", "60655", "had a text on Sunday afternoon",
                     "2026-11-25")
    add_message(patient, "2026-11-22T22:30:00Z")
    refill(patient, "defer", "frequency_cap", send_at="2026-11-24T15:00:00Z")
    patient = person(33, "Denise", "Jacobs", 773, "IL", "Chicago", "60620",
                     "had three messages in seven days",
                     "2026-11-25")
    add_message(patient, "2026-11-18T16:00:00Z", suffix="-1")
    add_message(patient, "2026-11-19T17:00:00Z", mode="PHONE", suffix="-2")
    add_message(patient, "2026-11-21T17:00:00Z", suffix="-3")
    refill(patient, "defer", "frequency_cap", send_at="2026-11-25T16:00:00Z")
    patient = person(34, "Kevin", "Wright", 630, "IL", "Naperville", "60540",
                     "wrote in twenty minutes before the export; nobody has answered", "2026-11-25")
    add_reply(patient, "2026-11-23T10:40:00Z", "in-progress")
    refill(patient, "defer", "reply_open", send_at="2026-11-23T17:00:00Z")

    patient = person(35, "Irene", "Novak", 708, "IL", "Berwyn", "60402",
                     "ten days late: told on Monday, no longer due after Thanksgiving", "2026-11-13")
    refill(patient, "send")
    refill(patient, "suppress", "no_longer_due", when=WEDNESDAY)


def inactive():
    """People who must not be written to at all."""
    patient = person(36, "Eleanor", "Whitfield", 312, "IL", "Chicago", "60657", "died, by deceasedBoolean",
                     "2026-11-25", deceasedBoolean=True)
    refill(patient, "suppress", "patient_inactive")
    patient = person(37, "George", "Stavros", 773, "IL", "Chicago", "60625", "the record is not active",
                     "2026-11-25",
                     active=False)
    refill(patient, "suppress", "patient_inactive")
    patient = person(38, "Teresa", "Moreno", 312, "IL", "Chicago", "60609", "in hospital since Saturday",
                     "2026-11-25")
    add_stay(patient, "2026-11-21T14:20:00-06:00")
    refill(patient, "suppress", "patient_inactive")
    patient = person(39, "Victor", "Lindgren", 815, "IL", "Joliet", "60435", "flagged: do not text",
                     "2026-11-25")
    add_flag(patient, "Do not text")
    refill(patient, "suppress", "patient_inactive")
    patient = person(40, "Test", "Patient", 312, "IL", "Chicago", "60601", "a test record (HTEST)",
                     "2026-11-25",
                     meta={"security": [coding(ACT_REASON, "HTEST", "test health data")]})
    refill(patient, "suppress", "patient_inactive")

    # A merge: the old record's withdrawal counts for the one that replaced it.
    patient = person(42, "Katherine", "Osei", 847, "IL", "Skokie", "60076", "replaced by lfc-043",
                     "2026-11-25",
                     consent=False, active=False,
                     link=[{"other": reference("lfc-043"), "type": "replaced-by"}])
    add_consent(patient, "2026-09-14T15:00:00Z", kind="deny", purposes=(), channels=())
    refill(patient, "suppress", "patient_inactive")
    patient = person(43, "Kathy", "Osei", 224, "IL", "Skokie", "60076",
                     "withdrew in the record that was merged in",
                     "2026-11-25", consent=False, link=[{"other": reference("lfc-042"), "type": "replaces"}])
    add_consent(patient, "2026-02-11T15:00:00Z")
    refill(patient, "suppress", "consent_revoked")
    for number, other, area in [(44, "lfc-045", 630), (45, "lfc-044", 331)]:
        patient = person(number, "Paul", "Andersson", area, "IL", "Aurora", "60505",
                         f"says that {other} replaced it",
                         "2026-11-25", link=[{"other": reference(other), "type": "replaced-by"}])
        refill(patient, "suppress", "patient_inactive")


def consents():
    """People who have not agreed, or not any more."""
    patient = person(41, "Marcus", "Bell", 773, "IL", "Chicago", "60637", "no Consent on record",
                     "2026-11-25",
                     consent=False)
    refill(patient, "suppress", "consent_missing")
    patient = person(46, "Sofia", "Romano", 312, "IL", "Chicago", "60607", "the Consent is only proposed",
                     "2026-11-25",
                     consent=dict(status="proposed"))
    refill(patient, "suppress", "consent_missing")
    patient = person(47, "Peter", "Novotny", 708, "IL", "Oak Park", "60302", "the Consent is inactive",
                     "2026-11-25",
                     consent=dict(status="inactive"))
    refill(patient, "suppress", "consent_missing")
    patient = person(48, "Yolanda", "Price", 773, "IL", "Chicago", "60628",
                     "the Consent is among the deleted",
                     "2026-11-25", consent=False)
    refill(patient, "suppress", "consent_missing")
    patient = person(49, "Frank", "Delgado", 312, "IL", "Chicago", "60632", "withdrew", "2026-11-25",
                     consent=False)
    add_consent(patient, "2025-01-03T15:00:00Z", suffix="-1")
    add_consent(patient, "2026-02-01T15:00:00Z", kind="deny", purposes=(), channels=(), suffix="-2")
    refill(patient, "suppress", "consent_revoked")
    patient = person(50, "Ingrid", "Larson", 262, "WI", "Kenosha", "53140",
                     "two Consents of one minute disagree",
                     "2026-11-25", consent=False)
    add_consent(patient, "2026-03-03T15:00:00Z", suffix="-1")
    add_consent(patient, "2026-03-03T15:00:00Z", kind="deny", suffix="-2")
    refill(patient, "suppress", "consent_revoked")
    patient = person(51, "Cedric", "Clarke", 312, "IL", "Chicago", "60653", "agreed until the end of June",
                     "2026-11-25", consent=False)
    add_consent(patient, "2025-07-01T15:00:00Z", ends="2026-06-30")
    refill(patient, "suppress", "consent_expired")
    patient = person(52, "Lena", "Fischer", 847, "IL", "Des Plaines", "60016",
                     "agreed to reminders of visits only",
                     "2026-11-25", consent=dict(purposes=("appointment",)))
    refill(patient, "suppress", "consent_missing")


def contacts():
    """People whose numbers cannot be used."""
    texts_only = dict(channels=("sms",))
    patient = person(53, "Arthur", "Kim", None, "IL", "Chicago", "60659", "no telecom at all", "2026-11-25")
    refill(patient, "suppress", "contact_missing")
    patient = person(
        54, "Beatriz", "Santos", None, "IL", "Chicago", "60647",
        "a former mobile, a home line and an e-mail address",
        "2026-11-25", consent=texts_only,
        telecom=[
            {"system": "phone", "value": "312-555-0154", "use": "old"},
            {"system": "phone", "value": "773-555-0154", "use": "home"},
            {"system": "email", "value": "beatriz@example.com"},
        ])
    refill(patient, "suppress", "contact_missing")
    for number, given, family, phone, why in [
        (55, "Calvin", "Reed", "(555) 555-0155", "555 is no area code"),
        (56, "Doris", "Engel", "555-0156", "no area code"),
        (57, "Edgar", "Holt", "312-555-CARE", "letters in the number"),
        (58, "Flora", "Castillo", "800-555-0158", "a toll-free number"),
    ]:
        patient = person(number, given, family, None, "IL", "Chicago", "60616", why, "2026-11-25",
                         phone=phone)
        refill(patient, "suppress", "contact_invalid")
    for number, given, why in [(59, "Thomas", "shares a mobile with Susan; agreed to texts, which name him"),
                               (60, "Susan", "shares it with Thomas, and agreed to texts too")]:
        patient = person(number, given, "Hartwell", None, "IL", "Elgin", "60120", why, "2026-11-25",
                         phone="847-555-0159", consent=dict(channels=("sms",)))
        refill(patient, "suppress", "contact_shared")
    for number in (61, 62):
        patient = person(number, "Miguel", "Torres", None, "IL", "Waukegan", "60085",
                         "twice in the records, not merged", "2026-11-25", phone="224-555-0161",
                         born="1968-04-12",
                         gender="male")
        # A call names nobody, so it may go there; it goes once, for the one whose handle comes first.
        if number == 62:
            refill(patient, "send")
        else:
            refill(patient, "suppress", "already_sent")
    patient = person(
        63, "Rosa", "Vitale", None, "IL", "Chicago", "60634",
        "nothing since January 2025 says the number is hers",
        "2026-11-25", consent=False,
        telecom=[line_of("773-555-0163", "mobile", "2023-01-15")])
    add_consent(patient, "2024-01-10T15:00:00Z")
    add_message(patient, "2025-01-20T16:00:00Z")
    refill(patient, "suppress", "contact_stale")
    patient = person(64, "Gloria", "Benson", 312, "IL", "Chicago", "60643", "an invalid zone on record",
                     "2026-11-25",
                     zone="America/Chicgo")
    refill(patient, "suppress", "zone_unknown")


def contents():
    """People for whom there are no words, or who have had them."""
    texts_only = dict(channels=("sms",))
    # What is no name is not said; the message greets without it.
    patient = person(65, "Mar1a", "Lopez2", 312, "IL", "Chicago", "60629", "digits in the name", "2026-11-25",
                     consent=texts_only)
    refill(patient, "send")
    patient = person(66, None, "Okafor", 773, "IL", "Chicago", "60649", "no given name on record",
                     "2026-11-25",
                     consent=texts_only)
    refill(patient, "suppress", "value_missing")
    patient = person(67, "Anna", "Berg", 312, "IL", "Chicago", "60646", "flagged: others may read the phone",
                     "2026-11-25", consent=texts_only)
    add_flag(patient, "Others may read the phone", code="safety")
    refill(patient, "suppress", "content_refused")
    patient = person(68, "Hương", "Lê", 312, "IL", "Chicago", "60641",
                     "prefers Vietnamese, which has no wording",
                     "2026-11-25", language="vi")
    refill(patient, "suppress", "language_missing")
    patient = person(69, "Maximiliano-Alexander Bartholomew-Jonah", "Featherstonehaugh", 847, "IL",
                     "Wilmette", "60091",
                     "a given name of 39 letters: the reminder of his visit is too long", consent=texts_only)
    refill(patient, "outside")
    add_visit(patient, at("2026-11-25", "11:00:00"))
    expect(patient, "appointment-reminder", "suppress", "too_long", "three_days")
    expect(patient, "appointment-reminder", "suppress", "too_long", "day_before")
    patient = person(70, "Sandra", "Meyer", 630, "IL", "Lombard", "60148", "was told on Friday", "2026-11-25")
    add_message(patient, "2026-11-20T16:00:00Z", key="diabetes-adherence|refill_due|refill 2026-11-25")
    refill(patient, "suppress", "already_sent")
    patient = person(71, "Oscar", "Lindholm", 815, "IL", "Rockford", "61101",
                     "a provider refused it for good on Friday",
                     "2026-11-25")
    add_message(patient, "2026-11-20T16:00:00Z", key="diabetes-adherence|refill_due|refill 2026-11-25",
                status="not-done", reason="invalid-phone-number")
    refill(patient, "suppress", "provider_refused")
    patient = person(72, "Ralph", "Ivanov", 312, "IL", "Chicago", "60630",
                     "no birth date: the campaign cannot tell his age",
                     "2026-11-25", born="unknown")
    refill(patient, "suppress", "value_missing", message=None)
    for campaign in ["hypertension-check-in", "faulty"]:
        expect(patient, campaign, "suppress", "value_missing")


def others():
    """People with nothing to do, and records about nobody."""
    patient = person(73, "Naomi", "Feldman", 847, "IL", "Highland Park", "60035",
                     "supplied until mid-December",
                     "2026-12-18")
    refill(patient, "nothing")
    patient = person(74, "Ahmed", "Farouk", 312, "IL", "Chicago", "60660",
                     "fifteen days late: a letter's work",
                     "2026-11-08")
    refill(patient, "nothing")
    patient = person(75, "Chloe", "Bennett", 708, "IL", "La Grange", "60525", "fifteen years old",
                     "2026-11-25",
                     born="2011-05-09", gender="female")
    refill(patient, "outside")
    add_condition("lfc-999", "diabetes")  # of a patient who is not in the export


def visits():
    """Appointments as of Monday; Thursday is Thanksgiving."""
    campaign = "appointment-reminder"

    def reminders(patient, three_days=None, day_before=None, when=MONDAY):
        for message, decision in [("three_days", three_days), ("day_before", day_before)]:
            if decision:
                verdict, reason, *send_at = decision
                expect(patient, campaign, verdict, reason, message, when, *send_at)

    add_visit("lfc-005", at("2026-11-25", "14:30:00"))
    reminders("lfc-005", ("send", None), ("defer", "not_yet_due", "2026-11-24T20:30:00Z"))
    reminders("lfc-005", None, ("suppress", "facts_stale"), when=TUESDAY)
    add_visit("lfc-011", at("2026-11-24", "09:30:00"))
    reminders("lfc-011", None, ("send", None))
    add_visit("lfc-017", at("2026-11-24", "15:00:00"))
    reminders("lfc-017", None, ("defer", "not_yet_due", "2026-11-23T21:00:00Z"))
    add_visit("lfc-014", at("2026-11-27", "08:00:00"))
    reminders("lfc-014", ("defer", "not_yet_due", "2026-11-24T16:00:00Z"), ("suppress", "no_window"))
    add_visit("lfc-052", at("2026-11-25", "10:00:00"))
    reminders("lfc-052", ("send", None), ("defer", "not_yet_due", "2026-11-24T16:00:00Z"))
    add_visit("lfc-046", at("2026-11-25", "13:00:00"))
    reminders("lfc-046", ("suppress", "consent_missing"), ("suppress", "consent_missing"))
    add_visit("lfc-015", at("2026-11-25", "09:40:00"), status="cancelled")
    expect("lfc-015", campaign, "outside")
    add_visit("lfc-006", at("2026-11-25", "15:00:00"), status="pending")
    expect("lfc-006", campaign, "skip")
    add_visit("lfc-009", at("2026-12-08", "10:20:00"))
    expect("lfc-009", campaign, "nothing")


def pressures():
    """Blood pressures, and what the hypertension campaign and the faulty one make of them."""
    campaign = "hypertension-check-in"
    for patient, systolic, days_ago in [
        ("lfc-002", 158, 20), ("lfc-003", 152, 33), ("lfc-009", 162, 12), ("lfc-013", 168, 200), ("lfc-018",
                                                                                                  142, 15),
        ("lfc-027", 165, 40), ("lfc-041", 170, 8), ("lfc-007", 192, 5),
    ]:
        add_condition(patient, "hypertension")
        add_pressure(patient, systolic, days_ago)
        add_pressure(patient, systolic - 6, days_ago + 190)
    for patient, value in [("lfc-002", 8.1), ("lfc-013", 6.5), ("lfc-027", 9.4)]:
        drop_hba1c(patient)
        add_hba1c(patient, value, 10)
    for patient in ["lfc-003", "lfc-009", "lfc-041"]:
        drop_hba1c(patient)

    expect("lfc-002", campaign, "send", None, "check_in")
    expect("lfc-003", campaign, "send", None, "check_in")
    expect("lfc-007", campaign, "task")
    expect("lfc-009", campaign, "skip")
    expect("lfc-013", campaign, "skip")
    expect("lfc-018", campaign, "nothing")
    expect("lfc-027", campaign, "defer", "quiet_hours", "check_in", send_at="2026-11-23T17:00:00Z")
    expect("lfc-041", campaign, "suppress", "consent_missing", "check_in")

    for patient in ["lfc-002", "lfc-009", "lfc-041"]:
        expect(patient, "billing", "suppress", "purpose_refused", "please_call")
    for patient in ["lfc-002", "lfc-027"]:
        expect(patient, campaign, "suppress", "not_approved", "check_in", asks_approval=True)

    expect("lfc-002", "faulty", "send", None, "please_call")
    expect("lfc-003", "faulty", "suppress", "value_missing")
    expect("lfc-007", "faulty", "suppress", "script_budget")
    expect("lfc-009", "faulty", "suppress", "value_missing")
    expect("lfc-013", "faulty", "nothing")
    expect("lfc-018", "faulty", "suppress", "script_error")
    expect("lfc-027", "faulty", "defer", "quiet_hours", "please_call", send_at="2026-11-23T17:00:00Z")
    expect("lfc-041", "faulty", "suppress", "value_missing")


def drop_hba1c(patient):
    resources["Observation"] = [
        each for each in resources["Observation"] if not each["id"].startswith(f"{patient}-a1c")
    ]


def stays():
    """Hospital stays that ended lately."""
    campaign = "post-discharge-follow-up"
    for patient, end, verdict, reason, send_at in [
        ("lfc-004", at("2026-11-19", "11:00:00"), "send", None, None),
        ("lfc-010", at("2026-11-18", "15:30:00"), "send", None, None),
        ("lfc-008", at("2026-11-22", "11:00:00"), "defer", "not_yet_due", "2026-11-24T17:00:00Z"),
        ("lfc-016", at("2026-11-16", "08:30:00"), "suppress", "expired", None),
        ("lfc-049", at("2026-11-19", "09:45:00"), "suppress", "consent_revoked", None),
        ("lfc-022", at("2026-11-10", "10:00:00"), "nothing", None, None),
    ]:
        length = timedelta(days=2 + draw(f"{patient}/stay", 4), hours=3)
        add_stay(patient, (datetime.fromisoformat(end) - length).isoformat(), end)
        message = None if verdict == "nothing" else "check_in"
        expect(patient, campaign, verdict, reason, message, send_at=send_at)
    expect("lfc-038", campaign, "nothing")


def later():
    """The diabetes campaign at other times: before a holiday, and on facts that have aged."""
    refill("lfc-002", "defer", "quiet_hours", when=WEDNESDAY, send_at="2026-11-27T15:00:00Z")
    refill("lfc-001", "suppress", "facts_stale", when=FRIDAY)


def places():
    for identifier, name, city, state, zip_code in [
        ("lakeside-main", "Lakeside Family Care", "Chicago", "IL", "60613"),
        ("lakeside-hammond", "Lakeside Family Care Hammond", "Hammond", "IN", "46320"),
    ]:
        add(
            "Location",
            id=identifier,
            extension=[{"url": TIMEZONE, "valueCode": "America/Chicago"}],
            status="active",
            name=name,
            address={"city": city, "state": state, "postalCode": zip_code, "country": "US"},
        )


# ---------------------------------------------------------------------------------------------------
# Files


def line(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def manifest():
    deleted = [{"type": "Bundle", "url": "deleted.ndjson"}]
    output = [
        {"type": kind, "url": f"{kind}.ndjson", "count": len(records)} for kind, records in resources.items()
    ]
    return {
        "transactionTime": EXPORTED_AT,
        "request": "https://fhir.lakeside.example/Patient/$export",
        "requiresAccessToken": False,
        "output": output,
        "deleted": deleted,
        "error": [],
    }


def deleted_bundle():
    request = {"method": "DELETE", "url": "Consent/lfc-048-consent"}
    return {"resourceType": "Bundle", "id": "deleted", "type": "transaction", "entry": [{"request": request}]}


def cell(patient, campaign):
    """What the previews say of one patient and campaign, for the table."""
    parts = []
    for each in expected:
        if each["patient"] != patient or each["campaign"] != campaign:
            continue
        words = each["verdict"] if not each["reason"] else f"{each['verdict']}: `{each['reason']}`"
        if campaign == "appointment-reminder" and each["message"]:
            words = f"`{each['message']}` {words}"
        if each.get("send_at"):
            words += f" until {each['send_at'][5:16].replace('T', ' ')}Z"
        if each.get("asks_approval"):
            words += " (where approval is asked)"
        if each["at"] != MONDAY:
            words += f" ({each['at'][5:16].replace('T', ' ')}Z)"
        parts.append(words)
    return "; ".join(parts)


def readme():
    lines = [README.strip(), ""]
    lines.append("| patient | name | place | why they are here | diabetes-adherence | other campaigns |")
    lines.append("| --- | --- | --- | --- | --- | --- |")
    for patient, name, place, why in table:
        others = [
            f"{campaign}: {words}"
            for campaign in ["hypertension-check-in", "appointment-reminder", "post-discharge-follow-up",
                             "faulty", "billing"]
            if (words := cell(patient, campaign))
        ]
        row = [patient, name, place, why, cell(patient, "diabetes-adherence"), "<br>".join(others)]
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines) + "\n"


README = """
# Lakeside Family Care, a synthetic clinic

A FHIR R4 bulk export of a clinic that does not exist, as of Monday 2026-11-23, five in the morning in
Chicago (11:00Z). Nobody in it is real; the numbers are of the 555-0100 to 555-0199 range that is kept for
fiction, but for a few that are wrong on purpose. Thursday of that week is Thanksgiving.

Everything but `clinic.lua` and `campaigns/` is written by `python3 generate.py`, which needs only Python;
`python3 generate.py --check` compares.

- `clinic.lua`: the clinic's name, number and zone, for a workspace that imports this folder.
- `manifest.json` and the `.ndjson` files it names: the export, with one record that was deleted.
- `campaigns/faulty.lua`: a campaign whose mistakes stop it for some patients and for nobody else.
- `campaigns/billing.lua`: a campaign of which nothing goes out, because billing is no purpose of care.
- `expected.jsonl`: what previews must say, patient by patient, worked out by hand. `verdict` is `send`,
  `defer` or `suppress` for a message, `task` or `skip` for other answers, `nothing` where the campaign has
  no answer, and `outside` for patients who are not in its audience; `message` is null where there is none.
  `send_at` is there where a message waits, and `asks_approval` where the engine is asked to decide as for
  sending, with nothing approved. It covers the audience of `diabetes-adherence` and of the other
  campaigns completely at the first instant, and picks a few patients at later ones.

## What the previews say

At 2026-11-23T16:00Z (ten on Monday morning in Chicago) unless a time is given. A name is shown here
because it is nobody's; previews mask names.
"""


def files():
    places()
    for group in [sends, waits, inactive, consents, contacts, contents, others, visits, pressures, stays,
                  later]:
        group()
    table.sort()
    written = {f"{kind}.ndjson": "".join(map(line, records)) for kind, records in resources.items()}
    written["deleted.ndjson"] = line(deleted_bundle())
    written["manifest.json"] = json.dumps(manifest(), indent=2) + "\n"
    order = sorted(expected,
                   key=lambda each: [each[key] or "" for key in ("at", "campaign", "patient", "message")])
    written["expected.jsonl"] = "".join(map(line, order))
    written["README.md"] = readme()
    return written


def main():
    folder = pathlib.Path(__file__).resolve().parent
    differing = []
    for name, text in files().items():
        path = folder / name
        data = text.encode()
        if "--check" in sys.argv[1:]:
            if not path.exists() or path.read_bytes() != data:
                differing.append(name)
        else:
            path.write_bytes(data)
    for name in differing:
        print(f"{name} differs from what generate.py writes", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

import OutreachCore

/// Makes the facts of one synthetic patient: as many, and of the same kinds, for everybody.
struct FactMaker {
  /// A prefix of the identifiers of all records.
  let name: String
  var generator: SeededGenerator

  /// Facts of somebody with diabetes whose supply of medication runs out.
  mutating func withDiabetes() -> [Fact] {
    let order = ResourceID("MedicationRequest/\(name)-1")
    let medication = [Coding(.rxnorm, generator.one(of: ["861007", "861004", "860975", "310490"]))]
    // From twelve days overdue to due in five, with a few who have more in hand.
    let dueIn = generator.chance(percent: 95) ? generator.number(-12...5) : generator.number(6...60)
    let handedOver = SyntheticClinic.today.adding(days: dueIn - 90)
    return [
      condition(1, Coding(.icd10, generator.one(of: ["E11.9", "E11.65", "E10.9"]))),
      condition(2, Coding(.icd10, "I10")),
      .medicationOrder(
        MedicationOrder(
          id: order, codes: medication, isActive: true, authoredOn: handedOver.adding(days: -180),
          supplyDays: 90,
          repeatsAllowed: 3)),
      .dispense(
        Dispense(
          id: ResourceID("MedicationDispense/\(name)-1"), orders: [order], codes: medication,
          handedOverOn: handedOver.adding(days: -90), supplyDays: 90)),
      .dispense(
        Dispense(
          id: ResourceID("MedicationDispense/\(name)-2"), orders: [order], codes: medication,
          handedOverOn: handedOver, supplyDays: 90)),
      .observations([observation(1, "4548-4", Double(generator.number(55...110)) / 10, "%")]),
    ] + everybodys()
  }

  /// Facts of somebody whom the diabetes campaign does not concern.
  mutating func others() -> [Fact] {
    let order = ResourceID("MedicationRequest/\(name)-1")
    let medication = [Coding(.rxnorm, generator.one(of: ["314076", "197361", "617312"]))]
    let authoredOn = SyntheticClinic.today.adding(days: -generator.number(1...300))
    return [
      condition(1, Coding(.icd10, generator.one(of: ["I10", "J45.909", "E78.5", "M54.50"]))),
      condition(2, Coding(.icd10, generator.one(of: ["K21.9", "F41.9", "N39.0"]))),
      .medicationOrder(
        MedicationOrder(
          id: order, codes: medication, isActive: generator.chance(percent: 70), authoredOn: authoredOn,
          supplyDays: 30, repeatsAllowed: 2)),
      .dispense(
        Dispense(
          id: ResourceID("MedicationDispense/\(name)-1"), orders: [order], codes: medication,
          handedOverOn: authoredOn.adding(days: 1), supplyDays: 30)),
      .dispense(
        Dispense(
          id: ResourceID("MedicationDispense/\(name)-2"), orders: [order], codes: medication,
          handedOverOn: authoredOn.adding(days: 31), supplyDays: 30)),
      .observations([observation(1, "2093-3", Double(generator.number(120...280)), "mg/dL")]),
    ] + everybodys()
  }

  private mutating func everybodys() -> [Fact] {
    let visit = instant(daysAgo: generator.number(20...400))
    return [
      .observations([
        observation(2, "8480-6", Double(generator.number(100...165)), "mm[Hg]"),
        observation(2, "8462-4", Double(generator.number(60...100)), "mm[Hg]"),
      ]),
      .encounter(
        Encounter(
          id: ResourceID("Encounter/\(name)-1"), status: "finished", kind: "AMB", codes: [], startedAt: visit,
          endedAt: visit + .seconds(1_800))),
      .appointment(
        Appointment(
          id: ResourceID("Appointment/\(name)-1"), status: "booked",
          startsAt: instant(daysAgo: -generator.number(1...120)), kind: "follow-up")),
      .immunization(
        Immunization(
          id: ResourceID("Immunization/\(name)-1"), codes: [Coding(.cvx, "140")],
          on: SyntheticClinic.today.adding(days: -generator.number(10...700)))),
      .contact(
        PastContact(
          id: ResourceID("Communication/\(name)-1"), at: instant(daysAgo: generator.number(30...200)),
          channel: .sms,
          status: .delivered)),
    ]
  }

  private mutating func condition(_ number: Int, _ code: Coding) -> Fact {
    .condition(
      Condition(
        id: ResourceID("Condition/\(name)-\(number)"), codes: [code], isActive: true,
        onset: SyntheticClinic.today.adding(days: -generator.number(100...5_000))))
  }

  private mutating func observation(_ number: Int, _ code: String, _ value: Double, _ unit: String)
    -> Observation
  {
    Observation(
      id: ResourceID("Observation/\(name)-\(number)"), codes: [Coding(.loinc, code)], value: value,
      unit: unit,
      at: instant(daysAgo: number * 30))
  }

  /// Noon in universal time, so many days before today.
  private func instant(daysAgo days: Int) -> Instant {
    Instant(secondsSinceEpoch: Int64(SyntheticClinic.today.daysSinceEpoch - days) * 86_400 + 43_200)
  }
}

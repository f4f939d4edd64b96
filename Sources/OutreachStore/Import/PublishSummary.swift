/// What an import did to one kind of record.
package struct Tally: Hashable, Sendable {
  /// Records that were not there before.
  package var new = 0
  /// Records that say something else now.
  package var changed = 0
  /// Records that were imported and said the same before.
  package var unchanged = 0
  /// Records that are no longer in use.
  package var removed = 0

  /// An empty tally.
  package init() {}

  /// Whether nothing is different now.
  package var changedNothing: Bool { new == 0 && changed == 0 && removed == 0 }
}

/// The kinds of facts, under the names of the JSON summary.
package enum FactKind: String, Hashable, Sendable, CaseIterable {
  /// Problems and diagnoses.
  case condition
  /// Prescriptions.
  case medicationOrder
  /// Hand-overs of medication.
  case dispense
  /// Measurements, all of one record counted once.
  case observation
  /// Appointments.
  case appointment
  /// Visits and stays.
  case encounter
  /// Vaccinations.
  case immunization
  /// Warnings.
  case flag
  /// Past messages.
  case contact
}

/// What an import did: numbers only.
package struct PublishSummary: Hashable, Sendable {
  /// Patients' own records; removed are those the source deleted.
  package var patients = Tally()
  /// Facts by kind; kinds that the import did not touch are missing.
  package var facts: [FactKind: Tally] = [:]
  /// Consent records.
  package var consents = Tally()
  /// Places and shared medication records.
  package var shared = Tally()
  /// Records of this import that belong to no known patient, which were not stored, and links to unknown
  /// patients.
  package var unknownReferences = 0
  /// Records that another one replaced, after the import.
  package var replaced = 0
  /// Records whose links lead into a circle, after the import; they count as replaced too.
  package var linkFaults = 0
  /// Patients that were erased: what the import says of them was not stored.
  package var erased = 0
  /// Records whose standing changed, such as by new links.
  package var standingsChanged = 0

  /// An empty summary.
  package init() {}

  /// Whether the registry is as it was.
  package var changedNothing: Bool {
    patients.changedNothing && consents.changedNothing && shared.changedNothing && standingsChanged == 0
      && facts.values.allSatisfy(\.changedNothing)
  }
}

/// One fact of a patient, whatever its kind.
public enum Fact: Hashable, Sendable {
  /// A problem or diagnosis.
  case condition(Condition)
  /// A prescription.
  case medicationOrder(MedicationOrder)
  /// A hand-over of medication.
  case dispense(Dispense)
  /// The measurements of one record: itself and its components, all with the same identifier.
  case observations([Observation])
  /// An appointment.
  case appointment(Appointment)
  /// A visit or stay.
  case encounter(Encounter)
  /// A vaccination.
  case immunization(Immunization)
  /// A warning.
  case flag(Flag)
  /// A past message.
  case contact(PastContact)
}

/// The demographic part of a record: what comes with the patient itself and not with a fact.
public struct Demographics: Hashable, Sendable {
  /// Who they are and how they are reached.
  public var identity: PatientIdentity
  /// A record whose lists of facts are empty: birth date, sex, language, state, fields and links.
  public var facts: PatientFacts

  /// Makes the demographic part of a record.
  public init(identity: PatientIdentity, facts: PatientFacts) {
    self.identity = identity
    self.facts = facts
  }
}

/// One record that an import hands to the registry.
///
/// A later record with the same identifier replaces the earlier one.
public enum ImportedRecord: Hashable, Sendable {
  /// A patient.
  case patient(Demographics)
  /// A fact of a patient. The record's own identifier is in the fact.
  case fact(PatientID, Fact)
  /// A record that states no fact any more, such as one entered in error or cancelled before it counted.
  case noFact(PatientID, ResourceID)
  /// A consent record and what it grants and revokes; an empty list is a record that is not active.
  case consent(PatientID, ResourceID, [ConsentEvent])
  /// A place.
  case location(Location)
  /// A shared medication record and its codes.
  case medication(ResourceID, [Coding])
  /// A record that the source has deleted, of whatever kind; `Patient/…` removes the patient from use.
  case deleted(ResourceID)
}

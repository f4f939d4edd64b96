/// What is known of a patient clinically and administratively: what scripts may ask about.
///
/// Sealed at rest. Facts keep the identifier of the record they come from, so that an import replaces or
/// deletes exactly that one. Lists are in the order of those identifiers.
public struct PatientFacts: Hashable, Sendable {
  /// The date of birth; a partial date gives no age.
  public var birthDate: CivilDate?
  /// Administrative sex: `female`, `male`, `other` or `unknown`.
  public var sex: String?
  /// The preferred language as a BCP 47 tag such as `es` or `en-US`.
  public var language: String?
  /// Whether the record is in active use; false also where the source says it was entered in error.
  public var isActive: Bool
  /// Whether the person has died, however the source says so.
  public var isDeceased: Bool
  /// Whether the record is marked as a test record.
  public var isTest: Bool
  /// The records that replaced this one when duplicates were merged.
  public var replacedBy: [PatientID]
  /// Values from the clinic's own columns, by name.
  public var fields: [String: FieldValue]
  /// Problems and diagnoses.
  public var conditions: [Condition]
  /// Prescriptions.
  public var medicationOrders: [MedicationOrder]
  /// What a pharmacy handed over.
  public var dispenses: [Dispense]
  /// Measurements, components as their own entries.
  public var observations: [Observation]
  /// Booked and past appointments.
  public var appointments: [Appointment]
  /// Visits and stays.
  public var encounters: [Encounter]
  /// Vaccinations.
  public var immunizations: [Immunization]
  /// Warnings on the record.
  public var flags: [Flag]
  /// Messages that went out or came in, from this program or another.
  public var contacts: [PastContact]

  /// Makes an empty record of an active patient.
  public init() {
    isActive = true
    isDeceased = false
    isTest = false
    replacedBy = []
    fields = [:]
    conditions = []
    medicationOrders = []
    dispenses = []
    observations = []
    appointments = []
    encounters = []
    immunizations = []
    flags = []
    contacts = []
  }
}

/// A value of a clinic's own column, seen by scripts as `patient.fields.NAME`.
public enum FieldValue: Hashable, Sendable {
  /// A text.
  case text(String)
  /// A number.
  case number(Double)
  /// Yes or no.
  case boolean(Bool)
}

/// The names of everything that scripts can reach, for the editor types and the manual to be checked against.
package enum ScriptInterface {
  /// The functions.
  package static var functions: [String] { HostFunctions.all.map(\.name) }

  /// What is asked of a patient with a colon.
  package static var patientMethods: [String] { PatientMethod.names }

  /// What is read with a dot, by the name that the editor types give the object.
  package static var fields: [String: [String]] {
    [
      "Patient": PatientField.names, "Refill": RefillField.names, "Appointment": AppointmentField.names,
      "Encounter": EncounterField.names, "Measurement": MeasurementField.names,
      "SentMessage": ContactField.names,
      "Instant": InstantField.names, "ClinicInfo": ClinicField.names, "Today": TodayField.names,
    ]
  }
}

/// Why a record, or a part of it, was not imported.
///
/// The raw values are stable: they name the counts of a summary in JSON.
package enum ImportReason: String, Hashable, Sendable, CaseIterable {
  // Faults: somebody should look at the file.

  /// The line or file is not one complete JSON object.
  case notJSON = "not_json"
  /// The line is not valid UTF-8.
  case notUTF8 = "not_utf8"
  /// The line or row is longer than ``LineReader/longestLine``.
  case tooLong = "too_long"
  /// The object does not say what kind of resource it is.
  case noResourceType = "no_resource_type"
  /// A field holds a value of another type than FHIR R4 gives it.
  case wrongType = "wrong_type"
  /// A field that is needed is missing or empty.
  case missing = "missing"
  /// A date or time cannot be read.
  case unreadableDate = "unreadable_date"
  /// A date that must lie in the past lies in the future.
  case futureDate = "future_date"
  /// A reference cannot be followed: a query, a fragment or a `urn:` that nothing here answers.
  case unresolvedReference = "unresolved_reference"
  /// The record speaks of several patients, which have to be told apart by the source.
  case severalPatients = "several_patients"
  /// A patient with this identifier was read before; the later record counts.
  case duplicatePatient = "duplicate_patient"
  /// A Bundle of a type that is no list of current records, such as `history` or `document`.
  case bundleType = "bundle_type"
  /// A file of a folder, or of its manifest, is packed.
  case compressed = "compressed"
  /// The manifest names a file that is not there.
  case fileMissing = "file_missing"
  /// A JSON file holds something else than FHIR.
  case notFHIR = "not_fhir"
  /// A row of a CSV file has more or fewer cells than the header.
  case cellCount = "cell_count"
  /// A row of a CSV file is not quoted as RFC 4180 says.
  case quoting = "quoting"
  /// A cell of a CSV file cannot be read as its column says.
  case unreadableCell = "unreadable_cell"
  /// A time zone has a name that there is none of.
  case unknownZone = "unknown_zone"
  /// The resource may mean something else than it says (https://hl7.org/fhir/R4/extensibility.html and
  /// https://hl7.org/fhir/R4/resource.html: who does not understand the modifier must not process it).
  case modified = "modified"

  // Records that are as they should be and state nothing for outreach.

  /// The source says that the record was entered in error.
  case enteredInError = "entered_in_error"
  /// What the record tells of did not happen, or not yet.
  case notDone = "not_done"
  /// The record is not active.
  case notActive = "not_active"
  /// Its labels say that it is specially sensitive.
  case sensitive
  /// It forbids a medication.
  case prohibition = "prohibition"
  /// No code is of a system that value sets can name.
  case noKnownCode = "no_known_code"
  /// There is no number, or one with a comparator such as `<`.
  case noNumber = "no_number"
  /// There is no date that places it in time.
  case noDate = "no_date"
  /// Its subject is not a patient.
  case notAPatient = "not_a_patient"
  /// It was not exchanged with the patient, or by letter, fax or face to face.
  case notAMessage = "not_a_message"
  /// The consent maps to no purpose and channel, see ``ConsentMapping``.
  case nothingMapped = "nothing_mapped"

  /// Whether somebody should look at the file.
  package var isFault: Bool {
    switch self {
    case .enteredInError, .notDone, .notActive, .sensitive, .prohibition, .noKnownCode, .noNumber, .noDate,
      .notAPatient,
      .notAMessage, .nothingMapped:
      false
    default: true
    }
  }

  /// What is the matter, as the end of a sentence that begins with a resource, a field, a line or a file.
  package var clause: String {
    switch self {
    case .notJSON: "is not one complete JSON object"
    case .notUTF8: "is not valid UTF-8"
    case .tooLong: "is longer than \(LineReader.longestLine / 1_000_000) MB"
    case .noResourceType: "has no resourceType"
    case .wrongType: "has a value of another type than FHIR R4 gives it"
    case .missing: "is missing or empty"
    case .unreadableDate: "is not a date or time that can be read"
    case .futureDate: "lies in the future"
    case .unresolvedReference: "refers to a record in a way that cannot be followed"
    case .severalPatients: "names several patients"
    case .duplicatePatient: "was read before under the same identifier; the later record counts"
    case .bundleType: "is not transaction, batch, collection or searchset"
    case .compressed: "is packed; unpack it first"
    case .fileMissing: "is named by the manifest and not there; the export is incomplete"
    case .notFHIR: "is not FHIR"
    case .cellCount: "has another number of cells than the header"
    case .quoting: "is not quoted as RFC 4180 says"
    case .unreadableCell: "cannot be read as the column says"
    case .unknownZone: "is not an IANA time zone"
    case .modified: "carries a modifier that this program does not understand"
    case .enteredInError: "was entered in error"
    case .notDone: "did not happen, or not yet"
    case .notActive: "is not active"
    case .sensitive: "is labelled as specially sensitive"
    case .prohibition: "forbids a medication"
    case .noKnownCode: "has no code of ICD-10, SNOMED CT, RxNorm, LOINC or CVX"
    case .noNumber: "has no exact number"
    case .noDate: "has no date"
    case .notAPatient: "is not about a patient"
    case .notAMessage: "is not a message to or from the patient"
    case .nothingMapped: "maps to no purpose and channel"
    }
  }
}

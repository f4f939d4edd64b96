import OutreachCore

/// The columns of a clinic's CSV file.
///
/// There is one row a patient, and `patient_id` is the only column that is needed. Headers are read in any
/// case, with spaces or hyphens for the underscores. An empty cell says nothing.
///
/// | column | cell |
/// | --- | --- |
/// | `patient_id` | the clinic's identifier of the patient |
/// | `given_name`, `family_name` | names |
/// | `birth_date` | `1954-03-09` |
/// | `sex` | `female`, `male`, `other` or `unknown` |
/// | `language` | a BCP 47 tag such as `es`, or `Spanish` |
/// | `phone`, `mobile_phone`, `home_phone`, `work_phone` | telephone numbers |
/// | `email` | an e-mail address |
/// | `zone` | an IANA time zone such as `America/Chicago` |
/// | `state`, `postal_code`, `country` | of the home address |
/// | `active` | `yes` or `no`; without it a patient is active |
/// | `deceased` | `yes`, `no` or the date |
/// | `test` | `yes` for a test record |
/// | `replaced_by` | the identifier of the record that this one was merged into |
/// | `do_not_contact` | `yes` or `no` |
/// | `conditions` | codes of active problems, `icd10:E11.9 snomed:44054006` |
/// | `appointment` | the start of the next one, `2026-12-01T09:30`, an offset being optional |
/// | `consent.PURPOSE.CHANNEL` | the date of a grant, or `revoked:` and the date |
/// | `consent_wording` | the version of the wording that was shown, such as `form v3` |
/// | `field.NAME` | a text for scripts |
/// | `field.NAME:number`, `field.NAME:boolean` | a number with a point, or `yes` or `no`, for scripts |
///
/// A time without an offset is the clinic's. In the name of a consent column `all` stands for the eight
/// purposes of ``Purpose/all`` or for every channel. A file without consent columns gives no consent.
enum CSVColumn: Hashable {
  /// A column with a fixed name.
  case fixed(Fixed)
  /// A consent; nil stands for `all`.
  case consent(Purpose?, Channel?)
  /// A field of the clinic's own.
  case field(String, FieldKind)

  /// The columns with fixed names; the raw value is the header.
  enum Fixed: String, CaseIterable, Hashable {
    /// The documented columns in their order.
    case patientID = "patient_id"
    case givenName = "given_name"
    case familyName = "family_name"
    case birthDate = "birth_date"
    case sex, language, phone
    case mobilePhone = "mobile_phone"
    case homePhone = "home_phone"
    case workPhone = "work_phone"
    case email, zone, state
    case postalCode = "postal_code"
    case country, active, deceased, test
    case replacedBy = "replaced_by"
    case doNotContact = "do_not_contact"
    case conditions, appointment
    case consentWording = "consent_wording"
  }

  /// How the cells of a clinic's own field are read.
  enum FieldKind: String, Hashable, Sendable {
    /// As it is written.
    case text
    /// A number with a point.
    case number
    /// `yes` or `no`.
    case boolean
  }
}

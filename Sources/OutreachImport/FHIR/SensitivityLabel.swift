import OutreachCore

/// The security labels by which a record says that it is specially sensitive.
///
/// A fact with one of them is withheld: no script sees it, so that nothing is said that it could be guessed from.
/// Stays, warnings, consents and past messages are kept, because they only hold messages back. A record without
/// labels is taken as it is, which says nothing of it: exporters may drop them.
///
/// | system | codes |
/// | --- | --- |
/// | v3-Confidentiality | `R`, `V`; also `ETH`, `HIV`, `PSY`, `SDV`, which are retired there and still in use |
/// | v3-ActCode | `SPI` and everything below it, such as `HIV`, `SUD` and its child `OPIOIDUD` |
/// | none or any other | the same codes but `R` and `V`, which mean other things elsewhere |
///
/// Codes as of UTG's v3 code systems; categories as in 42 CFR part 2 and the state laws on HIV, mental health and
/// minors.
enum SensitivityLabel {
  private static let confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"

  /// `SPI` and what stands below it, children with their parents.
  private static let special: Set<String> = [
    "SPI", "BH", "COGN", "DVD", "EMOTDIS", "MH", "PSY", "PSYTHPN", "SUD", "ETHUD", "OPIOIDUD", "ETH", "GDIS",
    "HIV", "IDS", "MST", "PREGNANT", "SCA", "SDV", "SEX", "STD", "TBOO", "VIO",
  ]

  /// The kinds of records of which scripts would see something.
  private static let withheld: Set<String> = [
    "Condition", "MedicationRequest", "MedicationDispense", "Observation", "Immunization", "Appointment",
  ]

  /// Whether a record of a kind is withheld for its labels.
  static func withholds(_ type: String, _ labels: [FHIR.Coding]) -> Bool {
    withheld.contains(type) && labels.contains(where: isSensitive)
  }

  private static func isSensitive(_ label: FHIR.Coding) -> Bool {
    guard let code = label.code?.uppercased() else { return false }
    if special.contains(code) { return true }
    return label.system == confidentiality && ["R", "V"].contains(code)
  }
}

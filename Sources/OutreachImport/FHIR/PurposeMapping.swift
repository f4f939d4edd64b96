import OutreachCore

/// The purposes that codes of `provision.purpose` stand for.
///
/// | system | code | a permit opens | a denial closes |
/// | --- | --- | --- | --- |
/// | `urn:outreach:purpose` | a purpose's name | that purpose | that purpose |
/// | v3-ActReason | `TREAT` | the eight of ``Purpose/all`` | every purpose |
/// | | `CAREMGT` | wellness, post_discharge | every purpose |
/// | | `COC`, `PATRQT`, `FAMRQT` | – | every purpose |
/// | | `ETREAT`, `BTG` (emergencies) | – | – |
/// | | `HMARKT`, `HPAYMT`, `HOPERAT`, `HRESCH`, `CLINTRCH`, `PUBHLTH`, `HSYSADMIN` | – | – |
/// | | `HCOMPL`, `HACCRED`, `HDIRECT`, `HLEGAL`, `COVERAGE`, `REMITADV`, `DONAT`, `TRAIN` | – | – |
///
/// Marketing, payment, operations and research are no purposes of outreach: to permit them opens nothing,
/// and to deny them closes nothing. A code of another system, or one that is not listed, opens nothing and
/// closes every purpose.
struct PurposeMapping {
  /// The system of the program's own purpose codes.
  static let system = "urn:outreach:purpose"
  /// The system of v3-ActReason.
  static let actReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason"

  /// What a denial closes.
  enum Closing: Hashable {
    case everything
    case only([Purpose])
  }

  let purposes: [Purpose]

  func opens(_ coding: FHIR.Coding) -> [Purpose] {
    switch (coding.system, coding.code) {
    case (Self.system, let code): purposes.filter { $0.rawValue == code }
    case (Self.actReason, "TREAT"): Purpose.all
    case (Self.actReason, "CAREMGT"): [.wellness, .postDischarge]
    default: []
    }
  }

  func closes(_ coding: FHIR.Coding) -> Closing {
    switch (coding.system, coding.code) {
    case (Self.system, let code):
      let named = purposes.filter { $0.rawValue == code }
      return named.isEmpty ? .everything : .only(named)
    case (Self.actReason, let code?) where Self.elsewhere.contains(code): return .only([])
    default: return .everything
    }
  }

  private static let elsewhere: Set<String> = [
    "ETREAT", "BTG", "HMARKT", "HPAYMT", "HOPERAT", "HRESCH", "CLINTRCH", "PUBHLTH", "HSYSADMIN", "HCOMPL",
    "HACCRED", "HDIRECT", "HLEGAL", "COVERAGE", "REMITADV", "DONAT", "TRAIN",
  ]
}

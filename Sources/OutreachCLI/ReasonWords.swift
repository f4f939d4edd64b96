import Outreach

extension Reason {
  /// The reason as a coordinator would say it.
  var words: String {
    switch self {
    case .patientInactive: "Not to be contacted"
    case .consentMissing: "No consent on record"
    case .consentRevoked: "Consent refused or withdrawn"
    case .consentExpired: "Consent has run out"
    case .purposeRefused: "The purpose is not allowed"
    case .contactMissing: "No number or address on record"
    case .contactInvalid: "The number or address cannot be used"
    case .contactShared: "Another patient has the same number"
    case .contactStale: "The number has not been confirmed for too long"
    case .contentRefused: "A value is not fit to be shown"
    case .languageMissing: "No wording in the patient's language"
    case .valueMissing: "A value is not on record"
    case .tooLong: "The text is too long"
    case .alreadySent: "Told already"
    case .quietHours: "Quiet hours"
    case .zoneUnknown: "Nobody can say what time it is for the patient"
    case .noWindow: "No allowed hour before it is too late"
    case .frequencyCap: "Reached as often as is allowed"
    case .replyOpen: "The patient has written in"
    case .factsStale: "The last import is too old"
    case .noLongerDue: "No longer due by then"
    case .notApproved: "Nobody has approved the campaign"
    case .providerRefused: "Refused by a provider for good"
    case .scriptError: "The script failed"
    case .scriptBudget: "The script used up its budget"
    case .expired: "Past its time"
    case .notYetDue: "Wanted later by the campaign"
    }
  }
}

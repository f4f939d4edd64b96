import Outreach

extension Reason {
  /// What would have to change for the message to go out, in a sentence; nil where nothing can or should.
  var remedy: String? {
    switch self {
    case .patientInactive: "The record would have to change at its source: imports bring it."
    case .consentMissing: "A consent to this purpose and channel: 'outreach consent grant', or an import."
    case .consentRevoked:

      "A new grant of the patient's own, with evidence ('outreach consent grant --evidence'), and with the number where "
        + "it was withdrawn there (--number); a wish is changed with 'outreach preference set'."
    case .consentExpired: "A new consent: 'outreach consent grant', or an import."
    case .purposeRefused: "Another purpose for the campaign; the policy has the list."
    case .contactMissing: "A number or address that serves the channel, on the patient's record."
    case .contactInvalid:
      "A corrected number on the record; for one out of use, 'outreach contact reinstate'."
    case .contactShared: "A number of the patient's own, or a message that names nobody."
    case .contactStale:
      "A word that the number is still the patient's ('outreach contact verify'), or an answer of the database "
        + "('outreach contact import-rnd')."
    case .contentRefused: "A value that can be shown, or a message that shows less."
    case .languageMissing: "A wording in the patient's language, in the campaign."
    case .valueMissing: "The value, on the patient's record."
    case .tooLong: "A shorter wording, in the campaign."
    case .alreadySent: nil
    case .quietHours: "Nothing but time."
    case .zoneUnknown: "A time zone or an address with a state, on the patient's record."
    case .noWindow: "A message that stays of use for longer, or fewer places where the patient may be."
    case .frequencyCap: "Nothing but time, or a message that stays of use for longer."
    case .replyOpen: "An answer to what the patient wrote."
    case .factsStale: "A newer import: 'outreach import'."
    case .noLongerDue: nil
    case .notApproved: "An approval of the campaign as it stands."
    case .providerRefused: "A number that the provider accepts."
    case .scriptError: "A corrected script."
    case .scriptBudget: "A script that does less."
    case .expired: nil
    case .notYetDue: "Nothing but time."
    }
  }
}

/// Words for the rules of the guard on which a message waits.
enum HoldWords {
  /// What happens when the rule of that name lets a message go.
  static func clause(for rule: String) -> String {
    switch rule {
    case "quiet_hours": "when the hours are open"
    case "frequency_cap": "when the cap frees"
    case "reply": "when what the patient wrote has rested"
    case "due": "when the campaign wants it"
    default: "when '\(rule)' allows"
    }
  }
}

/// Why a message does not go out, or not now.
///
/// The names are stable: JSON, stores and people rely on them.
public enum Reason: String, Hashable, Sendable, CaseIterable {
  /// The record is inactive, replaced or deleted, the person has died, is in hospital or asked not to be contacted.
  case patientInactive = "patient_inactive"
  /// No consent for this purpose and channel is on record.
  case consentMissing = "consent_missing"
  /// Consent was refused or withdrawn.
  case consentRevoked = "consent_revoked"
  /// Consent has run out.
  case consentExpired = "consent_expired"
  /// The purpose is not on the closed list.
  case purposeRefused = "purpose_refused"
  /// No number or address for the channel is on record.
  case contactMissing = "contact_missing"
  /// The number or address cannot be read, or cannot receive this kind of message.
  case contactInvalid = "contact_invalid"
  /// Another patient has the same number.
  case contactShared = "contact_shared"
  /// Nothing recent says that the number is still the patient's.
  case contactStale = "contact_stale"
  /// A value is not what it should be, such as a name with digits.
  case contentRefused = "content_refused"
  /// The message has no wording in the patient's language.
  case languageMissing = "language_missing"
  /// A value that the text or the script needs is not on record.
  case valueMissing = "value_missing"
  /// The rendered text is longer than the policy allows.
  case tooLong = "too_long"
  /// The patient has been told this already.
  case alreadySent = "already_sent"
  /// It is not an hour or day at which the patient may be reached.
  case quietHours = "quiet_hours"
  /// It cannot be known what time it is for the patient.
  case zoneUnknown = "zone_unknown"
  /// There is no allowed hour before the message expires.
  case noWindow = "no_window"
  /// The patient has been reached as often as is allowed.
  case frequencyCap = "frequency_cap"
  /// The patient has written in and waits for an answer, or wrote just now.
  case replyOpen = "reply_open"
  /// The last import is older than the purpose allows.
  case factsStale = "facts_stale"
  /// By the time it could go out, the campaign would not propose it any more.
  case noLongerDue = "no_longer_due"
  /// Nobody has approved the campaign as it now stands.
  case notApproved = "not_approved"
  /// A provider refused this message to this patient for good.
  case providerRefused = "provider_refused"
  /// The script failed for this patient.
  case scriptError = "script_error"
  /// The script used up its budget for this patient.
  case scriptBudget = "script_budget"
  /// The message is past its time.
  case expired
  /// The campaign wants the message to go out later.
  case notYetDue = "not_yet_due"
}

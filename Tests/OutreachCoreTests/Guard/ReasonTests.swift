import OutreachCore
import Testing

@Suite struct ReasonTests {
  @Test func `the names of reasons are frozen`() {
    let agreed = """
      patient_inactive consent_missing consent_revoked consent_expired purpose_refused contact_missing \
      contact_invalid contact_shared contact_stale content_refused language_missing value_missing too_long \
      already_sent quiet_hours zone_unknown no_window frequency_cap reply_open facts_stale no_longer_due \
      not_approved provider_refused script_error script_budget expired
      """
    let names = agreed.split(separator: " ").map(String.init)
    #expect(Set(Reason.allCases.map(\.rawValue)) == Set(names + ["not_yet_due"]))
    #expect(Reason.allCases.count == names.count + 1)
  }

  @Test func `the words of verdicts are frozen`() {
    #expect([Decision.Verdict.send, .defer, .suppress].map(\.rawValue) == ["send", "defer", "suppress"])
    #expect([RuleResult.Verdict.allow, .defer, .suppress].map(\.rawValue) == ["allow", "defer", "suppress"])
  }

  @Test func `a recipient prints masked and shows itself only when asked`() throws {
    let number = try #require(PhoneNumber(e164: "+13125550123"))
    #expect("\(Recipient.phone(number))" == "•••0123")
    #expect(Recipient.phone(number).revealed == "+13125550123")
    #expect("\(Recipient.address("ana@example.com"))" == "a•••")
    #expect(Recipient.address("ana@example.com").revealed == "ana@example.com")
  }
}

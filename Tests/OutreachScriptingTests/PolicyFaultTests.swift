import OutreachCore
import OutreachScripting
import Testing

struct PolicyFaultTests {
  private func read(_ body: String, on day: String = "2026-11-23") -> Reading<Policy> {
    PolicyFile.read(
      Array("return policy { name = \"p\",\n\(body)\n}".utf8), file: "policy.lua", on: Fixture.date(day))
  }

  private static let beyond =
    "goes beyond 08:00–21:00, which is the law (47 CFR 64.1200(c)(1)) and cannot be widened"
  private static let loose =
    "more than 1 text or call a day or 3 in 7 days (47 CFR 64.1200(a)(9)(iv)(F)); every patient must have agreed to that"
  private static let known =
    "known are 'appointment', 'wellness', 'registration', 'preoperative', 'lab_result', 'post_discharge', 'prescription' and 'home_care'"

  /// A line of a policy and what is found in it, without `policy.lua:`.
  private static let faults: [(line: String, finding: String)] = [
    // Keys and types.
    ("repyl = {},", "2:1: error: the policy has no field 'repyl' (did you mean 'reply'?)"),
    ("reply = 7,", "2:9: error: 'reply' must be a table, not a number"),
    ("reply = {},", "2:9: error: 'reply' is empty; leave it out"),
    (
      "reply = { { hold = \"1 hour\" }, hold = 1 },",
      "2:9: error: 'reply' is one table or a list of tables, not both"
    ),
    ("reply = { hold = \"1 hour\", hold = \"2 hours\" },", "2:28: error: 'hold' is given twice"),
    ("reply = { source = 7 },", "2:20: error: 'source' must be a text, not a number"),
    (
      "reply = { urgent = { \"lab_results\" } },",
      "2:22: error: there is no purpose \"lab_results\" (did you mean 'lab_result'?); \(known)"
    ),
    (
      "facts = { maximum_age = \"3 dais\" },",
      "2:25: error: 'maximum_age' must be a span of time such as \"7 days\" or \"36 hours\", not \"3 dais\""
    ),
    (
      "facts = { apointment = \"3 days\" },",
      "2:11: error: the rule of facts has no field 'apointment' (did you mean 'appointment'?)"
    ),
    (
      "message = { characters = 161 },",
      "2:26: error: 'characters' must be a whole number from 20 to 160, not 161"
    ),
    (
      "contact = { needs_reassigned_check = \"yes\" },",
      "2:38: error: 'needs_reassigned_check' must be true or false, not a text"
    ),
    (
      "contact = { reassigned = \"60 days\" },",
      "2:26: warning: carriers report every month, so an answer older than 30 days says little about a number"
    ),
    (
      "revocation = { scope = \"topics\" },",
      "2:24: error: there is no scope 'topics' (did you mean 'topic'?); known are 'topic', 'channel' and 'all'"
    ),
    (
      "revocation = { source = \"x\" },",
      "2:14: error: the rule of revocation needs 'scope', such as scope = \"all\""
    ),
    ("majority = { age = -18 },", "2:20: error: 'age' must be a whole number from 1 to 30, not -18"),
    (
      "majority = { places = { [\"US-ZZ\"] = 19 } },",
      "2:26: error: there is no place \"US-ZZ\"; write a state such as \"US-TX\" or a country such as \"FR\""
    ),
    (
      "majority = { own_consent_from = 19 },",
      "2:33: error: 'own_consent_from' is 19, which is above the age of majority, 18"
    ),
    // Hours.
    ("quiet_hours = { from = \"07:59\" },", "2:24: error: the window 07:59–20:00 \(beyond)"),
    ("quiet_hours = { to = \"21:01\" },", "2:22: error: the window 09:00–21:01 \(beyond)"),
    ("quiet_hours = { from = \"05:00\", to = \"07:00\" },", "2:24: error: the window 05:00–07:00 \(beyond)"),
    ("quiet_hours = { from = \"20:00\", to = \"09:00\" },", "2:38: error: the window 20:00–09:00 \(beyond)"),
    (
      "quiet_hours = { from = \"12:00\", to = \"12:00\" },",
      "2:38: error: the window 12:00–12:00 is empty; 'to' must be later than 'from'"
    ),
    (
      "quiet_hours = { from = \"9:00\" },",
      "2:24: error: 'from' must be a time of the day such as \"09:00\", not \"9:00\""
    ),
    (
      "quiet_hours = { form = \"09:00\" },",
      "2:17: error: the rule of quiet hours has no field 'form' (did you mean 'from'?)"
    ),
    ("quiet_hours = { days = {} },", "2:24: error: 'days' names no day"),
    (
      "quiet_hours = { days = { \"tues\" } },",
      "2:26: error: there is no day \"tues\" (did you mean 'tue'?); known are 'mon', 'tue', 'wed', 'thu', 'fri', 'sat' and 'sun'"
    ),
    (
      "quiet_hours = { rest_on = { \"federals\" } },",
      "2:29: error: there is no calendar of holidays \"federals\" (did you mean 'federal'?); known are 'federal' and 'local'"
    ),
    (
      "quiet_hours = { channels = { \"smss\" } },",
      "2:30: error: there is no channel \"smss\" (did you mean 'sms'?); known are 'sms', 'voice', 'email' and 'app'"
    ),
    (
      "quiet_hours = { clock = \"CST 6\" },",
      "2:25: error: 'clock' must be the name of a zone such as \"Etc/GMT+6\", not \"CST 6\""
    ),
    (
      "quiet_hours = { {}, { name = \"Texas\", places = { \"TX\" }, from = \"09:00\", to = \"21:00\" } },",
      "2:50: error: there is no place \"TX\" (did you mean 'US-TX'?); write a state such as \"US-TX\" or a country such as \"FR\""
    ),
    (
      "quiet_hours = { {}, { name = \"Texas\", places = { \"US-TC\" }, from = \"09:00\", to = \"21:00\" } },",
      "2:50: error: there is no place \"US-TC\"; write a state such as \"US-TX\" or a country such as \"FR\""
    ),
    (
      "quiet_hours = { {}, { name = \"Texas\", places = { \"US-TX\" }, from = \"09:00\" } },",
      "2:21: error: the rule of quiet hours needs 'to', such as to = \"20:00\""
    ),
    (
      "quiet_hours = { {}, { places = { \"US-TX\" }, from = \"09:00\", to = \"21:00\" } },",
      "2:21: error: the rule of quiet hours needs 'name', such as name = \"Texas\""
    ),
    (
      "quiet_hours = { {}, { name = \"everywhere\", places = { \"US-TX\" }, from = \"09:00\", to = \"21:00\", days = { \"sun\" } } },",
      "2:30: error: the lines of 'everywhere' hold everywhere; a line with 'places' needs another name"
    ),
    (
      "quiet_hours = { { channels = { \"sms\", \"voice\", \"app\" } } },",
      "2:15: error: no line of 'quiet_hours' says when messages by email may go out everywhere; every channel needs one"
    ),
    (
      "quiet_hours = { { to = \"12:00\" }, { from = \"11:30\", days = { \"wed\", \"sun\" } } },",
      "2:35: error: two lines of 'everywhere' are open on wed 11:30–12:00; make them one line, or set their days, hours or dates apart"
    ),
    // Caps.
    ("caps = { { per = \"7 days\" } },", "2:10: error: cap 1 needs 'limit', such as limit = 1"),
    ("caps = { { limit = 1 } },", "2:10: error: cap 1 needs 'per', such as per = \"calendar day\""),
    (
      "caps = { { limit = 1, per = \"week\" } },",
      "2:29: error: 'per' must be \"calendar day\", \"calendar week\", \"calendar month\" or a span such as \"24 hours\" or \"7 days\", not \"week\""
    ),
    (
      "caps = { { limit = 0, per = \"7 days\" } },",
      "2:20: error: 'limit' must be a whole number from 1 to 1000, not 0"
    ),
    (
      "caps = { { limit = -2, per = \"7 days\" } },",
      "2:20: error: 'limit' must be a whole number from 1 to 1000, not -2"
    ),
    (
      "caps = { { limit = 1, per = \"1 day\", each = \"campain\" } },",
      "2:45: error: there is no common part 'campain' (did you mean 'campaign'?); known are 'purpose' and 'campaign'"
    ),
    (
      "caps = { { limit = 1, per = \"1 day\", holder = \"family\" } },",
      "2:47: error: there is no holder 'family'; known are 'patient', 'number' and 'household'"
    ),
    (
      "caps = { { limit = 1, per = \"1 day\", reserve = 1, reserve_for = { \"lab_result\" } } },",
      "2:48: error: a limit of 1 leaves nothing to reserve"
    ),
    (
      "caps = { { limit = 3, per = \"1 day\", reserve = 3, reserve_for = { \"lab_result\" } } },",
      "2:48: error: 'reserve' must be a whole number from 1 to 2, not 3"
    ),
    (
      "caps = { { limit = 3, per = \"1 day\", reserve = 1 } },",
      "2:10: error: cap 1 needs 'reserve_for', such as reserve_for = { \"lab_result\" }"
    ),
    (
      "caps = { { limit = 3, per = \"1 day\", campaigns = { \"A B\" } } },",
      "2:52: error: a campaign's id is small letters, digits and '-', not \"A B\""
    ),
    (
      "caps = { { limit = 1, per = \"calendar day\", channels = { \"sms\", \"voice\", \"app\" } }, { limit = 3, per = \"7 days\", channels = { \"sms\", \"voice\" } } },",
      "2:8: error: no cap counts all messages by email; every channel needs one"
    ),
    (
      "caps = { { limit = 1, per = \"calendar day\", purposes = { \"wellness\" } }, { limit = 3, per = \"7 days\", channels = { \"sms\", \"voice\", \"app\" } } },",
      "2:8: error: no cap counts all messages by email; every channel needs one"
    ),
    (
      "caps = { limit = 1 },",
      "2:8: error: 'caps' is a list; write caps = { { limit = 1, per = \"calendar day\" } }"
    ),
    (
      "caps = { { limit = 2, per = \"calendar day\" }, { limit = 3, per = \"7 days\" } },",
      "2:8: warning: these caps allow \(loose)"
    ),
    (
      "caps = { { limit = 1, per = \"calendar day\", holder = \"number\" }, { limit = 3, per = \"7 days\" } },",
      "2:8: warning: these caps allow \(loose)"
    ),
    (
      "caps = { { limit = 1, per = \"1 day\" }, { limit = 3, per = \"7 days\" }, { limit = 1, per = \"1 day\" } },",
      "2:71: error: two versions of the cap '1 in 1 day' hold on the same days; give them 'from_date' and 'until_date'"
    ),
    (
      "caps = { { limit = 1, per = \"1 day\", channels = { \"sms\", \"voice\" }, until_date = \"2027-01-01\" }, { limit = 3, per = \"7 days\" }, { limit = 1, per = \"1 day\", channels = { \"app\" } } },",
      "2:129: error: two caps are called '1 in 1 day' and one of them has an end; give each its own 'name'"
    ),
    // Exemptions, fatigue and purposes.
    (
      "exemptions = { obeys = false },",
      "2:14: error: the exemption from caps needs 'purposes' or 'campaigns'; it cannot be for all messages"
    ),
    (
      "exemptions = { purposes = { \"wellness\" } },",
      "2:14: error: this exemption changes nothing; write obeys = false or counts = false"
    ),
    (
      "exemptions = { purposes = { \"wellness\" }, obeys = false },",
      "2:14: warning: this exemption allows \(loose)"
    ),
    (
      "exemptions = { purposes = { \"wellness\" }, obeys = false, until_date = \"2026-11-22\" },",
      "2:71: warning: this exemption held until 2026-11-22; take it out"
    ),
    ("fatigue = { limit = 1 },", "2:11: error: the mark of fatigue needs 'per', such as per = \"365 days\""),
    (
      "purposes = { \"billing\" },",
      "2:14: error: the purpose \"billing\" cannot be added: this program sends messages of care only"
    ),
    (
      "purposes = { { name = \"marketing\" } },",
      "2:23: error: the purpose \"marketing\" cannot be added: this program sends messages of care only"
    ),
    (
      "purposes = { \"Care Gap\" },",
      "2:14: error: \"Care Gap\" is no purpose's name; use small letters, digits and '_', such as \"care_gap\""
    ),
    (
      "purposes = { \"wellness\" },",
      "2:14: error: the purpose \"wellness\" is always on the list; leave it out"
    ),
    ("purposes = { 7 },", "2:14: error: the purpose must be a table, not a number"),
    (
      "purposes = { \"survey\", \"survey\" },", "2:24: error: \"survey\" is in the list twice"
    ),
    (
      "purposes = { { name = \"survey\", until_date = \"2026-11-22\" } },",
      "2:46: warning: messages for 'survey' were allowed until 2026-11-22 and are refused now; take the purpose out, or put in the version that holds now"
    ),
    // Dates.
    (
      "reply = { checked_on = \"yesterday\" },",
      "2:24: error: 'checked_on' must be a date such as \"2026-11-23\", not \"yesterday\""
    ),
    (
      "reply = { checked_on = \"2026-11-24\" },",
      "2:24: warning: 'checked_on' is 2026-11-24, which is still to come"
    ),
    (
      "reply = { from_date = \"2026-11-10\", until_date = \"2026-11-01\" },",
      "2:50: error: 'until_date' is before 'from_date', which is 2026-11-10"
    ),
    (
      "revocation = { { scope = \"all\" }, { scope = \"topic\" } },",
      "2:35: error: two versions of the rule of revocation hold on the same days; give them 'from_date' and 'until_date'"
    ),
    (
      "revocation = { { scope = \"all\" }, { scope = \"topic\", from_date = \"2027-01-31\" } },",
      "2:66: error: two versions of the rule of revocation hold on 2027-01-31; end the earlier with until_date = \"2027-01-30\""
    ),
    (
      "purposes = { { name = \"survey\" }, { name = \"survey\", from_date = \"2027-01-01\" } },",
      "2:66: error: two versions of the purpose 'survey' hold on 2027-01-01; end the earlier with until_date = \"2026-12-31\""
    ),
  ]

  @Test(arguments: faults.indices)
  func `one mistake is one finding at its place`(index: Int) {
    let (line, finding) = Self.faults[index]
    let reading = read(line)
    #expect(reading.findings.map(\.withoutRule) == ["policy.lua:\(finding)"], "\(line)")
    #expect((reading.value == nil) == finding.contains(" error: "), "\(line)")
  }

  @Test(arguments: [
    (
      "reply = { until_date = \"2026-11-22\" },",
      "2:24: error: the rule of replies held until 2026-11-22; look up the rule and put in the version that holds now"
    ),
    (
      "reply = { from_date = \"2026-11-24\" },",
      "2:23: error: the rule of replies holds only from 2026-11-24 on; put in the version that holds on 2026-11-23"
    ),
    (
      "reply = { { until_date = \"2026-11-20\" }, { from_date = \"2026-12-01\" } },",
      "2:56: error: the rule of replies held until 2026-11-20 and again from 2026-12-01 on; put in the version that holds on 2026-11-23"
    ),
    (
      "quiet_hours = { { days = { \"mon\" } }, { days = { \"tue\" }, until_date = \"2026-11-22\" } },",
      "2:72: error: the rule of quiet hours 'everywhere' held until 2026-11-22; look up the rule and put in the version that holds now"
    ),
    (
      "quiet_hours = { from_date = \"2026-12-01\" },",
      "2:29: error: the rule of quiet hours 'everywhere' holds only from 2026-12-01 on; put in the version that holds on 2026-11-23"
    ),
    (
      "quiet_hours = { {}, { name = \"Texas\", places = { \"US-TX\" }, from = \"09:00\", to = \"20:00\", until_date = \"2026-01-01\" } },",
      "2:104: error: the rule of quiet hours 'Texas' held until 2026-01-01; look up the rule and put in the version that holds now"
    ),
    (
      "caps = { { limit = 1, per = \"1 day\" }, { limit = 3, per = \"7 days\" }, { limit = 9, per = \"90 days\", until_date = \"2026-11-22\" } },",
      "2:114: error: the cap '9 in 90 days' held until 2026-11-22; look up the rule and put in the version that holds now"
    ),
    (
      "fatigue = { channels = { \"sms\" }, limit = 9, per = \"90 days\", until_date = \"2026-11-22\" },",
      "2:76: error: the mark of fatigue by sms held until 2026-11-22; look up the rule and put in the version that holds now"
    ),
  ])
  func `a rule that does not hold today is an error and leaves the policy in use`(
    line: String, finding: String
  ) {
    let reading = read(line)
    #expect(reading.findings.map(\.withoutRule) == ["policy.lua:\(finding)"])
    #expect(reading.value != nil)
  }

  @Test func `a rule that has ended beside a mistake leaves nothing to use`() {
    let reading = read("reply = { until_date = \"2026-11-22\" }, facts = { maximum_age = 3 },")
    #expect(reading.findings.count == 2)
    #expect(reading.value == nil)
  }

  @Test func `a rule holds on its last day and not on the next`() {
    let rule = "reply = { hold = \"1 hour\", from_date = \"2026-11-01\", until_date = \"2026-11-23\" },"
    for (day, count) in [("2026-10-31", 1), ("2026-11-01", 0), ("2026-11-23", 0), ("2026-11-24", 1)] {
      #expect(read(rule, on: day).findings.count == count, "\(day)")
    }
  }
}

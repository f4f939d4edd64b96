import OutreachCore
import Testing

@Suite struct PolicyTextTests {
  private let day = CivilDate("2026-11-22") ?? .earliest

  private func lines(_ title: String, _ policy: Policy) -> [PolicyText.Line] {
    PolicyText(policy, on: day).sections.first { $0.title == title }?.lines ?? []
  }

  @Test func `the default policy is told in plain sentences`() {
    let text = PolicyText(Policy(), on: day)
    #expect(text.day == day)
    #expect(
      text.sections.map { "# \($0.title)\n" + $0.lines.map(\.sentence).joined(separator: "\n") } == [
        """
        # When messages may go out
        Never outside of 08:00–21:00 of the patient's clock, whatever stands below.
        Everywhere: Monday to Saturday 09:00–20:00; not on federal holidays.
        """,
        """
        # How often
        At most 1 message by sms and voice a calendar day.
        At most 1 message by sms and voice in 24 hours.
        At most 3 messages by sms and voice in 7 days.
        At most 1 message by app and email a calendar day.
        At most 1 message by app and email in 24 hours.
        At most 3 messages by app and email in 7 days.
        """,
        """
        # When to look at a patient's messages
        Somebody should look from 10 messages by sms in 365 days on.
        Somebody should look from 2 messages by voice in 365 days on.
        """,
        """
        # What messages may be about
        Appointment, wellness, registration, preoperative, lab_result, post_discharge, prescription and home_care.
        """,
        """
        # How fresh the facts must be
        The last import may be at most 3 days old; 24 hours for appointment.
        """,
        """
        # What must be known of a number
        A number counts as the patient's for 540 days after the last sign that it is. No answer of the reassigned-numbers database is needed; one counts while it is at most 30 days old.
        """,
        """
        # Messages
        A text has at most 160 characters. A message may be put off for 7 days unless its campaign says otherwise. The same text does not go to the same number again within 2 days.
        """,
        """
        # How much messages may show
        Messages are generic unless the patient wishes otherwise, and at most logistics by app, logistics by email, logistics by sms, generic by voice and generic by any other channel. Those of restricted programmes and about minors are sealed.
        """,
        """
        # What messages must carry
        A message by sms and voice says who is writing. One by sms and voice says how to reach the clinic. Every text says how to stop, and reads at grade 6 at most; above 5 there is a warning.
        """,
        """
        # When a patient has written in
        Messages wait for 60 minutes.
        """,
        """
        # What a bare "STOP" ends
        Every message on every channel.
        """,
        """
        # Who speaks for themselves
        A parent's consent ends at 18 years.
        """,
      ])
  }

  @Test func `every line says where it comes from and when it was compared`() {
    var policy = Policy()
    policy.reply = Dated(ReplyHold(), Provenance(source: "our board", checkedOn: day))
    policy.message = Dated(MessageLimits(), Provenance(source: "47 CFR"))
    #expect(
      lines("When a patient has written in", policy).map(\.source) == [
        "Source: our board, checked 2026-11-22."
      ])
    #expect(lines("Messages", policy).map(\.source) == ["Source: 47 CFR."])
    #expect(lines("What a bare \"STOP\" ends", policy).map(\.source) == ["Source: the clinic's own choice."])
  }

  @Test func `lines of hours that differ in days and hours alone are one sentence`() {
    var policy = Policy()
    let law = Provenance(source: "SB 140", checkedOn: day)
    policy.quietHours = QuietHours([
      OpenHours(
        name: "Texas", places: [.state("TX")], window: TimeWindow(hours: 9..<21), rests: [], provenance: law),
      OpenHours(
        name: "Texas", places: [.state("TX")], weekdays: [.sunday], window: TimeWindow(hours: 12..<21),
        rests: [],
        provenance: law),
      OpenHours(
        name: "south", places: [.state("MS"), .state("AL")], channels: [.voice],
        weekdays: [.monday, .wednesday, .friday, .saturday, .sunday], rests: [.federal, .local],
        clock: "Etc/GMT+6"),
      OpenHours(weekdays: Set(Weekday.allCases), rests: [.local]),
    ])
    let told = lines("When messages may go out", policy)
    #expect(
      told.dropFirst().map(\.sentence) == [
        "Texas (US-TX): Monday to Saturday 09:00–21:00, Sunday 12:00–21:00.",
        "South (US-AL and US-MS), by voice: Monday, Wednesday, Friday to Sunday 09:00–20:00, by the clock of Etc/GMT+6; not on federal holidays and on public holidays of the place.",
        "Everywhere: every day 09:00–20:00; not on public holidays of the place.",
      ])
    #expect(told[1].source == "Source: SB 140, checked 2026-11-22.")
  }

  @Test func `lines of one name that differ in anything else are sentences of their own`() {
    var policy = Policy()
    let until = Provenance(until: day)
    let from = Provenance(from: day.adding(days: 1))
    let texts = OpenHours(weekdays: [.monday, .tuesday], provenance: until)
    var calls = texts
    calls.channels = [.voice]
    var later = texts
    later.provenance = from
    policy.quietHours = QuietHours([texts, calls, later])
    #expect(
      lines("When messages may go out", policy).dropFirst().map(\.sentence) == [
        "Everywhere: Monday, Tuesday 09:00–20:00; not on federal holidays. This holds until 2026-11-22.",
        "Everywhere, by voice: Monday, Tuesday 09:00–20:00; not on federal holidays. This holds until 2026-11-22.",
        "From 2026-11-23: Everywhere: Monday, Tuesday 09:00–20:00; not on federal holidays.",
      ])
  }

  @Test func `caps and exemptions say whom and what they are about`() {
    var policy = Policy()
    policy.caps = [
      FrequencyCap(
        name: "3 on one subject", limit: 3, window: .rolling(.seconds(86_400)), channels: nil, each: .purpose,
        places: [.state("FL")]),
      FrequencyCap(
        name: "5 a calendar week", limit: 5, window: .calendarWeek, channels: [.sms],
        purposes: [.wellness, .labResult], holder: .household,
        reserve: FrequencyCap.Reserve(2, for: [.labResult])),
      FrequencyCap(
        name: "9 a calendar month", limit: 9, window: .calendarMonth, channels: nil,
        campaigns: [CampaignID("b"), CampaignID("a")], each: .campaign, holder: .contactPoint),
    ]
    policy.exemptions = [
      CapExemption(purposes: [.labResult], obeys: false, counts: true),
      CapExemption(campaigns: [CampaignID("a")], obeys: true, counts: false),
    ]
    #expect(
      lines("How often", policy).map(\.sentence) == [
        "3 on one subject: at most 3 messages in 24 hours, each purpose by itself, in US-FL.",
        "At most 5 messages by sms a calendar week for lab_result and wellness, all who share a number counted together; 2 of them kept for lab_result.",
        "At most 9 messages a calendar month of a and b, each campaign by itself, counted for the number, whoever it is for.",
      ])
    #expect(
      lines("Exempt from these limits", policy).map(\.sentence) == [
        "Messages for lab_result are not held back by these limits and count toward them.",
        "Messages of a are held back by these limits and do not count toward them.",
      ])
  }

  @Test func `rules that have ended or are yet to begin say so`() {
    var policy = Policy()
    func provenance(from: String? = nil, until: String? = nil) -> Provenance {
      Provenance(from: from.flatMap(CivilDate.init), until: until.flatMap(CivilDate.init))
    }
    policy.revocation = Dated(versions: [
      Dated.Version(.topic, provenance(until: "2027-01-30")),
      Dated.Version(.all, provenance(from: "2027-01-31")),
    ])
    #expect(
      lines("What a bare \"STOP\" ends", policy).map(\.sentence) == [
        "Messages of the purpose that was answered, on every channel. This holds until 2027-01-30.",
        "From 2027-01-31: Every message on every channel.",
      ])
    policy.reply = Dated(ReplyHold(), provenance(until: "2026-11-21"))
    #expect(
      lines("When a patient has written in", policy).map(\.sentence) == [
        "Until 2026-11-21: Messages wait for 60 minutes. Nothing has followed it, so messages that it was about are refused."
      ])
    policy.reply.versions.append(Dated.Version(ReplyHold(), provenance(from: "2026-11-22")))
    #expect(
      lines("When a patient has written in", policy).map(\.sentence) == [
        "Until 2026-11-21: Messages wait for 60 minutes.", "Messages wait for 60 minutes.",
      ])
    policy.addedPurposes = [AddedPurpose(Purpose("survey"), provenance(until: "2026-11-01"))]
    #expect(
      lines("What messages may be about", policy).last?.sentence
        == "Until 2026-11-01: Survey, with consent of its own. Nothing has followed it, so messages that it was about are refused."
    )
  }
}

import OutreachCore
import Testing

/// What single lines of quiet hours say, and how the trail tells it.
@Suite struct OpenHoursTests {
  private static let chicago = InstalledZones.zone("America/Chicago")

  private func earliest(_ hours: QuietHours, from start: String) -> Instant? {
    hours.earliest(
      from: at(start), before: at(start) + .days(60), QuietHours.Question(zones: [Self.chicago]))
  }

  private func closure(
    _ hours: QuietHours, _ instant: String, _ zones: [String] = ["America/Chicago"],
    places: [String] = [], channel: Channel = .sms, windows: [TimeWindow] = [], restDays: Set<Weekday> = [],
    clocks: ZoneCatalogue? = InstalledZones.catalogue
  ) -> String? {
    hours.closure(
      at: at(instant),
      QuietHours.Question(
        zones: zones.map(InstalledZones.zone), places: places.map { Jurisdiction($0) }, channel: channel,
        windows: windows, restDays: restDays, clocks: clocks))
  }

  private static let everyDay = OpenHours(
    weekdays: Set(Weekday.allCases), window: TimeWindow(hours: 8..<21), rests: [])
  private static let texas = [
    OpenHours(
      name: "Texas", places: [Jurisdiction("US-TX")], weekdays: Set(Weekday.allCases).subtracting([.sunday]),
      window: TimeWindow(hours: 9..<21), rests: []),
    OpenHours(
      name: "Texas", places: [Jurisdiction("US-TX")], weekdays: [.sunday], window: TimeWindow(hours: 12..<21),
      rests: []),
  ]

  @Test func `Texas opens at noon on Sundays`() {
    let hours = QuietHours([Self.everyDay] + Self.texas)
    // 22 November 2026 is a Sunday; Chicago is six hours behind.
    #expect(
      closure(hours, "2026-11-22T17:59:59Z", places: ["US", "US-TX"])
        == "it is 11:59:59 in America/Chicago; Texas: closed until 12:00 on Sundays")
    #expect(closure(hours, "2026-11-22T18:00:00Z", places: ["US", "US-TX"]) == nil)
    #expect(closure(hours, "2026-11-23T02:59:59Z", places: ["US-TX"]) == nil)
    #expect(closure(hours, "2026-11-23T15:00:00Z", places: ["US-TX"]) == nil)
    #expect(
      closure(hours, "2026-11-23T14:59:59Z", places: ["US-TX"])
        == "it is 08:59:59 in America/Chicago; Texas: closed until 09:00 on Mondays")
    // Elsewhere the Texan lines say nothing.
    #expect(closure(hours, "2026-11-22T17:59:59Z", places: ["US-OK"]) == nil)
    #expect(closure(hours, "2026-11-22T17:59:59Z") == nil)
  }

  @Test func `Mississippi keeps Central Standard Time in summer`() {
    let hours = QuietHours([
      Self.everyDay,
      OpenHours(
        name: "Mississippi", places: [Jurisdiction("US-MS")], weekdays: Set(Weekday.allCases),
        window: TimeWindow(hours: 8..<20), rests: [], clock: "Etc/GMT+6"),
    ])
    #expect(
      closure(hours, "2027-07-13T13:30:00Z", places: ["US-MS"])
        == "it is 08:30 in America/Chicago; Mississippi: closed until 08:00 on Tuesdays by the clock of Etc/GMT+6"
    )
    #expect(closure(hours, "2027-07-13T14:00:00Z", places: ["US-MS"]) == nil)
    // 20:30 by the patient's clock, 19:30 by the law's.
    #expect(closure(hours, "2027-07-14T01:30:00Z", places: ["US-MS"]) == nil)
    let question = QuietHours.Question(
      zones: [Self.chicago], places: [Jurisdiction("US-MS")], clocks: InstalledZones.catalogue)
    #expect(
      hours.earliest(from: at("2027-07-13T06:00:00Z"), before: at("2027-07-20T00:00:00Z"), question)
        == at("2027-07-13T14:00:00Z"))
    // In winter both clocks agree.
    #expect(closure(hours, "2027-01-13T14:00:00Z", places: ["US-MS"]) == nil)
    #expect(
      closure(hours, "2027-07-13T16:00:00Z", places: ["US-MS"], clocks: nil)
        == "it is 11:00 in America/Chicago; the rule 'Mississippi' goes by the clock of Etc/GMT+6, which is not known"
    )
  }

  @Test func `a window over midnight belongs to the day on which it opens`() {
    let night = OpenHours(
      weekdays: [.friday], window: TimeWindow(from: "22:00", to: "06:00") ?? .wholeDay, rests: [])
    func isOpen(_ local: String) -> Bool? {
      CivilDateTime(local).map { HoursLine(night).isOpen(at: $0, places: []) }
    }
    // 27 November 2026 is a Friday.
    #expect(isOpen("2026-11-27T02:00") == false && isOpen("2026-11-27T21:59:59") == false)
    #expect(isOpen("2026-11-27T22:00") == true && isOpen("2026-11-28T02:00") == true)
    #expect(isOpen("2026-11-28T05:59:59") == true && isOpen("2026-11-28T06:00") == false)
    #expect(isOpen("2026-11-28T22:00") == false)
    // Inside the hard bound nothing is left of it: no instant, at once.
    #expect(
      earliest(QuietHours([night]), from: "2026-11-23T10:00:00Z") == nil
    )
    let long = OpenHours(
      weekdays: [.friday], window: TimeWindow(from: "20:00", to: "10:00") ?? .wholeDay, rests: [.federal])
    #expect(
      earliest(QuietHours([long]), from: "2026-11-27T14:30:00Z")
        == at("2026-11-28T02:00:00Z"))
    #expect(
      earliest(QuietHours([long]), from: "2026-11-28T04:00:00Z")
        == at("2026-11-28T14:00:00Z"))
    // Christmas 2026 is a Friday, and so is the morning after the evening that rests.
    #expect(
      earliest(QuietHours([long]), from: "2026-12-25T14:30:00Z")
        == at("2027-01-09T02:00:00Z"))
  }

  @Test func `the start of a window is inside and its end is not`() {
    for (instant, isOpen) in [
      ("2026-11-23T14:59:59Z", false), ("2026-11-23T15:00:00Z", true), ("2026-11-24T01:59:59Z", true),
      ("2026-11-24T02:00:00Z", false),
    ] {
      #expect((closure(QuietHours(), instant) == nil) == isOpen, "\(instant)")
    }
  }

  @Test func `names hold together and lines of one name complete each other`() {
    let morning = OpenHours(name: "everywhere", window: TimeWindow(hours: 9..<11), rests: [])
    let evening = OpenHours(name: "everywhere", window: TimeWindow(hours: 17..<19), rests: [])
    let both = QuietHours([morning, evening])
    #expect(closure(both, "2026-11-23T16:00:00Z") == nil && closure(both, "2026-11-23T23:30:00Z") == nil)
    #expect(
      closure(both, "2026-11-23T18:00:00Z")
        == "it is 12:00 in America/Chicago; everywhere: closed until 17:00 on Mondays")
    var other = evening
    other.name = "carriers"
    #expect(closure(QuietHours([morning, other]), "2026-11-23T16:00:00Z") != nil)
    #expect(
      earliest(QuietHours([morning, other]), from: "2026-11-23T06:00:00Z") == nil)
  }

  @Test func `a line for one channel says nothing of another`() {
    var voice = OpenHours(name: "calls", channels: [.voice], window: TimeWindow(hours: 13..<15), rests: [])
    let hours = QuietHours([Self.everyDay, voice])
    #expect(closure(hours, "2026-11-23T16:00:00Z", channel: .sms) == nil)
    #expect(closure(hours, "2026-11-23T16:00:00Z", channel: .voice) != nil)
    // A channel for which nothing is known is closed.
    voice.name = "everywhere"
    #expect(
      closure(QuietHours([voice]), "2026-11-23T20:00:00Z", channel: .sms)
        == "it is 14:00 in America/Chicago; no rule for all places is in force on 2026-11-23")
  }

  @Test func `a rule that ended closes, one to come does not, and without any nothing is open`() {
    func hours(_ name: String, _ places: Set<Jurisdiction>?, from: String? = nil, until: String? = nil)
      -> QuietHours
    {
      QuietHours([
        Self.everyDay,
        OpenHours(
          name: name, places: places, window: TimeWindow(hours: 9..<20), rests: [],
          provenance: Provenance(from: from.map(day), until: until.map(day))),
      ])
    }
    let monday = "2026-11-23T16:00:00Z"
    let ended = hours("Ohio", [Jurisdiction("US-OH")], until: "2026-11-22")
    #expect(
      closure(ended, monday, places: ["US-OH"])
        == "it is 10:00 in America/Chicago; the rule 'Ohio' held until 2026-11-22; nobody knows what holds now"
    )
    #expect(closure(ended, monday, places: ["US-TX"]) == nil)
    #expect(
      closure(hours("Ohio", [Jurisdiction("US-OH")], until: "2026-11-23"), monday, places: ["US-OH"]) == nil)
    let coming = hours("Ohio", [Jurisdiction("US-OH")], from: "2026-11-24")
    #expect(closure(coming, "2026-11-23T14:30:00Z", places: ["US-OH"]) == nil)
    #expect(closure(coming, "2026-11-24T14:30:00Z", places: ["US-OH"]) != nil)
    // Between two versions nobody knows what holds.
    var gap = ended
    gap.rules.append(
      OpenHours(
        name: "Ohio", places: [Jurisdiction("US-OH")], rests: [],
        provenance: Provenance(from: day("2026-11-25"))))
    #expect(closure(gap, monday, places: ["US-OH"]) != nil)
    #expect(closure(gap, "2026-11-25T16:00:00Z", places: ["US-OH"]) == nil)
    // What holds in one state only opens nothing, nor does what holds everywhere later.
    #expect(closure(QuietHours(Self.texas), monday, places: ["US-TX"]) != nil)
    #expect(
      closure(QuietHours([OpenHours(provenance: Provenance(from: day("2026-11-24")))]), monday) != nil)
    #expect(closure(QuietHours([]), monday) != nil)
  }

  @Test func `local holidays are those of every place`() {
    let hours = QuietHours([
      OpenHours(weekdays: Set(Weekday.allCases), window: TimeWindow(hours: 9..<20), rests: [.local])
    ])
    // Mardi Gras in Alabama; nothing in Illinois; 14 July in France.
    #expect(
      closure(hours, "2026-02-17T16:00:00Z", places: ["US-IL", "US-AL"])
        == "it is 10:00 in America/Chicago; everywhere: closed on the holiday 2026-02-17")
    #expect(closure(hours, "2026-02-17T16:00:00Z", places: ["US-IL"]) == nil)
    #expect(closure(hours, "2026-07-14T10:00:00Z", ["Europe/Paris"], places: ["FR"]) != nil)
    #expect(closure(hours, "2026-07-14T10:00:00Z", ["Europe/Paris"], places: ["DE"]) == nil)
  }

  @Test func `campaign and patient narrow the hours, and the words say so`() {
    #expect(
      closure(QuietHours(), "2026-11-23T16:00:00Z", windows: [TimeWindow(hours: 13..<15)])
        == "it is 10:00 in America/Chicago; campaign and patient leave 13:00–15:00")
    #expect(
      closure(QuietHours(), "2026-11-23T16:00:00Z", restDays: [.monday])
        == "it is 10:00 in America/Chicago; the patient wants no messages on Mondays")
    #expect(
      closure(QuietHours(window: .wholeDay), "2026-11-23T13:59:00Z")
        == "it is 07:59 in America/Chicago; nothing goes out outside 08:00–21:00")
  }

  @Test func `zones that disagree are ambiguous, and zones closed alike are told together`() {
    #expect(
      closure(QuietHours(), "2026-11-23T16:30:00Z", ["America/Los_Angeles", "America/Chicago"])
        == "ambiguous: it is 08:30 in America/Los_Angeles; everywhere: closed until 09:00 on Mondays")
    #expect(
      closure(QuietHours(), "2026-11-23T14:30:00Z", ["America/Los_Angeles", "America/Chicago"])
        == "it is 06:30 in America/Los_Angeles, 08:30 in America/Chicago; everywhere: closed until 09:00 on Mondays"
    )
  }

  @Test func `without a zone nothing is open`() {
    let question = QuietHours.Question(zones: [])
    let noon = at("2026-11-23T18:00:00Z")
    #expect(QuietHours().closure(at: noon, question) == "no time zone is known")
    #expect(QuietHours().earliest(from: noon, before: noon + .days(9), question) == nil)
  }
}

import OutreachCore
import OutreachStore
import Testing

/// Forms byte by byte: what is written here is in the databases of released versions.
///
/// Whole numbers are LEB128, signed ones zigzag; texts their length and UTF-8; the first byte is the version.
struct GoldenFormTests {
  private static let number = PhoneNumber(e164: "+12015550123")

  @Test func `a consent of the first version is read as it was meant`() throws {
    let plain = ConsentEvent(
      evidence: ResourceID("Consent/1"), kind: .granted, purpose: .appointment, channel: .sms,
      at: Instant(secondsSinceEpoch: 10), source: .patient)
    try expect(plain, "010309436f6e73656e742f310101140b6170706f696e746d656e7403736d73")
    let full = ConsentEvent(
      evidence: ResourceID("Consent/1"), kind: .revoked, purpose: .wellness, channel: .voice,
      at: Instant(secondsSinceEpoch: 10), expiresAt: Instant(secondsSinceEpoch: -20), source: .proxy,
      wording: "form v3")
    try expect(
      full, "010f09436f6e73656e742f310202140877656c6c6e65737305766f6963652707666f726d207633")
  }

  @Test func `a consent with all that a ledger knows`() throws {
    let event = ConsentEvent(
      evidence: ResourceID("Ledger/7"), kind: .revoked, purpose: .wellness, channel: .sms,
      sender: "pharmacy", at: Instant(secondsSinceEpoch: 1_700_000_000),
      expiresAt: Instant(secondsSinceEpoch: 1_800_000_000), source: .staff, grantor: "parent",
      method: .inPerson, recordedBy: "desk", wording: "form v3", wordingLanguage: "es",
      number: Self.number, reference: "scan 17", isScopeStated: false)
    try expect(
      event,
      """
      01ff1f084c65646765722f37020480c49fd50c0877656c6c6e65737303736d7380c8ceb40d07666f726d20763308706861\
      726d61637906706172656e7409696e5f706572736f6e046465736b0265730c2b3132303135353530313233077363616e20\
      3137
      """)
  }

  @Test func `a past contact of the first version and one with all that is known now`() throws {
    var contact = PastContact(
      id: ResourceID("Communication/1"), at: Instant(secondsSinceEpoch: 1_700_000_000), channel: .sms,
      status: .sent,
      key: .init(campaign: CampaignID("c"), message: MessageID("m"), occurrence: .once), replyCode: "yes")
    try expect(
      contact, "01070f436f6d6d756e69636174696f6e2f3180c49fd50c0103736d730163016d046f6e636503796573")
    contact.purpose = .wellness
    contact.number = Self.number
    contact.text = TextFingerprint(rawValue: 0xCBF2_9CE4_8422_2325)
    try expect(
      contact,
      """
      013f0f436f6d6d756e69636174696f6e2f3180c49fd50c0103736d730163016d046f6e6365037965730877656c6c6e6573\
      730c2b3132303135353530313233a5c688a1c89ca7f9cb01
      """)
  }

  @Test func `wishes`() throws {
    try expect(Preferences(), "010000000000")
    let all = Preferences(
      channels: [.voice, .sms], language: "es", window: TimeWindow(from: "09:00", to: "24:00"),
      restDays: [.sunday, .monday], maximumPerWeek: 2, refusedPurposes: [.wellness, .labResult],
      refusedCampaigns: [CampaignID("a")], disclosure: .generic)
    try expect(
      all,
      """
      010f0205766f69636503736d7341020a6c61625f726573756c740877656c6c6e65737301016102657390fd0180a305040a
      """)
  }

  @Test(arguments: [
    (0, DisclosureTier.sealed), (1, .sealed), (2, .generic), (3, .generic), (4, .sealed), (7, .overt),
  ])
  func `what was wished under the levels of version 2 shows no more now`(code: Int, tier: DisclosureTier)
    throws
  {
    // A signed number is written as twice itself.
    let hex = "01080000000000".dropLast(2) + (code * 2 < 16 ? "0" : "") + String(code * 2, radix: 16)
    let wishes = try bytes(hex: String(hex)).withUnsafeBytes { try Preferences(blob: $0) }
    #expect(wishes.disclosure == tier)
  }

  @Test func `what becomes known about a number`() throws {
    let at = Instant(secondsSinceEpoch: 1_700_000_000)
    for (byte, kind) in [
      ("01", ContactEvidence.Kind.confirmationAsked), ("02", .confirmed), ("03", .wrongNumber),
      ("04", .suspended), ("05", .reinstated),
    ] {
      try expect(ContactEvidence(kind, at: at), "0100\(byte)80c49fd50c")
    }
    let since = try #require(CivilDate(year: 2026, month: 2, day: 28))
    try expect(
      ContactEvidence(.reassignment(.noData, since: since), at: at, by: "desk", reference: "file 9"),
      "010306076e6f5f64617461dca83f80c49fd50c046465736b0666696c652039")
  }

  @Test(arguments: [
    // A rest day beyond Sunday; windows without length; ends and starts beyond the day; no such label.
    "010000800000", "0102000000000000", "0102000000000505", "0102000000000081a305", "01020000000080a30501",
    "01020000000001ffffffffffffffffff01", "01080000000010",
  ])
  func `wishes that nobody can have are refused`(hex: String) {
    #expect(throws: DecodingFault.self) {
      try bytes(hex: hex).withUnsafeBytes { try Preferences(blob: $0) }
    }
  }

  @Test(arguments: ["010007", "01000780c49fd50c", "0100060179dca83f00", "01000602796f"])
  func `evidence that there is none of is refused`(hex: String) {
    #expect(throws: DecodingFault.self) {
      try bytes(hex: hex).withUnsafeBytes { try ContactEvidence(blob: $0) }
    }
  }

  @Test func `windows over midnight and of the whole day come back`() throws {
    for window in [
      TimeWindow(from: "22:00", to: "06:00"), TimeWindow(from: "00:00", to: "00:01"), TimeWindow.wholeDay,
      TimeWindow(from: "23:59:59", to: "24:00"), TimeWindow(from: "12:00", to: "11:59:59"),
    ] {
      #expect(window != nil)
      let wishes = Preferences(window: window)
      let back = try wishes.blob().withUnsafeBytes { try Preferences(blob: $0) }
      #expect(back == wishes)
    }
  }

  private func expect<Form: StoredForm & Equatable>(_ value: Form, _ hex: String) throws {
    #expect(hexadecimal(value.blob()) == hex)
    let back = try bytes(hex: hex).withUnsafeBytes { try Form(blob: $0) }
    #expect(back == value)
  }
}

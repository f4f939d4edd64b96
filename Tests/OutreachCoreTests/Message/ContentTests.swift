import OutreachCore
import Testing

@Suite struct ContentTests {
  private static func grade(_ text: String, _ language: String = "en") -> Double? {
    var reading = Readability(language: language)
    reading.add(text)
    return reading.grade
  }

  @Test func `short words in short sentences need few years of school`() throws {
    let easy = try #require(
      Self.grade("Please call us. We have a time for you. See you soon. Reply if you need a ride."))
    let hard = try #require(
      Self.grade(
        "Your comprehensive multidisciplinary evaluation necessitates preliminary documentation regarding transportation "
          + "arrangements and administrative authorization."))
    #expect(easy < 3)
    #expect(hard > 12)
  }

  @Test func `the grade is that of Flesch and Kincaid`() throws {
    // 10 words, 2 sentences, 12 syllables: 0.39 · 5 + 11.8 · 1.2 − 15.59.
    let grade = try #require(Self.grade("The cat sat on the table. A dog ran away."))
    #expect(abs(grade - (0.39 * 5 + 11.8 * 1.3 - 15.59)) < 1.3)
    #expect(Self.grade("Too few words") == nil)
  }

  @Test func `Spanish is read by the ease of Fernández Huerta`() throws {
    let easy = try #require(
      Self.grade("Llame a la oficina. Le vemos el lunes. Venga a las dos. Es en el piso dos.", "es"))
    let hard = try #require(
      Self.grade(
        "La documentación administrativa correspondiente a su autorización extraordinaria requiere verificaciones "
          + "institucionales complementarias previas.", "es"))
    #expect(easy <= 5)
    #expect(hard == 12)
  }

  @Test func `a word that has a plainer one is found where it stands, and not within another`() {
    let found = PlainWords.found(in: "Please utilize the door prior to noon; reutilized", language: "en")
    #expect(found.map(\.word) == ["utilize", "prior to"])
    #expect(found.map(\.plainer) == ["use", "before"])
    #expect(found.first?.range == 7..<14)
    #expect(
      PlainWords.found(in: "Favor de acudir a fin de hablar", language: "es-mx").map(\.plainer) == [
        "venir", "para",
      ])
    #expect(PlainWords.found(in: "Please use the door", language: "en").isEmpty)
  }

  private static func campaign(
    _ id: String, _ text: String, programme: RestrictedProgramme? = nil, window: TimeWindow? = nil
  ) -> Campaign {
    var campaign = GuardCaseBuilder.campaign(id, sendBetween: window)
    campaign.programme = programme
    let message = GuardCaseBuilder.message("note", ["en": text])
    campaign.messages = [message.id: message]
    return campaign
  }

  @Test func `a text that one restricted programme alone says marks it`() {
    let own = "Please call {$clinic.name} at {$clinic.phone}. {$opt_out}"
    func found(_ others: Int) -> [CheckRule] {
      let campaigns = (0..<others).map { Self.campaign("c\($0)", own) }
      return Cover.findings(among: campaigns + [Self.campaign("r", own, programme: .mentalHealth)]).map(
        \.rule)
    }
    #expect(found(0) == [.cover])
    #expect(found(1) == [.cover])
    #expect(found(2) == [])
    #expect(Cover.findings(among: [Self.campaign("a", own)]) == [], "others need no cover")
  }

  @Test func `the host's own words cover everybody`() {
    let campaign = Self.campaign("r", "{$neutral} {$opt_out}", programme: .sexualHealth)
    #expect(Cover.findings(among: [campaign]) == [])
  }

  @Test func `an hour that one restricted programme alone uses is a warning`() throws {
    let window = try #require(TimeWindow(from: "09:00", to: "10:00"))
    let campaign = Self.campaign("r", "{$neutral} {$opt_out}", programme: .sexualHealth, window: window)
    #expect(Cover.findings(among: [campaign]).map(\.severity) == [.warning])
    let others = ["a", "b"].map { Self.campaign($0, "Hi. {$opt_out}", window: window) }
    #expect(Cover.findings(among: [campaign] + others) == [])
  }
}

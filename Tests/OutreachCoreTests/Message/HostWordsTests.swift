import OutreachCore
import Testing

/// What the host itself says is held to the same nets as what campaigns say.
@Suite struct HostWordsTests {
  private static let clinic = Clinic(
    name: "Lakeside Family Care", phone: "312-555-0100", timeZone: "America/Chicago")

  private static func words(_ language: String) -> [String] {
    let words = Wording.of(language)
    let call = VoiceScript(
      saying: RenderedSample.message(language), in: language, clinic: clinic)
    return [
      words.optOut(on: .sms), words.optOut(on: .voice), words.optOut(on: .email),
      words.replies(["C", "R"], on: .sms),
      words.replies(["1", "2"], on: .voice), words.neutral(callBack: clinic.phone),
      OptOutConfirmation.text(for: clinic, language: language),
      ConfirmingMessage.text(for: clinic, language: language),
      call.opening, call.voicemail,
    ]
  }

  @Test(arguments: Wording.languages) func `the host's own words tell nothing`(language: String) throws {
    var scanner = try #require(TextScanner(language: language, catalogue: ShippedLists.catalogue))
    for text in Self.words(language) {
      #expect(scanner.hits(in: text, allowing: [Self.clinic.phone]) == [], "\(text)")
    }
  }

  @Test(arguments: Wording.languages) func `a call says nothing of the patient before a key is pressed`(
    language: String
  ) {
    let call = VoiceScript(saying: RenderedSample.message(language), in: language, clinic: Self.clinic)
    #expect(call.message.contains("Ana"))
    for text in [call.opening, call.voicemail] {
      #expect(!text.contains("Ana") && !text.contains("Lakeside"))
      #expect(text.contains(Self.clinic.phone))
    }
    #expect(call.opening.contains(VoiceScript.playKey) && call.opening.contains(VoiceScript.stopKey))
  }
}

/// A message as it is rendered for a call.
enum RenderedSample {
  static func message(_ language: String) -> RenderedMessage {
    let context = MessageContext(
      clinic: Clinic(name: "Lakeside Family Care", phone: "312-555-0100", timeZone: "America/Chicago"),
      givenName: "Ana",
      subject: nil, zone: .utc, channel: .voice)
    let variant = Variant(
      language: language,
      body: GuardCaseBuilder.template("{$patient.first_name}: {$clinic.name}. {$opt_out}", language))
    guard let message = try? variant.rendered(for: context, replies: []) else {
      preconditionFailure("the sample has all its values")
    }
    return message
  }
}

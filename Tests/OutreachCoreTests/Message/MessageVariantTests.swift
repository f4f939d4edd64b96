import OutreachCore
import Testing

@Suite struct MessageVariantTests {
  private func message(_ variants: [(String, Channel?)]) -> Message {
    Message(
      id: MessageID("note"),
      variants: variants.map { language, channel in
        Variant(
          language: language, channel: channel,
          body: GuardCaseBuilder.template("\(language) \(channel.map(\.rawValue) ?? "common")"))
      }, position: GuardCaseBuilder.position)
  }

  private func chosen(_ message: Message, _ language: String, _ channel: Channel = .sms) -> String? {
    message.variant(language: language, channel: channel).map {
      "\($0.language) \($0.channel.map(\.rawValue) ?? "common")"
    }
  }

  @Test func `the whole tag goes before its shorter forms`() {
    let message = message([("en", nil), ("es", nil), ("es-mx", nil), ("zh-hant", nil), ("zh", nil)])
    #expect(chosen(message, "es-MX") == "es-mx common")
    #expect(chosen(message, "es_MX") == "es-mx common")
    #expect(chosen(message, "es-AR") == "es common")
    #expect(chosen(message, "ES") == "es common")
    #expect(chosen(message, "zh-Hant-TW") == "zh-hant common")
    #expect(chosen(message, "zh-Hans-CN") == "zh common")
    #expect(chosen(message, "vi") == nil)
    #expect(chosen(message, "e") == nil)
    #expect(chosen(message, "") == nil)
  }

  @Test func `a wording for a region does not serve the whole language`() {
    #expect(chosen(message([("es-mx", nil)]), "es") == nil)
    #expect(chosen(message([("es-mx", nil)]), "es-AR") == nil)
  }

  @Test func `a channel with words of its own never uses the common ones`() {
    let message = message([("en", nil), ("es", nil), ("en", .voice)])
    #expect(chosen(message, "en", .voice) == "en voice")
    #expect(chosen(message, "es", .voice) == nil)
    #expect(chosen(message, "es", .sms) == "es common")
  }

  @Test func `an e-mail needs a wording for e-mail`() {
    #expect(chosen(message([("en", nil)]), "en", .email) == nil)
    #expect(chosen(message([("en", nil), ("en", .email)]), "en", .email) == "en email")
  }

  @Test func `the languages of a channel are told in order`() {
    let message = message([("es", nil), ("en", nil), ("en", .voice)])
    #expect(message.languages(on: .sms) == ["en", "es"])
  }

  @Test func `a patient without a language is spoken to in the clinic's`() {
    let texts = ["en": "Hello. {$opt_out}", "es": "Hola. {$opt_out}"]
    let builder = GuardCaseBuilder().with {
      $0.facts.language = nil
      $0.candidates = [GuardCaseBuilder.candidate(message: GuardCaseBuilder.message("note", texts))]
    }
    #expect(builder.decision.text?.revealed == "Hello. Reply STOP to opt out.")
    let spanish = builder.with { $0.clinic.language = "es" }.decision
    #expect(spanish.text?.revealed == "Hola. Responda STOP para no recibir más.")
    #expect(spanish.language == "es")
  }
}

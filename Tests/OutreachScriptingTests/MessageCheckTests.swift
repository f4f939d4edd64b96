import OutreachCore
import OutreachScripting
import Testing

struct MessageCheckTests {
  private func findings(_ messages: String, channels: String = "\"sms\"") -> [String] {
    Fixture.findings(
      """
      return campaign {
        id = "test-campaign", title = "T", owner = "O", purpose = "appointment", channels = { \(channels) },
        messages = {
      \(messages)
        },
        decide = function(patient) return { send("m") } end,
      }
      """)
  }

  private let good = Fixture.goodText

  @Test(arguments: [
    (
      "m = { en = \"Hi {$patient.firstname}, \(Fixture.goodText)\" },",
      "c.lua:4:16: error: there is no value '{$patient.firstname}' (did you mean 'patient.first_name'?)"
    ),
    (
      "m = {\n  en = \"Hi \"\n    .. \"{$clinic.nam} \"\n    .. \"\(Fixture.goodText)\" },",
      "c.lua:6:9: error: there is no value '{$clinic.nam}' (did you mean 'clinic.name'?)"
    ),
    (
      "m = { en = [[\nfirst\n{$clinic.nam} \(Fixture.goodText)]] },",
      "c.lua:6:1: error: there is no value '{$clinic.nam}' (did you mean 'clinic.name'?)"
    ),
    (
      "m = { en = \"\\104\\u{e9}\\x41 é {oops} \(Fixture.goodText)\" },",
      "c.lua:4:30: error: '{oops}' is not a value; values are written '{$name}'"
    ),
    (
      "m = { en = \"a\\z\n     b {oops} \(Fixture.goodText)\" },",
      "c.lua:5:8: error: '{oops}' is not a value; values are written '{$name}'"
    ),
  ])
  func `a fault inside a text is reported at its character`(messages: String, finding: String) {
    #expect(findings(messages) == [finding])
  }

  @Test func `a clinical value does not compile`() {
    let found = findings("m = { en = \"{$refill.medication} \(good)\" },")
    #expect(found.count == 1)
    #expect(
      found.first?.hasPrefix("c.lua:4:13: error: '{$refill.medication}' tells what somebody is treated for")
        == true)
  }

  @Test func `a language that one channel lacks is a warning`() {
    #expect(
      findings(
        "m = { en = \"\(good)\", es = \"\(good)\", voice = { en = \"\(good)\" } },",
        channels: "\"sms\", \"voice\"")
        == ["c.lua:4:1: warning: message 'm' has no 'es' for voice, though it has elsewhere"])
  }

  @Test func `a channel that no text serves is a warning, and a text that no channel uses too`() {
    #expect(
      findings("m = { en = \"\(good)\" },", channels: "\"sms\", \"email\"")
        == ["c.lua:4:1: warning: message 'm' has no text for email, so it cannot go out that way"])
    #expect(
      findings("m = { en = \"\(good)\", sms = { en = \"\(good)\" } },")
        == ["c.lua:4:12: warning: no channel of this campaign uses this text"])
  }

  @Test func `a message that is never sent is a warning`() {
    #expect(
      findings("m = { en = \"\(good)\" }, other = { en = \"\(good)\" },")
        == ["c.lua:4:\(14 + good.count + 4): warning: message 'other' is never sent"])
  }

  @Test func `a text that is too long for every patient is an error, and one that fits some a warning`() {
    // "Lakeside Family Care", "312-555-0100" and "Reply STOP to opt out." are 54 characters; a name has one at least.
    let fixed = "{$clinic.name}{$clinic.phone}{$opt_out}{$patient.first_name}"
    let fits = String(repeating: "x", count: 160 - 55)
    #expect(
      findings("m = { en = \"\(fits)\(fixed)\" },") == [
        "c.lua:4:12: warning: with a name such as 'Maria Fernanda' the text has 173 characters; 160 are allowed, so it "
          + "would be refused for some"
      ])
    let usual = String(repeating: "x", count: 160 - 68)
    #expect(findings("m = { en = \"\(usual)\(fixed)\" },") == [])
    #expect(
      findings("m = { en = \"\(fits)x\(fixed)\" },")
        == [
          "c.lua:4:12: error: the text has at least 161 characters when it is sent; 160 are allowed (47 CFR 64.1200(a)(9)(iv)(E))"
        ])
  }

  @Test func `an e-mail has a subject that shows nothing personal, and a body`() {
    func mail(_ text: String) -> [String] {
      findings("m = { email = { en = \(text) } },", channels: "\"email\"")
    }
    #expect(mail("{ subject = \"From {$clinic.name}\", body = \"{$opt_out}\" }") == [])
    #expect(
      mail("\"text\"") == [
        "c.lua:4:22: error: an e-mail has a subject and a body; write { subject = \"…\", body = \"…\" }"
      ])
    #expect(
      mail("{ body = \"{$opt_out}\" }")
        == [
          "c.lua:4:22: error: e-mail 'en' of message 'm' needs 'subject', such as subject = \"A note from {$clinic.name}\""
        ])
    #expect(
      mail("{ subject = \"Dear {$patient.first_name}\", body = \"{$opt_out}\" }")
        == [
          "c.lua:4:34: error: '{$patient.first_name}' cannot stand in a subject, which others may read; move it to the body"
        ])
  }

  @Test func `a channel's own words replace the common ones`() throws {
    let script = try Fixture.load(
      """
      return campaign {
        id = "c", title = "T", owner = "O", purpose = "appointment", channels = { "sms", "voice", "email" },
        messages = { m = {
          en = "\(good)", ["es-MX"] = "\(good)",
          voice = { en = "Call: \(good)", ["es-mx"] = "\(good)" },
          email = { en = { subject = "{$clinic.name}", body = "Mail {$opt_out}" },
            ["es-MX"] = { subject = "{$clinic.name}", body = "{$opt_out}" } },
        } },
        decide = function(patient) return send("m") end,
      }
      """)
    let message = try #require(script.campaign.messages[MessageID("m")])
    #expect(
      message.variant(language: "en", channel: .voice)?.body.patterns.first?.pieces.first
        == .text("Call: Hi "))
    #expect(message.variant(language: "en", channel: .sms)?.body.patterns.first?.pieces.first == .text("Hi "))
    #expect(
      message.variant(language: "en", channel: .email)?.body.patterns.first?.pieces.first == .text("Mail "))
    #expect(message.languages(on: .sms) == ["en", "es-mx"])
    #expect(message.languages(on: .email) == ["en", "es-mx"])
  }

  @Test func `replies that a text promises must be there`() {
    #expect(
      findings("m = { en = \"{$replies} \(good)\" },")
        == ["c.lua:4:12: error: {$replies} shows nothing, because the message has no 'replies'"])
    #expect(
      findings(
        "m = { en = \"{$replies} \(good)\", replies = { C = { code = \"x\" } } },", channels: "\"voice\"")
        == ["c.lua:4:12: error: a call cannot ask to press C; leave out {$replies}, or use digits"])
  }
}

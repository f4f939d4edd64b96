import OutreachCore
import OutreachDelivery
import Testing

/// What reports of providers mean.
@Suite struct ReceiptReadingTests {
  private static let twilio: [([String: String], Receipt?)] = [
    (["MessageSid": "SM1", "MessageStatus": "delivered"], Receipt(.delivered)),
    (["MessageSid": "SM1", "MessageStatus": "sent"], Receipt(.underway)),
    (
      ["MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30005"],
      Receipt(.undelivered, refusal: Refusal(.invalidRecipient, code: "30005"))
    ),
    (
      ["MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "21610"],
      Receipt(.undelivered, refusal: Refusal(.optedOut, code: "21610"))
    ),
    (
      ["MessageSid": "SM1", "MessageStatus": "failed"],
      Receipt(.undelivered, refusal: Refusal(.other, code: "failed"))
    ),
    (["CallSid": "CA1", "CallStatus": "completed"], Receipt(.delivered)),
    (
      ["CallSid": "CA1", "CallStatus": "no-answer"],
      Receipt(.undelivered, refusal: Refusal(.unreachable, code: "no-answer"))
    ),
    (["MessageSid": "SM1", "MessageStatus": "something new"], nil),
    (["From": "+13125550100", "Body": "STOP"], nil), ([:], nil),
  ]

  @Test func `a report of Twilio's says what became of a message or a call`() {
    for (form, expected) in Self.twilio {
      let reading = ReceiptReading(twilio: form)
      #expect(reading?.receipt == expected)
      if expected != nil { #expect(reading?.reference == form["MessageSid"] ?? form["CallSid"]) }
    }
  }

  @Test func `a report of Kannel's is one of five`() {
    let outcomes = (0...32).map { ReceiptReading(kannel: $0)?.receipt.outcome }
    #expect(outcomes[1] == .delivered && outcomes[2] == .undelivered && outcomes[16] == .undelivered)
    #expect(outcomes[4] == .underway && outcomes[8] == .underway)
    #expect(outcomes.count { $0 != nil } == 5)
  }

  @Test func `reports in any order come to the same end`() throws {
    let reports = [8, 1].compactMap { ReceiptReading(kannel: $0)?.receipt }
    for order in [reports, reports.reversed()] {
      var state = SendState.accepted
      for receipt in order { _ = try state.receive(.receipt(receipt)) }
      #expect(state == .delivered)
    }
  }
}

public import OutreachCore

/// What a provider reports about a message, as its report says it.
public struct ReceiptReading: Hashable, Sendable {
  /// The provider's own name for the message, where the report has it.
  public var reference: String?
  /// What became of the message.
  public var receipt: Receipt

  /// Reads a report of Twilio's: the fields of its form.
  ///
  /// nil for one that is about no message. https://www.twilio.com/docs/messaging/guides/track-outbound-message-status,
  /// https://www.twilio.com/docs/voice/api/call-resource#statuscallback
  public init?(twilio form: [String: String]) {
    let code = form["ErrorCode"].flatMap(Int.init)
    func undelivered(_ kind: Refusal.Kind, _ word: String) -> Receipt {
      Receipt(.undelivered, refusal: code.map(TwilioCode.refusal) ?? Refusal(kind, code: word))
    }
    if let status = form["MessageStatus"] ?? form["SmsStatus"] {
      reference = form["MessageSid"] ?? form["SmsSid"]
      switch status {
      case "delivered", "read": receipt = Receipt(.delivered)
      case "undelivered", "failed": receipt = undelivered(.other, status)
      case "accepted", "scheduled", "queued", "sending", "sent": receipt = Receipt(.underway)
      default: return nil
      }
    } else if let status = form["CallStatus"] {
      reference = form["CallSid"]
      switch status {
      case "completed": receipt = Receipt(.delivered)
      case "busy", "no-answer": receipt = undelivered(.unreachable, status)
      case "failed", "canceled": receipt = undelivered(.other, status)
      case "queued", "initiated", "ringing", "in-progress": receipt = Receipt(.underway)
      default: return nil
      }
    } else {
      return nil
    }
  }

  /// Reads a delivery report of Kannel's: the `%d` of its address.
  ///
  /// nil for another number. User guide 1.4.5, 6.4: 1 delivered, 2 not delivered, 4 queued, 8 taken by the centre, 16
  /// refused by the centre; they can come in any order.
  public init?(kannel status: Int) {
    reference = nil
    switch status {
    case 1: receipt = Receipt(.delivered)
    case 2: receipt = Receipt(.undelivered, refusal: Refusal(.unreachable, code: "2"))
    case 4, 8: receipt = Receipt(.underway)
    case 16: receipt = Receipt(.undelivered, refusal: Refusal(.other, code: "16"))
    default: return nil
    }
  }
}

import OutreachCore
import OutreachDelivery

extension SendReport {
  /// What was handed over, as the last line of JSON, without a line break.
  public var jsonLine: String {
    var json = JSONText()
    json.object { json in
      json.name("sent")
      json.object { json in
        json.field("accepted", dispatch.accepted)
        json.field("refused", dispatch.refused)
        json.field("retry", dispatch.retried)
        json.field("in_doubt", dispatch.inDoubt)
        json.field("looked_up", dispatch.lookedUp)
        json.field("held", dispatch.held)
        json.name("dropped")
        json.object { json in
          for reason in Reason.allCases {
            if let count = dispatch.dropped[reason] { json.field(reason.rawValue, count) }
          }
        }
        json.field("left_behind", leftBehind)
        let (seconds, attoseconds) = dispatch.elapsed.components
        json.field("milliseconds", Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000))
        json.name("stopped")
        json.list(dispatch.stops) { $0.string($1.sentence) }
      }
    }
    return json.text
  }
}

extension OutboxItem {
  /// The message as one line of JSON, without identity and without a line break.
  public var jsonLine: String {
    var json = JSONText()
    json.object { json in
      json.field("id", Int(id.rawValue))
      json.field("patient", patient.rawValue)
      json.field("campaign", key?.campaign.rawValue)
      json.field("message", key?.message.rawValue)
      json.field("occurrence", key?.occurrence.rawValue)
      json.field("state", state.name)
      json.field("channel", channel.rawValue)
      json.field("provider", provider)
      json.field("attempts", attempts)
      json.field("wakes_at", wakeAt?.rfc3339)
      json.field("changed_at", changedAt.rfc3339)
      json.field("outcome", outcome)
    }
    return json.text
  }
}

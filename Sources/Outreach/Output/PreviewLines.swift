public import OutreachCore

extension Decision {
  /// The decision as one line of JSON, without a line break.
  ///
  /// - Parameters:
  ///   - zones: zones by name, for the local time.
  ///   - reveal: whether numbers, addresses and names are shown in full.
  public func jsonLine(zones catalogue: ZoneCatalogue, reveal: Bool) -> String {
    var json = JSONText()
    json.object { json in
      json.field("patient", patient.rawValue)
      json.field("campaign", campaign.rawValue)
      json.field("message", message?.rawValue)
      json.field("occurrence", occurrence?.rawValue)
      json.field("verdict", verdict.rawValue)
      json.field("reason", reason?.rawValue)
      json.field("channel", channel?.rawValue)
      json.field("to", reveal ? recipient?.revealed : recipient?.description)
      json.field("language", language)
      json.field("text", reveal ? text?.revealed : text?.masked)
      json.field("encoding", text?.encoding.alphabet.rawValue)
      json.field("segments", text?.encoding.segments)
      json.field("send_at", sendAt?.rfc3339)
      json.field("local_time", localTime(in: catalogue))
      json.field("held_by", heldBy)
      json.field("fatigue", isFatigued)
      json.name("zones")
      json.list(zones) { $0.string($1) }
      json.name("read")
      json.list(read) { $0.string($1) }
      json.name("rules")
      json.list(rules) { json, rule in
        json.object { json in
          json.field("rule", rule.rule)
          json.field("verdict", rule.verdict.rawValue)
          if let reason = rule.reason { json.field("reason", reason.rawValue) }
          json.field("detail", rule.detail)
          if let instant = rule.allowsFrom { json.field("allows_from", instant.rfc3339) }
        }
      }
    }
    return json.text
  }

  /// When it goes out by the patient's own clock, in the likeliest of the patient's zones.
  public func localTime(in catalogue: ZoneCatalogue) -> String? {
    guard let sendAt, let name = zones.first, case .success(let zone) = catalogue.zone(named: name) else {
      return nil
    }
    return sendAt.rfc3339(in: zone)
  }
}

extension PatientTask {
  /// The work as one line of JSON, without a line break.
  public var jsonLine: String {
    var json = JSONText()
    json.object { json in
      json.field("patient", patient.rawValue)
      json.field("campaign", campaign.rawValue)
      json.field("task", kind)
      json.field("occurrence", occurrence?.rawValue)
      json.field("due", due?.rfc3339)
      json.field("instead_of", insteadOf?.rawValue)
    }
    return json.text
  }
}

extension PreviewSummary {
  /// The totals as the last line of JSON, without a line break.
  public var jsonLine: String {
    var json = JSONText()
    json.object { json in
      json.name("summary")
      json.object { json in
        json.field("patients", patients)
        json.field("in_audience", inAudience)
        json.field("send", send)
        json.field("defer", deferred)
        json.name("suppress")
        json.object { json in
          for reason in Reason.allCases {
            if let count = suppressed[reason] { json.field(reason.rawValue, count) }
          }
        }
        json.field("task", tasks)
        json.field("skip", skip)
        json.field("nothing", nothing)
        json.field("fatigue", fatigued)
        if let isApproved { json.field("approved", isApproved) }
        json.field("plan", plan)
      }
    }
    return json.text
  }
}

public import OutreachCore

extension Finding {
  /// The finding as one line of JSON, without a line break.
  public var jsonLine: String {
    var json = JSONText()
    json.object { json in
      json.field("file", position.file)
      json.field("line", position.line)
      json.field("column", position.column)
      json.field("length", length)
      json.field("severity", severity.rawValue)
      json.field("rule", rule.rawValue)
      json.field("message", message)
    }
    return json.text
  }
}

extension [Finding] {
  /// The totals as the last line of JSON, without a line break.
  public var jsonSummary: String {
    var json = JSONText()
    json.object { json in
      json.name("summary")
      json.object { json in
        json.field("errors", count { $0.severity == .error })
        json.field("warnings", count { $0.severity == .warning })
      }
    }
    return json.text
  }
}

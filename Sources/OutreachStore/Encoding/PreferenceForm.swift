package import OutreachCore

/// What a patient wishes, with who recorded it and when, as one row holds it.
struct PreferenceVersion: Hashable {
  /// The wishes.
  var preferences: Preferences
  /// Who recorded them.
  var by: String
  /// When.
  var at: Instant
}

extension PreferenceVersion: StoredForm {
  package func write(to writer: inout ByteWriter) {
    at.write(to: &writer)
    writer.write(text: by)
    preferences.write(to: &writer)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let at = try Instant(from: &reader)
    let by = try reader.text()
    self.init(preferences: try Preferences(from: &reader), by: by, at: at)
  }
}

extension Preferences: StoredForm {
  package func write(to writer: inout ByteWriter) {
    var presence = Presence()
    presence.set(1, language != nil)
    presence.set(2, window != nil)
    presence.set(4, maximumPerWeek != nil)
    presence.set(8, disclosure != nil)
    writer.write(presence)
    writer.write(texts: channels.map(\.rawValue))
    // Bit 1 is Monday, bit 64 is Sunday.
    writer.write(byte: restDays.reduce(0) { $0 | 1 << UInt8($1.rawValue - 1) })
    writer.write(texts: refusedPurposes.sorted().map(\.rawValue))
    writer.write(texts: refusedCampaigns.sorted().map(\.rawValue))
    writer.write(ifPresent: language)
    writer.write(ifPresent: window)
    writer.write(ifPresent: maximumPerWeek)
    writer.write(ifPresent: disclosure.map { Self.firstTier + $0.rawValue })
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let presence = try Presence(from: &reader)
    let channels = try reader.texts().map { Channel($0) }
    let days = try reader.byte()
    guard days < 1 << 7 else { throw .invalidValue }
    let restDays = Weekday.allCases.filter { days & 1 << UInt8($0.rawValue - 1) != 0 }
    let refusedPurposes = try reader.texts().map { Purpose($0) }
    let refusedCampaigns = try reader.texts().map { CampaignID($0) }
    self.init(
      channels: channels, language: try reader.text(if: presence.has(1)),
      window: try reader.value(if: presence.has(2)), restDays: Set(restDays),
      maximumPerWeek: try reader.int(if: presence.has(4)), refusedPurposes: Set(refusedPurposes),
      refusedCampaigns: Set(refusedCampaigns))
    if let code = try reader.int(if: presence.has(8)) { disclosure = try Self.tier(code) }
  }

  /// The code of the lowest tier; below it are those of version 2, which had three levels of its own.
  private static let firstTier = 4

  private static func tier(_ code: Int) throws(DecodingFault) -> DisclosureTier {
    switch code {
    // Nothing of the patient, and a name but no day: only a sealed message shows as little.
    case 0, 1: return .sealed
    // Days and times.
    case 2, 3: return .generic
    default:
      guard let tier = DisclosureTier(rawValue: code - firstTier) else { throw .invalidValue }
      return tier
    }
  }
}

extension TimeWindow: StoredForm {
  package func write(to writer: inout ByteWriter) {
    writer.write(count: start.secondOfDay)
    writer.write(count: endSecondOfDay)
  }

  package init(from reader: inout ByteReader) throws(DecodingFault) {
    let (start, end) = (try reader.secondOfDay(), try reader.secondOfDay())
    if start == 0, end == Self.wholeDay.endSecondOfDay {
      self = .wholeDay
      return
    }
    // An end of 00:00 is the end of the day.
    guard end > 0, let start = CivilTime(secondOfDay: start),
      let end = end == Self.wholeDay.endSecondOfDay ? .midnight : CivilTime(secondOfDay: end),
      let window = TimeWindow(start: start, end: end)
    else { throw .invalidValue }
    self = window
  }
}

extension ByteWriter {
  fileprivate mutating func write(texts: [String]) {
    write(count: texts.count)
    for text in texts { write(text: text) }
  }
}

extension ByteReader {
  fileprivate mutating func texts() throws(DecodingFault) -> [String] {
    var texts: [String] = []
    for _ in 0..<(try count()) { texts.append(try text()) }
    return texts
  }

  fileprivate mutating func secondOfDay() throws(DecodingFault) -> Int {
    guard let second = Int(exactly: try unsigned()) else { throw .invalidValue }
    return second
  }
}

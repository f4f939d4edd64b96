extension Instant {
  /// Reads a date and time with seconds and an offset, as RFC 3339, section 5.6, and the FHIR types
  /// `dateTime` and `instant` write it.
  ///
  /// `2026-11-23T15:00:00Z` and `2026-11-23T09:00:00.250-06:00` are the same second: a fraction is dropped.
  /// Small `t` and `z` are read too. A leap second (`23:59:60Z`, RFC 3339, 5.7) is the second after it, since
  /// it is not counted. Nil for anything else: no offset, a date alone, a date that does not exist, or an
  /// instant outside the years 1 to 9999.
  public init?(rfc3339 text: String) {
    var reader = CivilTextReader(text)
    guard let date = CivilDate(reading: &reader), reader.take("T") || reader.take("t"),
      let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2), reader.take(":"),
      let second = reader.digits(2), second <= 60,
      let time = CivilTime(hour: hour, minute: minute, second: min(second, 59))
    else { return nil }
    if reader.take(".") {
      guard reader.skip(while: CivilTextReader.isDigit) > 0 else { return nil }
    }
    guard let offset = Self.offsetSeconds(reading: &reader), reader.isAtEnd else { return nil }
    var seconds = CivilDateTime(date: date, time: time).secondsSinceEpoch - Int64(offset)
    if second == 60 {
      seconds += 1
      guard seconds % Int64(CivilTime.secondsInDay) == 0 else { return nil }
    }
    guard (Self.firstSecond...Self.lastSecond).contains(seconds) else { return nil }
    self.init(secondsSinceEpoch: seconds)
  }

  /// Reads `Z` or `+05:45`; nil if it is neither.
  private static func offsetSeconds(reading reader: inout CivilTextReader) -> Int? {
    if reader.take("Z") || reader.take("z") { return 0 }
    let sign: Int
    if reader.take("+") {
      sign = 1
    } else if reader.take("-") {
      sign = -1
    } else {
      return nil
    }
    guard let hours = reader.digits(2), hours <= 23, reader.take(":"), let minutes = reader.digits(2),
      minutes <= 59
    else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }

  /// The instant in UTC as RFC 3339 writes it, `2026-11-23T15:00:00Z`.
  public var rfc3339: String {
    CivilDateTime(secondsSinceEpoch: secondsSinceEpoch).description + "Z"
  }

  /// The instant on the clocks of `zone`, with their offset: `2026-11-23T09:00:00-06:00`.
  ///
  /// RFC 3339 writes offsets in minutes. Where a zone kept local mean time, with seconds in its offset, the
  /// offset is cut to minutes and the clock shown to match, so that the text still names this very instant.
  public func rfc3339(in zone: Zone) -> String {
    let minutes = zone.offset(at: self) / 60
    // RFC 3339 has no offsets of a day and more, and within a day of the ends of the range the local date may
    // fall outside it; UTC is always possible.
    let local = secondsSinceEpoch + Int64(minutes * 60)
    guard abs(minutes) < 24 * 60, (Self.firstSecond...Self.lastSecond).contains(local) else { return rfc3339 }
    var text = CivilDateTime(secondsSinceEpoch: local).description
    text.append(minutes < 0 ? "-" : "+")
    text.appendCivilDigits(abs(minutes) / 60, width: 2)
    text.append(":")
    text.appendCivilDigits(abs(minutes) % 60, width: 2)
    return text
  }
}

/// The words that the host itself says in a language: opt-out, replies, days and times.
public struct Wording: Sendable {
  private let stopByText: String
  private let stopByVoice: String
  private let stopByLink: String
  private let replyVerb: String
  private let pressVerb: String
  private let or: String
  private let weekdays: [String]
  private let months: [String]
  private let isMonthFirst: Bool
  private let isTwelveHour: Bool

  /// The languages that have words of their own.
  public static let languages = ["en", "es"]

  /// The words of a language; English where the language has none, which the checks refuse before.
  public static func of(_ language: String) -> Wording {
    // Languages of campaigns are lower-case; only the record's need a closer look.
    if language == "en" { return english }
    return language == "es" || language.lowercased().prefix { $0 != "-" } == "es" ? spanish : english
  }

  /// How to stop further messages.
  ///
  /// STOP is the one word that every carrier obeys in every language.
  public func optOut(on channel: Channel) -> String {
    switch channel {
    case .voice: stopByVoice
    case .sms: stopByText
    default: stopByLink
    }
  }

  /// The answers that can be given, as in "Reply C or R".
  public func replies(_ keys: [String], on channel: Channel) -> String {
    guard let last = keys.last else { return "" }
    let verb = channel == .voice ? pressVerb : replyVerb
    let others = keys.dropLast().joined(separator: ", ")
    return others.isEmpty ? "\(verb) \(last)." : "\(verb) \(others) \(or) \(last)."
  }

  /// A day without its year: `Mon Nov 30`, `lun 30 nov`.
  public func date(_ date: CivilDate) -> String {
    let month = months[date.month - 1]
    return isMonthFirst
      ? "\(weekday(date.weekday)) \(month) \(date.day)" : "\(weekday(date.weekday)) \(date.day) \(month)"
  }

  /// The short name of a day of the week.
  public func weekday(_ weekday: Weekday) -> String { weekdays[weekday.rawValue - 1] }

  /// A time of the day: `2:30 PM`, `14:30`.
  public func time(_ time: CivilTime) -> String {
    guard isTwelveHour else { return "\(time)" }
    let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
    return "\(hour):\(time.minute < 10 ? "0" : "")\(time.minute) \(time.hour < 12 ? "AM" : "PM")"
  }

  private static let english = Wording(
    stopByText: "Reply STOP to opt out.", stopByVoice: "Press 9 to stop these calls.",
    stopByLink: "Reply STOP to opt out.", replyVerb: "Reply", pressVerb: "Press", or: "or",
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    isMonthFirst: true, isTwelveHour: true)

  // "sáb" and "mié" would turn a text to UCS-2; most Spanish texts are UCS-2 already, so the right spelling stays.
  private static let spanish = Wording(
    stopByText: "Responda STOP para no recibir más.", stopByVoice: "Marque 9 para no recibir más llamadas.",
    stopByLink: "Responda STOP para no recibir más.", replyVerb: "Responda", pressVerb: "Marque", or: "o",
    weekdays: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
    months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    isMonthFirst: false, isTwelveHour: false)
}

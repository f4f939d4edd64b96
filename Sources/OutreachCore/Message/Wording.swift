/// The words that the host itself says in a language: opt-out, replies, days and times.
public struct Wording: Sendable {
  let stopByText: String
  let stopByVoice: String
  let stopByLink: String
  let replyVerb: String
  let pressVerb: String
  let or: String
  let weekdays: [String]
  let longWeekdays: [String]
  let months: [String]
  let longMonths: [String]
  let isEnglish: Bool

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

  /// That the clinic has something to say: the same words for every programme, so that they mark none.
  public func neutral(callBack phone: String) -> String {
    isEnglish ? "Please call our office at \(phone)." : "Por favor llame a nuestra oficina al \(phone)."
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
    return isEnglish
      ? "\(weekday(date.weekday)) \(month) \(date.day)" : "\(weekday(date.weekday)) \(date.day) \(month)"
  }

  /// The short name of a day of the week.
  public func weekday(_ weekday: Weekday) -> String { weekdays[weekday.rawValue - 1] }

  /// A time of the day: `2:30 PM`, `14:30`.
  public func time(_ time: CivilTime) -> String {
    guard isEnglish else { return "\(time)" }
    return "\(hour(of: time)):\(Self.twoDigits(time.minute)) \(half(of: time))"
  }

  private static let english = Wording(
    stopByText: "Reply STOP to opt out.", stopByVoice: "Press 9 to stop these calls.",
    stopByLink: "Reply STOP to opt out.", replyVerb: "Reply", pressVerb: "Press", or: "or",
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    longWeekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    longMonths: [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ], isEnglish: true)

  // "sáb" and "mié" would turn a text to UCS-2; most Spanish texts are UCS-2 already, so the right spelling stays.
  private static let spanish = Wording(
    stopByText: "Responda STOP para no recibir más.", stopByVoice: "Marque 9 para no recibir más llamadas.",
    stopByLink: "Responda STOP para no recibir más.", replyVerb: "Responda", pressVerb: "Marque", or: "o",
    weekdays: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
    longWeekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    longMonths: [
      "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
      "noviembre", "diciembre",
    ], isEnglish: false)
}

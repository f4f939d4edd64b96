import Lua
import OutreachCore

// What a script reads of `now`, of instants, of `today` and of `clinic`.
extension ScriptRun {
  func read(_ field: InstantField, of zoned: ZonedInstant) -> Value {
    let local = zoned.zone.civil(at: zoned.instant)
    switch field {
    case .date: return .string("\(local.date)")
    case .time: return .string(Self.hourAndMinute(local.time))
    case .weekday: return .string(Self.name(of: local.date.weekday))
    case .daysUntil: return .integer(Int64(daysUntil(zoned.instant, in: zoned.zone)))
    case .hoursUntil:
      return .number(Double(zoned.instant.secondsSinceEpoch - now.secondsSinceEpoch) / 3_600)
    }
  }

  func read(_ field: TodayField) -> Value {
    switch field {
    case .date: .string("\(today)")
    case .weekday: .string(Self.name(of: today.weekday))
    case .year: .integer(Int64(today.year))
    case .month: .integer(Int64(today.month))
    case .day: .integer(Int64(today.day))
    }
  }

  func read(_ field: ClinicField) -> Value {
    let clinic = environment.clinic
    return switch field {
    case .name: .string(clinic.name)
    case .phone: .string(clinic.phone)
    case .country: .string(clinic.country)
    case .language: .string(clinic.language)
    case .timeZone: .string(clinic.timeZone)
    }
  }

  private static func hourAndMinute(_ time: CivilTime) -> String { String("\(time)".prefix(5)) }

  private static func name(of weekday: Weekday) -> String { Weekdays.names[weekday.rawValue - 1] }
}

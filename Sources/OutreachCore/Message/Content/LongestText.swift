/// How long a text becomes with the longest values that patients really have.
public enum LongestText {
  /// A first name that few are longer than: two usual ones.
  package static let firstName = "Maria Fernanda"
  /// The longest name of a place, where the clinic lists none.
  static let place = "Lakeside, 2nd floor"

  /// Contexts with long values: a day of each month, on every day of the week, at times with as many digits as any.
  ///
  /// Which of them is longest depends on language and format, so all are to be tried.
  public static func contexts(clinic: Clinic, channel: Channel, tier: DisclosureTier) -> [MessageContext] {
    var clinic = clinic
    let longest = clinic.places.values.max { $0.utf16.count < $1.utf16.count } ?? place
    let id = ResourceID("longest")
    clinic.places = [id.rawValue: longest]
    // The 28th of each month of a leap year falls on every day of the week; 22:30 has as many digits as any time.
    return (1...12).flatMap { month in
      ["22:30", "10:30"].compactMap { time in
        guard let date = CivilDate(year: 2028, month: month, day: 28), let time = CivilTime(time) else {
          return nil
        }
        let start = Zone.utc.instant(
          of: CivilDateTime(date: date, time: time), gap: .firstAfter, overlap: .first)
        let visit = Appointment(id: id, status: "booked", startsAt: start, location: id)
        return MessageContext(
          clinic: clinic, givenName: firstName, subject: .appointment(visit, zone: "UTC"), zone: .utc,
          channel: channel,
          tier: tier)
      }
    }
  }
}

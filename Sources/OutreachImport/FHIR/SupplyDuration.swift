/// How many days a FHIR `Duration` or a `daysSupply` is.
enum SupplyDuration {
  /// Whole days, rounded down; nil for a unit that is not time, for nothing and for less than a day.
  ///
  /// Units are UCUM's (https://ucum.org) `h`, `d`, `wk`, `mo`, `a` or their English words. A month is 30
  /// days and a year 365, as pharmacies count.
  static func days(_ quantity: FHIR.Quantity?, assuming unit: String? = nil) -> Int? {
    guard let quantity, let value = quantity.value, quantity.comparator == nil,
      let daysInUnit = daysInUnit(quantity.code ?? quantity.unit ?? unit ?? "")
    else { return nil }
    let days = (value * daysInUnit).rounded(.down)
    return (1...3_650).contains(days) ? Int(days) : nil
  }

  private static func daysInUnit(_ unit: String) -> Double? {
    switch unit.lowercased() {
    case "h", "hour", "hours": 1.0 / 24
    case "d", "day", "days": 1
    case "wk", "week", "weeks": 7
    case "mo", "month", "months": 30
    case "a", "year", "years": 365
    default: nil
    }
  }
}

/// Reads the states, territories and countries of postal addresses.
enum StateCode {
  /// The two-letter state and country, upper case.
  ///
  /// A state is a two-letter code or the English name of a US state or territory; anything else is nil. A
  /// country is a two-letter code or a name of the United States, Canada or Mexico; another text is `ZZ`,
  /// the code for an unknown one, because nil is read as the clinic's own. A US territory given as the
  /// country is its state.
  static func read(_ state: String?, country: String?) -> (state: String?, country: String?) {
    let code = state.flatMap(PatientText.trimmed).flatMap(stateCode)
    let land = country.flatMap(PatientText.trimmed).map(countryCode)
    if let land, territories.contains(land) { return (land, "US") }
    return (code, land)
  }

  private static func stateCode(_ text: String) -> String? {
    let upper = text.uppercased()
    if upper.utf8.count == 2, upper.utf8.allSatisfy(isLetter) { return upper }
    return codes[upper.filter { $0.isLetter || $0 == " " }]
  }

  private static func countryCode(_ text: String) -> String {
    let upper = text.uppercased().filter { $0.isLetter || $0 == " " }
    if let known = countries[upper] { return known }
    return upper.utf8.count == 2 && upper.utf8.allSatisfy(isLetter) ? upper : "ZZ"
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static let territories: Set<String> = ["AS", "GU", "MP", "PR", "VI"]

  private static let countries: [String: String] = [
    "USA": "US", "UNITED STATES": "US", "UNITED STATES OF AMERICA": "US", "CAN": "CA", "CANADA": "CA",
    "MEX": "MX",
    "MEXICO": "MX", "PRI": "PR", "GUM": "GU", "ASM": "AS", "MNP": "MP", "VIR": "VI",
  ]

  private static let codes: [String: String] = [
    "ALABAMA": "AL", "ALASKA": "AK", "AMERICAN SAMOA": "AS", "ARIZONA": "AZ", "ARKANSAS": "AR",
    "CALIFORNIA": "CA",
    "COLORADO": "CO", "CONNECTICUT": "CT", "DELAWARE": "DE", "DISTRICT OF COLUMBIA": "DC", "FLORIDA": "FL",
    "GEORGIA": "GA", "GUAM": "GU", "HAWAII": "HI", "IDAHO": "ID", "ILLINOIS": "IL", "INDIANA": "IN",
    "IOWA": "IA",
    "KANSAS": "KS", "KENTUCKY": "KY", "LOUISIANA": "LA", "MAINE": "ME", "MARYLAND": "MD",
    "MASSACHUSETTS": "MA",
    "MICHIGAN": "MI", "MINNESOTA": "MN", "MISSISSIPPI": "MS", "MISSOURI": "MO", "MONTANA": "MT",
    "NEBRASKA": "NE",
    "NEVADA": "NV", "NEW HAMPSHIRE": "NH", "NEW JERSEY": "NJ", "NEW MEXICO": "NM", "NEW YORK": "NY",
    "NORTH CAROLINA": "NC", "NORTH DAKOTA": "ND", "NORTHERN MARIANA ISLANDS": "MP", "OHIO": "OH",
    "OKLAHOMA": "OK",
    "OREGON": "OR", "PENNSYLVANIA": "PA", "PUERTO RICO": "PR", "RHODE ISLAND": "RI", "SOUTH CAROLINA": "SC",
    "SOUTH DAKOTA": "SD", "TENNESSEE": "TN", "TEXAS": "TX", "UTAH": "UT", "VERMONT": "VT",
    "US VIRGIN ISLANDS": "VI", "VIRGIN ISLANDS": "VI", "VIRGINIA": "VA", "WASHINGTON": "WA",
    "WEST VIRGINIA": "WV",
    "WISCONSIN": "WI", "WYOMING": "WY",
  ]
}

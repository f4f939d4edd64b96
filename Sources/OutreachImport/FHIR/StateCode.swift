import OutreachCore

/// Reads the states, territories and countries of postal addresses.
enum StateCode {
  /// Stands for a state that cannot be read.
  ///
  /// No table knows it, so an address with it is in an unknown place rather than in none.
  static let unreadable = "??"

  /// Where an address is; nil when it says nothing of that.
  ///
  /// A country alone says nothing where it is the United States. An address there of which anything else is
  /// written, but no state that can be read, has the state ``unreadable``.
  ///
  /// - Parameters:
  ///   - others: what else is written of the address, such as its city.
  ///   - region: the country of an address that names none.
  static func address(
    state: String?, postalCode: String?, country: String?, others: [String?], in region: String
  ) -> PostalAddress? {
    let place = read(state, country: country)
    var address = PostalAddress(
      state: place.state, postalCode: postalCode.flatMap(PatientText.trimmed), country: place.country)
    let isWritten = ([state, postalCode] + others).contains { $0.flatMap(PatientText.trimmed) != nil }
    if isWritten, address.state == nil, (address.country ?? region) == "US" { address.state = unreadable }
    return address == PostalAddress() ? nil : address
  }

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

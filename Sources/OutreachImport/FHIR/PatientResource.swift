import OutreachCore

/// A patient.
struct PatientResource: FHIRResource {
  static let type = "Patient"

  struct Name: Decodable {
    var use: String?
    var family: String?
    var given: [String?]?
    var period: FHIR.Period?
  }

  struct Telecom: Decodable {
    var system: String?
    var value: String?
    var use: String?
    var rank: Int?
    var period: FHIR.Period?
  }

  struct Communication: Decodable {
    var language: FHIR.CodeableConcept?
    var preferred: Bool?
  }

  struct Link: Decodable {
    var other: FHIR.Reference?
    var type: String?
  }

  var id: String?
  var meta: FHIR.Meta?
  var active: Bool?
  var name: [Name]?
  var telecom: [Telecom]?
  var gender: String?
  var birthDate: String?
  var deceasedBoolean: Bool?
  var deceasedDateTime: String?
  var address: [FHIR.Address]?
  var communication: [Communication]?
  var link: [Link]?
  var `extension`: [FHIR.Extension]?

  func read(_ context: ReadingContext) throws(ResourceFault) -> Reading {
    let id = PatientID(try logicalID(context))
    var lost: [ResourceFault] = []
    let current = (address ?? []).filter { $0.use != "old" && !context.isOver($0.period) }
    let name = usualName(context)
    let identity = PatientIdentity(
      id: id,
      givenName: name?.given?.lazy.compactMap { $0.flatMap(PatientText.trimmed) }.first,
      familyName: name?.family.flatMap(PatientText.trimmed),
      contactPoints: (telecom ?? []).indices.compactMap { contactPoint($0, context, &lost) },
      addresses: current.compactMap { Self.postalAddress($0, context) },
      timeZone: timeZone(current, context, &lost))
    var facts = PatientFacts()
    facts.birthDate = birthDate(context, &lost)
    facts.sex = ["female", "male", "other", "unknown"].first { $0 == gender }
    facts.language = language
    facts.isActive = active ?? true
    facts.isDeceased = deceasedBoolean == true || deceasedDateTime != nil
    facts.isTest = isTest
    facts.replacedBy = replacements(context, &lost)
    if facts.replacedBy.count < replacingLinks.count { facts.isActive = false }
    return Reading([.patient(Demographics(identity: identity, facts: facts))], lost: lost)
  }

  /// The first usual name, else the first official one, else the first that does not say what it is for.
  private func usualName(_ context: ReadingContext) -> Name? {
    let current = (name ?? []).filter { !context.isOver($0.period) }
    return current.first { $0.use == "usual" } ?? current.first { $0.use == "official" }
      ?? current.first { $0.use == nil }
  }

  private func contactPoint(
    _ index: Int, _ context: ReadingContext, _ lost: inout [ResourceFault]
  ) -> ContactPoint? {
    guard let entry = telecom?[index], let typed = entry.value.flatMap(PatientText.trimmed) else {
      return nil
    }
    var startsOn: CivilDate?
    var endsOn: CivilDate?
    do {
      startsOn = try context.dateTime(entry.period?.start, at: "telecom[\(index)].period.start")?
        .dates(in: context.zone).upperBound
      endsOn = try context.dateTime(entry.period?.end, at: "telecom[\(index)].period.end")?
        .dates(in: context.zone).lowerBound
    } catch {
      // An address that may be over is one that is not used.
      lost.append(error)
      return nil
    }
    let system = Self.systems[entry.system ?? ""] ?? .other
    return ContactPoint(
      system: system, use: entry.use.flatMap { Self.uses[$0] }, rank: entry.rank, typed: typed,
      phone: system == .phone || system == .sms ? context.phones.parse(typed) : nil,
      startsOn: startsOn, endsOn: endsOn)
  }

  /// The whole birth date.
  ///
  /// A partial one gives no age; one in the future is a mistake for somebody to correct.
  private func birthDate(_ context: ReadingContext, _ lost: inout [ResourceFault]) -> CivilDate? {
    guard let birthDate else { return nil }
    guard let partial = PartialDate(birthDate) else {
      lost.append(ResourceFault(.unreadableDate, at: "birthDate"))
      return nil
    }
    guard partial.earliest <= context.today else {
      lost.append(ResourceFault(.futureDate, at: "birthDate"))
      return nil
    }
    return partial.date
  }

  /// The preferred language, else the first; a preferred one that cannot be read is none.
  private var language: String? {
    let choice = communication?.first { $0.preferred == true } ?? communication?.first
    guard let concept = choice?.language else { return nil }
    let codes = (concept.coding ?? []).compactMap(\.code)
    return codes.lazy.compactMap(LanguageTag.read).first ?? concept.words.flatMap(LanguageTag.read)
  }

  /// Whether `meta` carries `HTEST` of v3-ActReason, as a tag or as a security label.
  private var isTest: Bool {
    ((meta?.security ?? []) + (meta?.tag ?? [])).contains { $0.code == "HTEST" }
  }

  private var replacingLinks: [Link] { (link ?? []).filter { $0.type == "replaced-by" } }

  /// The patients that replaced this one.
  ///
  /// A link that cannot be followed makes the record inactive, since another one now speaks for the person.
  private func replacements(_ context: ReadingContext, _ lost: inout [ResourceFault]) -> [PatientID] {
    replacingLinks.compactMap { link -> PatientID? in
      guard let other = link.other, case .record("Patient", let id) = context.target(other) else {
        lost.append(ResourceFault(.unresolvedReference, at: "link.other"))
        return nil
      }
      return PatientID(id)
    }
  }

  private static func postalAddress(_ address: FHIR.Address, _ context: ReadingContext) -> PostalAddress? {
    StateCode.address(
      state: address.state, postalCode: address.postalCode, country: address.country,
      others: (address.line ?? []) + [address.text, address.city, address.district],
      in: context.options.defaultRegion)
  }

  /// The zone that the patient's record states, else one of the addresses; kept even when there is none of
  /// that name, since the guard refuses what it does not know.
  private func timeZone(
    _ addresses: [FHIR.Address], _ context: ReadingContext, _ lost: inout [ResourceFault]
  ) -> String? {
    let own = `extension`?.timeZone
    guard let name = own ?? addresses.lazy.compactMap({ $0.extension?.timeZone }).first else { return nil }
    if !context.options.isZone(name) {
      lost.append(ResourceFault(.unknownZone, at: own == nil ? "address.extension" : "extension"))
    }
    return name
  }

  private static let systems: [String: ContactPoint.System] = ["phone": .phone, "sms": .sms, "email": .email]
  private static let uses: [String: ContactPoint.Use] = [
    "home": .home, "work": .work, "temp": .temporary, "old": .old, "mobile": .mobile,
  ]
}

extension ReadingContext {
  /// Whether a period has ended before the import; an end that cannot be read has.
  func isOver(_ period: FHIR.Period?) -> Bool {
    guard let end = period?.end else { return false }
    guard let end = FHIRDateTime(end) else { return true }
    return end.end(in: zone) < options.now
  }
}

/// Text that people typed into a record.
enum PatientText {
  /// The text without white space around it; nil when nothing is left.
  static func trimmed(_ text: String) -> String? {
    let start = text.firstIndex { !$0.isWhitespace }
    guard let start, let end = text.lastIndex(where: { !$0.isWhitespace }) else { return nil }
    return String(text[start...end])
  }
}

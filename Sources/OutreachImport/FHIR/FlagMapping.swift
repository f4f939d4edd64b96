import OutreachCore

/// What a FHIR Flag asks of this program.
///
/// No code system has a code for "do not text", so words count as well. A flag means *do not contact* when
/// one of these holds:
///
/// | where | what |
/// | --- | --- |
/// | `code.coding`, system `urn:outreach:flag` | `do-not-contact`, and every code but `safety` |
/// | `category`, system `…/CodeSystem/flag-category` or none | `contact`: about reaching the subject |
/// | `code.text` or a `display` | one of ``phrases``, whatever the case and punctuation |
///
/// Else it means *safety*, by which messages show nothing of the patient, when one of these holds; every other
/// flag is kept and without effect:
///
/// | where | what |
/// | --- | --- |
/// | `code.coding`, system `urn:outreach:flag` | `safety` |
/// | `category`, system `…/CodeSystem/flag-category` | `safety` |
enum FlagMapping {
  /// The system of the program's own flag codes.
  static let system = "urn:outreach:flag"

  /// Phrases that ask not to be contacted, in lower case and with single spaces.
  static let phrases = [
    "do not contact", "do not text", "do not call", "do not message", "do not sms", "do not email",
    "do not phone",
    "don t contact", "don t text", "don t call", "don t message", "no contact", "no text", "no texts",
    "no sms", "no messages",
    "no calls", "no phone calls", "unsafe to call", "unsafe to text", "unsafe to contact", "opt out",
    "opted out", "no automated", "declines text", "declined text",
  ]

  static func kind(code: FHIR.CodeableConcept?, category: [FHIR.CodeableConcept]) -> Flag.Kind {
    let codings = code?.coding ?? []
    // A code of ours that nobody knows is somebody's slip of the pen, and closes.
    if codings.contains(where: { $0.system == system && $0.code != "safety" }) { return .doNotContact }
    let isAboutContact = category.contains { category in
      category.coding?.contains { $0.code == "contact" && $0.system?.hasSuffix("/flag-category") != false }
        ?? false
    }
    if isAboutContact { return .doNotContact }
    let words = ([code?.text] + codings.map(\.display)).compactMap { $0.map(plain) }
    let asks = words.contains { text in phrases.contains { " \(text) ".contains(" \($0) ") } }
    if asks { return .doNotContact }
    let isAboutSafety =
      codings.contains { $0.system == system && $0.code == "safety" }
      || category.contains { category in
        category.coding?.contains { $0.code == "safety" && $0.system?.hasSuffix("/flag-category") == true }
          ?? false
      }
    return isAboutSafety ? .safety : .other
  }

  /// Lower case, with everything but letters and digits turned to single spaces.
  private static func plain(_ text: String) -> String {
    String(text.lowercased().map { $0.isLetter || $0.isNumber ? $0 : " " })
      .split(separator: " ").joined(separator: " ")
  }
}

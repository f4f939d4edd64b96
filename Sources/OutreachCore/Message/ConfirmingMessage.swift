/// The message that asks whether a number is the patient's, and tells nothing about anybody.
///
/// Whoever answers the number learns the clinic's name and telephone number and nothing else: not whom it looks
/// for, nor why (HHS OCR FAQ 570: confirm the address before anything is sent to it).
public enum ConfirmingMessage {
  /// The text in a language, or in English where there is none in it.
  public static func text(for clinic: Clinic, language: String) -> String {
    let primary = language.prefix { $0 != "-" && $0 != "_" }.lowercased()
    return switch primary {
    case "es":
      "\(clinic.name): ¿Es este el número correcto para avisos de la clínica? Responda C si lo es o X si no. "
        + "Tel. \(clinic.phone)"
    default:
      "\(clinic.name): is this the right number for notices from the clinic? Reply C for yes or X for no. "
        + "Call \(clinic.phone)"
    }
  }
}

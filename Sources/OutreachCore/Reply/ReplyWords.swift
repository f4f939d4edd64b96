/// The words by which patients, carriers and the law steer messages, in one list for everything that reads or offers
/// answers.
///
/// Each is in capital letters without accents. English and French opt-out words are those of 47 CFR 64.1200(a)(10) and
/// of the carriers and gateways together (Twilio, AWS, Telnyx, Braze); for other languages there is no such list, and
/// theirs are this program's choice, which a native speaker should look at.
public enum ReplyWords {
  /// Words that withdraw consent when they stand alone, by language.
  public static let optOut: [String: Set<String>] = [
    "en": ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "REMOVE", "TD"],
    "fr": ["ARRET", "ARRETE", "ARRETT", "ARRETEZ", "DESABONNER"],
    "es": ["ALTO", "PARAR", "PARE", "PAREN", "BAJA", "CANCELAR", "DETENER", "DETENGAN", "BASTA"],
    "pt": ["SAIR", "PARE", "PARAR", "CANCELAR"],
    "de": ["STOPP", "ABMELDEN"],
    "ht": ["RETE", "SISPANN"],
    "vi": ["DUNG", "NGUNG"],
    "tl": ["ITIGIL", "HINTO"],
    "ru": ["СТОП"],
    "zh": ["停止", "退订", "退訂"],
    "ko": ["수신거부", "중지"],
    "ar": ["توقف", "ايقاف"],
  ]

  /// Words that ask to get messages again.
  ///
  /// YES is none of them: it answers many questions, and a carrier that takes it
  /// for an opt-in subscribes people who confirm a visit.
  public static let optIn: Set<String> = ["START", "UNSTOP", "OPTIN"]

  /// Words that ask for help.
  public static let help: Set<String> = ["HELP", "INFO", "AIDE", "AYUDA", "AJUDA"]

  /// Every opt-out word of every language.
  public static let allOptOut: Set<String> = optOut.values.reduce(into: []) { $0.formUnion($1) }

  /// The words that no message may offer as an answer, because somebody on the way reads them otherwise.
  ///
  /// A patient who answers CANCEL to change a visit would be opted out of everything, and one who answers YES to
  /// confirm it would be opted in again.
  public static let taken: Set<String> = allOptOut.union(optIn).union(help).union(["YES"])
}

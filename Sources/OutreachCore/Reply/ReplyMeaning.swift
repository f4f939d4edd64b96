/// What a text that a patient wrote means, before any campaign looks at it.
///
/// The law goes by what a reasonable person understands and not by tokens (47 CFR 64.1200(a)(10)), so courtesy and
/// objects around an opt-out word change nothing: "STOP PLEASE", "stop texting me", "no más mensajes". A sentence that
/// only holds such a word can mean anything, such as "stop by Tuesday?", and is for a person to read; until then
/// the patient is not written to.
public enum ReplyMeaning: Hashable, Sendable {
  /// The patient withdraws consent; `everything` when the words say that they mean all messages, otherwise the policy
  /// says what ends.
  case revocation(everything: Bool)
  /// The patient asks to get messages again, which is no consent by itself.
  case optIn
  /// The patient asks for help.
  case help
  /// Whoever has the number is not the patient.
  case wrongNumber
  /// It may withdraw consent, and a person has to read it before anything else goes out.
  case unclear
  /// Nothing of these: an answer that a message offers, or free text.
  case other

  /// Reads what a patient wrote, in whatever language.
  public init(of text: String) {
    let reply = ReplyText(text)
    if reply.isStopSign {
      self = .revocation(everything: false)
      return
    }
    if Self.wrongNumbers.contains(where: reply.contains) {
      self = .wrongNumber
      return
    }
    let said = reply.words.filter { !Self.courtesy.contains($0) }
    guard let only = said.first, said.count == 1, !reply.isQuestion else {
      self = Self.sentence(reply, said)
      return
    }
    if ReplyWords.optIn.contains(only) {
      self = .optIn
    } else if ReplyWords.help.contains(only) {
      self = .help
    } else if ReplyWords.allOptOut.contains(only) || only == "STOPIT" {
      self = .revocation(everything: only == "STOPALL")
    } else {
      self = Self.hintsAtRevocation(reply) ? .unclear : .other
    }
  }

  /// The meaning of more than one word, or of a question.
  private static func sentence(_ reply: ReplyText, _ said: [String]) -> ReplyMeaning {
    let core = said.filter { !fillers.contains($0) && !messages.contains($0) && !everything.contains($0) }
    // CANCEL, END and the like end messages when they stand alone or when messages are named; otherwise a visit, a
    // call or a week may be meant.
    let isNamed =
      core.count == 1 && ReplyWords.allOptOut.contains(core[0]) && said.contains(where: messages.contains)
    let isWhole = !reply.isQuestion && (isNamed || cores.contains(core))
    if isWhole { return .revocation(everything: said.contains(where: everything.contains)) }
    return hintsAtRevocation(reply) ? .unclear : .other
  }

  /// Whether any word or phrase in it could be meant as a revocation, misspelt ones too.
  private static func hintsAtRevocation(_ reply: ReplyText) -> Bool {
    reply.words.contains { word in
      ReplyWords.allOptOut.contains(word) || word.hasPrefix("STOP") || isNearlyStop(word)
        // Languages that do not part words by spaces.
        || unspaced.contains { sign in word.indices.contains { word[$0...].hasPrefix(sign) } }
    } || cores.contains { $0.count > 1 && reply.contains($0) } || hints.contains(where: reply.contains)
  }

  /// Whether a word is STOP but for one letter that is wrong, missing, added or out of place.
  private static func isNearlyStop(_ word: String) -> Bool {
    if neighbours.contains(word) { return false }
    let (letters, stop) = (Array(word), Array("STOP"))
    switch letters.count {
    case 3: return isWithoutOne(stop, letters)
    case 4:
      return zip(letters, stop).count { $0 != $1 } == 1
        || (0..<3).contains { place in
          var swapped = stop
          swapped.swapAt(place, place + 1)
          return swapped == letters
        }
    case 5: return isWithoutOne(letters, stop)
    default: return false
    }
  }

  /// Words of their own that are one letter away from STOP.
  private static let neighbours: Set<String> = ["TOP", "SHOP", "STEP", "ATOP", "SLOP", "STOW"]

  /// Whether a word is another without one of its letters.
  private static func isWithoutOne(_ longer: [Character], _ shorter: [Character]) -> Bool {
    longer.indices.contains { place in
      var rest = longer
      rest.remove(at: place)
      return rest == shorter
    }
  }

  /// What politeness adds, and what stands for the patient, the sender or the time.
  private static let courtesy: Set<String> = [
    "PLEASE", "PLS", "PLZ", "KINDLY", "THANKS", "THANK", "YOU", "U", "THX", "TY", "OK", "OKAY", "HI", "HELLO",
    "HEY",
    "NOW", "IMMEDIATELY", "ASAP", "ALREADY", "JUST", "I", "ME", "WANT", "WOULD", "LIKE", "TO", "ANYMORE",
    "AGAIN", "EVER",
    "IT", "US", "POR", "FAVOR", "GRACIAS", "YA", "SVP", "MERCI", "BITTE", "DANKE", "TANPRI", "OBRIGADO",
    "OBRIGADA",
  ]

  /// What stands around the name of what is to stop.
  private static let fillers: Set<String> = [
    "THE", "THESE", "THIS", "THOSE", "SENDING", "TEXTING", "MESSAGING", "CALLING", "CONTACTING", "WRITING",
    "EMAILING",
    "BOTHERING", "SPAMMING", "RECEIVING", "GETTING", "CALLS", "FROM", "OF", "LLAMADAS", "RECIBIR", "DE",
    "LOS", "LAS",
    "ESTOS", "ESTAS", "LES", "CES",
  ]

  /// Names of messages.
  private static let messages: Set<String> = [
    "MESSAGES", "TEXTS", "TEXT", "SMS", "REMINDERS", "ALERTS", "NOTIFICATIONS", "EMAILS", "MENSAJES",
    "TEXTOS", "AVISOS",
    "RECORDATORIOS", "CORREOS", "MENSAGENS",
  ]

  private static let everything: Set<String> = [
    "ALL", "EVERYTHING", "TODO", "TODOS", "TODAS", "TOUT", "TOUS", "ALLES",
  ]

  /// What is left of a revocation when courtesy and objects are taken away.
  private static let cores: Set<[String]> = {
    // END, CANCEL and the like with an object can mean a visit; only these say of messages that they are to end.
    var cores: Set<[String]> = [
      ["STOP"], ["STOPALL"], ["STOPP"], ["UNSUBSCRIBE"], ["QUIT"], ["OPTOUT"], ["OPT", "OUT"], ["CEASE"],
      ["REMOVE"],
      ["NO", "MORE"], ["TAKE", "OFF"], ["TAKE", "OFF", "LIST"], ["TAKE", "OFF", "YOUR", "LIST"],
      ["REMOVE", "LIST"],
      ["REMOVE", "YOUR", "LIST"], ["LEAVE", "ALONE"], ["REVOKE", "CONSENT"], ["REVOKE", "MY", "CONSENT"],
      ["I", "REVOKE"], ["NO", "MAS"], ["NO", "QUIERO"], ["NO", "QUIERO", "MAS"], ["PARE"], ["PAREN"],
      ["PARAR"],
      ["BASTA"], ["ALTO"], ["DETENER"], ["DETENGAN"], ["DAR", "BAJA"], ["DARME", "BAJA"], ["DEME", "BAJA"],
      ["DENME", "BAJA"],
      ["ARRET"], ["ARRETE"], ["ARRETEZ"], ["PLUS"], ["NAO", "QUERO"], ["NAO", "QUERO", "MAIS"],
    ]
    for not in [["DONT"], ["DO", "NOT"], ["NEVER"]] {
      for verb in ["MESSAGE", "CALL", "CONTACT", "WRITE", "EMAIL", "SEND"] { cores.insert(not + [verb]) }
      // "TEXT" is a name of messages too, and is taken away with the others.
      cores.insert(not)
    }
    for verb in [
      "ESCRIBAN", "ESCRIBA", "MANDEN", "MANDE", "LLAMEN", "LLAME", "ENVIEN", "ENVIE", "CONTACTEN", "MOLESTEN",
    ] {
      cores.insert(["NO", verb])
      cores.insert(["NO", verb, "MAS"])
    }
    return cores
  }()

  /// Phrases that in a longer sentence ask for a person.
  private static let hints: [[String]] = [
    ["DONT", "TEXT"], ["DO", "NOT", "TEXT"], ["LEAVE", "ME", "ALONE"], ["TAKE", "ME", "OFF"],
    ["NO", "ME", "ESCRIBAN"],
    ["NOT", "INTERESTED"], ["SUE", "YOU"], ["HARASSING"], ["HARASSMENT"],
  ]

  private static let unspaced: [String] = ["停止", "退订", "退訂", "수신거부", "중지"]

  private static let wrongNumbers: [[String]] = [
    ["WRONG", "NUMBER"], ["WRONG", "PERSON"], ["NOT", "MY", "NUMBER"], ["NUMERO", "EQUIVOCADO"],
    ["NUMERO", "INCORRECTO"],
    ["MAUVAIS", "NUMERO"], ["FALSCHE", "NUMMER"],
  ]
}

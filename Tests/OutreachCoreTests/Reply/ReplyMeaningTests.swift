import OutreachCore
import Testing

@Suite struct ReplyMeaningTests {
  static let revocations = [
    "STOP", "stop", "Stop", "StOp", "STOP.", "STOP!", "stop!!!", "\"STOP\"", " stop ", "s\u{200B}top", "ＳＴＯＰ",
    "STOP 🙏",
    "🛑", "🛑🛑", "STOP PLEASE", "please stop", "Stop pls", "stop, thanks", "Ok stop",
    "Hi, please stop. Thank you",
    "UNSUBSCRIBE", "unsubscribe me", "please unsubscribe", "CANCEL", "cancel please", "END", "End.", "QUIT",
    "REVOKE",
    "REVOKE MY CONSENT", "OPTOUT", "OPT OUT", "opt-out", "Opt out please", "I want to opt out", "REMOVE",
    "remove me",
    "take me off your list", "Please take me off the list", "TD", "ARRET", "ARRÊT", "arrêt", "ARRETE",
    "arrêtez svp",
    "stop texting me", "stop texting", "Please stop messaging me!", "stop sending me texts", "stop the texts",
    "stop these messages please", "stop calling me", "stop contacting me", "I want to stop receiving texts",
    "no more texts", "No more messages please", "No more text", "do not text me", "don't text me",
    "Don’t text me",
    "dont text me anymore", "DONT MESSAGE ME AGAIN", "do not contact me", "please do not call me",
    "never text me again",
    "leave me alone", "cancel texts", "end these messages", "cancel reminders", "quit texting me", "stop it",
    "STOPIT",
    "alto", "ALTO", "parar", "PAREN", "pare por favor", "baja", "BAJA", "dar de baja",
    "Darme de baja por favor",
    "cancelar", "detener", "basta", "no mas", "no más", "NO MÁS MENSAJES", "No mas mensajes por favor",
    "no quiero más mensajes", "No quiero recibir mensajes", "no me escriban", "no me manden mensajes",
    "no me escriban más", "alto por favor", "Basta ya", "SAIR", "não quero mais mensagens", "STOPP",
    "Stopp bitte",
    "abmelden", "rete", "SISPANN", "dừng", "NGỪNG", "itigil", "HINTO", "стоп", "СТОП", "停止", "退订", "退訂",
    "수신거부", "중지",
    "توقف", "إيقاف",
  ]

  static let everything = [
    "STOPALL", "stop all", "STOP ALL", "Stop all messages", "please stop all texts", "stop everything",
    "alto todo",
    "no más mensajes de todos",
  ]

  static let unclear = [
    "stop by Tuesday?", "Can I stop by Tuesday", "I will stop by at 3", "STOP?", "stop?",
    "don't text before 5, call me",
    "Do not text me before 5, call me", "do you want me to stop?", "should I stop taking it",
    "I want to stop smoking",
    "please stop my refills", "cancel my visit", "Can you cancel Tuesday", "I need to cancel my appointment",
    "end of the week works", "at the end of May", "I quit my job so mornings are fine",
    "remove the Tuesday one",
    "I need to cancel", "stop and call me instead", "STOP. I moved to Boston", "stpo", "SOTP", "St0p",
    "stoop", "sto",
    "stops", "stopping", "You are harassing my mother", "I will sue you", "please take me off, I moved",
    "leave me alone for a week", "not interested", "baja de peso", "es una alto riesgo", "请停止发送",
    "no more pain, thanks",
    "opt out of the Tuesday visit", "I can't stop laughing", "is this the end", "the bus stop is closed",
    "quiero cancelar mi cita", "STOP STOP STOP now or I call", "no me escriban antes de las 5",
  ]

  static let others = [
    "", "   ", "C", "R", "1", "YES", "yes", "Yes please", "no", "NO", "OK", "thanks", "Thank you!",
    "see you then",
    "I will be there", "running late", "Call me please", "What time is it?", "Who is this?", "👍", "🙏",
    "10:30 works",
    "gracias", "sí", "allá voy", "I'm on my way", "Can you text me the address", "my new address is 5 Elm St",
    "the top floor?", "I will shop first", "Is parking free", "ok bye", "confirmed", "I started already",
    "helpful, thanks",
  ]

  @Test(arguments: revocations)
  func `words that a reasonable person takes for an opt-out are one`(_ text: String) {
    #expect(ReplyMeaning(of: text) == .revocation(everything: false), "\(text)")
  }

  @Test(arguments: everything) func `who says all means all`(_ text: String) {
    #expect(ReplyMeaning(of: text) == .revocation(everything: true), "\(text)")
  }

  @Test(arguments: unclear) func `a sentence that only holds such a word is for a person`(_ text: String) {
    #expect(ReplyMeaning(of: text) == .unclear, "\(text)")
  }

  @Test(arguments: others) func `what says nothing of messages changes nothing`(_ text: String) {
    #expect(ReplyMeaning(of: text) == .other, "\(text)")
  }

  @Test func `help, coming back and a wrong number are told apart`() {
    for text in ["HELP", "help", "Info", "AIDE", "ayuda", "help please"] {
      #expect(ReplyMeaning(of: text) == .help, "\(text)")
    }
    for text in ["START", "start", "UNSTOP", "Start please"] {
      #expect(ReplyMeaning(of: text) == .optIn, "\(text)")
    }
    for text in [
      "wrong number", "Wrong number!", "You have the wrong number", "sorry, wrong person",
      "Número equivocado",
      "this is not my number", "wrong number, stop texting me",
    ] {
      #expect(ReplyMeaning(of: text) == .wrongNumber, "\(text)")
    }
  }

  @Test func `case, signs, blanks and courtesy around an opt-out word change nothing`() {
    let words = ReplyWords.allOptOut.sorted()
    for seed in SeededDice.seeds(500) {
      var dice = SeededDice(seed)
      let word = dice.pick(words)
      let cased = String(word.map { dice.chance(50) ? Character($0.lowercased()) : $0 })
      let signs = ["", ".", "!", "…", " ", "  ", "\n", "\t", " 🙏", "\u{2060}"]
      let text = dice.pick(["", "please ", "Hi, ", "ok "]) + dice.pick(signs) + cased + dice.pick(signs)
      #expect(
        ReplyMeaning(of: text) == .revocation(everything: word == "STOPALL"),
        "seed \(seed): \(text.debugDescription)")
    }
  }

  @Test func `an opt-out word within a sentence neither revokes nor passes unseen`() {
    let words = ReplyWords.allOptOut.sorted()
    let around = ["Tuesday", "visit", "my", "bus", "maybe", "tomorrow", "doctor", "walked", "cita", "mañana"]
    for seed in SeededDice.seeds(500) {
      var dice = SeededDice(seed)
      let before = (0...dice.int(0...3)).map { _ in dice.pick(around) }
      let after = (0...dice.int(0...3)).map { _ in dice.pick(around) }
      let text = (before + [dice.pick(words)] + after).joined(separator: " ")
      #expect(ReplyMeaning(of: text) == .unclear, "seed \(seed): \(text)")
    }
  }

  @Test func `noise opts nobody out of everything`() {
    for seed in SeededDice.seeds(2_000) {
      var dice = SeededDice(seed)
      var text = String.UnicodeScalarView()
      for _ in 0..<dice.int(0...12) {
        if let scalar = Unicode.Scalar(UInt32(dice.int(0...0x2FFF))) { text.append(scalar) }
      }
      // Random letters spell no word of the lists.
      #expect(ReplyMeaning(of: String(text)) != .revocation(everything: true), "seed \(seed)")
    }
  }
}

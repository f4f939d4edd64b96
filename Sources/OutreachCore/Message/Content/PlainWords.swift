/// Words for which there is a plainer one.
///
/// The English ones follow the federal plain language guidelines; the Spanish ones are this program's choice.
public enum PlainWords {
  /// The plainer word for each, by language.
  static let plainer: [String: [String: String]] = [
    "en": [
      "utilize": "use", "assist": "help", "assistance": "help", "commence": "start", "terminate": "end",
      "prior to": "before",
      "subsequent to": "after", "in order to": "to", "approximately": "about", "additional": "more",
      "regarding": "about",
      "obtain": "get", "purchase": "buy", "inquire": "ask", "notify": "tell", "physician": "doctor",
      "facility": "office",
      "kindly": "please", "at your earliest convenience": "soon", "due to the fact that": "because",
      "sufficient": "enough",
      "endeavor": "try", "ascertain": "find out", "residence": "home", "in the event of": "if",
      "pursuant to": "under",
      "complimentary": "free", "upcoming": "next", "expedite": "hurry", "modification": "change",
      "notification": "notice",
    ],
    "es": [
      "utilizar": "usar", "proporcionar": "dar", "con anterioridad a": "antes de", "a fin de": "para",
      "con el fin de": "para", "previamente": "antes", "posteriormente": "después", "adicional": "más",
      "adquirir": "comprar",
      "efectuar": "hacer", "realizar": "hacer", "domicilio": "casa", "mediante": "con",
      "referente a": "sobre",
      "a la brevedad posible": "pronto", "notificar": "avisar", "facultativo": "médico",
      "instalaciones": "oficina",
      "acudir": "venir", "requerir": "pedir", "comunicarse con": "llamar a", "dirigirse a": "ir a",
      "finalizar": "terminar",
    ],
  ]

  /// Each word or phrase of a text that has a plainer one, with its place.
  public static func found(in text: String, language: String) -> [(
    word: String, plainer: String, range: Range<Int>
  )] {
    let known = plainer[String(language.prefix { $0 != "-" })] ?? [:]
    let bytes = Array(text.lowercased().utf8)
    // A change of case can change the length of a text, and then its places are others.
    guard bytes.count == text.utf8.count else { return [] }
    func isLetter(_ index: Int) -> Bool {
      bytes.indices.contains(index) && ((0x61...0x7A).contains(bytes[index]) || bytes[index] >= 0x80)
    }
    var found: [(word: String, plainer: String, range: Range<Int>)] = []
    for (word, plain) in known.sorted(by: { $0.key < $1.key }) {
      let wanted = Array(word.utf8)
      var place = 0
      while place + wanted.count <= bytes.count {
        if bytes[place] == wanted[0], bytes[place..<(place + wanted.count)].elementsEqual(wanted),
          !isLetter(place - 1),
          !isLetter(place + wanted.count)
        {
          found.append((word, plain, place..<(place + wanted.count)))
        }
        place += 1
      }
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

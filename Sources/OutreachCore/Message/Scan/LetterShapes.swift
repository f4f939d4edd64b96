/// Letters with accents, and characters that only look like letters.
enum LetterShapes {
  /// The letters of Latin alphabets with accents and the plain letter that each is read as; ñ is its own.
  static let accented: [Unicode.Scalar: UInt8] = {
    var letters: [Unicode.Scalar: UInt8] = ["ñ": FoldedText.enye, "Ñ": FoldedText.enye]
    for (plain, accented) in [
      ("a", "ÀÁÂÃÄÅàáâãäåĀāĂăĄą"), ("c", "ÇçĆćĈĉĊċČč"), ("d", "ĎďĐđ"), ("e", "ÈÉÊËèéêëĒēĔĕĖėĘęĚě"),
      ("g", "ĜĝĞğĠġĢģ"),
      ("i", "ÌÍÎÏìíîïĨĩĪīĬĭĮį"), ("l", "ĹĺĻļĽľŁł"), ("n", "ŃńŅņŇň"), ("o", "ÒÓÔÕÖØòóôõöøŌōŎŏŐő"),
      ("r", "ŔŕŖŗŘř"),
      ("s", "ŚśŜŝŞşŠš"), ("t", "ŢţŤťŦŧ"), ("u", "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų"), ("y", "ÝýÿŶŷŸ"), ("z", "ŹźŻżŽž"),
    ] {
      for scalar in accented.unicodeScalars { letters[scalar] = plain.utf8.first }
    }
    return letters
  }()

  /// The letter that a character of another kind looks like: wide, circled, mathematical, small capital, or of another
  /// alphabet; nil where it looks like none.
  ///
  /// No such character belongs to a language of this program, so each is refused by itself; this only finds out what
  /// was to be read. The look-alikes are those that Unicode Technical Standard 39 gives for Greek and Cyrillic.
  static func lookalike(of scalar: Unicode.Scalar) -> UInt8? {
    let value = scalar.value
    func letter(_ index: UInt32) -> UInt8 { UInt8(ascii: "a") + UInt8(index % 26) }
    switch value {
    case 0xFF21...0xFF3A: return letter(value - 0xFF21)
    case 0xFF41...0xFF5A: return letter(value - 0xFF41)
    case 0xFF10...0xFF19: return UInt8(ascii: "0") + UInt8(value - 0xFF10)
    case 0x24B6...0x24CF: return letter(value - 0x24B6)
    case 0x24D0...0x24E9: return letter(value - 0x24D0)
    case 0x1F130...0x1F149: return letter(value - 0x1F130)
    case 0x1F150...0x1F169: return letter(value - 0x1F150)
    case 0x1F170...0x1F189: return letter(value - 0x1F170)
    case 0x1F1E6...0x1F1FF: return letter(value - 0x1F1E6)
    // Mathematical alphabets, 52 letters each.
    case 0x1D400...0x1D6A3: return letter((value - 0x1D400) % 52)
    case 0x1D7CE...0x1D7FF: return UInt8(ascii: "0") + UInt8((value - 0x1D7CE) % 10)
    default: return alike[scalar]
    }
  }

  private static let alike: [Unicode.Scalar: UInt8] = {
    var letters: [Unicode.Scalar: UInt8] = [:]
    for (plain, others) in [
      ("a", "аАαΑɑᴀℎ"), ("b", "ЬВΒʙ"), ("c", "сСϲϹᴄⅽⅭ"), ("d", "ԁᴅⅾⅮ"), ("e", "еЕΕєᴇ℮"), ("f", "ϝꜰ"),
      ("g", "ɡԌɢ"), ("h", "һНΗʜ"),
      ("i", "іІιΙɪıⅰⅠ"), ("j", "јЈϳᴊ"), ("k", "кКκΚᴋ"), ("l", "ⅼⅬӏʟ"), ("m", "мМΜᴍⅿⅯ"), ("n", "пΝɴո"),
      ("o", "оОοΟᴏօσ"),
      ("p", "рРρΡᴘ"), ("q", "ԛ"), ("r", "гᴦʀ"), ("s", "ѕЅꜱ"), ("t", "тТτΤᴛ"), ("u", "υᴜս"), ("v", "νѵᴠⅴⅤ"),
      ("w", "ԝѡᴡ"),
      ("x", "хХχΧⅹⅩ"), ("y", "уУγΥʏ"), ("z", "Ζᴢ"),
    ] {
      for scalar in others.unicodeScalars { letters[scalar] = plain.utf8.first }
    }
    return letters
  }()
}

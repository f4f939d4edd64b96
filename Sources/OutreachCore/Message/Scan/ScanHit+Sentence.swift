extension ScanHit {
  /// What is wrong, and what would be right.
  public var sentence: String {
    let shown = word.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    switch rule {
    case .condition: return "'\(shown)' tells what somebody has; leave it to the call"
    case .symptom: return "'\(shown)' tells what somebody feels; leave it to the call"
    case .medication: return "'\(shown)' tells of a medicine; say it without, such as \"your next pick-up\""
    case .supply: return "'\(shown)' tells of supplies; say it without, such as \"your next pick-up\""
    case .test: return "'\(shown)' tells of a test; say it without, such as \"we have something for you\""
    case .procedure: return "'\(shown)' tells of a treatment; say it without, such as \"your visit\""
    case .specialty: return "'\(shown)' tells the specialty; say it without, such as \"our office\""
    case .substanceUse, .mentalHealth, .sexualHealth, .reproductive, .violence:
      return "'\(shown)' tells of care that the law protects beyond other care; nobody can allow it"
    case .evasion:
      return "'\(shown)' reads like a word that tells something, spelt so that a list does not find it"
    case .identifier: return "'\(shown)' stands for a person; values are named, such as {$clinic.phone}"
    case .dose: return "'\(shown)' has the shape of a dose; leave it to the call"
    case .result: return "'\(shown)' has the shape of a result; leave it to the call"
    case .link: return "'\(shown)' is a link; links are written {$link}, on the host that clinic.lua names"
    case .composition:
      return "an accent stands on its own; write the letter with its accent as one character (NFC)"
    case .invisible: return "a character that cannot be seen stands here; take it out"
    case .direction: return "a character that turns the direction of the text stands here; take it out"
    case .mixedScript: return "'\(shown)' mixes alphabets; write it in one"
    default: return "'\(shown)' does not belong to the languages of this program; write it another way"
    }
  }
}

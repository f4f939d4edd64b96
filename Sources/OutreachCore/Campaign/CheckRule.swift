/// A rule by which files that people write are checked, as findings name it.
///
/// A new rule is one case here, its sentence in ``why``, and the code that reports it.
public enum CheckRule: String, CaseIterable, Hashable, Sendable {
  // Files of settings and campaigns.

  /// The file can be read, and says one thing only.
  case file
  /// Every key of a table is known, there once, and there when it is needed.
  case key
  /// Every value is of its kind and possible.
  case value
  /// Everything that is called by a name exists under it.
  case name
  /// A script reads the facts that it says it reads.
  case fact
  /// What the policy says about a campaign today.
  case policy
  /// Everything that is written is used.
  case unused
  /// A message has its words in the same languages on every channel.
  case language
  /// The answers that a message offers can be given and understood.
  case replies

  // The language of messages.

  /// The text follows the syntax of messages.
  case syntax
  /// The text asks for nothing of MessageFormat that this program leaves out.
  case unsupported
  /// A value in a text is one that there is.
  case unknownValue = "unknown-value"
  /// A name is declared once and before its use.
  case declaration
  /// A function is given options that it has, each once, with values that it knows.
  case option
  /// A function is given a value that it can word.
  case operand
  /// What a text chooses by says how it is compared.
  case selector
  /// A text chooses its words by public values only.
  case privateSelector = "private-selector"
  /// Each variant has as many keys as there are selectors, and no two have the same.
  case variant
  /// One variant serves everything that no other does.
  case fallback

  // What a text shows.

  /// A value tells no more than the channel may show.
  case disclosure
  /// A subject line shows nothing of the patient.
  case subject
  /// Characters are composed in one way only.
  case composition
  /// Every character can be seen.
  case invisible
  /// No character turns the direction of the text around.
  case direction
  /// Every character belongs to the language.
  case repertoire
  /// No word mixes alphabets.
  case mixedScript = "mixed-script"
  /// A word that tells of a condition.
  case condition = "reveals-condition"
  /// A word that tells of a symptom.
  case symptom = "reveals-symptom"
  /// A word that tells of a medicine or of how one is taken.
  case medication = "reveals-medication"
  /// A word that tells of supplies.
  case supply = "reveals-supply"
  /// A word that tells of a test or its result.
  case test = "reveals-test"
  /// A word that tells of a treatment or of preparing for one.
  case procedure = "reveals-procedure"
  /// A word that tells of a specialty.
  case specialty = "reveals-specialty"
  /// A word that tells of substance use.
  case substanceUse = "reveals-substance-use"
  /// A word that tells of mental health.
  case mentalHealth = "reveals-mental-health"
  /// A word that tells of sexual health.
  case sexualHealth = "reveals-sexual-health"
  /// A word that tells of pregnancy, contraception or fertility.
  case reproductive = "reveals-reproductive"
  /// A word that tells of abuse or assault.
  case violence = "reveals-violence"
  /// A revealing word is not disguised.
  case evasion
  /// No number or address that identifies a person stands in a text.
  case identifier
  /// Nothing has the shape of a dose.
  case dose
  /// Nothing has the shape of a result.
  case result
  /// A link is one that tells nothing.
  case link
  /// The words that a message needs are there in a language that has a lexicon.
  case lexicon

  // What a text must carry.

  /// A message says who is writing.
  case sender
  /// A message says how to reach the clinic.
  case callBack = "call-back"
  /// A message says how to stop further ones.
  case optOut = "opt-out"
  /// A text fits at its longest.
  case length
  /// A text takes few segments at its longest.
  case segments
  /// A text can be read by most.
  case grade
  /// A text uses plain words.
  case plainWords = "plain-words"
  /// What is seen of a message does not mark one programme.
  case cover
}

extension CheckRule {
  /// Why the rule is there and where it comes from, in a few sentences.
  public var why: String {
    switch self {
    case .file:
      "A file is text in Lua that returns one table. Anything else cannot be checked, and what cannot be checked does not run."
    case .key:
      "A key that is misspelt would be a rule that nobody keeps, so keys that are not known are errors, as are missing and repeated ones."
    case .value:
      "A value of the wrong kind, or one that can never hold, is a mistake that is cheaper to find here than in a message."
    case .name:
      "A set, message, function, field, channel or kind of work is known by its name; a name that nothing has is a slip of the pen."
    case .fact:
      "A campaign says in 'uses' which facts it reads, and reads no others: minimum necessary, 45 CFR 164.502(b)."
    case .policy:
      "The policy decides what a campaign may do. A campaign can narrow it and never widen it; a rule that has ended lets nothing pass."
    case .unused: "A text or message that nothing uses is often one that was meant to be used."
    case .language:
      "Who reads one language only gets nothing where it is missing: 45 CFR 92.201 asks for language help that is as timely as the message."
    case .replies:
      "Carriers and the law read words such as STOP, CANCEL and YES for themselves, so no message can offer them as answers; a call is answered with digits."
    case .syntax:
      "Texts are a subset of Unicode MessageFormat 2. What does not follow its grammar would be printed as it stands, so it does not compile."
    case .unsupported:
      "Markup, attributes and functions beyond :date, :time, :datetime, :number, :integer and :string are no part of a text message."
    case .unknownValue:
      "The values that a text can show are a closed list; a name that is not on it would leave a hole."
    case .declaration:
      "A name stands for one thing: MessageFormat 2, data model errors, 'Duplicate Declaration'. A name that is used must be declared."
    case .option:
      "An option that a function does not have changes nothing and looks as if it did: MessageFormat 2, 'Bad Option' and 'Duplicate Option Name'."
    case .operand: "A function words values of one kind: a name is no date. MessageFormat 2, 'Bad Operand'."
    case .selector:
      "What a text chooses by must say how it is compared, with a function such as :string: MessageFormat 2, 'Missing Selector Annotation'."
    case .privateSelector:
      "Words that change with a patient's data tell of it even when they do not show it. Texts choose by tier, channel, language and literals only."
    case .variant:
      "Keys and selectors go by pairs, and two variants with the same keys leave open which one is meant: MessageFormat 2, 'Variant Key Mismatch' and 'Duplicate Variant'."
    case .fallback:
      "Without a variant that serves everything else, somebody gets no words at all: MessageFormat 2, 'Missing Fallback Variant'."
    case .disclosure:
      "A text is read by others on a locked screen, a shared phone or a wrong number. What tells why somebody is treated, or who they are, has no place in it: HHS OCR FAQ 198; 45 CFR 164.514(b)(2)."
    case .subject:
      "Subjects, senders and previews are shown in lists and to everybody who handles the mail; health words seen through an envelope's window have cost an insurer 18 million dollars."
    case .composition:
      "An accented letter can be written in two ways that look alike and do not compare alike. Texts are in Unicode's composed form, NFC."
    case .invisible:
      "A character that cannot be seen can hide or split a word, and can make a text three times as long on its way: 3GPP TS 23.038."
    case .direction:
      "A character that turns the direction of the text can make it read otherwise than it is stored: Unicode Technical Report 36."
    case .repertoire:
      "A character that the language does not use is a slip of the keyboard, or a letter in disguise: Unicode Technical Standard 39."
    case .mixedScript:
      "A word in two alphabets is a word in disguise: Unicode Technical Standard 39, 'restriction levels'."
    case .condition, .symptom, .medication, .supply, .test, .procedure, .specialty:
      "The word tells a stranger who reads the text what somebody is treated for. A message says who calls and how to call back, and leaves the rest to the call: HHS OCR FAQ 198."
    case .substanceUse:
      "Records of substance use treatment are protected beyond others, down to the clinic's name: 42 CFR Part 2. The word cannot be allowed by anybody."
    case .mentalHealth:
      "State laws and 45 CFR 164.508(a)(2) protect mental health beyond other care. The word cannot be allowed by anybody."
    case .sexualHealth:
      "HIV and sexual health are protected by state laws beyond other care, and a text that names them has cost people their homes. The word cannot be allowed by anybody."
    case .reproductive:
      "Pregnancy and contraception can endanger somebody whose phone is read by others. The word cannot be allowed by anybody."
    case .violence:
      "Who lives with the person who hurts them shares the phone with them. The word cannot be allowed by anybody."
    case .evasion:
      "The word reads as one that is not allowed, and is spelt so that a list does not find it. That cannot be allowed by anybody."
    case .identifier:
      "A number or address that stands for a person makes the text a record about them: 45 CFR 164.514(b)(2)(i). That cannot be allowed by anybody."
    case .dose: "A number with a unit of medicine tells that something is taken, and how much."
    case .result: "A number with a unit of measurement, or a verdict, tells of a test."
    case .link:
      "Whoever sees a link sees its host, path and parameters. A link is https, on a host of the clinic's own list, with one opaque token and nothing else."
    case .lexicon:
      "A language without a list of revealing words cannot be checked, and what cannot be checked is not sent."
    case .sender:
      "A message to a telephone names who is writing: 47 CFR 64.1200(a)(9)(iv)(B) and (b)(1)."
    case .callBack:
      "A message to a telephone says how to reach the clinic: 47 CFR 64.1200(a)(9)(iv)(B) and (b)(2)."
    case .optOut:
      "Every message says how to stop further ones, in its own language: 47 CFR 64.1200(a)(9)(iv)(G)."
    case .length:
      "A text message of a clinic has at most 160 characters: 47 CFR 64.1200(a)(9)(iv)(E). It is measured with the longest values that patients have."
    case .segments:
      "A text of several segments costs several times as much and can arrive in pieces: 3GPP TS 23.040."
    case .grade:
      "Half of all adults do not follow a text above grade 8; messages about health aim at grade 6 or lower (CMS toolkit for clear materials; AHRQ Health Literacy Precautions, tool 11)."
    case .plainWords:
      "A shorter word says the same to more people: Plain Writing Act of 2010, and the federal plain language guidelines."
    case .cover:
      "A text, sender, link or hour that only one programme uses names that programme to whoever knows it. Three programmes must share it, or nobody is covered."
    }
  }

  /// Whether two people together can allow what the rule finds, for a while, with a reason.
  ///
  /// Identifiers, restricted classes and disguises can be allowed by nobody.
  public var canBeOverridden: Bool {
    switch self {
    case .condition, .symptom, .medication, .supply, .test, .procedure, .specialty, .dose, .result: true
    default: false
    }
  }
}

/// A message as a phone will show it.
public struct RenderedMessage: Hashable, Sendable, CustomStringConvertible {
  /// The text that goes out.
  public let revealed: String
  /// Where the text names a person, as ranges of its UTF-8.
  private let personal: [Range<Int>]
  /// The subject of an e-mail, which never shows more than an open value.
  public var subject: String?
  /// How the text travels as a text message.
  public var encoding: TextEncoding

  /// Makes a rendered message whose text names a person in some places.
  init(revealed: String, personal: [Range<Int>], subject: String? = nil) {
    self.revealed = revealed
    self.personal = personal
    self.subject = subject
    encoding = TextEncoding(of: revealed)
  }

  /// The same text with what names a person masked: `Hi A••, it's …`.
  public var masked: String {
    var masked = ""
    var end = revealed.startIndex
    for range in personal {
      let start = revealed.utf8.index(revealed.startIndex, offsetBy: range.lowerBound)
      masked += "\(revealed[end..<start])\(revealed[start...].prefix(1))••"
      end = revealed.utf8.index(revealed.startIndex, offsetBy: range.upperBound)
    }
    return masked + revealed[end...]
  }

  /// The masked text, so that an interpolation cannot name anybody.
  public var description: String { masked }
}

/// Why a message cannot be rendered for a patient.
public struct RenderFault: Error, Hashable, Sendable {
  /// `language_missing`, `zone_unknown`, `value_missing`, `content_refused` or `too_long`.
  public var reason: Reason
  /// What is missing or refused, without its value.
  public var detail: String
}

/// Everything that message values are made from.
public struct MessageContext: Sendable {
  /// The clinic that speaks.
  public var clinic: Clinic
  /// The patient's given name as recorded.
  public var givenName: String?
  /// The fact the message is about.
  public var subject: Subject?
  /// The zone of that fact's place.
  public var zone: Zone
  /// The channel it goes out on.
  public var channel: Channel

  /// Makes a context.
  public init(clinic: Clinic, givenName: String?, subject: Subject?, zone: Zone, channel: Channel) {
    self.clinic = clinic
    self.givenName = givenName
    self.subject = subject
    self.zone = zone
    self.channel = channel
  }
}

extension Variant {
  /// Room for most texts: a text message is at most 160 characters long.
  private static let usualBytes = 200

  /// Renders the wording for a patient.
  ///
  /// - Throws: ``RenderFault`` naming the first value that is missing or not what it should be.
  public func rendered(for context: MessageContext, replies: [ReplyOption]) throws(RenderFault)
    -> RenderedMessage
  {
    var revealed = ""
    var personal: [Range<Int>] = []
    revealed.reserveCapacity(Self.usualBytes)
    for piece in body.pieces {
      switch piece {
      case .text(let text): revealed += text
      case .field(let field):
        let start = revealed.utf8.count
        revealed += try field.value(in: context, language: language, replies: replies)
        if field.label == .personal { personal.append(start..<revealed.utf8.count) }
      }
    }
    var line: String?
    if let subject {
      guard subject.fields.allSatisfy({ $0.label == .open }) else {
        throw RenderFault(reason: .contentRefused, detail: "the subject would show more than open values")
      }
      line = ""
      for piece in subject.pieces {
        switch piece {
        case .text(let text): line? += text
        case .field(let field): line? += try field.value(in: context, language: language, replies: replies)
        }
      }
    }
    return RenderedMessage(revealed: revealed, personal: personal, subject: line)
  }
}

extension MessageField {
  /// The value as it is said, after the check of its type.
  func value(in context: MessageContext, language: String, replies: [ReplyOption]) throws(RenderFault)
    -> String
  {
    // Looked up only where the value depends on it.
    var words: Wording { Wording.of(language) }
    switch self {
    case .clinicName: return context.clinic.name
    case .clinicPhone: return context.clinic.phone
    case .optOut: return words.optOut(on: context.channel)
    case .replies: return words.replies(replies.map(\.key), on: context.channel)
    case .patientFirstName:
      guard let name = context.givenName, !name.isEmpty else {
        throw RenderFault(reason: .valueMissing, detail: "no first name on record")
      }
      guard PersonName.isNameShaped(name) else {
        throw RenderFault(
          reason: .contentRefused, detail: "the first name on record is not shaped like a name")
      }
      return name
    case .appointmentDate, .appointmentTime, .appointmentWeekday:
      guard case .appointment(let appointment, _)? = context.subject else {
        throw RenderFault(reason: .valueMissing, detail: "'\(rawValue)' needs a message about an appointment")
      }
      let local = context.zone.civil(at: appointment.startsAt)
      switch self {
      case .appointmentDate: return words.date(local.date)
      case .appointmentTime: return words.time(local.time)
      default: return words.weekday(local.date.weekday)
      }
    case .patientLastName, .patientBirthDate, .patientAge, .patientCondition, .appointmentKind,
      .appointmentLocation,
      .refillMedication, .observationValue:
      throw RenderFault(reason: .contentRefused, detail: "'\(rawValue)' is not cleared for any channel")
    }
  }
}

/// The shape of a personal name.
public enum PersonName {
  /// Whether a text can be shown as somebody's given name: one to forty characters, letters of any script with
  /// the marks that belong to them, and single spaces, hyphens, apostrophes or full stops between.
  ///
  /// A full stop ends a name or a part of it (`St. John`), or stands between initials (`J.R.`). Between longer
  /// parts it would make a web address, which phones turn into a link.
  public static func isNameShaped(_ text: String) -> Bool {
    // Most names are one word of ASCII letters and need no look at each character's category.
    if (1...40).contains(text.utf8.count), text.utf8.allSatisfy({ (97...122).contains($0 | 0x20) }) {
      return true
    }
    guard (1...40).contains(text.count), let first = text.unicodeScalars.first, first.properties.isAlphabetic,
      text.unicodeScalars.allSatisfy({ isLetter($0) || joints.contains($0) })
    else { return false }
    for word in text.split(separator: " ", omittingEmptySubsequences: false) where !isWord(word) {
      return false
    }
    return true
  }

  /// Whether a text without spaces is a part of a name: `Anne-Marie`, `O'Brien`, `St.`, `J.R.`.
  private static func isWord(_ word: Substring) -> Bool {
    let pieces = word.split(omittingEmptySubsequences: false) { "-'’".contains($0) }
    return pieces.allSatisfy { piece in
      var parts = piece.split(separator: ".", omittingEmptySubsequences: false)
      if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
      return parts.allSatisfy { !$0.isEmpty } && (parts.count == 1 || parts.allSatisfy { $0.count == 1 })
    }
  }

  private static let joints = " -'’.".unicodeScalars

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark:
      // Fillers and joiners that count as letters or marks show nothing.
      !scalar.properties.isDefaultIgnorableCodePoint
    default: false
    }
  }
}

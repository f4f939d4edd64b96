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
  /// How much may be shown.
  public var tier: DisclosureTier
  /// What the message's link stands for; nil where it was not made yet, as in a preview, and then only its shape shows.
  public var link: LinkToken?

  /// Makes a context.
  public init(
    clinic: Clinic, givenName: String?, subject: Subject?, zone: Zone, channel: Channel,
    tier: DisclosureTier = .generic
  ) {
    self.clinic = clinic
    self.givenName = givenName
    self.subject = subject
    self.zone = zone
    self.channel = channel
    self.tier = tier
  }
}

extension Variant {
  /// Renders the wording for a patient.
  ///
  /// - Throws: ``RenderFault`` naming the first value that is missing or not what it should be.
  public func rendered(for context: MessageContext, replies: [ReplyOption]) throws(RenderFault)
    -> RenderedMessage
  {
    var text = RenderedText()
    let context = (
      context, SelectionContext(tier: context.tier, channel: context.channel, language: language)
    )
    try body.render(for: context, replies: replies, into: &text)
    var line: RenderedText?
    if let subject {
      guard !subject.fields.contains(where: \.isAboutPatient) else {
        throw RenderFault(reason: .contentRefused, detail: "the subject would show a value of the patient")
      }
      var text = RenderedText()
      try subject.render(for: context, replies: replies, into: &text)
      line = text
    }
    return RenderedMessage(revealed: text.revealed, personal: text.personal, subject: line?.revealed)
  }
}

/// A text in the making.
private struct RenderedText {
  var revealed = ""
  /// Where it names a person, as ranges of its UTF-8.
  var personal: [Range<Int>] = []

  init() { revealed.reserveCapacity(Self.usualBytes) }

  /// Room for most texts: a text message is at most 160 characters long.
  private static let usualBytes = 200
}

extension MessageTemplate {
  fileprivate func render(
    for context: (values: MessageContext, selection: SelectionContext), replies: [ReplyOption],
    into text: inout RenderedText
  ) throws(RenderFault) {
    for piece in pattern(for: context.selection).pieces {
      switch piece {
      case .text(let words): text.revealed += words
      case .field(let field, let format):
        let start = text.revealed.utf8.count
        let value = try field.value(
          in: context.values, format, language: context.selection.language, replies: replies)
        text.revealed += value.text
        if value.isPersonal { text.personal.append(start..<text.revealed.utf8.count) }
      }
    }
  }
}

extension MessageField {
  /// A value as it is said.
  struct Said {
    var text: String
    /// Whether it names a person, so that it is masked for whoever has not asked to see it.
    var isPersonal = false
  }

  /// The value as it is said at the context's tier, after the check of its kind; below its own tier what stands for it.
  func value(
    in context: MessageContext, _ format: FieldFormat, language: String, replies: [ReplyOption]
  ) throws(RenderFault) -> Said {
    // Looked up only where the value depends on it.
    var words: Wording { Wording.of(language) }
    guard let tier else {
      throw RenderFault(reason: .contentRefused, detail: "'\(rawValue)' is not cleared for any channel")
    }
    guard tier <= context.tier else {
      if let facet = facet(in: language) { return Said(text: facet) }
      throw RenderFault(
        reason: .contentRefused,
        detail: "'\(rawValue)' shows at the tier '\(tier.name)', and the message is '\(context.tier.name)'")
    }
    switch self {
    case .clinicName: return Said(text: context.clinic.name)
    case .clinicPhone: return Said(text: context.clinic.phone)
    case .optOut: return Said(text: words.optOut(on: context.channel))
    case .replies: return Said(text: words.replies(replies.map(\.key), on: context.channel))
    case .neutral: return Said(text: words.neutral(callBack: context.clinic.phone))
    case .link:
      guard let host = context.clinic.linkHost else {
        throw RenderFault(reason: .valueMissing, detail: "clinic.lua names no 'link_host'")
      }
      return Said(text: context.link?.link(host: host) ?? LinkToken.shape(host: host))
    case .patientFirstName:
      guard let name = context.givenName, !name.isEmpty else {
        throw RenderFault(reason: .valueMissing, detail: "no first name on record")
      }
      // What is no name could be anything, a web address or a remark about the patient.
      if PersonName.isNameShaped(name) { return Said(text: name, isPersonal: true) }
      return Said(text: facet(in: language) ?? "")
    case .appointmentDate, .appointmentTime, .appointmentWeekday, .appointmentLocation:
      guard case .appointment(let appointment, _)? = context.subject else {
        throw RenderFault(reason: .valueMissing, detail: "'\(rawValue)' needs a message about an appointment")
      }
      let local = context.zone.civil(at: appointment.startsAt)
      switch self {
      case .appointmentDate, .appointmentTime:
        switch format {
        case .plain:
          return Said(text: self == .appointmentDate ? words.date(local.date) : words.time(local.time))
        case .date(let date): return Said(text: words.date(local.date, date))
        case .time(let time): return Said(text: words.time(local.time, time))
        case .dateTime(let date, let time):
          return Said(text: "\(words.date(local.date, date)), \(words.time(local.time, time))")
        }
      case .appointmentWeekday: return Said(text: words.weekday(local.date.weekday))
      default:
        guard let place = appointment.location.flatMap({ context.clinic.places[$0.rawValue] }) else {
          throw RenderFault(
            reason: .valueMissing, detail: "the place of the appointment has no name in clinic.lua")
        }
        return Said(text: place)
      }
    case .patientLastName, .patientBirthDate, .patientAge, .patientCondition, .appointmentKind,
      .refillMedication,
      .observationValue:
      throw RenderFault(reason: .contentRefused, detail: "'\(rawValue)' is not cleared for any channel")
    }
  }
}

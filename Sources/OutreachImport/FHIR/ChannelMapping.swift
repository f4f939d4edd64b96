import OutreachCore

/// The channels that codes stand for, in consents and in past messages.
///
/// | system | code | a permit opens | a denial closes | a past message went by |
/// | --- | --- | --- | --- | --- |
/// | `urn:outreach:channel` | a channel's name | that channel | that channel | that channel |
/// | v3-ParticipationMode | `SMSWRIT` | sms | sms | sms |
/// | | `MMSWRIT` | – | sms | sms |
/// | | `MSGWRIT` (parent of SMS, MMS and app) | – | sms, app | not said |
/// | | `PHONE` | voice | voice | voice |
/// | | `VERBAL` | – | voice | not said |
/// | | `EMAILWRIT` | email | email | email |
/// | | `APPWRIT`, `ONLINEWRIT` | app | app | app |
/// | | `WRITTEN` | – | sms, email, app | not said |
/// | | `ELECTRONIC` | – | all | not said |
/// | | `MAILWRIT`, `FAXWRIT`, `TYPEWRIT`, `HANDWRIT` | – | – | none of ours |
/// | | `FACE`, `DICTATE`, `VIDEOCONF`, `PHYSICAL`, `REMOTE` | – | – | none of ours |
///
/// A code of another system, or one that is not listed, opens nothing and closes everything.
struct ChannelMapping {
  /// The system of the program's own channel codes.
  static let system = "urn:outreach:channel"
  /// The system of v3-ParticipationMode.
  static let participationMode = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode"

  /// What one code stands for.
  struct Entry {
    var opens: [Channel]
    var closes: [Channel]
    var sentBy: Medium
  }

  /// How a past message went.
  enum Medium: Hashable {
    case channel(Channel)
    /// The source does not say which of ours.
    case unsaid
    /// A letter, a fax, a meeting.
    case notOurs
  }

  let channels: [Channel]

  /// What a code stands for; nil for one that the table does not know.
  func entry(_ coding: FHIR.Coding) -> Entry? {
    switch coding.system {
    case Self.system:
      guard let channel = channels.first(where: { $0.rawValue == coding.code }) else { return nil }
      return Entry(opens: [channel], closes: [channel], sentBy: .channel(channel))
    case Self.participationMode:
      return coding.code.flatMap(modeEntry)
    default:
      return nil
    }
  }

  private func modeEntry(_ code: String) -> Entry? {
    switch code {
    case "SMSWRIT": Entry(opens: [.sms], closes: [.sms], sentBy: .channel(.sms))
    case "MMSWRIT": Entry(opens: [], closes: [.sms], sentBy: .channel(.sms))
    case "MSGWRIT": Entry(opens: [], closes: [.sms, .app], sentBy: .unsaid)
    case "PHONE": Entry(opens: [.voice], closes: [.voice], sentBy: .channel(.voice))
    case "VERBAL": Entry(opens: [], closes: [.voice], sentBy: .unsaid)
    case "EMAILWRIT": Entry(opens: [.email], closes: [.email], sentBy: .channel(.email))
    case "APPWRIT", "ONLINEWRIT": Entry(opens: [.app], closes: [.app], sentBy: .channel(.app))
    case "WRITTEN": Entry(opens: [], closes: [.sms, .email, .app], sentBy: .unsaid)
    case "ELECTRONIC": Entry(opens: [], closes: channels, sentBy: .unsaid)
    case "MAILWRIT", "FAXWRIT", "TYPEWRIT", "HANDWRIT", "FACE", "DICTATE", "VIDEOCONF", "PHYSICAL", "REMOTE":
      Entry(opens: [], closes: [], sentBy: .notOurs)
    default: nil
    }
  }

  /// How a message with these media went; several that disagree are not said.
  func medium(_ concepts: [FHIR.CodeableConcept]) -> Medium {
    let said = Set(concepts.flatMap { $0.coding ?? [] }.map { entry($0)?.sentBy ?? .unsaid })
    return said.count == 1 ? said.first ?? .unsaid : .unsaid
  }
}

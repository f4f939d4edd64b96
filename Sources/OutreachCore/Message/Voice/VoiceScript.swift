/// What a call says, in its order: nothing of the patient before a key was pressed, and nothing on a voicemail.
///
/// Whoever picks up may be anybody, and a voicemail is heard by the whole room (HHS OCR FAQ 198). A call begins with who
/// is calling and says the number to call back (47 CFR 64.1200(b)(1) and (2)), which is as much as a sealed message says.
public struct VoiceScript: Hashable, Sendable {
  /// What is said first, whoever answers: that it is the clinic's office, and which key to press.
  public var opening: String
  /// What is said when the key was pressed.
  public var message: String
  /// What is said to an answering machine.
  public var voicemail: String
  /// The key that plays the message.
  public static let playKey = "1"
  /// The key that stops further calls.
  public static let stopKey = "9"

  /// The call that says a message.
  ///
  /// - Parameters:
  ///   - message: the text as it was rendered for the channel.
  ///   - language: the language that it is in.
  public init(saying message: RenderedMessage, in language: String, clinic: Clinic) {
    let words = Wording.of(language)
    opening = words.voiceOpening(playKey: Self.playKey, callBack: clinic.phone)
    self.message = message.revealed
    voicemail = words.voicemail(callBack: clinic.phone)
  }
}

extension Wording {
  /// The beginning of a call.
  func voiceOpening(playKey: String, callBack phone: String) -> String {
    isEnglish
      ? "Hello. This is a call from our office, \(phone). To hear your message, press \(playKey). \(stopByVoice)"
      : "Hola. Le llamamos de nuestra oficina, \(phone). Para oír su mensaje, marque \(playKey). \(stopByVoice)"
  }

  /// What an answering machine is told.
  func voicemail(callBack phone: String) -> String {
    isEnglish
      ? "This is a message from our office. Please call us at \(phone). Again, \(phone)."
      : "Este es un mensaje de nuestra oficina. Por favor llámenos al \(phone). De nuevo, \(phone)."
  }
}

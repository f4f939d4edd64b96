/// What every message must carry, and how hard it may be to read.
public struct ContentRequirement: Hashable, Sendable {
  /// The channels whose messages must say who is writing.
  public var sender: Set<Channel>
  /// The channels whose messages must say how to reach the clinic.
  public var callBack: Set<Channel>
  /// The school grade that the longest wording may need at most; above it a text does not load.
  public var maximumGrade: Int
  /// The school grade above which somebody is warned.
  public var warnedGrade: Int

  /// Makes a requirement.
  ///
  /// Without arguments it is that of 47 CFR 64.1200(a)(9)(iv)(B) and (b), which is about telephones, and grade six with
  /// a warning above five (AHRQ Health Literacy Precautions, tool 11; CMS toolkit for clear materials).
  public init(
    sender: Set<Channel> = [.sms, .voice], callBack: Set<Channel> = [.sms, .voice], maximumGrade: Int = 6,
    warnedGrade: Int = 5
  ) {
    self.sender = sender
    self.callBack = callBack
    self.maximumGrade = maximumGrade
    self.warnedGrade = warnedGrade
  }
}

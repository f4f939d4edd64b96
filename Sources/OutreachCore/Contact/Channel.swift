/// A way to reach a person.
///
/// The four of the product are static members; an embedding program may add its own.
public struct Channel: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name in campaigns, JSON and the database.
  public let rawValue: String

  /// Takes a channel's name.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// A text message to a telephone number.
  public static let sms = Channel("sms")
  /// A call that is spoken by a machine.
  public static let voice = Channel("voice")
  /// An e-mail.
  public static let email = Channel("email")
  /// A notification in the clinic's own app or portal.
  public static let app = Channel("app")

  /// The four channels that a campaign can name without an embedding program's help.
  public static let all: [Channel] = [.sms, .voice, .email, .app]

  /// The name as in campaigns.
  public var description: String { rawValue }

  /// Orders channels by name.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

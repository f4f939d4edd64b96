/// What a message is for, in the terms in which patients consent.
///
/// The closed list is the eight purposes of the healthcare exemption, 47 CFR 64.1200(a)(9)(iv)(C); a
/// clinic's policy may add its own, which then need consent of their own.
public struct Purpose: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name in campaigns, consents and JSON.
  public let rawValue: String

  /// Takes a purpose's name.
  public init(_ rawValue: String) { self.rawValue = rawValue }

  /// Appointment and exam confirmations and reminders.
  public static let appointment = Purpose("appointment")
  /// Wellness checkups.
  public static let wellness = Purpose("wellness")
  /// Hospital pre-registration instructions.
  public static let registration = Purpose("registration")
  /// Pre-operative instructions.
  public static let preoperative = Purpose("preoperative")
  /// Lab results: that there is one, never what it says.
  public static let labResult = Purpose("lab_result")
  /// Post-discharge follow-up intended to prevent readmission.
  public static let postDischarge = Purpose("post_discharge")
  /// Prescription notifications.
  public static let prescription = Purpose("prescription")
  /// Home healthcare instructions.
  public static let homeCare = Purpose("home_care")

  /// The closed list in the order of the rule.
  public static let all: [Purpose] = [
    .appointment, .wellness, .registration, .preoperative, .labResult, .postDischarge, .prescription,
    .homeCare,
  ]

  /// Purposes that a policy cannot add.
  ///
  /// Nothing that sells, advertises, bills or collects: 47 CFR 64.1200(a)(9)(iv)(D). A campaign that names one
  /// loads, so that a preview can say who would have had it, and each of its messages is refused.
  public static let refused: [Purpose] = [
    Purpose("billing"), Purpose("marketing"), Purpose("advertising"), Purpose("collection"),
  ]

  /// The name as in campaigns.
  public var description: String { rawValue }

  /// Orders purposes by name.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// How much a message may show, from a pointer that anybody may read to health itself.
///
/// Two versions of every reminder, the telling one only for who asked for it, is what the Department of Veterans
/// Affairs does; two of three women with HIV in a Kenyan trial chose the telling one (PMC5839109).
public enum DisclosureTier: Int, CaseIterable, Hashable, Comparable, Sendable {
  /// Neither who it is for nor which clinic: "our office", call back.
  case sealed = 0
  /// A first name, a day and time, the clinic's neutral name and number.
  case generic = 1
  /// Also where to go.
  case logistics = 2
  /// What it is about.
  case overt = 3

  /// The tier as files, options and messages name it.
  public var name: String {
    switch self {
    case .sealed: "sealed"
    case .generic: "generic"
    case .logistics: "logistics"
    case .overt: "overt"
    }
  }

  /// The tier of a name; nil where there is none.
  public init?(named name: some StringProtocol) {
    guard let tier = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = tier
  }

  /// Orders tiers by how much they show.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

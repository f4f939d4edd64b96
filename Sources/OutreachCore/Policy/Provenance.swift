/// Where a rule comes from and between which days it holds.
public struct Provenance: Hashable, Sendable {
  /// The law or document the rule follows; nil where it is the clinic's own choice.
  public var source: String?
  /// The day on which somebody last compared the rule with its source.
  public var checkedOn: CivilDate?
  /// The first day on which the rule holds; nil is from ever.
  public var from: CivilDate?
  /// The last day on which the rule holds; nil is for ever.
  public var until: CivilDate?

  /// Makes a provenance; without arguments that of a rule of the clinic's own without an end.
  public init(
    source: String? = nil, checkedOn: CivilDate? = nil, from: CivilDate? = nil, until: CivilDate? = nil
  ) {
    self.source = source
    self.checkedOn = checkedOn
    self.from = from
    self.until = until
  }

  /// How a rule stands on a day.
  public enum Standing: Hashable, Sendable {
    /// It holds.
    case inForce
    /// It begins to hold on a later day.
    case begins(CivilDate)
    /// It held until an earlier day.
    case ended(CivilDate)
  }

  /// How the rule stands on a day.
  public func standing(on day: CivilDate) -> Standing {
    if let from, from > day { return .begins(from) }
    if let until, until < day { return .ended(until) }
    return .inForce
  }

  /// The first day on which this rule and another both hold; nil when there is none.
  public func meets(_ other: Provenance) -> CivilDate? {
    let first = max(from ?? .earliest, other.from ?? .earliest)
    let last = min(until ?? .latest, other.until ?? .latest)
    return first <= last ? first : nil
  }
}

/// A rule in the versions that follow one another, such as one that a law changes on a day.
///
/// On a day on which no version holds, the rule is unknown: what hangs on it is refused and not allowed.
public struct Dated<Rule: Hashable & Sendable>: Hashable, Sendable {
  /// One version of a rule.
  public struct Version: Hashable, Sendable {
    /// What the rule says.
    public var rule: Rule
    /// Where it comes from and when it holds.
    public var provenance: Provenance

    /// Makes a version.
    public init(_ rule: Rule, _ provenance: Provenance = Provenance()) {
      self.rule = rule
      self.provenance = provenance
    }
  }

  /// The versions; of two that hold on one day the first counts, and a policy file may not have two.
  public var versions: [Version]

  /// Makes a rule of versions.
  public init(versions: [Version]) { self.versions = versions }

  /// Makes a rule of one version.
  public init(_ rule: Rule, _ provenance: Provenance = Provenance()) {
    versions = [Version(rule, provenance)]
  }

  /// What the rule says on a day; nil when no version holds.
  public func inForce(on day: CivilDate) -> Rule? {
    versions.first { $0.provenance.standing(on: day) == .inForce }?.rule
  }
}

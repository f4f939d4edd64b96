public import Lua
public import OutreachCore

/// Everything about a workspace that a campaign's script depends on.
public struct ScriptEnvironment: Sendable {
  /// The clinic.
  public var clinic: Clinic
  /// The policy in force.
  public var policy: Policy
  /// Today on the clinic's calendar, for what a campaign is warned of; nil is as if all rules held.
  public var day: CivilDate?
  /// The value sets that campaigns can name.
  public var valueSets: ValueSets
  /// The lexicons that texts are checked with; a language that has none does not compile.
  public var lexicons: LexiconCatalogue
  /// Words that two people allow today, although the lexicons find them.
  public var overrides: [WordingOverride]
  /// Zones by name.
  public var zones: ZoneCatalogue
  /// The channels that campaigns can name.
  public var channels: [Channel]
  /// Functions that an embedding program adds.
  public var functions: [ScriptFunction]
  /// What one call of a script may use.
  public var limits: Limits

  /// Makes an environment.
  public init(
    clinic: Clinic, policy: Policy, valueSets: ValueSets, zones: ZoneCatalogue,
    lexicons: LexiconCatalogue, overrides: [WordingOverride] = [], day: CivilDate? = nil,
    channels: [Channel] = Channel.all, functions: [ScriptFunction] = [],
    limits: Limits = Limits()
  ) {
    self.clinic = clinic
    self.policy = policy
    self.valueSets = valueSets
    self.zones = zones
    self.lexicons = lexicons
    self.overrides = overrides
    self.day = day
    self.channels = channels
    self.functions = functions
    self.limits = limits
  }
}

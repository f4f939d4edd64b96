/// A provider that messages are handed to, as `clinic.lua` names it.
public struct ProviderSettings: Hashable, Sendable {
  /// The kinds of provider there are.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A file of the workspace, for trials.
    case file
    /// Twilio's Messages and Calls.
    case twilio
    /// A Kannel gateway.
    case kannel
    /// A mail server.
    case smtp
    /// A service that takes signed JSON: a portal, an app, a record system.
    case webhook
  }

  /// The contract under which a vendor handles protected data (45 CFR 164.308(b), 164.504(e); GDPR article 28).
  public struct Agreement: Hashable, Sendable {
    /// The day on which it was signed.
    public var signed: CivilDate
    /// The last day on which it holds.
    public var expires: CivilDate

    /// Makes an agreement.
    public init(signed: CivilDate, expires: CivilDate) {
      self.signed = signed
      self.expires = expires
    }
  }

  /// The clinic's name for it: small letters, digits and `_`.
  public var name: String
  /// What it is.
  public var kind: Kind
  /// The channels it serves.
  public var channels: [Channel]
  /// The contract with the vendor; nil where there is none.
  public var agreement: Agreement?
  /// The most messages a second; nil is what its kind allows.
  public var rate: Int?
  /// The most messages under way at once; nil is what its kind allows.
  public var concurrency: Int?
  /// The words of its kind, such as `account`, `from`, `host` and `url`.
  ///
  /// No secrets.
  public var options: [String: String]

  /// Makes settings.
  public init(
    name: String, kind: Kind, channels: [Channel], agreement: Agreement? = nil, rate: Int? = nil,
    concurrency: Int? = nil, options: [String: String] = [:]
  ) {
    self.name = name
    self.kind = kind
    self.channels = channels
    self.agreement = agreement
    self.rate = rate
    self.concurrency = concurrency
    self.options = options
  }

  /// The variable of the environment that holds the provider's secret: `OUTREACH_TWILIO_SECRET`.
  public static func secretVariable(of name: String) -> String { "OUTREACH_\(name.uppercased())_SECRET" }

  /// The provider of a channel that `clinic.lua` gives none: what goes out is written to a file.
  public static let file = ProviderSettings(name: "file", kind: .file, channels: Channel.all)

  /// Why nothing may be handed to it on a day; nil where nothing stands against it.
  public func obstacle(on day: CivilDate) -> String? {
    // A file of the clinic's own is no vendor.
    if kind == .file { return nil }
    guard let agreement else { return "there is no agreement with '\(name)' in clinic.lua" }
    if day < agreement.signed { return "the agreement with '\(name)' holds from \(agreement.signed) on" }
    if day > agreement.expires { return "the agreement with '\(name)' ended on \(agreement.expires)" }
    return nil
  }
}

extension ProviderSettings.Kind {
  /// The words that must be there.
  public var requiredOptions: [String] {
    switch self {
    case .file: []
    case .twilio: ["account", "from"]
    case .kannel: ["url", "user"]
    case .smtp: ["host", "from"]
    case .webhook: ["url"]
    }
  }

  /// The words that may be there.
  public var otherOptions: [String] {
    switch self {
    case .file: ["folder"]
    case .twilio: ["callback", "api", "secret_file"]
    case .kannel: ["from", "callback", "secret_file"]
    case .smtp: ["port", "security", "user", "unsubscribe", "ca_file", "secret_file"]
    case .webhook: ["callback", "secret_file"]
    }
  }
}

extension Clinic {
  /// The provider that serves a channel.
  public func provider(for channel: Channel) -> ProviderSettings {
    providers.first { $0.channels.contains(channel) } ?? .file
  }
}

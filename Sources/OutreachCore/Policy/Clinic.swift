/// The clinic that speaks to its patients, as `clinic.lua` declares it.
public struct Clinic: Sendable, Hashable {
  /// The name that messages use.
  ///
  /// It must not tell what is treated there.
  public var name: String
  /// The number that messages ask patients to call, as it is to be shown.
  public var phone: String
  /// The zone of the clinic's own clock.
  public var timeZone: String
  /// The two-letter country code; telephone numbers and addresses without one are read in it.
  public var country: String
  /// The language for patients whose record states none.
  public var language: String
  /// The kinds of work that a campaign may ask people for.
  public var taskKinds: [String]
  /// The clinic's own fields of patients that scripts may read as `patient.fields.NAME`.
  public var fields: [String]
  /// The names of places by the identifier of their record, as patients may read them.
  public var places: [String: String]
  /// The host of links in messages; nil where messages have none.
  public var linkHost: String?
  /// Whom messages are handed to; a channel that none of them serves is written to a file.
  public var providers: [ProviderSettings]
  /// The name under which the clinic's messages go out, for consents that speak of one sender only.
  public var sender: String

  /// Makes a clinic.
  public init(
    name: String, phone: String, timeZone: String, country: String = "US", language: String = "en",
    taskKinds: [String] = [], fields: [String] = [], places: [String: String] = [:],
    linkHost: String? = nil, providers: [ProviderSettings] = [], sender: String = "main"
  ) {
    self.name = name
    self.phone = phone
    self.timeZone = timeZone
    self.country = country
    self.language = language
    self.taskKinds = taskKinds
    self.fields = fields
    self.places = places
    self.linkHost = linkHost
    self.providers = providers
    self.sender = sender
  }
}

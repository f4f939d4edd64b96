/// How often a patient may be reached.
public struct FrequencyCap: Sendable, Hashable {
  /// The span over which messages are counted.
  public enum Window: Sendable, Hashable {
    /// The time up to the message.
    case rolling(Duration)
    /// The patient's own calendar day, in every zone they may be in.
    case calendarDay
    /// The patient's own week from Monday on, in every zone they may be in.
    case calendarWeek
    /// The patient's own calendar month, in every zone they may be in.
    case calendarMonth
  }

  /// Whose messages are counted together.
  public enum Holder: String, Sendable, Hashable, CaseIterable {
    /// Those to the patient.
    case patient
    /// Those to the number or address, whoever they are meant for.
    case contactPoint = "number"
    /// Those to the patient and to all who share a number with them.
    case household
  }

  /// What messages must have in common to be counted together.
  public enum Each: String, Sendable, Hashable, CaseIterable {
    /// Nothing: all that the cap covers.
    case all
    /// The purpose of the message in question.
    case purpose
    /// The campaign of the message in question.
    case campaign
  }

  /// Room that is kept for messages that must go out.
  public struct Reserve: Sendable, Hashable {
    /// How many messages of the limit are kept.
    public var count: Int
    /// The purposes they are kept for.
    public var purposes: Set<Purpose>

    /// Makes a reserve.
    public init(_ count: Int, for purposes: Set<Purpose>) {
      self.count = count
      self.purposes = purposes
    }
  }

  /// The cap in words, for trails: `1 a day`; versions that follow one another have the same.
  public var name: String
  /// The most messages in one window; none or less lets nothing pass.
  public var limit: Int
  /// The span over which messages are counted.
  public var window: Window
  /// The channels that are counted together and held back together; nil is all.
  public var channels: Set<Channel>?
  /// The purposes it counts and holds back; nil is all.
  public var purposes: Set<Purpose>?
  /// The campaigns it counts and holds back; nil is all.
  public var campaigns: Set<CampaignID>?
  /// What messages must have in common.
  public var each: Each
  /// Whose messages are counted together.
  public var holder: Holder
  /// Room that is kept for some purposes.
  public var reserve: Reserve?
  /// The places where it holds; nil is everywhere.
  public var places: Set<Jurisdiction>?
  /// Where it comes from and when it holds; one that has ended lets nothing pass until another of its name
  /// that shares a channel with it is in force.
  public var provenance: Provenance

  /// Makes a cap.
  public init(
    name: String, limit: Int, window: Window, channels: Set<Channel>?, purposes: Set<Purpose>? = nil,
    campaigns: Set<CampaignID>? = nil, each: Each = .all, holder: Holder = .patient, reserve: Reserve? = nil,
    places: Set<Jurisdiction>? = nil, provenance: Provenance = Provenance()
  ) {
    self.name = name
    self.limit = limit
    self.window = window
    self.channels = channels
    self.purposes = purposes
    self.campaigns = campaigns
    self.each = each
    self.holder = holder
    self.reserve = reserve
    self.places = places
    self.provenance = provenance
  }

  /// One message a day and three a week, text and voice together: 47 CFR 64.1200(a)(9)(iv)(F).
  ///
  /// The rule does not say what a day is, so both readings hold: the patient's calendar day and 24 hours.
  /// E-mail and app messages are capped apart from it, with the same numbers; that is this program's choice.
  public static let healthcareExemption: [FrequencyCap] = [[.sms, .voice], [.email, .app]].flatMap {
    channels in
    [
      FrequencyCap(name: "1 a calendar day", limit: 1, window: .calendarDay, channels: channels),
      FrequencyCap(name: "1 in 24 hours", limit: 1, window: .rolling(.seconds(86_400)), channels: channels),
      FrequencyCap(name: "3 in 7 days", limit: 3, window: .rolling(.seconds(7 * 86_400)), channels: channels),
    ]
  }

  /// Whether the cap counts and holds back messages of a channel; an unknown channel is counted.
  public func covers(_ channel: Channel?) -> Bool {
    channel.flatMap { channel in channels?.contains(channel) } ?? true
  }

  /// Whether a message is in the cap's scope; what is not known of it is taken to be in.
  func covers(_ channel: Channel?, _ purpose: Purpose?, _ campaign: CampaignID?) -> Bool {
    covers(channel) && (purpose.flatMap { purpose in purposes?.contains(purpose) } ?? true)
      && (campaign.flatMap { campaign in campaigns?.contains(campaign) } ?? true)
  }

  /// The earliest instant, at or after `start` and before `end`, at which one more message keeps the cap.
  ///
  /// It goes by count and window alone: the scope, the reserve and the days of the cap are not looked at.
  ///
  /// - Parameters:
  ///   - counted: when counted messages went out or are planned to, in any order.
  ///   - zones: every zone the patient may be in; a calendar day, week or month must have room in each.
  public func earliest(from start: Instant, before end: Instant, counted: [Instant], zones: [Zone])
    -> Instant?
  {
    var bare = self
    bare.reserve = nil
    bare.provenance = Provenance()
    return CapHold(
      cap: bare, counted: counted.map { CountedMessage(at: $0, channel: nil) }, zones: zones, clinicZone: .utc
    ).earliest(from: start, before: end)
  }
}

extension FrequencyCap.Window {
  /// The number of the calendar day, week or month that a date is in; nil for a window without a calendar.
  func period(of date: CivilDate) -> Int? {
    switch self {
    case .rolling: nil
    case .calendarDay: date.daysSinceEpoch
    // 1970-01-01 was a Thursday, three days after the Monday of its week. No date is before the year 1, so a
    // whole number of weeks makes the division one of positive numbers.
    case .calendarWeek: (date.daysSinceEpoch + 3 + 7 * 110_000) / 7
    case .calendarMonth: date.year * 12 + date.month
    }
  }

  /// The first day of the calendar day, week or month after the one that a date is in.
  func nextPeriod(after date: CivilDate) -> CivilDate? {
    switch self {
    case .rolling: nil
    case .calendarDay: date.adding(days: 1)
    case .calendarWeek: date.adding(days: 8 - date.weekday.rawValue)
    case .calendarMonth: date.adding(days: 1 - date.day).adding(months: 1)
    }
  }
}

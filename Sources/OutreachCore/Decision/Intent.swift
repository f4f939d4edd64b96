/// What a script proposed for one patient.
public struct Proposal: Hashable, Sendable {
  /// The messages, work and remarks in the order in which they were returned.
  public var items: [Item]
  /// The names of the facts the script read, in order of name.
  public var read: [String]

  /// One thing that a script proposed.
  public enum Item: Hashable, Sendable {
    /// A message to the patient.
    case send(Intent)
    /// Work for a person.
    case task(TaskRequest)
    /// Why nothing is to be done; health information, kept for `explain`.
    case skip(String)
  }

  /// Makes a proposal.
  public init(items: [Item], read: [String]) {
    self.items = items
    self.read = read
  }
}

/// A message that a script proposes to send: a name from the catalogue and nothing a person will read.
public struct Intent: Hashable, Sendable {
  /// The message.
  public var message: MessageID
  /// The fact it is about; nil for a message that is said once, or from time to time.
  public var about: Subject?
  /// When it may go out at the earliest.
  public var due: Instant?
  /// When it is of no use any more.
  public var expires: Instant?
  /// The only channel to use; nil leaves it to the patient and the campaign.
  public var channel: Channel?
  /// Work for a person if the message may not go out.
  public var onRefused: TaskRequest?

  /// Makes an intent.
  public init(
    message: MessageID, about: Subject? = nil, due: Instant? = nil, expires: Instant? = nil,
    channel: Channel? = nil,
    onRefused: TaskRequest? = nil
  ) {
    self.message = message
    self.about = about
    self.due = due
    self.expires = expires
    self.channel = channel
    self.onRefused = onRefused
  }
}

/// Work for a person, of a kind that `clinic.lua` lists.
public struct TaskRequest: Hashable, Sendable {
  /// The kind of work.
  public var kind: String
  /// The fact it is about.
  public var about: Subject?
  /// By when it should be done.
  public var due: Instant?

  /// Makes a request.
  public init(kind: String, about: Subject? = nil, due: Instant? = nil) {
    self.kind = kind
    self.about = about
    self.due = due
  }
}

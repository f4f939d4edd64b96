public import Outreach

/// Checks that a provider keeps what the sender relies on.
///
/// Give it a provider that really hands messages over, to a test's own server, and a way to see what arrived there:
///
/// ```swift
/// let suite = ProviderConformance(of: provider, recipient: .phone(number), arrived: { server.tokens })
/// #expect(try suite.violations(at: now) == [])
/// ```
public struct ProviderConformance {
  private let provider: any Provider
  private let recipient: Recipient
  private let arrived: () throws -> [SendToken]

  /// Takes a provider.
  ///
  /// - Parameters:
  ///   - recipient: somebody that the other side takes messages for.
  ///   - arrived: the tokens of everything that the other side took so far, each as often as it was taken.
  public init(of provider: any Provider, recipient: Recipient, arrived: @escaping () throws -> [SendToken]) {
    self.provider = provider
    self.recipient = recipient
    self.arrived = arrived
  }

  /// Every way in which the provider breaks the contract, as sentences; empty when it keeps it.
  ///
  /// - Parameter now: the instant that messages carry.
  public func violations(at now: Instant) throws -> [String] {
    var faults: [String] = []
    let traits = provider.traits
    if traits.channels.isEmpty { faults.append("it serves no channel") }
    if traits.concurrency < 1 { faults.append("it takes no message at a time") }
    if let rate = traits.rate, rate < 1 { faults.append("it takes no message a second") }
    guard let channel = traits.channels.first else { return faults }

    // More than it takes at once: it has to queue them itself.
    let count = traits.concurrency * 2 + 1
    let messages = (1...count).map { message($0, channel, at: now) }
    var answers = [Int](repeating: 0, count: count)
    var isTaken = true
    try provider.deliver(messages) { index, answer in
      guard answers.indices.contains(index) else {
        return faults.append("it answers for a message it was not given")
      }
      answers[index] += 1
      guard case .accepted = answer else { return isTaken = false }
    }
    if answers.contains(where: { $0 != 1 }) { faults.append("it does not answer each message exactly once") }
    if !isTaken { faults.append("it does not take a plain message") }
    let taken = try arrived()
    for message in messages where taken.count(where: { $0 == message.token }) != 1 {
      faults.append("message \(message.id) was answered as taken and did not arrive exactly once")
    }
    try provider.deliver([]) { _, _ in faults.append("it answers for no message") }

    if traits.canLookUp {
      // Long after, too: what is called missing is sent once more.
      for instant in [now, now + .seconds(86_400)]
      where try provider.lookUp(messages[0], at: instant) == .notTaken {
        faults.append("it calls a message missing that it took")
      }
      var unknown = message(count + 1, channel, at: now)
      unknown.text += " Never sent."
      if case .taken = try provider.lookUp(unknown, at: now) {
        faults.append("it finds a message that it never had")
      }
    } else if try provider.lookUp(messages[0], at: now) != .cannotTell {
      faults.append("it answers a look-up and says that it cannot")
    }
    if traits.hasIdempotencyKey {
      var isRepeated = false
      try provider.deliver([messages[0]]) { _, answer in if case .accepted = answer { isRepeated = true } }
      if !isRepeated { faults.append("it does not answer a repeated token as taken") }
      if try arrived().count(where: { $0 == messages[0].token }) != 1 {
        faults.append("a message that was given twice with one token arrived twice")
      }
    }
    return faults
  }

  private func message(_ number: Int, _ channel: Channel, at now: Instant) -> OutboundMessage {
    let digits = String(number, radix: 16)
    return OutboundMessage(
      id: SendID(Int64(number)),
      token: SendToken(String(repeating: "0", count: 32 - digits.utf8.count) + digits),
      channel: channel, recipient: recipient, language: "en", subject: channel == .email ? "A note" : nil,
      text: "This is message \(number) of a test.", at: now)
  }
}

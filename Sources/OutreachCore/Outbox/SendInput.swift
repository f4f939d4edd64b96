/// What can happen to a message on its way out.
public enum SendInput: Hashable, Sendable {
  /// A process takes it to look at it once more.
  case lease(LeaseToken, until: Instant)
  /// Another process takes it back: the lease is over, or the process that held it is gone.
  case takeBack(now: Instant, ownerIsGone: Bool)
  /// Looked at once more, it may go now.
  case claim(LeaseToken)
  /// Looked at once more, it may go later.
  case hold(LeaseToken, until: Instant)
  /// Looked at once more, it may not go.
  case drop
  /// It is due once more after it was dropped.
  case planAgain(wakeAt: Instant)
  /// The provider answered, or did not.
  case answer(ProviderAnswer, retryAt: Instant?)
  /// The process that was handing it over is gone.
  case ownerGone
  /// The ledger is that of a backup: it may have left since.
  case restored
  /// The provider was asked whether it has the message.
  case lookUp(LookUpAnswer, now: Instant)
  /// A person says whether it left.
  case person(left: Bool, now: Instant)
  /// The provider tells what became of it.
  case receipt(Receipt)
}

/// What follows from what happened to a message.
public enum SendEffect: Hashable, Sendable {
  /// Hand it to the provider, once.
  case handOver
  /// Keep the provider's own name for it.
  case keepReference(String)
  /// Write into the record that the person at this number opted out.
  case optOut
  /// Write into the record that the number or address cannot receive.
  case markInvalid
  /// Write into the record that the number could not be reached.
  case markUnreachable
}

/// Something happened to a message that cannot happen in its state: a late answer, or a second one.
public struct SendFault: Error, Hashable, Sendable {
  /// The state it was in.
  public var state: SendState.Kind
}

extension SendState {
  /// Takes in what happened.
  ///
  /// - Returns: what follows from it.
  /// - Throws: ``SendFault`` where that cannot happen in this state, which stays as it is.
  public mutating func receive(_ input: SendInput) throws(SendFault) -> [SendEffect] {
    let (next, effects) = try after(input)
    self = next
    return effects
  }

  private func after(_ input: SendInput) throws(SendFault) -> (SendState, [SendEffect]) {
    switch (self, input) {
    case (.planned, .lease(let token, let until)), (.retryAt, .lease(let token, let until)):
      return (.leased(token, until: until), [])
    case (.leased(_, let until), .takeBack(let now, let ownerIsGone)) where ownerIsGone || until <= now:
      return (.planned(wakeAt: now), [])
    case (.leased(let holder, _), .claim(let token)) where holder == token:
      return (.sending(token), [.handOver])
    case (.leased(let holder, _), .hold(let token, let until)) where holder == token:
      return (.planned(wakeAt: until), [])
    case (.planned, .drop), (.leased, .drop), (.retryAt, .drop):
      return (.void, [])
    case (.void, .planAgain(let wakeAt)):
      return (.planned(wakeAt: wakeAt), [])
    case (.sending, .answer(let answer, let retryAt)):
      return Self.after(answer, retryAt: retryAt)
    case (.sending, .ownerGone):
      return (.inDoubt, [])
    case (.planned, .restored), (.leased, .restored), (.sending, .restored), (.retryAt, .restored),
      (.void, .restored):
      return (.inDoubt, [])
    case (.inDoubt, .lookUp(let answer, let now)):
      return after(answer, now: now)
    case (.inDoubt, .person(let left, let now)):
      return left ? (.resolved, []) : (.retryAt(now), [])
    // A receipt can be faster than the answer, and settles a doubt: whoever tells of it has had it.
    case (.sending, .receipt(let receipt)), (.accepted, .receipt(let receipt)),
      (.inDoubt, .receipt(let receipt)), (.resolved, .receipt(let receipt)):
      return after(receipt)
    // Carriers have been seen to say both; that it arrived is the stronger word.
    case (.undelivered, .receipt(let receipt)) where receipt.outcome == .delivered:
      return after(receipt)
    case (.delivered, .receipt), (.undelivered, .receipt):
      return (self, [])
    // The answer comes after the receipt.
    case (.delivered, .answer(.accepted(let reference), _)),
      (.undelivered, .answer(.accepted(let reference), _)):
      return (self, reference.map { [.keepReference($0)] } ?? [])
    default:
      throw SendFault(state: kind)
    }
  }

  private static func after(_ answer: ProviderAnswer, retryAt: Instant?) -> (SendState, [SendEffect]) {
    switch answer {
    case .accepted(let reference): (.accepted, reference.map { [.keepReference($0)] } ?? [])
    case .refused(let refusal): (.refused, refusal.effects)
    case .notTaken: (retryAt.map(SendState.retryAt) ?? .refused, [])
    case .unknown: (.inDoubt, [])
    }
  }

  private func after(_ answer: LookUpAnswer, now: Instant) -> (SendState, [SendEffect]) {
    switch answer {
    case .taken(let reference): (.accepted, reference.map { [.keepReference($0)] } ?? [])
    case .notTaken: (.retryAt(now), [])
    case .cannotTell: (self, [])
    }
  }

  private func after(_ receipt: Receipt) -> (SendState, [SendEffect]) {
    switch receipt.outcome {
    case .delivered: (.delivered, [])
    case .undelivered: (.undelivered, receipt.refusal?.effects ?? [])
    // It is on its way: whoever says so has taken it.
    case .underway: (kind == .resolved ? self : .accepted, [])
    }
  }
}

extension Refusal {
  /// What follows for the record of whoever it was for.
  var effects: [SendEffect] {
    switch kind {
    case .optedOut: [.optOut]
    case .invalidRecipient: [.markInvalid]
    case .unreachable: [.markUnreachable]
    case .content, .other: []
    }
  }
}

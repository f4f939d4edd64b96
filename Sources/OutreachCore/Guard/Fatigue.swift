/// A patient who is reached very often soon wants no more messages, so that somebody should look.
enum Fatigue {
  /// What a trail says when a mark is reached; nil when none is.
  ///
  /// A mark is reached when as many messages as its limit went to the patient, by its channels and in the
  /// span up to the present, this one included if it is going to go. Those of an unknown channel count.
  static func remark(_ guarded: GuardCase, goes: Bool) -> String? {
    let now = guarded.environment.now
    for mark in guarded.environment.policy.fatigue where mark.channels.contains(guarded.channel) {
      let count =
        (goes ? 1 : 0)
        + guarded.counted.count { message in
          !message.isJoint && (message.channel.map(mark.channels.contains) ?? true)
            && message.at <= now && message.at + mark.span > now
        }
      guard count >= mark.limit, mark.provenance.standing(on: guarded.day) == .inForce else { continue }
      let channels = mark.channels.sorted().map(\.rawValue).joined(separator: " or ")
      return "\(count) by \(channels) in \(mark.span.inWords): somebody should look"
    }
    return nil
  }
}

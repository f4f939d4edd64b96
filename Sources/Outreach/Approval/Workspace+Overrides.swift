public import OutreachCore
import OutreachStore

extension Workspace {
  /// Everything that was ever asked to be allowed, by number.
  public func overrides() throws(OutreachError) -> [WordingOverride] {
    do {
      return try registry.overrides()
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// Asks to allow a word for a while; a second person has to confirm it.
  ///
  /// - Returns: its number.
  /// - Throws: ``OutreachError`` of kind `refused` for what can be allowed by nobody, too long, or without a reason.
  public func requestOverride(
    _ scope: WordingOverride.Scope, reason: String, for duration: Duration,
    by signature: WordingOverride.Signature
  ) throws(OutreachError) -> Int {
    if let refusal = WordingOverride.refusal(of: scope, reason: reason, for: duration) {
      throw OutreachError(.refused, refusal)
    }
    do {
      return try registry.requestOverride(
        scope, reason: reason, by: signature, until: signature.at + duration)
    } catch {
      throw OutreachError(wrapping: error)
    }
  }

  /// Confirms what somebody else asked to allow.
  public func confirmOverride(_ number: Int, by signature: WordingOverride.Signature) throws(OutreachError) {
    let override = try override(number)
    if let refusal = override.refusal(of: signature) { throw OutreachError(.refused, refusal) }
    try answer(number, .confirmed, by: signature)
  }

  /// Takes back what was allowed or asked for; one person is enough.
  public func withdrawOverride(_ number: Int, by signature: WordingOverride.Signature) throws(OutreachError) {
    guard try override(number).withdrawn == nil else {
      throw OutreachError(.refused, "it was taken back already")
    }
    try answer(number, .withdrawn, by: signature)
  }

  private func override(_ number: Int) throws(OutreachError) -> WordingOverride {
    guard let override = try overrides().first(where: { $0.number == number }) else {
      throw OutreachError(.badInput, "there is no override \(number); 'outreach override list' shows them")
    }
    return override
  }

  private func answer(
    _ number: Int, _ answer: Registry.OverrideAnswer, by signature: WordingOverride.Signature
  ) throws(OutreachError) {
    do {
      try registry.answerOverride(number, answer, by: signature)
    } catch {
      throw OutreachError(wrapping: error)
    }
  }
}

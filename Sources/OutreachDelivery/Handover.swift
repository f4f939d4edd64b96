import Glibc
import OutreachCore

/// Messages that a provider is being given on a thread of its own, so that the next ones can be claimed meanwhile.
///
/// Whoever starts one leaves the provider alone until it has finished.
final class Handover {
  private let provider: any Provider
  /// What was handed over.
  let messages: [(message: OutboundMessage, campaign: CampaignID)]
  private var answers: [(place: Int, answer: ProviderAnswer)] = []
  private var failure: DeliveryError?
  private var thread = pthread_t()
  private var isThread = false

  /// Begins to hand messages over.
  init(_ messages: [(message: OutboundMessage, campaign: CampaignID)], to provider: any Provider) {
    self.messages = messages
    self.provider = provider
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Handover>.fromOpaque(context).takeUnretainedValue().run()
        return nil
      }, Unmanaged.passUnretained(self).toOpaque())
    isThread = status == 0
    // Without threads it is done on the spot.
    if !isThread { run() }
  }

  private func run() {
    do throws(DeliveryError) {
      try provider.deliver(messages.map(\.message)) { answers.append(($0, $1)) }
    } catch {
      failure = error
    }
  }

  /// Waits for the answers; with what the machine did where it failed, and then some may have none.
  func finished() -> (answers: [(place: Int, answer: ProviderAnswer)], failure: DeliveryError?) {
    if isThread {
      pthread_join(thread, nil)
      isThread = false
    }
    return (answers, failure)
  }

  deinit { if isThread { pthread_join(thread, nil) } }
}

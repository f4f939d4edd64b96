import OutreachCore

/// Reads the consent cells of a row.
///
/// A cell is a date (or date and time), on which the consent was granted, or `revoked:` and a date. As in
/// ``ConsentMapping`` a grant counts from the first second of its date and a revocation from the last, so
/// that of one day the revocation holds. **A cell that cannot be read takes back every grant of its row**,
/// since what it was meant to say is not known.
struct CSVConsent {
  /// One cell and what its column stands for.
  struct Cell {
    var purpose: Purpose?
    var channel: Channel?
    var text: String
    var column: String
  }

  private(set) var events: [ConsentEvent] = []
  private(set) var lost: [ResourceFault] = []

  init(_ cells: [Cell], evidence: ResourceID, wording: String?, context: ReadingContext) {
    for cell in cells where !cell.text.isEmpty {
      let isRevocation = cell.text.lowercased().hasPrefix(Self.revoked)
      let text = isRevocation ? String(cell.text.dropFirst(Self.revoked.count)) : cell.text
      guard let time = PatientText.trimmed(text).flatMap({ FHIRDateTime($0) }),
        let start = time.start(in: context.zone)
      else {
        lost.append(ResourceFault(.unreadableCell, at: cell.column))
        continue
      }
      if isRevocation {
        events.append(
          ConsentEvent(
            evidence: evidence, kind: .revoked, purpose: cell.purpose, channel: cell.channel,
            at: min(time.end(in: context.zone), context.options.now), method: .record, wording: wording))
      } else {
        for purpose in cell.purpose.map({ [$0] }) ?? Purpose.all {
          for channel in cell.channel.map({ [$0] }) ?? context.options.channels {
            events.append(
              ConsentEvent(
                evidence: evidence, kind: .granted, purpose: purpose, channel: channel, at: start,
                method: .record,
                wording: wording))
          }
        }
      }
    }
    if !lost.isEmpty { events.removeAll { $0.kind == .granted } }
  }

  private static let revoked = "revoked:"
}

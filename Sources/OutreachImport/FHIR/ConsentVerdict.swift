import OutreachCore

/// One purpose by one channel; nil stands for all those that have no name here.
struct ConsentCell: Hashable {
  var purpose: Purpose?
  var channel: Channel?

  init(_ purpose: Purpose?, _ channel: Channel?) {
    self.purpose = purpose
    self.channel = channel
  }
}

/// What a consent says of a cell.
enum ConsentVerdict: Hashable {
  case denied
  case granted([ConsentWindow])

  /// When it grants; never for a denial.
  var windows: [ConsentWindow] {
    if case .granted(let windows) = self { windows } else { [] }
  }
}

/// The time during which a grant holds.
struct ConsentWindow: Hashable {
  var from: Instant
  var until: Instant?

  /// Narrows the window to a period; false when the period cannot be read or leaves nothing.
  mutating func narrow(to period: FHIR.Period?, zone: Zone) -> Bool {
    if let start = period?.start {
      guard let start = FHIRDateTime(start) else { return false }
      from = max(from, start.start(in: zone) ?? start.end(in: zone))
    }
    if let end = period?.end {
      guard let end = FHIRDateTime(end) else { return false }
      until = min(until ?? .latest, end.end(in: zone))
    }
    return until.map { from < $0 } ?? true
  }
}

/// The verdicts of one consent on every cell, written down as few events.
struct VerdictTable {
  private let purposes: [Purpose]
  private let channels: [Channel]
  private var verdicts: [ConsentCell: ConsentVerdict] = [:]

  init(
    purposes: [Purpose], channels: [Channel], verdict: (Purpose?, Channel?) -> ConsentVerdict?
  ) {
    self.purposes = purposes
    self.channels = channels
    for purpose in purposes.map(Optional.some) + [nil] {
      for channel in channels.map(Optional.some) + [nil] {
        verdicts[ConsentCell(purpose, channel)] = verdict(purpose, channel)
      }
    }
  }

  /// The events.
  ///
  /// A denial of cells that include a granted one comes a second before the grants.
  func events(
    deniedAt: Instant,
    make: (ConsentEvent.Kind, Purpose?, Channel?, _ at: Instant, _ expiresAt: Instant?) -> ConsentEvent
  ) -> [ConsentEvent] {
    let wide = wideDenials
    var events = wide.map { denial in
      let grants = verdicts.compactMap { cell, verdict -> Instant? in
        covers(denial, cell) ? verdict.windows.map(\.from).min() : nil
      }
      let at = grants.min().map { min(deniedAt, $0 - .seconds(1)) } ?? deniedAt
      return make(.revoked, denial.purpose, denial.channel, at, nil)
    }
    for purpose in purposes {
      for channel in channels {
        let cell = ConsentCell(purpose, channel)
        switch verdicts[cell] {
        case .granted(let windows):
          events += windows.map { make(.granted, purpose, channel, $0.from, $0.until) }
        case .denied where !wide.contains(where: { covers($0, cell) }):
          events.append(make(.revoked, purpose, channel, deniedAt, nil))
        case .denied, nil: break
        }
      }
    }
    return events
  }

  private var wideDenials: [ConsentCell] {
    let everything = ConsentCell(nil, nil)
    if verdicts[everything] == .denied { return [everything] }
    let columns = channels.map { ConsentCell(nil, $0) }
    let rows = purposes.map { ConsentCell($0, nil) }
    return (columns + rows).filter { verdicts[$0] == .denied }
  }

  private func covers(_ wide: ConsentCell, _ cell: ConsentCell) -> Bool {
    (wide.purpose == nil || wide.purpose == cell.purpose)
      && (wide.channel == nil || wide.channel == cell.channel)
  }
}

extension QuietHours {
  /// What closes an instant in one zone.
  enum Closure: Hashable {
    /// No line of a name that holds is open.
    case name(Int)
    /// All lines of a name have ended; the last on that date.
    case ended(Int, CivilDate)
    /// A line of a name goes by the clock of a zone that is not known.
    case unknownClock(Int, String)
    /// No line that holds everywhere is in force.
    case nothingHolds
    /// A window of the campaign or the patient.
    case window(TimeWindow)
    /// The patient wants no messages on such a day.
    case restDay
    /// The bound that nothing can widen.
    case hardBound
  }

  /// What closes an instant by the clock of one zone; nil when nothing does.
  func closure(in zone: Zone, at instant: Instant, _ question: Question) -> Closure? {
    let local = zone.civil(at: instant)
    var holdsEverywhere = false
    func check(_ index: Int) -> Closure? {
      closure(of: index, at: instant, local, question, holdsEverywhere: &holdsEverywhere)
    }
    for index in table.everywhere {
      if let closure = check(index) { return closure }
    }
    if !table.byPlace.isEmpty {
      for place in question.places {
        for index in table.byPlace[place] ?? [] {
          if let closure = check(index) { return closure }
        }
      }
    }
    guard holdsEverywhere else { return .nothingHolds }
    if let window = question.windows.first(where: { !$0.contains(local.time) }) { return .window(window) }
    if question.restDays.contains(local.date.weekday) { return .restDay }
    return Self.hardBound.contains(local.time) ? nil : .hardBound
  }

  private func closure(
    of index: Int, at instant: Instant, _ local: CivilDateTime, _ question: Question,
    holdsEverywhere: inout Bool
  ) -> Closure? {
    var isOpen = false
    var holds = false
    var end: CivilDate?
    for line in table.names[index].lines where line.concerns(question) {
      var local = local
      if let name = line.rule.clock {
        guard let clock = question.clock(named: name) else { return .unknownClock(index, name) }
        local = clock.civil(at: instant)
      }
      switch line.rule.provenance.standing(on: local.date) {
      case .begins: continue
      case .ended(let last): end = max(end ?? last, last)
      case .inForce:
        holds = true
        if line.rule.places == nil { holdsEverywhere = true }
        isOpen = isOpen || line.isOpen(at: local, places: question.places)
      }
    }
    if isOpen { return nil }
    return holds ? .name(index) : end.map { .ended(index, $0) }
  }
}

extension QuietHours.Question {
  /// The zone whose clock a line goes by; nil when it is not known.
  func clock(named name: String) -> Zone? {
    if case .success(let zone)? = clocks?.zone(named: name) { zone } else { nil }
  }
}

extension QuietHours {
  /// The words for what closes an instant: what the clocks show, and for zones closed by the same once why.
  func sentence(
    for closed: [(zone: Zone, closure: Closure)], at instant: Instant, _ question: Question
  ) -> String {
    var groups: [(why: String, clocks: [String])] = []
    for (zone, closure) in closed {
      let local = zone.civil(at: instant)
      let why = words(for: closure, at: instant, local, question)
      let clock = "\(local.time) in \(zone.name)"
      if let known = groups.firstIndex(where: { $0.why == why }) {
        groups[known].clocks.append(clock)
      } else {
        groups.append((why, [clock]))
      }
    }
    let text = groups.map { "it is \($0.clocks.joined(separator: ", ")); \($0.why)" }.joined(separator: "; ")
    return closed.count < question.zones.count ? "ambiguous: \(text)" : text
  }

  private func words(
    for closure: Closure, at instant: Instant, _ local: CivilDateTime, _ question: Question
  ) -> String {
    switch closure {
    case .name(let index): words(for: table.names[index], at: instant, local, question)
    case .ended(let index, let last):
      "the rule '\(table.names[index].name)' held until \(last); nobody knows what holds now"
    case .unknownClock(let index, let zone):
      "the rule '\(table.names[index].name)' goes by the clock of \(zone), which is not known"
    case .nothingHolds: "no rule for all places is in force on \(local.date)"
    case .window(let window): "campaign and patient leave \(window)"
    case .restDay: "the patient wants no messages on \(local.date.weekday.plural)"
    case .hardBound: "nothing goes out outside \(Self.hardBound)"
    }
  }

  /// Which part of a day the lines of a name leave closed.
  private func words(
    for name: HoursTable.Name, at instant: Instant, _ local: CivilDateTime, _ question: Question
  ) -> String {
    let concerned = name.lines.filter { $0.concerns(question) }
    // A law that goes by a clock of its own says so in all of its lines.
    let clock = concerned.first?.rule.clock.flatMap(question.clock)
    let local = clock?.civil(at: instant) ?? local
    let day = local.date.weekday.plural
    let lines = concerned.filter {
      $0.opens(on: local.date.weekday) && $0.rule.provenance.standing(on: local.date) == .inForce
    }
    let kept = lines.filter { !$0.rests(on: local.date, places: question.places) }
    let text =
      if lines.isEmpty { "closed on \(day)" } else if kept.isEmpty {
        "closed on the holiday \(local.date)"
      } else if let opening = kept.map(\.rule.window.start).filter({ $0 > local.time }).min() {
        "closed until \(opening) on \(day)"
      } else if let end = kept.map(\.rule.window.endSecondOfDay).max().flatMap(CivilTime.init(secondOfDay:)) {
        "closed from \(end) on \(day)"
      } else { "closed on \(day)" }
    return "\(name.name): \(text)\(clock.map { " by the clock of \($0.name)" } ?? "")"
  }
}

extension Weekday {
  /// The day in the plural, as an English sentence names it.
  fileprivate var plural: String {
    switch self {
    case .monday: "Mondays"
    case .tuesday: "Tuesdays"
    case .wednesday: "Wednesdays"
    case .thursday: "Thursdays"
    case .friday: "Fridays"
    case .saturday: "Saturdays"
    case .sunday: "Sundays"
    }
  }
}

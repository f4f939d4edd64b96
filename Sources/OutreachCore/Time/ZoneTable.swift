/// The offsets of a zone over time, in two parallel arrays made for binary search.
///
/// A footer's rule is written out for the 400 years after which the Gregorian calendar, weekdays included,
/// repeats; later instants are looked up a whole number of such cycles earlier.
final class ZoneTable: Sendable {
  let name: String
  /// When each offset begins, ascending, in seconds since 1970-01-01T00:00:00Z; the first precedes every
  /// instant.
  let starts: [Int64]
  /// The offsets from UTC, in seconds.
  let offsets: [Int32]
  let smallestOffset: Int64
  let greatestOffset: Int64
  /// Where the first of the repeating cycles begins; nil if the last offset stays for ever.
  let cycleStart: Int64?
  /// Whether the rule holds for the past as well, there being no other data.
  let cyclesBackward: Bool

  static let secondsInCycle = Int64(CivilDate.daysInCycle * CivilTime.secondsInDay)
  /// Two days before the earliest instant, since local time differs from UTC by little more than one.
  private static let beforeAll = Instant.firstSecond - 2 * Int64(CivilTime.secondsInDay)

  /// A change of offset at an instant.
  struct Change {
    var at: Int64
    var offset: Int32
  }

  init(name: String, offsetBeforeAll: Int32, changes: [Change], rule: PosixZoneRule?) {
    var starts = [Self.beforeAll]
    var offsets = [offsetBeforeAll]
    func append(_ change: Change) {
      guard change.offset != offsets[offsets.count - 1] else { return }
      starts.append(change.at)
      offsets.append(change.offset)
    }
    changes.forEach(append)
    if let rule, rule.daylight != nil {
      let firstYear = Self.firstYear(after: changes)
      // Two years of margin on either side: what belongs to a year may fall a week into the next one.
      for change in rule.changes(in: firstYear - 1...firstYear + 404)
      where change.at > changes.last?.at ?? Self.beforeAll {
        append(change)
      }
      cycleStart =
        Int64(CivilDate.daysSinceEpoch(year: firstYear + 2, month: 1, day: 1) * CivilTime.secondsInDay)
    } else {
      cycleStart = nil
    }
    cyclesBackward = cycleStart != nil && changes.isEmpty
    self.name = name
    self.starts = starts
    self.offsets = offsets
    smallestOffset = Int64(offsets.min() ?? 0)
    greatestOffset = Int64(offsets.max() ?? 0)
  }

  /// The year of the last change listed, or of the epoch if there is none.
  private static func firstYear(after changes: [Change]) -> Int {
    guard let last = changes.last else { return 1970 }
    return max(2, CivilDateTime(secondsSinceEpoch: last.at).date.year)
  }

  /// The second, by UTC or by a wall clock, at which the table answers for `second`.
  func cycled(_ second: Int64) -> Int64 {
    guard let cycleStart else { return second }
    let elapsed = second - cycleStart
    if elapsed >= Self.secondsInCycle { return cycleStart + elapsed % Self.secondsInCycle }
    if elapsed < 0, cyclesBackward {
      let rest = elapsed % Self.secondsInCycle
      return rest == 0 ? cycleStart : cycleStart + rest + Self.secondsInCycle
    }
    return second
  }

  /// The position of the offset in force at `second` of UTC; the first one for seconds before all.
  func index(at second: Int64) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= second { low = middle } else { high = middle }
    }
    return low
  }
}

extension ZoneTable {
  convenience init(name: String, file: TZifFile) throws(TZifFile.Flaw) {
    // What precedes the range of instants only sets its first offset; what follows it is of no use.
    var offsetBeforeAll = file.offsetBeforeAll
    var changes: [Change] = []
    for change in file.changes {
      if change.at <= Instant.firstSecond {
        offsetBeforeAll = change.offset
      } else if change.at <= Instant.lastSecond {
        changes.append(change)
      }
    }
    var rule = file.rule
    if let last = file.changes.last, last.at > Instant.lastSecond { rule = nil }
    if let rule {
      if let last = changes.last {
        // RFC 9636, 3.3: the footer has to agree with the last change listed.
        guard rule.offset(at: last.at) == last.offset else {
          throw .init("its footer contradicts its last change")
        }
      } else if file.changes.isEmpty {
        offsetBeforeAll = rule.standardOffset
      }
    }
    self.init(name: name, offsetBeforeAll: offsetBeforeAll, changes: changes, rule: rule)
  }
}

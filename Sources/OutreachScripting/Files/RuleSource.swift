import OutreachCore

/// Where a rule of the policy comes from and when it holds: the keys that any rule can carry.
enum RuleSource {
  /// The keys, beside a rule's own.
  static let keys = ["source", "checked_on", "from_date", "until_date"]

  /// Reads the keys of one rule.
  static func read(_ rule: TableReader, on day: CivilDate) -> Provenance {
    var provenance = Provenance(
      source: rule.text("source"), checkedOn: rule.date("checked_on"), from: rule.date("from_date"),
      until: rule.date("until_date"))
    if let checked = provenance.checkedOn, checked > day {
      rule.list.warning(
        .policy, at: rule.valueOffset("checked_on"), "'checked_on' is \(checked), which is still to come")
    }
    if let from = provenance.from, let until = provenance.until, until < from {
      rule.list.error(
        at: rule.valueOffset("until_date"), "'until_date' is before 'from_date', which is \(from)")
      provenance.until = nil
    }
    return provenance
  }
}

/// One version of a rule and the table in which it is written.
struct RuleVersion {
  let provenance: Provenance
  let table: TableReader
}

extension [RuleVersion] {
  /// Reports versions of one rule of which two hold on a day.
  func checkSuccession(of what: String) {
    for (index, later) in enumerated() {
      guard let earlier = prefix(index).first(where: { $0.provenance.meets(later.provenance) != nil })
      else { continue }
      later.table.list.error(
        at: later.table.valueOffset("from_date"),
        "two versions of \(what) \(Self.advice(earlier.provenance, later.provenance))")
    }
  }

  /// Which day two versions share, and how they come apart.
  private static func advice(_ one: Provenance, _ other: Provenance) -> String {
    let starts = [one.from ?? .earliest, other.from ?? .earliest].sorted()
    guard starts[0] < starts[1] else {
      return "hold on the same days; give them 'from_date' and 'until_date'"
    }
    return "hold on \(starts[1]); end the earlier with until_date = \"\(starts[1].adding(days: -1))\""
  }

  /// Reports a rule of which no version holds on the day, so that all that hangs on it is refused.
  ///
  /// - Parameter mayBegin: whether a rule that is yet to begin is as good as none.
  func checkLapse(of what: String, on day: CivilDate, mayBegin: Bool = false) {
    var ended: (until: CivilDate, version: RuleVersion)?
    var begins: (from: CivilDate, version: RuleVersion)?
    for version in self {
      switch version.provenance.standing(on: day) {
      case .inForce: return
      case .ended(let until): if ended.map({ until > $0.until }) ?? true { ended = (until, version) }
      case .begins(let from): if begins.map({ from < $0.from }) ?? true { begins = (from, version) }
      }
    }
    switch (ended, begins) {
    case (let ended?, let begins?):
      begins.version.table.list.lapse(
        at: begins.version.table.valueOffset("from_date"),
        "\(what) held until \(ended.until) and again from \(begins.from) on; put in the version that holds on "
          + "\(day)"
      )
    case (let ended?, nil):
      ended.version.table.list.lapse(
        at: ended.version.table.valueOffset("until_date"),
        "\(what) held until \(ended.until); look up the rule and put in the version that holds now")
    case (nil, let begins?) where !mayBegin:
      begins.version.table.list.lapse(
        at: begins.version.table.valueOffset("from_date"),
        "\(what) holds only from \(begins.from) on; put in the version that holds on \(day)")
    default: break
    }
  }
}

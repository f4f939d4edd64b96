import OutreachCore

/// Where a rule of the policy comes from and when it holds: the keys that any rule can carry.
enum RuleSource {
  /// The keys, beside a rule's own.
  static let keys = ["source", "checked_on", "from_date", "until_date"]

  /// Checks the keys; a rule that does not hold on the day is an error, so that nothing is decided by it.
  static func check(_ rule: TableReader, on day: CivilDate) {
    _ = rule.text("source")
    if let checked = rule.date("checked_on"), checked > day {
      rule.list.warning(
        at: rule.valueOffset("checked_on"), "'checked_on' is \(checked), which is still to come")
    }
    let from = rule.date("from_date")
    let until = rule.date("until_date")
    if let from, from > day {
      rule.list.error(
        at: rule.valueOffset("from_date"),
        "\(rule.what) holds only from \(from) on; put in the rule that holds on \(day)")
    }
    if let until, until < day {
      rule.list.error(
        at: rule.valueOffset("until_date"),
        "\(rule.what) held until \(until); look up the rule and put in the one that holds now")
    }
    if let from, let until, until < from {
      rule.list.error(at: rule.valueOffset("until_date"), "'until_date' is before 'from_date'")
    }
  }
}

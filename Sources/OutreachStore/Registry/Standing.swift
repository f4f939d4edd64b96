import OutreachCore

/// The bits of `patient.standing`.
struct Standing: OptionSet, Sendable {
  let rawValue: Int64

  /// The source deleted the record.
  static let deleted = Standing(rawValue: 1)
  /// Another record replaced it.
  static let replaced = Standing(rawValue: 2)
  /// Its links lead into a circle.
  static let cyclic = Standing(rawValue: 4)
  /// Other records were merged into it.
  static let survivor = Standing(rawValue: 8)

  /// Whether somebody may be reached by the record at all.
  var isCurrent: Bool { isDisjoint(with: [.deleted, .replaced, .cyclic]) }

  /// The core's word for it; of several the one that says most.
  var recordStanding: RecordStanding {
    if contains(.deleted) { return .deleted }
    if contains(.cyclic) { return .cyclic }
    return contains(.replaced) ? .replaced : .current
  }
}

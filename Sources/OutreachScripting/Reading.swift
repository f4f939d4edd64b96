public import OutreachCore

/// What reading a file that a person wrote came to.
public struct Reading<Value> {
  /// What the file says; nil when anything in it is wrong.
  public var value: Value?
  /// Everything that is wrong or looks wrong, in the order of the file.
  public var findings: [Finding]

  /// Makes a reading.
  public init(value: Value?, findings: [Finding]) {
    self.value = value
    self.findings = findings
  }
}

extension Reading: Sendable where Value: Sendable {}

/// Collects the findings of one file.
final class FindingList {
  let map: SourceMap
  private(set) var findings: [Finding] = []

  init(_ map: SourceMap) { self.map = map }

  var hasErrors: Bool { findings.contains { $0.severity == .error } }

  func error(at offset: Int, _ message: String) { add(Finding(.error, at: map.position(offset), message)) }

  func warning(at offset: Int, _ message: String) { add(Finding(.warning, at: map.position(offset), message)) }

  /// Adds a finding, once.
  func add(_ finding: Finding) {
    if !findings.contains(finding) { findings.append(finding) }
  }

  /// The reading of a file: its value only when nothing is wrong.
  func reading<Value>(_ value: Value?) -> Reading<Value> {
    Reading(
      value: hasErrors ? nil : value,
      findings: findings.enumerated()
        .sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
        .map(\.element))
  }
}

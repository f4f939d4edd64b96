public import OutreachCore

/// What reading a file that a person wrote came to.
public struct Reading<Value> {
  /// What the file says; nil when anything in it is wrong.
  ///
  /// A policy of which a rule has ended is there all the same: see ``PolicyFile/read(_:file:on:)``.
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
  let source: [UInt8]
  let file: String
  private let function: String
  private(set) var findings: [Finding] = []
  /// How many errors leave nothing of the file that could be used.
  private(set) var errorCount = 0
  /// Where everything is written.
  ///
  /// It is made only after the interpreter has read the file: what that accepts
  /// nests no deeper than this can walk.
  private(set) lazy var map = SourceMap(source, file: file, function: function)

  /// A file that would fill a screen with findings has one mistake.
  private static let most = 100

  init(_ source: [UInt8], file: String, function: String) {
    self.source = source.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(source.dropFirst(3)) : source
    self.file = file
    self.function = function
  }

  var hasErrors: Bool { errorCount > 0 }

  /// Reports a mistake.
  ///
  /// - Parameter length: how many bytes of the file it is about; what is beyond the line is left out.
  func error(_ rule: CheckRule = .value, at offset: Int, length: Int = 1, _ message: String) {
    add(Finding(.error, rule, at: map.position(offset), length: characters(from: offset, length), message))
  }

  /// Reports a rule that does not hold today: an error, which leaves the file's value to be used.
  func lapse(at offset: Int, _ message: String) {
    let count = errorCount
    error(.policy, at: offset, message)
    errorCount = count
  }

  /// Reports what looks like a mistake.
  func warning(_ rule: CheckRule, at offset: Int, length: Int = 1, _ message: String) {
    add(Finding(.warning, rule, at: map.position(offset), length: characters(from: offset, length), message))
  }

  /// Adds what a list of words finds.
  func add(
    _ severity: Finding.Severity, _ rule: CheckRule, at offset: Int, length: Int, _ message: String,
    overridable: WordingOverride.Scope?
  ) {
    add(
      Finding(
        severity, rule, at: map.position(offset), length: characters(from: offset, length), message,
        overridable: overridable))
  }

  private func characters(from offset: Int, _ bytes: Int) -> Int {
    if bytes <= 1 || offset >= source.count { return 1 }
    let part = source[max(0, offset)..<min(offset + bytes, source.count)]
    return max(1, String(decoding: part.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self).count)
  }

  /// Adds a finding, once.
  ///
  /// What it quotes of the file cannot steer a terminal.
  func add(_ finding: Finding) {
    if finding.severity == .error { errorCount += 1 }
    var finding = finding
    finding.message = String(
      String.UnicodeScalarView(
        finding.message.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    if findings.count < Self.most, !findings.contains(finding) { findings.append(finding) }
  }

  /// Adds what is wrong with the file as a whole.
  func add(_ message: String) {
    add(Finding(.error, .file, at: SourcePosition(file: file, line: 1), message))
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

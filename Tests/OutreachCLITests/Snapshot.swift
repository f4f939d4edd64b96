import Foundation
import Testing

/// Compares an output with the one that is kept in the tree.
///
/// With `RECORD_SNAPSHOTS` set it writes the file anew and fails, so that a recording run never passes by accident.
func expectSnapshot(_ actual: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation)
  throws
{
  let path = "\(Program.root)/Tests/OutreachCLITests/Snapshots/\(name)"
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
    try actual.write(toFile: path, atomically: true, encoding: .utf8)
    Issue.record("recorded \(name); run again without RECORD_SNAPSHOTS", sourceLocation: sourceLocation)
    return
  }
  let kept = try String(contentsOfFile: path, encoding: .utf8)
  if kept != actual {
    let pair = zip(
      kept.split(separator: "\n", omittingEmptySubsequences: false),
      actual.split(separator: "\n", omittingEmptySubsequences: false))
    let line = pair.enumerated().first { $0.element.0 != $0.element.1 }
    Issue.record(
      "\(name) differs at line \((line?.offset ?? 0) + 1): kept '\(line?.element.0 ?? "…")', now '\(line?.element.1 ?? "…")'",
      sourceLocation: sourceLocation)
  }
}

/// The lines of quiet hours by name and place, sorted once so that a question meets only what can concern it.
final class HoursTable: Sendable {
  /// The lines that share a name.
  struct Name: Sendable {
    let name: String
    let lines: [HoursLine]
  }

  /// All names, in the order in which the policy first gives them.
  let names: [Name]
  /// Where the names stand that have a line for all places.
  let everywhere: [Int]
  /// Where the other names stand, by their places.
  let byPlace: [Jurisdiction: [Int]]
  /// The seconds of the day at which a window begins or ends.
  let edges: Set<Int>
  /// The zones whose clocks lines go by instead of the patient's.
  let clocks: Set<String>

  init(_ rules: [OpenHours]) {
    var lines: [String: [HoursLine]] = [:]
    var order: [String] = []
    for rule in rules {
      if lines[rule.name] == nil { order.append(rule.name) }
      lines[rule.name, default: []].append(HoursLine(rule))
    }
    names = order.map { Name(name: $0, lines: lines[$0] ?? []) }
    everywhere = names.indices.filter { [names] index in names[index].lines.contains { $0.rule.places == nil }
    }
    var byPlace: [Jurisdiction: [Int]] = [:]
    for index in names.indices where !everywhere.contains(index) {
      let places = names[index].lines.reduce(into: Set<Jurisdiction>()) { $0.formUnion($1.rule.places ?? []) }
      for place in places { byPlace[place, default: []].append(index) }
    }
    self.byPlace = byPlace
    edges = Set(rules.flatMap { [$0.window.start.secondOfDay, $0.window.endSecondOfDay] })
    clocks = Set(rules.compactMap(\.clock))
  }
}

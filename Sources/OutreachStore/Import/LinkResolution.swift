/// Where the `replaced-by` links of all records lead.
///
/// Links are read as a graph, and a record is merged into the ends of its ways. One that has a way into a
/// circle is cyclic; only its own links to records outside still count, so that what was revoked there is not
/// forgotten.
package struct LinkResolution {
  /// For each replaced record the records at the end of its ways, in ascending order.
  package private(set) var survivors: [Int64: [Int64]] = [:]
  /// Records in a circle or with a way into one.
  package private(set) var cyclic: Set<Int64> = []

  /// Resolves links, given as the targets of each record that has any.
  package init(links: [Int64: [Int64]]) {
    var waiting: [Int64: Int] = [:]
    var sources: [Int64: [Int64]] = [:]
    for (record, targets) in links {
      waiting[record] = 0
      for target in Set(targets) where links[target] != nil {
        waiting[record, default: 0] += 1
        sources[target, default: []].append(record)
      }
    }
    // From the ends backwards: a record is settled once all its targets are. Long chains need no recursion.
    var ready = waiting.filter { $0.value == 0 }.map(\.key)
    while let record = ready.popLast() {
      waiting[record] = nil
      survivors[record] = ends(of: links[record] ?? [], links)
      for source in sources[record] ?? [] {
        guard let rest = waiting[source] else { continue }
        waiting[source] = rest - 1
        if rest == 1 { ready.append(source) }
      }
    }
    cyclic = Set(waiting.keys)
    for record in cyclic { survivors[record] = ends(of: links[record] ?? [], links) }
  }

  private func ends(of targets: [Int64], _ links: [Int64: [Int64]]) -> [Int64] {
    var ends: Set<Int64> = []
    for target in targets {
      if links[target] == nil { ends.insert(target) } else { ends.formUnion(survivors[target] ?? []) }
    }
    return ends.sorted()
  }
}

import GRDB
import OutreachCore

extension Publication {
  /// A pair of rows in `merged_record`.
  private struct Merge: Hashable {
    let survivor: Int64
    let patient: Int64
  }

  /// Finds out anew who stands for whom, and writes what is different.
  func resolveLinks() throws {
    let links = try presentLinks()
    let resolution = LinkResolution(links: links)
    var wanted: [Int64: Standing] = [:]
    var merges: Set<Merge> = []
    for patient in links.keys {
      wanted[patient, default: []].insert(.replaced)
      if resolution.cyclic.contains(patient) { wanted[patient, default: []].insert(.cyclic) }
      for survivor in resolution.survivors[patient] ?? [] {
        merges.insert(Merge(survivor: survivor, patient: patient))
        wanted[survivor, default: []].insert(.survivor)
      }
    }
    summary.replaced = links.count
    summary.linkFaults = resolution.cyclic.count
    try write(merges)
    try write(wanted)
  }

  /// The targets of every patient with links; a target that is not in the registry is counted and left out.
  private func presentLinks() throws -> [Int64: [Int64]] {
    let select = try Query(
      database,
      """
      SELECT replacement.patient, target.id
      FROM replacement LEFT JOIN patient AS target ON target.lookup = replacement.target
      """)
    defer { select.reset() }
    var links: [Int64: [Int64]] = [:]
    while try select.step() {
      let patient = select.integer(0)
      if select.isNull(1) {
        summary.unknownReferences += 1
        links[patient, default: []] += []
      } else {
        links[patient, default: []].append(select.integer(1))
      }
    }
    return links
  }

  private func write(_ merges: Set<Merge>) throws {
    var present: Set<Merge> = []
    let select = try Query(database, "SELECT survivor, patient FROM merged_record")
    while try select.step() {
      present.insert(Merge(survivor: select.integer(0), patient: select.integer(1)))
    }
    select.reset()
    for (sql, pairs) in [
      ("DELETE FROM merged_record WHERE survivor = $1 AND patient = $2", present.subtracting(merges)),
      ("INSERT INTO merged_record (survivor, patient) VALUES ($1, $2)", merges.subtracting(present)),
    ] {
      let statement = try Query(database, sql)
      for pair in pairs {
        try statement.bind(pair.survivor, at: 1)
        try statement.bind(pair.patient, at: 2)
        try statement.run()
      }
    }
  }

  private func write(_ wanted: [Int64: Standing]) throws {
    var present: [Int64: Standing] = [:]
    let select = try Query(database, "SELECT id, standing FROM patient WHERE standing <> 0")
    while try select.step() { present[select.integer(0)] = Standing(rawValue: select.integer(1)) }
    select.reset()
    let update = try Query(database, "UPDATE patient SET standing = $1 WHERE id = $2")
    for patient in Set(wanted.keys).union(present.keys) {
      let before = present[patient] ?? []
      let after = (wanted[patient] ?? []).union(before.intersection(.deleted))
      if after == before { continue }
      summary.standingsChanged += 1
      try update.bind(after.rawValue, at: 1)
      try update.bind(patient, at: 2)
      try update.run()
    }
  }
}

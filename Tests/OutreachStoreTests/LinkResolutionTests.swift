import OutreachStore
import Testing

struct LinkResolutionTests {
  @Test func `chains lead to their ends, however long`() {
    var links: [Int64: [Int64]] = [:]
    for record in 0..<Int64(100_000) { links[record] = [record + 1] }
    let resolution = LinkResolution(links: links)
    #expect(resolution.cyclic.isEmpty)
    #expect(resolution.survivors.count == 100_000)
    #expect(resolution.survivors.values.allSatisfy { $0 == [100_000] })
  }

  @Test func `random links agree with following every way`() {
    for seed in 0..<UInt64(500 * testScale) {
      var generator = SeededGenerator(seed: seed)
      let count = Int64.random(in: 1...8, using: &generator)
      var links: [Int64: [Int64]] = [:]
      for record in 0..<count where Bool.random(using: &generator) {
        links[record] = (0..<Int.random(in: 1...2, using: &generator)).map { _ in
          Int64.random(in: 0..<count, using: &generator)
        }
      }
      let resolution = LinkResolution(links: links)
      for record in links.keys {
        let (ends, meetsCircle) = follow(record, links, path: [])
        #expect(resolution.cyclic.contains(record) == meetsCircle, "seed \(seed)")
        if !meetsCircle { #expect(resolution.survivors[record] == ends.sorted(), "seed \(seed)") }
      }
    }
  }

  private func follow(_ record: Int64, _ links: [Int64: [Int64]], path: [Int64]) -> (Set<Int64>, Bool) {
    guard let targets = links[record] else { return ([record], false) }
    if path.contains(record) { return ([], true) }
    var ends: Set<Int64> = []
    var meetsCircle = false
    for target in targets {
      let (found, circle) = follow(target, links, path: path + [record])
      ends.formUnion(found)
      meetsCircle = meetsCircle || circle
    }
    return (ends, meetsCircle)
  }
}

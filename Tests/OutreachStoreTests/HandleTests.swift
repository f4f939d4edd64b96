import OutreachCore
import OutreachStore
import Testing

struct HandleTests {
  @Test func `the order of numbers is the order of handles`() {
    var generator = SeededGenerator(seed: 1)
    let ids = (0..<20_000).map { _ in Int64.random(in: 0...Int64.max, using: &generator) }.sorted()
    let handles = ids.map { HandleAlphabet.handle(of: $0, length: HandleAlphabet.longest) }
    #expect(handles == handles.sorted())
    #expect(Set(handles).count == handles.count)
    for (id, handle) in zip(ids, handles) {
      #expect(handle.rawValue.hasPrefix(HandleAlphabet.handle(of: id, length: 4).rawValue))
      #expect(PatientName(handle.rawValue.lowercased()) == .handle(handle))
    }
  }

  @Test func `handles have four characters without vowels or look-alikes, and grow with the workspace`() {
    #expect(HandleAlphabet.handle(of: 0, length: 4).rawValue == "P-2222")
    #expect(HandleAlphabet.handle(of: .max, length: 4).rawValue == "P-ZZZZ")
    #expect(HandleAlphabet.length(forPatients: 0) == 4)
    #expect(HandleAlphabet.length(forPatients: 38_415) == 4)
    #expect(HandleAlphabet.length(forPatients: 38_416) == 5)
    #expect(HandleAlphabet.length(forPatients: .max) == HandleAlphabet.longest)
  }

  @Test func `no handle of a workspace begins another one`() throws {
    let workspace = try TestWorkspace()
    // Beyond 38,416 patients new handles are longer than the old ones: that is where beginnings could meet.
    for part in 0..<2 {
      _ = try workspace.registry.withImport(asOf: .noon, recordedAt: .noon, source: nil) { session in
        for number in 0..<22_000 { try session.stage(patient("\(part)-\(number)")) }
      }
    }
    var handles: [String] = []
    try workspace.registry.forEachPatient { handles.append($0.handle.rawValue) }
    #expect(handles.count == 44_000)
    #expect(handles == handles.sorted())
    #expect(Set(handles.map(\.count)) == [6, 7])
    // In order a beginning stands right before what it begins.
    for (one, next) in zip(handles, handles.dropFirst()) { #expect(!next.hasPrefix(one)) }
  }

  @Test func `a handle finds its patient in any case, and a source identifier too`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("MRN 7")])
    let handle = try #require(try workspace.registry.handle(named: PatientName("MRN 7")))
    #expect(try workspace.registry.handle(named: PatientName(handle.rawValue.lowercased())) == handle)
    #expect(try workspace.registry.handle(named: PatientName("P-ZZZZ9")) == nil)
  }
}

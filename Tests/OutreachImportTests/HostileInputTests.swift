import OutreachCore
import OutreachImport
import Testing

/// Broken input of any kind: no crash, and nothing of a line in what is said about it.
struct HostileInputTests {
  /// A word that stands in every field that could be repeated by mistake.
  private static let canary = "ZEBRAWORD"

  private static let lines = [
    #"""
    {"resourceType":"Patient","id":"ZEBRAWORD1","active":true,"name":[{"use":"usual",\#
    "given":["ZEBRAWORD"],"family":"ZEBRAWORD"}],"telecom":[{"system":"phone","value":"ZEBRAWORD",\#
    "rank":1,"period":{"end":"ZEBRAWORD"}}],"birthDate":"ZEBRAWORD","address":[{"state":"ZEBRAWORD",\#
    "postalCode":"ZEBRAWORD"}],"link":[{"type":"replaced-by","other":{"reference":"ZEBRAWORD"}}]}
    """#,
    #"""
    {"resourceType":"Observation","id":"ZEBRAWORD2","status":"final",\#
    "subject":{"reference":"Patient/ZEBRAWORD1"},"effectiveDateTime":"ZEBRAWORD",\#
    "valueQuantity":{"value":7.25,"unit":"ZEBRAWORD"},"component":[{"code":{"text":"ZEBRAWORD"},\#
    "valueInteger":3}]}
    """#,
    #"""
    {"resourceType":"Consent","id":"ZEBRAWORD3","status":"active",\#
    "scope":{"coding":[{"code":"treatment"}]},"patient":{"reference":"Patient/ZEBRAWORD1"},\#
    "dateTime":"ZEBRAWORD","provision":{"type":"deny","provision":[{"type":"permit",\#
    "purpose":[{"system":"ZEBRAWORD","code":"ZEBRAWORD"}],"data":[{}]}]}}
    """#,
    #"""
    {"resourceType":"Communication","id":"ZEBRAWORD4","status":"completed",\#
    "subject":{"reference":"ZEBRAWORD"},"sent":"ZEBRAWORD",\#
    "payload":[{"contentString":"ZEBRAWORD"}]}
    """#,
    #"""
    {"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:ZEBRAWORD",\#
    "resource":{"resourceType":"Flag","status":"active",\#
    "subject":{"reference":"urn:uuid:ZEBRAWORD"},"code":{"text":"ZEBRAWORD"},\#
    "period":{"start":"ZEBRAWORD"}}},{"request":{"method":"DELETE","url":"ZEBRAWORD"}}]}
    """#,
    #"{"ZEBRAWORD":"ZEBRAWORD","resourceType":"ZEBRAWORD ZEBRAWORD"}"#,
  ]

  private func mutated(_ line: String, _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = Array(line.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      guard !bytes.isEmpty else { break }
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.removeLast(bytes.count - place)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(Array("{}[]\",:\\0e-".utf8).randomElement(using: &random) ?? 0, at: place)
      case 4: bytes.insert(contentsOf: bytes[place..<min(place + 20, bytes.count)], at: place)
      default: bytes.replaceSubrange(place..<min(place + 8, bytes.count), with: Array("null".utf8))
      }
    }
    // A line break would make two lines, and that is another test.
    return bytes.filter { $0 != 0x0A }
  }

  @Test func `random damage never crashes and never shows in faults`() throws {
    let folderCount = 20 * testScale
    for seed in 0..<UInt64(folderCount) {
      var random = SeededGenerator(state: seed)
      let lines = (0..<100).map { _ in mutated(Self.lines.randomElement(using: &random) ?? "", &random) }
      let trial = try ImportTrial([
        ("a.ndjson", Array(lines.joined(separator: [0x0A]))), ("b.json", lines.last ?? []),
        ("c.json", lines.first ?? []),
      ])
      #expect(trial.summary.faultCount > 0, "seed \(seed)")
      #expect(!trial.faults.contains { $0.contains(Self.canary) }, "seed \(seed)")
      #expect(!trial.summary.unused.keys.contains { $0.contains(" ") }, "seed \(seed)")
    }
  }

  @Test func `damaged CSV never crashes and never shows in faults`() throws {
    let file = """
      patient_id,given_name,phone,birth_date,sex,conditions,appointment,consent.all.sms,field.n:number
      ZEBRAWORD1,ZEBRAWORD,ZEBRAWORD,ZEBRAWORD,ZEBRAWORD,ZEBRAWORD,ZEBRAWORD,ZEBRAWORD,ZEBRAWORD
      ZEBRAWORD2,"ZEBRA""WORD",913-555-0123,1950-01-01,F,icd10:E11.9,2026-12-01T09:00,2026-01-01,7

      """
    let header = file.prefix { $0 != "\n" }
    for seed in 0..<UInt64(300 * testScale) {
      var random = SeededGenerator(state: seed)
      let rows = mutated(String(file.dropFirst(header.count + 1)).replacing("\n", with: "\r"), &random)
      let trial = try ImportTrial([("a.csv", Array(header.utf8) + [0x0A] + rows)])
      #expect(!trial.faults.contains { $0.contains(Self.canary) }, "seed \(seed)")
    }
  }

  @Test func `deep nesting is answered`() throws {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let trial = try ImportTrial(lines: [
      #"{"resourceType":"Patient","id":"p1","extension":\#(deep)}"#,
      #"{"resourceType":"Organization","extension":\#(deep)}"#,
      #"""
      {"resourceType":"Consent","id":"c","status":"active","patient":{"reference":"Patient/p1"},\#
      "provision":
      """#
        + String(repeating: #"{"provision":["#, count: 50_000) + String(repeating: "]}", count: 50_000) + "}",
    ])
    #expect(trial.records == [])
    #expect(trial.summary.faults.map(\.line) == [1, 3])
  }

  @Test func `numbers beyond all bounds are answered`() throws {
    let trial = try ImportTrial(lines: [
      #"{"resourceType":"Patient","id":"p1","telecom":[{"rank":99999999999999999999999}]}"#,
      #"""
      {"resourceType":"MedicationRequest","id":"m","subject":{"reference":"Patient/p1"},\#
      "dispenseRequest":{"numberOfRepeatsAllowed":1e400}}
      """#,
    ])
    #expect(trial.records == [] && trial.summary.faultCount == 2)
  }
}

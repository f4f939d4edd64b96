import OutreachCore
import OutreachImport
import Testing

/// Which files are read, in which order, and what is said of those that cannot be.
struct RecordReaderTests {
  private func condition(_ id: String) -> String {
    #"""
    {"resourceType":"Condition","id":"\#(id)","subject":{"reference":"Patient/p1"},\#
    "code":{"coding":[{"system":"http://snomed.info/sct","code":"1"}]}}
    """#
  }

  private func ids(_ trial: ImportTrial) -> [String] {
    trial.records.map { record in
      switch record {
      case .fact(_, .condition(let condition)): condition.id.rawValue
      case .deleted(let id): "deleted \(id.rawValue)"
      case .patient(let patient): "Patient/\(patient.identity.id.rawValue)"
      default: "other"
      }
    }
  }

  // MARK: - Folders

  @Test func `a folder is read in the order of its names, deleted last`() throws {
    let deleted =
      #"""
      {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE",\#
      "url":"Condition/c9"}},{"request":{"method":"DELETE",\#
      "url":"https://x.example.org/fhir/Patient/p9"}}]}
      """#
    let trial = try ImportTrial([
      ("b.ndjson", Array(condition("b").utf8)), ("a.json", Array(condition("a").utf8)),
      ("deleted/0.ndjson", Array(deleted.utf8)), ("README.md", Array("hello".utf8)),
      ("log.ndjson", Array("{}".utf8)), ("c.csv", Array("patient_id\np1\n".utf8)),
    ])
    #expect(
      ids(trial) == [
        "Condition/a", "Condition/b", "Patient/p1", "deleted Condition/c9", "deleted Patient/p9",
      ])
    #expect(trial.summary.files == 4 && trial.summary.deleted == 2 && trial.faults == [])
    #expect(trial.summary.bytes == condition("a").utf8.count * 2 + deleted.utf8.count + 14)
  }

  @Test func `the manifest gives the time, and what it names must be there`() throws {
    let manifest =
      #"""
      {"transactionTime": "2026-11-22T03:00:00.000Z", "request": "x", "output": [{"type": \#
      "Condition", "url": "https://x.example.org/out/a.ndjson"}, {"type": "Consent", "url": \#
      "https://x.example.org/out/b.ndjson"}], "error": []}
      """#
    let trial = try ImportTrial([
      ("a.ndjson", Array(condition("a").utf8)), ("manifest.json", Array(manifest.utf8)),
    ])
    #expect(trial.summary.asOf == at("2026-11-22T03:00:00Z"))
    #expect(
      trial.faults == ["b.ndjson: the file is named by the manifest and not there; the export is incomplete"])
  }

  @Test func `without a time in the files there is none`() throws {
    #expect(try ImportTrial(lines: [condition("a")]).summary.asOf == nil)
  }

  @Test func `packed files are named`() throws {
    let trial = try ImportTrial([("Patient.ndjson.gz", [0x1F, 0x8B])])
    #expect(trial.faults == ["Patient.ndjson.gz: the file is packed; unpack it first; skipped"])
  }

  @Test func `a JSON file that is not FHIR is named`() throws {
    let trial = try ImportTrial([("settings.json", Array(#"{"a": 1}"#.utf8)), ("x.ndjson", [])])
    #expect(trial.faults == ["settings.json: the file is not FHIR; skipped"])
  }

  @Test func `an import that cannot begin says what it expects`() throws {
    let expected = "expected *.ndjson (FHIR Bulk Data), *.json (a FHIR Bundle or resource) or *.csv"
    let cases: [([(String, [UInt8])], [String], ImportError)] = [
      ([("a/README.md", [])], ["a"], .nothingToImport(path: "a")),
      ([("a.txt", [])], ["a.txt"], .unknownKind(path: "a.txt")),
      ([], ["gone.ndjson"], .unreadable(path: "gone.ndjson", reason: "there is no such file or folder")),
      ([], [], .noPaths),
      ([("a.json", Array(#"{"a": 1}"#.utf8))], ["a.json"], .nothingToImport(path: "a.json")),
    ]
    for (files, paths, error) in cases {
      let refusal = #expect(throws: ImportTrial.Refusal.self) { try ImportTrial(files, paths: paths) }
      #expect(refusal?.text == error.description)
    }
    #expect(ImportError.nothingToImport(path: "a").description == "a: nothing to import; \(expected)")
  }

  @Test func `what the registry throws ends the import as it is`() throws {
    struct Full: Error {}
    let trial = try ImportTrial(lines: [condition("a")])
    #expect(trial.records.count == 1)
    #expect(throws: Full.self) {
      try ImportTrial.withFolder([("a.ndjson", Array(condition("a").utf8))]) { folder in
        _ = try RecordReader(options: ImportTrial.options()).read(paths: [folder]) { _ in throw Full() }
      }
    }
  }

  @Test func `progress reaches the end`() throws {
    var last: ImportProgress?
    let lines = (0..<5_000).map { condition("c\($0)") }.joined(separator: "\n")
    try ImportTrial.withFolder([("a.ndjson", Array(lines.utf8)), ("b.ndjson", Array(lines.utf8))]) { folder in
      var before = 0
      _ = try RecordReader(options: ImportTrial.options()).read(
        paths: [folder],
        progress: { progress in
          #expect(progress.bytesRead >= before)
          before = progress.bytesRead
          last = progress
        },
        record: { _ in })
    }
    #expect(last?.bytesRead == lines.utf8.count * 2)
    #expect(last?.bytesTotal == lines.utf8.count * 2 && last?.imported == 10_000)
  }

  // MARK: - Lines

  @Test func `lines end in any way and may be empty`() throws {
    let text = "\u{FEFF}" + condition("a") + "\r\n\r\n  \n" + condition("b") + "\n\n" + condition("c")
    #expect(
      ids(try ImportTrial([("a.ndjson", Array(text.utf8))])) == ["Condition/a", "Condition/b", "Condition/c"])
  }

  @Test(arguments: [
    (
      #"{"resourceType":"Condition","id":"x","#,
      "data.ndjson:2: Condition is not one complete JSON object; skipped"
    ),
    (#"{"resourceType":"Condition"}{}"#, "data.ndjson:2: Condition is not one complete JSON object; skipped"),
    ("[1]", "data.ndjson:2: the line is not one complete JSON object; skipped"),
    ("null", "data.ndjson:2: the line is not one complete JSON object; skipped"),
    (#"{"id":"x"}"#, "data.ndjson:2: the line has no resourceType; skipped"),
    ("{}", "data.ndjson:2: the line has no resourceType; skipped"),
    (
      #"{"resourceType":"Condition","id":7,"subject":{"reference":"Patient/p1"}}"#,
      "data.ndjson:2: Condition.id has a value of another type than FHIR R4 gives it; skipped"
    ),
    (
      #"""
      {"resourceType":"Condition","id":"x","code":{"coding":[{},{"code":["a"]}]},\#
      "subject":{"reference":"Patient/p1"}}
      """#,
      """
      data.ndjson:2: Condition.code.coding[1].code has a value of another type than FHIR R4 gives \
      it; skipped
      """
    ),
    (#"{"resourceType":"Condition"}"#, "data.ndjson:2: Condition.id is missing or empty; skipped"),
    (
      #"""
      {"resourceType":"Condition","id":"x","subject":{"reference":"Patient/p1"},\#
      "code":{"coding":[{"system":"http://snomed.info/sct","code":"1"}]},"onsetDateTime":"spring"}
      """#,
      "data.ndjson:2: Condition.onsetDateTime is not a date or time that can be read; skipped"
    ),
  ])
  func `a bad line is named and the ones around it are read`(line: String, fault: String) throws {
    let trial = try ImportTrial(lines: [condition("a"), line, condition("b")])
    #expect(ids(trial) == ["Condition/a", "Condition/b"])
    #expect(trial.faults == [fault])
    #expect(trial.summary.resources.values.reduce(0) { $0 + $1.read } == 3)
  }

  @Test func `a line that is not UTF-8 is skipped`() throws {
    var bytes = Array((condition("a") + "\n" + #"{"resourceType":"Patient","id":""#).utf8)
    bytes += [0xFF, 0xC0] + Array("\"}\n\(condition("b"))".utf8)
    let trial = try ImportTrial([("a.ndjson", bytes)])
    #expect(ids(trial) == ["Condition/a", "Condition/b"])
    #expect(trial.faults == ["a.ndjson:2: the line is not valid UTF-8; skipped"])
  }

  @Test(arguments: [(5_000_000, 3), (5_000_001, 2), (12_345_678, 2)])
  func `a line of more than five megabytes is passed over`(length: Int, read: Int) throws {
    let head = Array(
      #"""
      {"resourceType":"Condition","subject":{"reference":"Patient/p1"},\#
      "code":{"coding":[{"system":"http://snomed.info/sct","code":"1"}]},"id":"l","note":"
      """#
      .utf8)
    let tail = Array(#""}"#.utf8)
    let long = head + [UInt8](repeating: 0x61, count: length - head.count - tail.count) + tail
    let trial = try ImportTrial([
      ("a.ndjson", Array((condition("a") + "\n").utf8) + long + Array(("\n" + condition("b")).utf8))
    ])
    #expect(trial.records.count == read)
    #expect(trial.faults == (read == 3 ? [] : ["a.ndjson:2: the line is longer than 5 MB; skipped"]))
  }

  @Test func `kinds that outreach does not use are counted`() throws {
    let trial = try ImportTrial(lines: [
      #"{"resourceType":"Organization","id":"o"}"#, #"{"id":"q","resourceType":"Organization"}"#,
      #"{"resourceType":"Parameters"}"#, #"{"resourceType":"a name with (content) 555"}"#,
    ])
    #expect(trial.summary.unused == ["Organization": 2, "Parameters": 1, "": 1])
    #expect(trial.records == [] && trial.faults == [])
  }

  @Test func `only the first faults are kept, and all are counted`() throws {
    let trial = try ImportTrial(lines: [String](repeating: "x", count: 250))
    #expect(trial.summary.faults.count == ImportSummary.faultsKept && trial.summary.faultCount == 250)
    #expect(trial.summary.resources[""]?.skipped == [.notJSON: 250])
  }

  // MARK: - Bundles

  @Test(arguments: ["transaction", "batch", "collection", "searchset"])
  func `a Bundle's entries are read, and their urns lead to each other`(type: String) throws {
    let bundle = #"""
      {"type": "\#(type)", "timestamp": "2026-11-21T00:00:00Z", "resourceType": "Bundle", "entry": [
        {"fullUrl": "urn:uuid:aaaa", "resource": {"resourceType": "Condition",
          "subject": {"reference": "urn:uuid:bbbb"},
          "code": {"coding": [{"system": "http://snomed.info/sct", "code": "1"}]}},
          "request": {"method": "POST", "url": "Condition"}},
        {"fullUrl": "urn:uuid:bbbb", "resource": {"resourceType": "Patient", "id": "p1"}},
        {"fullUrl": "https:\/\/x.example.org\/Condition\/c2",
          "resource": {"resourceType": "Condition", "id": "c2",
          "subject": {"reference": "https:\/\/x.example.org\/Patient\/p1"},
          "code": {"coding": [{"system": "http:\/\/snomed.info\/sct", "code": "1"}]}}},
        {"fullUrl": "https://x.example.org/Condition/c3", "resource": {"resourceType": "Condition",
          "subject": {"reference": "Patient/p1"},
          "code": {"coding": [{"system": "http://snomed.info/sct", "code": "1"}]}}},
        {"resource": {"resourceType": "OperationOutcome"}},
        {"request": {"method": "DELETE", "url": "Consent\/k1"}}
      ]}
      """#
    let trial = try ImportTrial([("b.json", Array(bundle.utf8))])
    #expect(
      ids(trial) == ["Condition/aaaa", "Patient/p1", "Condition/c2", "Condition/c3", "deleted Consent/k1"])
    #expect(trial.records.first == .fact(PatientID("p1"), try #require(trial.fact)))
    #expect(trial.summary.asOf == at("2026-11-21T00:00:00Z") && trial.faults == [])
    #expect(trial.summary.unused == ["OperationOutcome": 1])
  }

  @Test func `a Bundle's faults name the line of the entry`() throws {
    let bundle = """
      {"resourceType": "Bundle", "type": "collection",
       "entry": [
        {"resource": {"resourceType": "Patient", "id": "p1"}},
        {"resource": {"resourceType": "Patient", "id": "p2", "active": "yes"}},
        {"resource": 7},
        {"resource": {"id": "x"}},
        {"request": {"method": "DELETE", "url": "Patient?identifier=x"}}]}
      """
    let trial = try ImportTrial([("b.json", Array(bundle.utf8))])
    #expect(ids(trial) == ["Patient/p1"])
    #expect(
      trial.faults == [
        "b.json:4: Patient.active has a value of another type than FHIR R4 gives it; skipped",
        "b.json:5: the line is not one complete JSON object; skipped",
        "b.json:6: the line has no resourceType; skipped",
        "b.json:7: Bundle.entry.request.url refers to a record in a way that cannot be followed; skipped",
      ])
  }

  @Test(arguments: ["document", "message", "history", "transaction-response", ""])
  func `a Bundle of another type is refused`(type: String) throws {
    let trial = try ImportTrial([
      (
        "b.json",
        Array(#"{"resourceType":"Bundle","type":"\#(type)","entry":[{"resource":\#(condition("a"))}]}"#.utf8)
      )
    ])
    #expect(trial.records == [])
    #expect(
      trial.faults == ["b.json:1: Bundle.type is not transaction, batch, collection or searchset; skipped"])
  }

  @Test func `a Bundle cut short hands over nothing, wherever it is cut`() throws {
    let whole = Array(
      #"""
      {"resourceType":"Bundle","type":"collection","entry":[{"resource":\#(condition("a"))},\#
      {"fullUrl":"urn:uuid:x","resource":\#(condition("b"))}]}
      """#
      .utf8)
    for length in 0..<whole.count {
      let trial = try ImportTrial([("b.json", Array(whole[..<length]))])
      #expect(trial.records == [], "cut at \(length)")
      #expect(trial.summary.faultCount == 1, "cut at \(length)")
    }
  }

  @Test func `a single resource is a file too`() throws {
    #expect(
      ids(try ImportTrial([("c.json", Array(condition("a").utf8))], paths: ["c.json"])) == ["Condition/a"])
  }
}

import Foundation
import GRDB
import OutreachCore
import OutreachStore
import Testing

struct OpeningTests {
  @Test func `a closed workspace opens again and a second one may read at the same time`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a", name: "Ana")])
    try workspace.registry.close()
    let registry = try open(workspace)
    let reader = try open(workspace, readOnly: true)
    for registry in [registry, reader] {
      var names: [String?] = []
      try registry.forEachPatient { names.append(try $0.identity().givenName) }
      #expect(names == ["Ana"])
    }
    #expect(try Registry.workspaceID(database: workspace.database) == "test")
    #expect(throws: StoreError.readOnly) {
      try reader.withImport(asOf: .noon, recordedAt: .noon, source: nil) { try $0.stage(patient("b")) }
    }
  }

  @Test func `a closed workspace is two files with everything in them`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a")])
    let handle = try #require(try workspace.registry.handle(named: .id(PatientID("a"))))
    try workspace.registry.set(Preferences(language: "es"), of: handle, by: "desk", at: .noon)
    try workspace.registry.close()
    let files = try workspace.files().filter { ["outreach.db", "keys.db"].contains($0.key) }
    let copy = try TestWorkspace.Copy(of: workspace, files: files)
    #expect(try copy.preferences(of: handle)?.language == "es")
  }

  @Test func `another key, another key store, no file and a stranger's file are told apart`() throws {
    let workspace = try TestWorkspace()
    let other = try TestWorkspace()
    #expect(throws: StoreError.wrongKey) {
      try Registry(database: workspace.database, keyStore: workspace.keyStore, masterKey: other.masterKey)
    }
    let stranger = try TestWorkspace(sharingKeyOf: workspace, id: "elsewhere")
    #expect(throws: StoreError.otherKeyStore(stranger.keyStore)) {
      try Registry(database: workspace.database, keyStore: stranger.keyStore, masterKey: workspace.masterKey)
    }
    let nowhere = workspace.folder.appending(path: "nowhere").path
    #expect(throws: StoreError.noDatabase(nowhere)) {
      try Registry(database: nowhere, keyStore: workspace.keyStore, masterKey: workspace.masterKey)
    }
    #expect(throws: StoreError.noKeyStore(nowhere)) {
      try Registry(database: workspace.database, keyStore: nowhere, masterKey: workspace.masterKey)
    }
    let text = workspace.folder.appending(path: "text.db")
    try Data(String(repeating: "no database ", count: 50).utf8).write(to: text)
    #expect(throws: StoreError.notADatabase(text.path)) {
      try Registry(database: text.path, keyStore: workspace.keyStore, masterKey: workspace.masterKey)
    }
    #expect(throws: StoreError.notADatabase(workspace.keyStore)) {
      try Registry(database: workspace.keyStore, keyStore: workspace.keyStore, masterKey: workspace.masterKey)
    }
    #expect(throws: StoreError.exists(workspace.keyStore)) {
      try Registry.create(
        database: nowhere, keyStore: workspace.keyStore, masterKey: workspace.masterKey, workspaceID: "x")
    }
    #expect(!FileManager.default.fileExists(atPath: nowhere))
    let spare = workspace.folder.appending(path: "spare.db").path
    #expect(throws: StoreError.exists(workspace.database)) {
      try Registry.create(
        database: workspace.database, keyStore: spare, masterKey: workspace.masterKey, workspaceID: "x")
    }
    #expect(!FileManager.default.fileExists(atPath: spare))
  }

  @Test func `a file of a later version is refused and left alone`() throws {
    let workspace = try TestWorkspace()
    try workspace.registry.close()
    try DatabaseQueue(path: workspace.database).writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA user_version = 99")
    }
    #expect(throws: StoreError.newerSchema(workspace.database)) { try open(workspace) }
  }

  @Test func `only the owner may read the files`() throws {
    let workspace = try TestWorkspace()
    try workspace.importing([patient("a")])
    for (name, _) in try workspace.files() {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: workspace.folder.appending(path: name).path)
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
    }
  }

  @Test func `a commit is flushed to the disk before it counts`() throws {
    let workspace = try TestWorkspace()
    #expect(try workspace.registry.durability() == ["synchronous 2, wal", "synchronous 2, wal"])
  }

  @Test func `identifiers of workspaces are long and differ`() throws {
    let ids = Set(try (0..<100).map { _ in try Registry.newWorkspaceID() })
    #expect(ids.count == 100)
    #expect(
      ids.allSatisfy { $0.count == 16 && $0.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) } })
  }

  @Test func `a key file is read as it was written, and a faulty one says why without its digits`() throws {
    let key = try MasterKey.generate()
    #expect(try MasterKey(parsing: "  " + key.text + "\n").text == key.text)
    #expect("\(key)".count < 20)
    let digits = String(repeating: "ab", count: 32)
    for (text, reason) in [
      ("", "empty"), ("outreach-key-2 " + digits, "does not begin"), ("outreach-key-1", "missing"),
      ("outreach-key-1 " + digits + " x", "follows"), ("outreach-key-1 " + digits.dropLast(), "63 digits"),
      ("outreach-key-1 " + digits.dropLast() + "g", "hexadecimal"),
    ] {
      do {
        _ = try MasterKey(parsing: text)
        Issue.record("read \(reason)")
      } catch {
        #expect(error.description.contains(reason))
        #expect(!error.description.contains("abab"))
      }
    }
  }

  private func open(_ workspace: TestWorkspace, readOnly: Bool = false) throws -> Registry {
    try Registry(
      database: workspace.database, keyStore: workspace.keyStore, masterKey: workspace.masterKey,
      readOnly: readOnly)
  }
}

import FoundationEssentials
import OutreachStore

/// Where a workspace's master key is and where the patients' keys lie beside it.
///
/// Never in the workspace: a copy of the workspace, and any backup of it, must be unreadable by itself.
struct WorkspaceKey {
  /// Where the master key comes from.
  enum Origin {
    case file(String)
    case command(String)
  }

  let origin: Origin
  /// The file that holds the patients' keys, each wrapped by the master key.
  let keyStore: String

  /// Finds the key by the environment: `OUTREACH_KEY_COMMAND`, `OUTREACH_KEY_FILE`, or
  /// `$XDG_CONFIG_HOME/outreach/<workspace id>.key`.
  init(workspaceID: String, environment: [String: String]) throws(OutreachError) {
    if let file = environment["OUTREACH_KEY_FILE"], !file.isEmpty {
      origin = .file(file)
      keyStore = (file.hasSuffix(".key") ? String(file.dropLast(4)) : file) + ".keys"
      return
    }
    let folder: String
    if let configuration = environment["XDG_CONFIG_HOME"], !configuration.isEmpty {
      folder = configuration + "/outreach"
    } else if let home = environment["HOME"], !home.isEmpty {
      folder = home + "/.config/outreach"
    } else {
      throw OutreachError(
        .usage, "there is no place for the key: set OUTREACH_KEY_FILE, XDG_CONFIG_HOME or HOME")
    }
    keyStore = "\(folder)/\(workspaceID).keys"
    if let command = environment["OUTREACH_KEY_COMMAND"], !command.isEmpty {
      origin = .command(command)
    } else {
      origin = .file("\(folder)/\(workspaceID).key")
    }
  }

  /// Reads the master key.
  func read() throws(OutreachError) -> MasterKey {
    let text: String
    switch origin {
    case .file(let path):
      guard let data = FileManager.default.contents(atPath: path) else {
        throw OutreachError(
          .badInput,
          "the key file \(path) cannot be read; restore it, or say where it is with OUTREACH_KEY_FILE")
      }
      text = String(decoding: data, as: UTF8.self)
    case .command(let command): text = try KeyCommand.output(of: command)
    }
    do {
      return try MasterKey(parsing: text)
    } catch {
      throw OutreachError(.badInput, "\(error)")
    }
  }

  /// Makes the folder of the key store where it is missing, closed to others.
  func makeFolder() throws {
    let folder = keyStore.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    guard !folder.isEmpty else { return }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// Makes the master key of a new workspace, unless a command or an existing file gives one.
  func readOrMake() throws(OutreachError) -> MasterKey {
    guard case .file(let path) = origin, !FileManager.default.fileExists(atPath: path) else {
      return try read()
    }
    do {
      let key = try MasterKey.generate()
      try PrivateFile.write(key.text, to: path)
      return key
    } catch let error as StoreError {
      throw OutreachError(.defect, "\(error)")
    } catch {
      throw OutreachError(.badInput, "the key cannot be written to \(path); say where with OUTREACH_KEY_FILE")
    }
  }
}

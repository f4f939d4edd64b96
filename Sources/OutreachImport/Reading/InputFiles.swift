import FoundationEssentials

/// The files that an import reads, in the order in which it reads them.
struct InputFiles {
  /// What a file holds, by the end of its name.
  enum Format {
    case ndjson
    case json
    case csv
  }

  /// One file.
  struct Entry {
    var path: String
    var format: Format
    var size: Int
    /// Whether the path was given, and not found in a folder that was.
    var isNamed: Bool
  }

  /// The files, folders in the order they were named, the files of a folder in the order of their names.
  private(set) var entries: [Entry] = []
  /// Packed files that were found in folders and cannot be read.
  private(set) var compressed: [String] = []

  /// Finds the files of the paths.
  ///
  /// Of a folder these are the `*.ndjson`, `*.json` and `*.csv` in it, then those of its folder `deleted`. A
  /// `log.ndjson` is left out: export clients leave their diary there. Files of other kinds are passed over.
  init(_ paths: [String]) throws(ImportError) {
    guard !paths.isEmpty else { throw .noPaths }
    for path in paths {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw .unreadable(path: path, reason: "there is no such file or folder")
      }
      if isFolder {
        let before = entries.count + compressed.count
        try addFolder(path)
        let deleted = Self.join(path, "deleted")
        if FileManager.default.fileExists(atPath: deleted, isDirectory: &isFolder), isFolder {
          try addFolder(deleted)
        }
        guard entries.count + compressed.count > before else { throw .nothingToImport(path: path) }
      } else {
        guard let format = Self.format(path) else { throw .unknownKind(path: path) }
        add(path, format, isNamed: true)
      }
    }
  }

  /// Bytes of all files.
  var size: Int { entries.reduce(0) { $0 + $1.size } }

  /// Whether one of the files, packed or not, has that name.
  func contains(name: String) -> Bool {
    (entries.map(\.path) + compressed).contains { Self.name($0) == name }
  }

  private mutating func addFolder(_ folder: String) throws(ImportError) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw .unreadable(path: folder, reason: "the folder cannot be listed")
    }
    for name in names.sorted() where name != "log.ndjson" && !name.hasPrefix(".") {
      let path = Self.join(folder, name)
      if let format = Self.format(name) {
        add(path, format, isNamed: false)
      } else if Self.isPacked(name) {
        compressed.append(path)
      }
    }
  }

  private mutating func add(_ path: String, _ format: Format, isNamed: Bool) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    entries.append(Entry(path: path, format: format, size: attributes?[.size] as? Int ?? 0, isNamed: isNamed))
  }

  private static func format(_ name: String) -> Format? {
    let lower = name.lowercased()
    if lower.hasSuffix(".ndjson") { return .ndjson }
    if lower.hasSuffix(".json") { return .json }
    return lower.hasSuffix(".csv") ? .csv : nil
  }

  private static func isPacked(_ name: String) -> Bool {
    let lower = name.lowercased()
    return [".ndjson", ".json", ".csv"].contains { kind in
      [".gz", ".bz2", ".xz", ".zst", ".zip"].contains { lower.hasSuffix(kind + $0) }
    }
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The last part of a path or address.
  static func name(_ path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }
}

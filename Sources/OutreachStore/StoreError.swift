package import OutreachCore

import GRDB

/// Why the store could not do what it was asked.
///
/// Names files, handles and places, never a patient's data.
package enum StoreError: Error, Hashable {
  /// A new store was to be made where a file already is.
  case exists(String)
  /// There is no database at that path.
  case noDatabase(String)
  /// There is no key store at that path.
  case noKeyStore(String)
  /// The file is something else than a store of this program.
  case notADatabase(String)
  /// The file was written by a later version of the program.
  case newerSchema(String)
  /// The file was written by an earlier version and is open for reading only.
  case olderSchema(String)
  /// A key file's text is not a key.
  case badKey(String)
  /// The master key is not the one the store was made with.
  case wrongKey
  /// The key store belongs to another workspace.
  case otherKeyStore(String)
  /// The store is open for reading only.
  case readOnly
  /// An import was published while patients were being read.
  case changedMeanwhile
  /// Another process held the store for too long.
  case busy(String)
  /// There is no room on the disk.
  case diskFull(String)
  /// The disk failed.
  case inputOutput(String)
  /// What is stored cannot be read.
  case damaged(String)
  /// The patient was erased: their key was destroyed.
  case keyDestroyed(PatientHandle)
  /// The key store lacks the key of a patient that was not erased.
  case keyMissing(PatientHandle)
  /// No patient of the workspace has that handle.
  case noPatient(PatientHandle)
  /// No message of that number is in doubt.
  case noSend(SendID)
  /// The disk or a library failed.
  case failed(String)
}

extension StoreError: CustomStringConvertible {
  /// A sentence that says what happened and what can be done.
  package var description: String {
    switch self {
    case .exists(let file):
      "\(file) already exists; choose another place or remove it first."
    case .noDatabase(let file):
      "There is no database at \(file); make a workspace with `outreach init` or name the right one."
    case .noKeyStore(let file):
      "There is no key store at \(file), and without it nothing can be read; restore it from its copy."
    case .notADatabase(let file):
      "\(file) is no database of this program, or a damaged one; restore it or name the right file."
    case .newerSchema(let file):
      "\(file) was written by a later version of this program; update the program."
    case .olderSchema(let file):
      "\(file) is of an earlier version of this program; open it once for writing to bring it up to date."
    case .badKey(let reason):
      "The master key cannot be read: \(reason). A key file holds `outreach-key-1` and 64 hexadecimal digits."
    case .wrongKey:
      "The master key is not the one this workspace was made with; give the right key file."
    case .otherKeyStore(let file):
      "The key store \(file) belongs to another workspace; give the one made with this database."
    case .readOnly:
      "The database or the key store may not be written by this user; look at the rights of the files and their folder."
    case .changedMeanwhile:
      "An import was published while patients were being read; run the command again."
    case .busy(let file):
      "\(file) is in use by another process for too long; try again later."
    case .diskFull(let file):
      "There is no room left on the disk of \(file); nothing was changed."
    case .inputOutput(let file):
      "The disk of \(file) failed, so nothing more is done; look at the machine's log and its disk."
    case .damaged(let place):
      "What is stored cannot be read: \(place)"
    case .keyDestroyed(let handle):
      "The record of \(handle) was erased; its key is destroyed and nothing of it can be read."
    case .keyMissing(let handle):
      "The key store has no key for \(handle); it is older than the database. Restore the latest key store."
    case .noSend(let id):
      "There is no message \(id) in doubt; 'outreach outbox list' shows those that are."
    case .noPatient(let handle):
      "There is no patient \(handle) in this workspace; check it, or give the identifier of the source."
    case .failed(let what):
      "The store failed: \(what)"
    }
  }
}

extension StoreError {
  /// Runs `body` and turns the errors of SQLite, of sealing and of decoding into the store's own.
  static func wrapping<T>(_ file: String, _ body: () throws -> T) throws(StoreError) -> T {
    do {
      return try body()
    } catch {
      throw StoreError(error, file: file)
    }
  }

  /// The store's error for one of a layer below.
  init(_ error: any Error, file: String) {
    self =
      switch error {
      case let error as StoreError: error
      case let error as DatabaseError: StoreError(database: error, file: file)
      case let error as SealError: .damaged(error.description)
      case let fault as DecodingFault: .damaged(fault.sentence)
      default: .failed("\(file): \(type(of: error)).")
      }
  }

  /// The store's error for a result code of SQLite.
  ///
  /// The message of SQLite is kept, since it names tables and files only; the statement's values never are.
  private init(database error: DatabaseError, file: String) {
    switch error.resultCode {
    case .SQLITE_NOTADB: self = .notADatabase(file)
    case .SQLITE_CORRUPT: self = .damaged("\(file) is corrupt; restore it from a backup.")
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(file)
    case .SQLITE_IOERR: self = .inputOutput(file)
    case .SQLITE_FULL: self = .diskFull(file)
    case .SQLITE_READONLY: self = .readOnly
    case .SQLITE_CANTOPEN:
      self = .failed("\(file) cannot be opened; look at its permissions and its folder's.")
    default:
      self = .failed(
        "\(file): \(error.message ?? "SQLite error") (code \(error.extendedResultCode.rawValue)).")
    }
  }
}

extension DecodingFault {
  /// A sentence for a person.
  var sentence: String {
    switch self {
    case .truncated, .trailingBytes, .invalidValue:
      "a sealed record opened but does not hold what this program wrote; restore the database from a backup."
    case .laterVersion:
      "a sealed record was written by a later version of this program; update the program."
    }
  }
}

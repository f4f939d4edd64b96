import Glibc

/// Tells whether a process that sends is still there, without a clock.
///
/// Each sender locks the byte of its own number in one file for as long as it lives. The kernel lets go of the lock when
/// the process ends, however it ends, so whoever finds the byte free knows that its owner is gone. These are locks of an
/// open file description (`fcntl(2)`, `F_OFD_SETLK`): two senders in one process do not share them.
final class ProcessLock {
  private let descriptor: Int32

  /// `F_OFD_GETLK` and `F_OFD_SETLK` of `<fcntl.h>`, which Swift does not import.
  private static let (ask, set): (Int32, Int32) = (36, 37)

  /// Opens the lock file beside a database, and makes it where it is not there.
  init(beside database: String) throws(StoreError) {
    let path = database + "-senders"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .failed("\(path) cannot be opened: \(String(cString: strerror(errno))).")
    }
  }

  deinit { close(descriptor) }

  /// Takes the byte of a sender's number, until this object goes.
  func hold(_ owner: Int64) throws(StoreError) {
    var lock = Self.lock(on: owner)
    guard fcntl(descriptor, Self.set, &lock) == 0 else {
      throw .failed("the lock of a sender cannot be taken: \(String(cString: strerror(errno))).")
    }
  }

  /// Whether the sender of that number is still there.
  func isAlive(_ owner: Int64) throws(StoreError) -> Bool {
    var lock = Self.lock(on: owner)
    guard fcntl(descriptor, Self.ask, &lock) == 0 else {
      throw .failed("the lock of a sender cannot be looked at: \(String(cString: strerror(errno))).")
    }
    return lock.l_type != Int16(F_UNLCK)
  }

  /// Whether any sender is there.
  func isAnybodyAlive() throws(StoreError) -> Bool {
    var lock = Self.lock(on: 0)
    // To the end of the file, however long it is.
    lock.l_len = 0
    guard fcntl(descriptor, Self.ask, &lock) == 0 else {
      throw .failed("the locks of senders cannot be looked at: \(String(cString: strerror(errno))).")
    }
    return lock.l_type != Int16(F_UNLCK)
  }

  private static func lock(on owner: Int64) -> flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(owner)
    lock.l_len = 1
    return lock
  }
}

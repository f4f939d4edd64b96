@preconcurrency import Glibc
import Synchronization

/// Ctrl-C and a service manager's stop: wanted once, what is under way is finished; wanted twice, the program ends.
enum Interruption {
  private static let count = Atomic<Int>(0)

  /// Whether somebody wants the program to stop.
  static var isWanted: Bool { count.load(ordering: .relaxed) > 0 }

  /// Watches for both from now on.
  static func watch() {
    // Whoever started the program may have held these signals back, and that is inherited.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        if Interruption.count.add(1, ordering: .relaxed).oldValue > 0 {
          // Whatever was under way is in doubt and is shown at the next run.
          _exit(128 + number)
        }
      }
    }
  }
}

@preconcurrency import Glibc

/// The terminal or pipe the program talks to: answers on standard output, the rest on standard error.
enum Terminal {
  /// Whether progress can be drawn: only on a terminal, where nobody reads a file of it later.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether answers may have colour: on a terminal, unless `NO_COLOR` says otherwise.
  static var showsColor: Bool {
    isatty(STDOUT_FILENO) == 1 && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
  }

  /// Says something that is not the answer.
  static func complain(_ text: String) { fputs(text + "\n", stderr) }

  /// Draws a line over the last one that was drawn.
  static func draw(_ text: String) { fputs("\r\u{1B}[K" + text, stderr) }

  /// Ends a drawn line, so that what follows begins on its own.
  static func endDrawing() { fputs("\r\u{1B}[K", stderr) }

  /// Makes words stand out on a terminal.
  static func strong(_ text: String) -> String { showsColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// Hands everything over before the program ends; false when the answer could not be written.
  static func flush() -> Bool {
    let isWritten = fflush(stdout) == 0 && ferror(stdout) == 0
    if !isWritten { complain("outreach: the answer could not be written") }
    fflush(stderr)
    return isWritten
  }
}

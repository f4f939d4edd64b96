import Glibc

/// Runs the command that prints the master key, so that a key service or a security module can hold it.
enum KeyCommand {
  /// What the command printed, at most 4 KB; the shell runs it and its standard error is the terminal's.
  static func output(of command: String) throws(OutreachError) -> String {
    guard let stream = popen(command, "r") else {
      throw OutreachError(.badInput, "OUTREACH_KEY_COMMAND cannot be started")
    }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = fread(&bytes, 1, bytes.count, stream)
    let status = pclose(stream)
    guard status == 0 else {
      throw OutreachError(.badInput, "OUTREACH_KEY_COMMAND failed; run it by hand to see why")
    }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}

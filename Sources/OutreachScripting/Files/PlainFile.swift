import Lua
import OutreachCore

/// Runs a file that is nothing but `return NAME {…}`.
///
/// The same sandbox runs it as runs campaigns, with nothing of the host's in it but the one function.
struct PlainFile {
  let list: FindingList
  /// The table, nil when the file could not be run.
  let table: TableReader?

  init(_ source: [UInt8], file: String, function: String, what: String) {
    list = FindingList(source, file: file, function: function)
    let host = TableHost(function: function)
    do {
      let interpreter = try Interpreter(functions: [function], host: host)
      let result = try interpreter.load(source: list.source, chunkName: file)
      guard let table = host.table, result == .boolean(true) else {
        list.add("the file must end in 'return \(function) {…}'")
        self.table = nil
        return
      }
      let map = list.map
      for repetition in map.repetitions {
        list.error(.key, at: repetition.offset, "'\(repetition.key)' is given twice")
      }
      self.table = TableReader(
        table, node: map.root, what: what, list: list, fallback: map.root?.valueOffset ?? 0)
    } catch {
      list.add(error.finding(in: file))
      table = nil
    }
  }
}

/// The host of a plain file: one function that takes the table, once.
private final class TableHost: Host {
  private let function: String
  private(set) var table: Table?

  init(function: String) { self.function = function }

  func call(function index: Int, _ arguments: borrowing Arguments) throws -> Value {
    guard table == nil else { throw HostError("'\(function)' is called a second time; a file declares one") }
    guard case .table(let table) = try arguments.value(0) else {
      throw HostError("'\(function)' takes a table: \(function) {…}")
    }
    self.table = table
    return .boolean(true)
  }
}

extension LuaError {
  /// What is wrong with a file that cannot be loaded.
  func finding(in file: String) -> Finding {
    let place = SourcePosition(file: file, line: line ?? 1)
    return Finding(.error, .file, at: place, scriptText ?? message)
  }
}

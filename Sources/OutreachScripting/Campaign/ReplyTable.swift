import Lua
import OutreachCore

/// Reads the `replies` of a message: `{ C = { code = "confirmed", task = "call_back" } }`.
struct ReplyTable {
  let table: TableReader
  let environment: ScriptEnvironment

  /// The replies in the order of their keys.
  func read() -> [ReplyOption] {
    guard let replies = table.table("replies", called: "'replies' of \(table.what)") else { return [] }
    replies.checkNoList()
    return replies.named.compactMap { key, _ in read(key, of: replies) }.sorted { $0.key < $1.key }
  }

  private func read(_ key: String, of replies: TableReader) -> ReplyOption? {
    let offset = replies.keyOffset(key)
    if ReplyWords.taken.contains(key.uppercased()) {
      replies.list.error(
        .replies, at: offset,
        "'\(key)' is taken: carriers read it as an opt-out, an opt-in or a call for help; use one letter such as C"
      )
    } else if key == "9" {
      replies.list.error(.replies, at: offset, "'9' is taken: it stops further calls")
    } else if !(1...10).contains(key.utf8.count)
      || !key.utf8.allSatisfy({ (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) })
    {
      replies.list.error(
        .replies, at: offset, "'\(key)' is no reply; use capital letters or digits, such as C")
    }
    guard let reply = replies.table(key, called: "reply '\(key)'") else { return nil }
    reply.checkKeys(["code", "task"])
    let code = reply.text("code", example: "\"confirmed\"")
    if let code, !Name.isIdentifier(code) {
      reply.list.error(
        .replies, at: reply.valueOffset("code"),
        "'code' must be small letters, digits and '_', not \"\(code)\"")
    }
    let task = reply.text("task")
    if let task, !environment.clinic.taskKinds.contains(task) {
      reply.list.error(
        .replies, at: reply.valueOffset("task"), StaticCheck.unknownTask(task, environment.clinic.taskKinds))
    }
    return code.map { ReplyOption(key: key, code: $0, task: task) }
  }
}

import Lua
import OutreachCore

/// `send(message, { about =, due =, expires =, channel =, on_refused = })`: proposes a message.
struct Send: HostFunction {
  let name = "send"

  func call(_ arguments: borrowing Arguments, in run: ScriptRun) throws -> Value {
    guard let campaign = run.campaign else { throw HostError("'send' belongs inside 'decide'") }
    guard let message = arguments.string(0) else {
      throw HostError("send takes the name of a message, such as send(\"refill_due\")")
    }
    try run.requireMessage(message)
    let known = ["about", "due", "expires", "channel", "on_refused"]
    let options = try OptionTable(arguments, at: 1, of: "send", known: known, in: run)
    var intent = Intent(message: MessageID(message))
    intent.about = try options.fact("about")?.subject
    intent.due = try options.instant("due")
    intent.expires = try options.instant("expires")
    if let channel = try options.text("channel") {
      let names = campaign.channels.map(\.rawValue)
      guard names.contains(channel) else {
        throw HostError(
          "this campaign has no channel '\(channel)'\(Suggestion.sentence(for: channel, among: names))")
      }
      intent.channel = Channel(channel)
    }
    intent.onRefused = try refusal(options, run)
    try check(intent, campaign)
    return run.hand(.send(intent))
  }

  private func refusal(_ options: OptionTable, _ run: ScriptRun) throws -> TaskRequest? {
    guard let value = options["on_refused"] else { return nil }
    guard case .object(let object) = value, ObjectKind(object) == .proposal,
      case .task(let task) = run.items[Int(object.slot)]
    else { throw HostError("'on_refused' of send must be a task, such as task(\"call_back\")") }
    return task
  }

  private func check(_ intent: Intent, _ campaign: CampaignLimits) throws {
    if campaign.repeats, intent.about != nil {
      throw HostError(
        "this campaign has repeat_after, so its messages are about no fact; leave out 'about', or repeat_after"
      )
    }
    if let needed = campaign.messages[intent.message.rawValue] ?? nil, intent.about?.kind != needed {
      throw HostError(
        "message '\(intent.message)' shows values of \(needed == .appointment ? "an" : "a") \(needed.rawValue); "
          + "write send(\"\(intent.message)\", { about = … }) with one")
    }
    if let due = intent.due, let expires = intent.expires, expires <= due {
      throw HostError("'expires' of send is not after 'due'")
    }
  }
}

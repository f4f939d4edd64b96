import ArgumentParser
import FoundationEssentials
import Outreach

/// `outreach outbox`.
struct OutboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outbox", abstract: "Shows what is on its way out, and settles what nobody knows of.",
    subcommands: [ListOutboxCommand.self, ResolveOutboxCommand.self],
    defaultSubcommand: ListOutboxCommand.self)
}

/// `outreach outbox list`.
struct ListOutboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Shows messages that wait, are under way or in doubt, and what is held back.")

  @OptionGroup var workspace: WorkspaceOptions

  @Option(help: "Only messages in this state, such as in_doubt or accepted.")
  var state: String?

  @Option(help: "Only this patient's: a handle such as P-7K2M, or the source's identifier.")
  var patient: String?

  @Option(help: "At most so many messages.")
  var limit = 100

  @Option(help: "text or json: one object a line.")
  var format: PreviewCommand.Format = .text

  private static let open: Set<SendState.Kind> = [.planned, .leased, .sending, .retryAt, .inDoubt]

  func validate() throws {
    let names = SendState.Kind.allCases.map(\.name)
    if let state, !names.contains(state) {
      throw ValidationError("there is no state '\(state)'\(Suggestion.sentence(for: state, among: names))")
    }
    if limit < 0 { throw ValidationError("--limit is a number from 0 on") }
  }

  func run() throws {
    let opened = try workspace.open()
    let wanted = SendState.Kind.allCases.filter { state == nil ? Self.open.contains($0) : $0.name == state }
    let items = try opened.outbox(Set(wanted), of: patient.map(PatientName.init), limit: limit)
    guard format == .text else { return items.forEach { print($0.jsonLine) } }
    let counts = try opened.outboxCounts()
    var page = Page()
    let totals = SendState.Kind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind.name)" } }
    page.line(totals.isEmpty ? "Nothing was ever planned here." : "\(totals.joined(separator: ", ")).")
    for pause in try opened.heldBack() {
      page.line(
        "Held back: \(pause.campaign?.rawValue ?? "everything"), by \(pause.by) on "
          + "\(LocalClock.minute(opened.zone.civil(at: pause.at))): \(pause.why)")
    }
    for item in items {
      page.hanging("  \(item.id)".padded(to: 9), item.sentence(in: opened.zone))
    }
    if items.contains(where: { $0.state == .inDoubt }) {
      page.gap()
      page.line(
        "Of a message in doubt nobody knows whether it left. Ask the provider or the patient, then say "
          + "'outreach outbox resolve NUMBER --left' or '--not-left'; one that did not leave goes with the next run."
      )
    }
    print(page.text, terminator: "")
  }
}

/// `outreach outbox resolve`.
struct ResolveOutboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Says of a message in doubt whether it left.")

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var signature: SignatureOptions

  @Argument(help: "The message's number, as 'outreach outbox list' shows it.")
  var number: String

  @ArgumentParser.Flag(help: "It left: it counts as sent.")
  var left = false

  @ArgumentParser.Flag(help: "It did not leave: it goes with the next run, if it still may.")
  var notLeft = false

  func validate() throws {
    if left == notLeft { throw ValidationError("say --left or --not-left") }
  }

  func run() throws {
    let digits = number.hasPrefix("#") ? String(number.dropFirst()) : number
    guard let id = Int64(digits) else {
      throw OutreachError(.usage, "'\(number)' is no number of a message; 'outreach outbox list' shows them")
    }
    let opened = try workspace.open()
    let who = try signature.signature(at: Clock.now)
    try opened.resolve(SendID(id), left: left, by: who.by, at: who.at)
    print(
      "\(SendID(id)) \(left ? "counts as sent" : "goes with the next run, if it still may"), says \(who.by).")
  }
}

extension OutboxItem {
  /// The message in a sentence, without identity.
  fileprivate func sentence(in zone: Zone) -> String {
    var words = [state.name, patient.rawValue]
    if let key { words.append("\(key.campaign), \(key.message), \(key.occurrence)") }
    words.append("by \(channel.rawValue)\(provider.map { " over \($0)" } ?? "")")
    if let wakeAt { words.append("wakes \(LocalClock.minute(zone.civil(at: wakeAt)))") }
    if attempts > 0 { words.append("\(attempts) attempt\(attempts == 1 ? "" : "s")") }
    if let outcome { words.append("(\(outcome))") }
    return words.joined(separator: "; ")
  }
}

extension String {
  /// The text, with blanks up to a width.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}

import ArgumentParser
import FoundationEssentials
import Outreach

/// `outreach send`.
struct SendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "Decides now, writes the decisions into the ledger, and sends what may go.",
    discussion: """
      The decisions are those of 'outreach preview' at this moment. Each message is looked at once more, by the same
      rules, right before it goes. Ctrl-C finishes what is under way; the rest stays planned for the next run.
      """)

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "Campaign files.")
  var campaigns: [String]

  @Option(
    parsing: .upToNextOption,
    help: "Only these patients: handles such as P-7K2M, or the source's identifiers.")
  var only: [String] = []

  @Option(help: "Hand over at most so many messages now.")
  var limit: Int?

  @Option(
    help: "Go ahead only with this plan: the hash, or its first 12 digits, that 'outreach preview' printed.")
  var confirm: String?

  @Option(help: "text or json: one decision a line, then the summary, then what was sent.")
  var format: PreviewCommand.Format = .text

  // Only to refuse it in words: the past cannot be sent to, and the future is 'preview --at'.
  @Option(help: .hidden) var at: String?

  func validate() throws {
    if campaigns.isEmpty { throw ValidationError("name at least one campaign file") }
    if at != nil {
      throw ValidationError(
        "messages go out now and at no other time; 'outreach preview --at' shows another moment")
    }
    if let limit, limit < 0 { throw ValidationError("--limit is a number from 0 on") }
    if let confirm, confirm.utf8.count < 12 {
      throw ValidationError("--confirm takes at least the first 12 digits of the plan")
    }
  }

  func run() throws {
    let opened = try workspace.open()
    let engine = try opened.engine()
    let scripts = try campaigns.map { path in try engine.campaign(at: path) }
    let now = Clock.now
    var options = SendOptions()
    options.only = only.map(PatientName.init)
    options.limit = limit ?? .max
    options.confirmedPlan = confirm
    Interruption.watch()
    var tasks: [PatientTask] = []
    let progress = SendProgress(opened)
    let report = try opened.send(
      scripts, with: engine, at: now, options: options, environment: ProcessInfo.processInfo.environment,
      shouldStop: { Interruption.isWanted },
      decided: { outcome, _ in
        if format == .json {
          for decision in outcome.decisions { print(decision.jsonLine(zones: opened.zones, reveal: false)) }
          for task in outcome.tasks { print(task.jsonLine) }
        }
        tasks += outcome.tasks
      }, progress: { progress.draw($0) })
    progress.end()
    let held = try opened.heldBack()
    switch format {
    case .json:
      var summary = report.summary
      summary.isApproved = true
      print(summary.jsonLine)
      print(report.jsonLine)
    case .text:
      print(SendText(report: report, held: held, wasInterrupted: Interruption.isWanted).text, terminator: "")
    }
    for stop in report.dispatch.stops { Terminal.complain("outreach: \(stop.sentence)") }
    if report.dispatch.stops.contains(where: \.needsPerson) {
      throw ExitCode(OutreachError.Kind.needsPerson.rawValue)
    }
    if try opened.outboxCounts()[.inDoubt] ?? 0 > 0 {
      Terminal.complain(
        "outreach: nobody knows of some messages whether they left; see 'outreach outbox list'")
      throw ExitCode(OutreachError.Kind.needsPerson.rawValue)
    }
    if !report.dispatch.stops.isEmpty { throw ExitCode(OutreachError.Kind.tryAgain.rawValue) }
  }
}

/// What a run that sent came to, for people.
struct SendText {
  let report: SendReport
  let held: [HeldBack]
  let wasInterrupted: Bool

  var text: String {
    var page = Page()
    let (summary, sent) = (report.summary, report.dispatch)
    let refused = summary.suppressed.values.reduce(0, +)
    page.line(
      "Decided: \(summary.send) now, \(summary.deferred) later, \(refused) refused, of \(summary.inAudience) in the "
        + "audience. Plan \(summary.plan.prefix(12)).")
    if report.leftBehind > 0 {
      page.line(
        "A process that ended left \(report.leftBehind) of which nobody knew whether they left; \(sent.lookedUp) settled by "
          + "asking the provider.")
    }
    page.line("Sent: \(sent.accepted).")
    if sent.refused > 0 { page.line("Refused by a provider for good: \(sent.refused).") }
    if sent.retried > 0 { page.line("Not taken, and tried again: \(sent.retried).") }
    if sent.inDoubt > 0 { page.line("In doubt: \(sent.inDoubt).") }
    if sent.held > 0 { page.line("Put off when looked at once more: \(sent.held).") }
    for reason in Reason.allCases {
      guard let count = sent.dropped[reason] else { continue }
      page.line("Dropped when looked at once more (\(reason.rawValue)): \(count).")
    }
    for pause in held {
      page.line(
        "Held back: \(pause.campaign?.rawValue ?? "everything"), by \(pause.by): \(pause.why). 'outreach resume"
          + "\(pause.campaign.map { " \($0)" } ?? "")' lets it go on.")
    }
    if wasInterrupted { page.line("Interrupted: what was under way is finished, the rest stays planned.") }
    return page.text
  }
}

/// How a dispatch goes, on a terminal.
final class SendProgress {
  private let workspace: Workspace
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now

  init(_ workspace: Workspace) { self.workspace = workspace }

  func draw(_ report: DispatchReport) {
    guard Terminal.showsProgress, ContinuousClock.now - last >= .milliseconds(200) else { return }
    last = .now
    let passed = ContinuousClock.now - start
    let seconds = max(0.001, Double(passed.components.seconds) + Double(passed.components.attoseconds) / 1e18)
    let rate = Double(report.handled) / seconds
    let standing = (try? workspace.outboxCounts()) ?? [:]
    let waiting = (standing[.planned] ?? 0) + (standing[.leased] ?? 0)
    let left = rate > 0 ? Int(Double(waiting) / rate) : 0
    Terminal.draw(
      "\(report.handled) done, \(waiting) to go, \(Int(rate))/s, about \(left) s left; Ctrl-C stops")
  }

  func end() { if Terminal.showsProgress { Terminal.endDrawing() } }
}

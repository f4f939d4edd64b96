import ArgumentParser
import FoundationEssentials
import Outreach

/// `outreach contact`.
struct ContactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact", abstract: "Shows and records what is known about telephone numbers.",
    subcommands: [
      ShowContactCommand.self, VerifyCommand.self, SuspendCommand.self, ReinstateCommand.self,
      ImportReassignmentsCommand.self,
    ])
}

/// `outreach contact show`.
struct ShowContactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows how a patient's numbers stand, and why.")

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var instant: InstantOption

  @Argument(help: "A handle such as P-7K2M, or the source's identifier.")
  var patient: String

  func run() throws {
    let workspace = try workspace.open(at: instant.instant, keepsPolicy: instant.at == nil)
    let engine = try workspace.engine()
    let now = try instant.instant(in: engine.clinicZone)
    let found = try workspace.numbers(of: PatientName(patient), at: now)
    print(
      ContactText(patient: found.patient, numbers: found.numbers, at: now, zone: engine.clinicZone).page,
      terminator: "")
  }
}

/// A number of a patient's, and who says what of it.
struct NumberOptions: ParsableArguments {
  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "A handle such as P-7K2M, or the source's identifier.")
  var patient: String

  @Option(help: "The number, by its last four digits or in full.")
  var number: String

  @Option(help: "What shows it, such as the number of a note.")
  var evidence: String?

  @Option(help: "When it became known: a date, or a date and time by the clinic's clock. Default: now.")
  var on: String?

  /// Records a piece of evidence for everybody who has the number, and says how the number stands then.
  ///
  /// - Parameters:
  ///   - closes: whether it takes the number out of use; of a day it is then the last word.
  ///   - opens: whether it puts the number back into use, for which somebody must say what shows that it is right.
  func record(_ kind: ContactEvidence.Kind, closes: Bool = false, opens: Bool = false) throws {
    let workspace = try workspace.open()
    let zone = workspace.zone
    let number = try workspace.number(number, of: PatientName(patient))
    let reference = evidence.flatMap(Typed.line)
    if opens, reference == nil {
      switch try standing(of: number, in: workspace).state {
      case .suspended, .reassigned:
        throw OutreachError(
          .refused, "\(number) is out of use; say with --evidence what shows that it is the patient's")
      default: break
      }
    }
    let instant = try InstantOption.instant(on, named: "--on", in: zone, closes: closes)
    guard instant <= Clock.now else { throw OutreachError(.usage, "--on is still to come") }
    let holders = try workspace.record(
      ContactEvidence(kind, at: instant, by: ProcessInfo.processInfo.userName, reference: reference),
      of: number)
    let words = ContactText.words(try standing(of: number, in: workspace), zone: zone)
    let whom = holders.count == 1 ? "1 patient who has it" : "\(holders.count) patients who have it"
    print("\(number): recorded for \(whom). It is now \(words).")
  }

  private func standing(of number: PhoneNumber, in workspace: Workspace) throws -> ContactStanding {
    let numbers = try workspace.numbers(of: PatientName(patient), at: Clock.now).numbers
    guard let record = numbers.first(where: { $0.number == number }) else {
      throw OutreachError(.badInput, "the patient has no such number")
    }
    return record.standing
  }
}

/// `outreach contact verify`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Asks whether a number is the patient's, or records the answer.",
    discussion: """
      Without --answer it shows the neutral message to send, which tells nothing about anybody, and records that it \
      was asked. With --answer it records what came back: a wrong number is suspended for everybody who has it.
      """)

  /// What came back.
  enum Answer: String, ExpressibleByArgument, CaseIterable {
    case yes
    case wrong
  }

  @OptionGroup var number: NumberOptions

  @Option(help: "yes, or wrong for a wrong number.")
  var answer: Answer?

  func run() throws {
    switch answer {
    case .yes: try number.record(.confirmed, opens: true)
    case .wrong: try number.record(.wrongNumber, closes: true)
    case nil:
      try number.record(.confirmationAsked)
      let workspace = try number.workspace.open()
      let language = try workspace.language(of: PatientName(number.patient))
      var page = Page()
      page.line("Send this to it, and record what comes back with --answer yes or --answer wrong:")
      page.bubble(ConfirmingMessage.text(for: workspace.clinic, language: language))
      print(page.text, terminator: "")
    }
  }
}

/// `outreach contact suspend`.
struct SuspendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suspend", abstract: "Takes a number out of use, for everybody who has it.")

  @OptionGroup var number: NumberOptions

  func run() throws { try number.record(.suspended, closes: true) }
}

/// `outreach contact reinstate`.
struct ReinstateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reinstate", abstract: "Puts a suspended number back into use; say on what evidence.")

  @OptionGroup var number: NumberOptions

  func validate() throws {
    if number.evidence.flatMap(Typed.line) == nil {
      throw ValidationError("say with --evidence what shows that the number is right")
    }
  }

  func run() throws { try number.record(.reinstated) }
}

/// `outreach contact import-rnd`.
struct ImportReassignmentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-rnd",
    abstract: "Records answers of the reassigned-numbers database; all of a file, or with one fault none.",
    discussion: "CSV with the columns number, date, answer (yes, no or no data), and queried_on if you like.")

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The CSV file.")
  var file: String

  func run() throws {
    let counts = try workspace.open().importReassignments(fromFile: file, at: Clock.now)
    print(
      "recorded: "
        + ReassignmentAnswer.allCases.map { "\(counts[$0] ?? 0) \($0.rawValue.replacing("_", with: " "))" }
        .joined(separator: ", "))
  }
}

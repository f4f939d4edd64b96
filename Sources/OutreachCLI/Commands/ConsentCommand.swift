public import ArgumentParser
import FoundationEssentials
public import Outreach

/// `outreach consent`.
struct ConsentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consent", abstract: "Records and shows what patients agreed to and withdrew.",
    discussion: "The ledger only grows: what holds is what its entries come to.",
    subcommands: [
      GrantCommand.self, RevokeCommand.self, ExpireCommand.self, TransferCommand.self,
      ShowConsentCommand.self, ImportConsentCommand.self,
    ])
}

/// What every word about consent has in common.
struct ConsentWordOptions: ParsableArguments {
  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "A handle such as P-7K2M, or the source's identifier.")
  var patient: String

  @Option(help: "The purpose, such as prescription. Default: every purpose.")
  var purpose: String?

  @Option(help: "The channel: sms, voice, email or app. Default: every channel.")
  var channel: String?

  @Option(help: "Who said it: patient, staff, parent, guardian, or agent for who acts for an adult.")
  var by: String = "patient"

  @Option(help: "How: paper, web, reply, phone, in_person or record.")
  var how: ConsentEvent.Method?

  @Option(help: "When: a date, or a date and time by the clinic's clock. Default: now.")
  var on: String?

  @Option(help: "Where the evidence can be found, such as the number of a scan.")
  var evidence: String?

  @Option(help: "The number it was said for, by its last four digits or in full.")
  var number: String?

  /// Records a word; what its purpose and channel are is checked against the policy.
  func record(
    _ kind: ConsentEvent.Kind, until: String? = nil, wording: String? = nil, language: String? = nil,
    sender: String? = nil, isScopeStated: Bool = true
  ) throws {
    let workspace = try workspace.open()
    let zone = workspace.zone
    guard let giver = ConsentEvent.source(of: by) else {
      throw OutreachError(
        .usage,
        "--by '\(Typed.line(by) ?? "")' is nobody who can give a word\(Suggestion.sentence(for: by, among: ConsentEvent.givers)); "
          + "write one of \(ConsentEvent.givers.joined(separator: ", "))")
    }
    let event = ConsentEvent(
      evidence: ResourceID(""), kind: kind,
      purpose: try purpose.map { try Self.known($0, "purpose", workspace.policy.purposes.map(\.rawValue)) }
        .map {
          Purpose($0)
        },
      channel: try channel.map { try Self.known($0, "channel", Channel.all.map(\.rawValue)) }.map {
        Channel($0)
      },
      sender: sender.flatMap(Typed.line),
      at: try InstantOption.instant(
        on, named: "--on", in: zone, closes: kind == .revoked || kind == .expired),
      expiresAt: try until.map { try InstantOption.instant($0, named: "--until", in: zone) },
      source: giver.source, grantor: giver.grantor, method: how,
      recordedBy: ProcessInfo.processInfo.userName, wording: wording.flatMap(Typed.line),
      wordingLanguage: language.flatMap(Typed.line),
      number: try number.map { try workspace.number($0, of: PatientName(patient)) },
      reference: evidence.flatMap(Typed.line),
      isScopeStated: isScopeStated)
    guard event.at <= Clock.now else { throw OutreachError(.usage, "--on is still to come") }
    if let end = event.expiresAt, end <= event.at { throw OutreachError(.usage, "--until is not after --on") }
    let events = event.spelledOut()
    let handle = try workspace.recordConsent(events, of: PatientName(patient), at: Clock.now)
    var page = Page()
    for group in ConsentWords.grouped(events, { $0 }) {
      page.line("\(handle): recorded. \(group.sentence(zone: zone))")
    }
    print(page.text, terminator: "")
  }

  private static func known(_ name: String, _ kind: String, _ known: [String]) throws(OutreachError) -> String
  {
    guard known.contains(name) else {
      throw OutreachError(
        .usage,
        "there is no \(kind) '\(name)'\(Suggestion.sentence(for: name, among: known)); there are \(known.joined(separator: ", "))"
      )
    }
    return name
  }
}

extension ConsentEvent.Method: ExpressibleByArgument {}

/// `outreach consent grant`.
struct GrantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Records that somebody agreed, or was asked to confirm.")

  @OptionGroup var word: ConsentWordOptions

  @Option(help: "The first day on which it no longer holds.")
  var until: String?

  @Option(help: "The version of the wording that was shown, such as 'form v3'.")
  var wording: String?

  @Option(help: "The language of the wording, such as es.")
  var wordingLanguage: String?

  @Option(help: "The only sender it is for, as clinic.lua names it.")
  var sender: String?

  @ArgumentParser.Flag(help: "The person was asked to confirm and has not done so: nothing may go out yet.")
  var pending = false

  func run() throws {
    try word.record(
      pending ? .pending : .granted, until: until, wording: wording, language: wordingLanguage, sender: sender
    )
  }
}

/// `outreach consent revoke`.
struct RevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Records that somebody withdrew; it takes effect at once.",
    discussion: """
      With --bare the person did not say what it is about, as with a reply of STOP: what it ends is then in the \
      policy. Without it, and without --purpose and --channel, it ends everything.
      """)

  @OptionGroup var word: ConsentWordOptions

  @ArgumentParser.Flag(
    help: "The person did not say what it is about; --purpose and --channel say where it came.")
  var bare = false

  func run() throws { try word.record(.revoked, isScopeStated: !bare) }
}

/// `outreach consent expire`.
struct ExpireCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expire", abstract: "Records that the clinic ended what somebody agreed to.")

  @OptionGroup var word: ConsentWordOptions

  func run() throws { try word.record(.expired) }
}

/// `outreach consent transfer`.
struct TransferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfer", abstract: "Records that what somebody agreed to goes on at another number.")

  @OptionGroup var word: ConsentWordOptions

  func validate() throws {
    if word.number == nil { throw ValidationError("name the new number with --number") }
  }

  func run() throws { try word.record(.transferred) }
}

/// `outreach consent show`.
struct ShowConsentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows a patient's consent ledger, and what it comes to.")

  /// How the ledger is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case fhir
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var instant: InstantOption

  @Argument(help: "A handle such as P-7K2M, or the source's identifier.")
  var patient: String

  @Option(help: "text, or fhir: a Bundle of FHIR R4 Consent resources.")
  var format: Format = .text

  @ArgumentParser.Flag(
    help:
      "With fhir: name the patient by the source's identifier, for other systems. That you looked is recorded."
  )
  var reveal = false

  func run() throws {
    let workspace = try workspace.open(at: instant.instant, keepsPolicy: instant.at == nil)
    let name = PatientName(patient)
    switch format {
    case .fhir:
      if reveal {
        try workspace.recordReveal(
          of: [try workspace.consentLedger(of: name).patient], by: ProcessInfo.processInfo.userName,
          at: Clock.now,
          command: "consent show")
      }
      print(try workspace.exportConsents(of: name, reveal: reveal), terminator: "")
    case .text:
      let engine = try workspace.engine()
      let now = try instant.instant(in: engine.clinicZone)
      let text = ConsentText(
        ledger: try workspace.consentLedger(of: name), standing: try engine.consent(of: name, at: now),
        at: now,
        zone: engine.clinicZone)
      print(text.page, terminator: "")
    }
  }
}

/// `outreach consent import`.
struct ImportConsentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Records the words of a CSV file; all of them, or with one fault none.",
    discussion: """
      Columns: patient, decision, purpose, channel, on; a grant also by and evidence; and until, how, wording, \
      wording_language, number, sender. FHIR Consent resources are taken by 'outreach import'.
      """)

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The CSV file.")
  var file: String

  func run() throws {
    let workspace = try workspace.open()
    let (words, patients) = try workspace.importConsents(from: file, at: Clock.now)
    print("recorded \(words) words of \(patients) patients")
  }
}

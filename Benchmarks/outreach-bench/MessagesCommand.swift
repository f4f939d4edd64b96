import ArgumentParser
import FoundationEssentials
import Outreach
import OutreachCore

/// `outreach-bench messages`: what it costs to word a message and to look at it, and to load a thousand of them.
struct MessagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messages",
    abstract: "Measures rendering and scanning of messages, and loading of a campaign of a thousand.")

  @Option(help: "How many times each message is worded and looked at.")
  var repeats: Int = 2_000

  @Argument(help: "The folder of a workspace.")
  var directory: String

  private static let texts = [
    "Hi {$patient.first_name}, it's {$clinic.name}. Let's plan your next pick-up: {$clinic.phone}. Reply C if all set, R "
      + "for a call. {$opt_out}",
    "Hi {$patient.first_name}, {$clinic.name} will see you {$appointment.date} at {$appointment.time}. Reply R if you need "
      + "a call. {$clinic.phone}. {$opt_out}",
    ".input {$tier :string} .match $tier sealed {{{$neutral} {$opt_out}}} * {{Hi {$patient.first_name}, it's "
      + "{$clinic.name}. It is time for a short visit with us. Call {$clinic.phone}. {$opt_out}}}",
  ]

  func run() throws {
    let workspace = try Workspace.open(
      at: directory, environment: ProcessInfo.processInfo.environment, on: SyntheticClinic.today)
    let clock = ContinuousClock()
    let visit = Appointment(
      id: ResourceID("visit"), status: "booked", startsAt: SyntheticClinic.asOf + .seconds(3 * 86_400))
    let context = MessageContext(
      clinic: workspace.clinic, givenName: "Maria", subject: .appointment(visit, zone: "America/Chicago"),
      zone: workspace.zone, channel: .sms)
    guard var scanner = TextScanner(language: "en", catalogue: .shipped) else {
      throw ValidationError("there is no English lexicon")
    }
    let variants = Self.texts.map { text in
      Variant(
        language: "en",
        body: MessageTemplate(text, language: "en", channels: [.sms]) { fault in
          preconditionFailure(fault.sentence)
        })
    }
    var bytes = 0
    let each = try clock.measure {
      for _ in 0..<repeats {
        for variant in variants {
          let text = try variant.rendered(for: context, replies: []).revealed
          bytes += text.utf8.count + scanner.hits(in: text, allowing: [workspace.clinic.phone]).count
        }
      }
    }
    let engine = try workspace.engine()
    let source = Array(Self.campaign(of: 1_000).utf8)
    var findings = 0
    let loading = try clock.measure {
      findings = try engine.check(source, file: "thousand.lua").findings.count
    }
    let perMessage = each / (repeats * variants.count)
    print("render and scan one message: \(perMessage.inMicroseconds) µs")
    print("load a campaign of 1000 messages: \(loading.inMicroseconds / 1_000_000) s, \(findings) findings")
  }

  private static func campaign(of count: Int) -> String {
    let messages = (0..<count).map { "    m\($0) = { en = \"\(texts[$0 % 2])\" },\n" }.joined()
    return """
      return campaign {
        id = "thousand", title = "A thousand", owner = "Team", purpose = "appointment", channels = { "sms" },
        messages = {
      \(messages)  },
        decide = function(patient) return send("m0") end,
      }
      """
  }
}

extension Duration {
  fileprivate var inMicroseconds: Double {
    let (seconds, attoseconds) = components
    return (Double(seconds) * 1e6 + Double(attoseconds) / 1e12).rounded(toPlaces: 2)
  }
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    var factor = 1.0
    for _ in 0..<places { factor *= 10 }
    return (self * factor).rounded() / factor
  }
}

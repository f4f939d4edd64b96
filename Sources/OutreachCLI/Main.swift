import ArgumentParser
import Glibc
import Outreach

/// The program: parses the command, runs it, and turns what stopped it into a sentence and an exit code.
@main
enum Main {
  static func main() {
    do {
      var command = try OutreachCommand.parseAsRoot()
      try command.run()
    } catch let error as OutreachError {
      var text = FindingText()
      for finding in error.findings { Terminal.complain(String(text.text(of: finding).dropLast())) }
      Terminal.complain("outreach: \(error.description)")
      leave(error.kind.rawValue)
    } catch {
      // Usage is 2 here as in other tools of the shell; the parser's own code is 64.
      let code = OutreachCommand.exitCode(for: error)
      let message = OutreachCommand.fullMessage(for: error)
      if code.isSuccess {
        print(message)
      } else if !message.isEmpty {
        Terminal.complain(message)
      }
      leave(code == .validationFailure ? OutreachError.Kind.usage.rawValue : code.rawValue)
    }
    leave(0)
  }

  private static func leave(_ code: Int32) -> Never {
    let isWritten = Terminal.flush()
    exit(code == 0 && !isWritten ? OutreachError.Kind.tryAgain.rawValue : code)
  }
}

/// The root of the commands.
struct OutreachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outreach",
    abstract: "Runs outreach campaigns that keep every patient's trust.",
    discussion: """
      Campaigns are short Lua scripts. They propose messages; this program decides, by consent, quiet hours,
      frequency caps and the state of each number, what may go out, and says why.
      """,
    version: "0.1.0",
    subcommands: [
      InitCommand.self, ImportCommand.self, CheckCommand.self, PreviewCommand.self, ExplainCommand.self,
      PatientCommand.self, ConsentCommand.self, ContactCommand.self, PreferenceCommand.self,
      PolicyCommand.self, ApproveCommand.self, OverrideCommand.self, SendCommand.self, OutboxCommand.self,
      PauseCommand.self, ResumeCommand.self, BackupCommand.self,
    ])
}

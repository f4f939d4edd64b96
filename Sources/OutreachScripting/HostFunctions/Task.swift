import Lua
import OutreachCore

/// `task(kind, { about =, due = "1 day" })`: asks for work by a person.
struct Task: HostFunction {
  let name = "task"

  func call(_ arguments: borrowing Arguments, in run: ScriptRun) throws -> Value {
    guard run.campaign != nil else { throw HostError("'task' belongs inside 'decide'") }
    guard let kind = arguments.string(0) else {
      throw HostError("task takes a kind of work, such as task(\"call_back\")")
    }
    let known = run.environment.clinic.taskKinds
    guard known.contains(kind) else { throw HostError(StaticCheck.unknownTask(kind, known)) }
    let options = try OptionTable(arguments, at: 1, of: "task", known: ["about", "due"], in: run)
    var task = TaskRequest(kind: kind)
    task.about = try options.fact("about")?.subject
    if case .string? = options["due"] {
      task.due = try options.span("due")?.added(to: run.now, in: run.clinicZone)
    } else {
      task.due = try options.instant("due")
    }
    return run.hand(.task(task))
  }
}

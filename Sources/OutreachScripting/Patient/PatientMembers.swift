import Lua
import OutreachCore

// What a script reads of the patient itself: `age`, `sex`, `language`, `fields.NAME`, and the sets.
extension ScriptRun {
  func read(_ field: PatientField) throws -> Value {
    switch field {
    case .age:
      try note(.age)
      guard let birthDate = try patientFacts(atLeast: .problems).record.birthDate else { return .null }
      let age = birthDate.age(on: today)
      // A birth date in the future is a mistake, and a mistake is no age.
      return age < 0 ? .null : .integer(Int64(age))
    case .sex:
      try note(.sex)
      return try patientFacts(atLeast: .problems).record.sex.map { .string($0) } ?? .null
    case .language:
      try note(.language)
      return try patientFacts(atLeast: .problems).record.language.map { .string($0) } ?? .null
    case .fields:
      return .object(ObjectKind.fields.reference())
    }
  }

  func readField(named name: String) throws -> Value {
    let known = environment.clinic.fields
    guard known.contains(name), let position = names.position(of: "fields.\(name)") else {
      let hint = Suggestion.sentence(for: name, among: known)
      throw HostError("the clinic has no field '\(name)'\(hint); fields are declared in clinic.lua")
    }
    try note(position)
    switch try patientFacts(atLeast: .problems).record.fields[name] {
    case .text(let text): return .string(text)
    case .number(let number): return .number(number)
    case .boolean(let boolean): return .boolean(boolean)
    case nil: return .null
    }
  }

  /// The set that a method's first argument names.
  func setIndex(_ arguments: borrowing Arguments, _ method: PatientMethod) throws -> Int {
    guard let name = arguments.string(0) else {
      throw HostError(
        "\(method.rawValue) takes the name of a value set, such as patient:\(method.rawValue)(\"diabetes\")")
    }
    guard let index = environment.valueSets.index(of: name) else { throw HostError(unknownSet(name)) }
    return index
  }

  private func unknownSet(_ name: String) -> String {
    StaticCheck.unknownSet(name, environment.valueSets.names)
  }

  /// `patient:has(set)`: whether an active problem is in the set.
  func has(_ arguments: borrowing Arguments, _ facts: OpenedFacts) throws -> Value {
    let set = try setIndex(arguments, .has)
    try note(names.position(ofSet: set))
    let matcher = matchers[set]
    return .boolean(facts.record.conditions.contains { $0.isActive && matcher.containsAny(of: $0.codes) })
  }

  /// `patient:immunized(set, { within = "365 days" })`: whether a vaccination of the set was given, at all or lately.
  func immunized(_ arguments: borrowing Arguments, _ facts: OpenedFacts) throws -> Value {
    let set = try setIndex(arguments, .immunized)
    let options = try OptionTable(arguments, at: 1, of: "immunized", known: ["within"], in: self)
    let earliest = try earliestDay(options.span("within"), of: "immunized")
    try note(names.position(ofSet: set))
    let matcher = matchers[set]
    return .boolean(
      facts.record.immunizations.contains {
        $0.on <= today && $0.on >= earliest && matcher.containsAny(of: $0.codes)
      })
  }

  /// The first day of a span of days that ends today.
  func earliestDay(_ span: Span?, of function: String) throws -> CivilDate {
    guard let span else { return .earliest }
    guard let days = span.days else {
      throw HostError("'within' of \(function) must be in days or weeks, such as \"30 days\"")
    }
    return today.adding(days: -days)
  }
}

/// Finds what the names in a text stand for, and how each value is written.
struct MessageBinding {
  private let model: MessageModel
  private let language: String
  private var names: [String: Meaning] = [:]
  var faults: [MessageFault] = []
  private(set) var selectors: [SelectorValue] = []
  /// Values that no tier shows at which their text is chosen, with their places.
  private var shown: [(pattern: Int, field: MessageField, range: Range<Int>)] = []

  /// What a name or value in braces comes to.
  enum Meaning {
    /// A declared value and how it is written.
    case field(MessageField, FieldFormat)
    /// Something to choose by.
    case selector(SelectorValue)
    /// The same words for everybody.
    case constant(String)
    /// The same day for everybody, in words.
    case day(String)
    /// The same number for everybody, and how it is written and compared.
    case number(NumberFormat.Digits, NumberFormat)
  }

  init(_ model: MessageModel, language: String) {
    self.model = model
    self.language = language
    for declaration in model.declarations {
      if let meaning = meaning(of: declaration.value) { names[declaration.name] = meaning }
    }
    for selector in model.selectors { bind(selector) }
  }

  // MARK: Patterns

  /// The patterns with their values bound; with a fault some pieces are missing.
  mutating func patterns() -> [MessageTemplate.Pattern] {
    model.variants.enumerated().map { index, variant in
      var pieces: [MessageTemplate.Piece] = []
      var origins: [Range<Int>] = []
      func add(_ text: String, _ range: Range<Int>) {
        if case .text(let before)? = pieces.last, let origin = origins.last {
          pieces[pieces.count - 1] = .text(before + text)
          origins[origins.count - 1] = origin.lowerBound..<range.upperBound
        } else if !text.isEmpty {
          pieces.append(.text(text))
          origins.append(range)
        }
      }
      for part in variant.parts {
        switch part {
        case .text(let text, let range): add(text, range)
        case .markup(let range):
          report(.unsupported, range, "messages have no markup; leave it out")
        case .expression(let expression):
          switch meaning(of: expression, isShown: true) {
          case .field(let field, let format)?:
            pieces.append(.field(field, format))
            origins.append(expression.range)
            shown.append((index, field, expression.range))
          case .constant(let text)?, .day(let text)?: add(text, expression.range)
          case .number(let digits, let format)?: add(format.text(digits), expression.range)
          case .selector?:
            report(
              .selector, expression.range, "this value is there to choose by, and is not shown; leave it out")
          case nil: break
          }
        }
      }
      return MessageTemplate.Pattern(keys: variant.keys, pieces: pieces, origins: origins)
    }
  }

  /// The values that are never shown where they stand: their texts are chosen only at tiers below their own, and nothing
  /// can stand for them.
  func faultsOfTiers(_ patterns: [MessageTemplate.Pattern]) -> [MessageFault] {
    shown.compactMap { pattern, field, range in
      guard let tier = field.tier, let highest = patterns[pattern].tiers.max(), highest < tier,
        field.facet(in: language) == nil
      else { return nil }
      return MessageFault(
        .disclosure, range,
        "'{$\(field.rawValue)}' shows from the tier '\(tier.name)' on, and this text is for '\(highest.name)'; leave it out"
      )
    }
  }

  private mutating func bind(_ selector: MessageModel.Variable) {
    switch names[selector.name] {
    case .selector(let value)?: selectors.append(value)
    case .constant(let text)?: selectors.append(.constant([text]))
    case .number(let digits, let format)?: selectors.append(.constant(format.keys(of: digits, in: language)))
    case .day?:
      report(
        .selector, selector.range,
        "'$\(selector.name)' is a day, and words are not chosen by days; choose by $tier, $channel, $language or a literal"
      )
      selectors.append(.constant([]))
    case .field(let field, _)?: refuse(field, selector)
    case nil:
      if let field = MessageField(rawValue: selector.name) {
        refuse(field, selector)
      } else {
        selectors.append(SelectorValue.names[selector.name] ?? .constant([]))
      }
    }
  }

  private mutating func refuse(_ field: MessageField, _ selector: MessageModel.Variable) {
    report(
      .privateSelector, selector.range,
      "words that change with '\(field.rawValue)' would tell of it; choose by $tier, $channel, $language or a literal"
    )
    selectors.append(.constant([]))
  }

  // MARK: Values

  /// What a value in braces comes to; nil after reporting what is wrong with it.
  private mutating func meaning(of expression: MessageModel.Expression, isShown: Bool = false) -> Meaning? {
    for name in expression.attributes {
      report(.unsupported, expression.range, "messages have no attributes; leave '@\(name)' out")
    }
    guard let operand = expression.operand else {
      if let function = expression.function, options(of: function) == nil { return nil }
      report(.operand, expression.range, "a function needs a value: {$name :function}")
      return nil
    }
    let base: Meaning
    switch operand {
    case .literal(let text, let range):
      // Without bars and function it is a name whose '$' was forgotten.
      if isShown, range.count == text.utf8.count, expression.function == nil {
        report(.syntax, expression.range, "'{\(text)}' is not a value; values are written '{$name}'")
        return nil
      }
      base = .constant(text)
    case .variable(let variable):
      guard let found = meaning(of: variable, at: expression.range) else { return nil }
      base = found
    }
    guard let function = expression.function else { return base }
    guard let options = options(of: function) else { return nil }
    return apply(function, options, to: base, expression)
  }

  private mutating func meaning(of variable: MessageModel.Variable, at range: Range<Int>) -> Meaning? {
    if let meaning = names[variable.name] { return meaning }
    // A declaration whose own fault is on the list already.
    if model.declarations.contains(where: { $0.name == variable.name && !$0.isInput }) { return nil }
    if let value = SelectorValue.names[variable.name] { return .selector(value) }
    guard let field = MessageField(rawValue: variable.name) else {
      let known = MessageField.allCases.filter { $0.tier != nil }.map(\.rawValue) + names.keys.sorted()
      report(
        .unknownValue, range,
        "there is no value '{$\(variable.name)}'\(Suggestion.sentence(for: variable.name, among: known))")
      return nil
    }
    guard field.tier != nil else {
      report(
        .disclosure, range,
        "'{$\(field.rawValue)}' tells what somebody is treated for, or who they are, and a message may be read by "
          + "others; leave it out")
      return nil
    }
    return .field(field, .plain)
  }

  // MARK: Functions

  private static let functions: [String: [String]] = [
    "string": [], "date": ["fields", "length"], "time": ["precision"],
    "datetime": ["dateFields", "dateLength", "timePrecision"],
    "number": ["minimumFractionDigits", "maximumFractionDigits", "useGrouping", "signDisplay", "select"],
    "integer": ["useGrouping", "signDisplay", "select"],
  ]

  /// The options of a function by name; nil after reporting what is wrong with them.
  private mutating func options(of function: MessageModel.Function) -> Options? {
    guard let known = Self.functions[function.name] else {
      let names = Self.functions.keys.sorted()
      report(
        .unsupported, function.range,
        "there is no function ':\(function.name)'\(Suggestion.sentence(for: function.name, among: names)); functions are "
          + names.map { ":\($0)" }.joined(separator: ", "))
      return nil
    }
    var options: Options = [:]
    var isFaulty = false
    for option in function.options {
      guard known.contains(option.name) else {
        let hint = Suggestion.sentence(for: option.name, among: known)
        let rest = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
        report(.option, option.range, "':\(function.name)' has no option '\(option.name)'\(hint); \(rest)")
        isFaulty = true
        continue
      }
      guard case .literal(let value, _) = option.value else {
        report(
          .option, option.range, "the value of '\(option.name)' is written in place, not taken from a name")
        isFaulty = true
        continue
      }
      options[option.name] = (value, option.range)
    }
    return isFaulty ? nil : options
  }

  private mutating func apply(
    _ function: MessageModel.Function, _ options: Options,
    to base: Meaning,
    _ expression: MessageModel.Expression
  ) -> Meaning? {
    func refuse(_ sentence: String) -> Meaning? {
      faults.append(MessageFault(.operand, expression.range, sentence))
      return nil
    }
    switch (function.name, base) {
    case ("string", .field(let field, _)) where field.kind == .hostWords:
      return refuse("'{$\(field.rawValue)}' is the host's own words and takes no function")
    // Words are compared as words, whatever they were made of.
    case ("string", .number(let digits, let format)): return .constant(format.text(digits))
    case ("string", .day(let text)): return .constant(text)
    case ("string", _): return base
    case ("number", .constant(let text)), ("integer", .constant(let text)):
      guard let digits = NumberFormat.Digits(text) else {
        return refuse("'\(text)' is no number, such as 3 or 1.5")
      }
      return number(digits, NumberFormat(), options, isInteger: function.name == "integer")
    case ("number", .number(let digits, let format)), ("integer", .number(let digits, let format)):
      guard format.selection == nil else {
        report(
          .option, expression.range,
          "'select' holds for the name that it was given to, and is not taken over; choose by that name, or leave "
            + "'select' out there")
        return nil
      }
      return number(digits, format, options, isInteger: function.name == "integer")
    case ("date", .field(let field, _)) where field.kind == .date:
      return dateFormat(options, "fields", "length").map { .field(field, .date($0)) }
    case ("date", .constant(let text)):
      guard let date = CivilDate(text) else { return refuse("'\(text)' is no day, such as 2026-11-30") }
      return dateFormat(options, "fields", "length").map { format in
        .day(Wording.of(language).date(date, format))
      }
    case ("time", .field(let field, _)) where field.kind == .time:
      return value("precision", of: options, among: TimeFormat.allCases, default: .minute).map {
        .field(field, .time($0))
      }
    case ("datetime", .field(let field, _)) where field.kind == .date || field.kind == .time:
      guard let date = dateFormat(options, "dateFields", "dateLength"),
        let time = value("timePrecision", of: options, among: TimeFormat.allCases, default: .minute)
      else { return nil }
      return .field(field, .dateTime(date, time))
    case (let name, .field(let field, _)):
      return refuse(
        "'{$\(field.rawValue)}' is nothing that ':\(name)' can write; write '{$\(field.rawValue)}' only")
    case (let name, .constant(let text)), (let name, .day(let text)):
      return refuse("'\(text)' is nothing that ':\(name)' can write")
    case (let name, .number(let digits, let format)):
      return refuse("'\(format.text(digits))' is nothing that ':\(name)' can write")
    case (let name, .selector): return refuse("what is chosen by is compared by ':string', not by ':\(name)'")
    }
  }

  private mutating func dateFormat(
    _ options: Options, _ fields: String, _ length: String
  ) -> DateFormat? {
    guard
      let fields = value(fields, of: options, among: DateFormat.Fields.allCases, default: .yearMonthDay),
      let length = value(length, of: options, among: DateFormat.Length.allCases, default: .medium)
    else { return nil }
    return DateFormat(fields: fields, length: length)
  }

  /// The value of an option that a closed list holds; nil after reporting one that it does not hold.
  private mutating func value<Choice: RawRepresentable<String>>(
    _ name: String, of options: Options, among choices: [Choice],
    default standard: Choice
  ) -> Choice? {
    guard let option = options[name] else { return standard }
    guard let choice = Choice(rawValue: option.value) else {
      let known = choices.map(\.rawValue)
      report(
        .option, option.range,
        "'\(name)' cannot be '\(option.value)'\(Suggestion.sentence(for: option.value, among: known)); it is one of "
          + known.joined(separator: ", "))
      return nil
    }
    return choice
  }

  mutating func report(_ rule: CheckRule, _ range: Range<Int>, _ sentence: String) {
    faults.append(MessageFault(rule, range, sentence))
  }
}

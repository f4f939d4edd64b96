import OutreachCore

/// One case of a suite for Unicode MessageFormat 2: a text, the values of its names, and what comes of it.
///
/// The form is that of the public suite (unicode-org/message-format-wg, `test/schemas/v1/tests.schema.json`), as far as
/// it bears on a program that refuses where the specification shows something in place of a value.
struct ConformanceCase: Sendable {
  /// The errors that a case expects.
  enum Errors: Hashable, Sendable {
    /// Any, but at least one.
    case some
    /// These, by their names in the specification; empty is none.
    case types(Set<String>)
  }

  /// Why a case is not carried to its end; there are no other reasons.
  enum SkipReason: String, CaseIterable, Sendable {
    case markup = "markup"
    case attribute = "attributes"
    case bareWord = "words in braces without bars, which most often are names without their '$'"
    case function = "functions and options that the language leaves out"
    case time = "times of the day that are written as literals"
    case missing = "a missing value, which refuses the patient in place of showing its name"
    case uOption = "u: options"
    case locale = "other languages than English and Spanish"

    /// The rules by which the language refuses it.
    var rules: Set<CheckRule> {
      switch self {
      case .markup, .attribute: [.unsupported]
      case .bareWord: [.syntax]
      case .function: [.unsupported, .option]
      case .time: [.operand]
      case .missing: [.unknownValue]
      case .uOption: [.option]
      case .locale: []
      }
    }
  }

  /// What became of a case.
  enum Outcome: Hashable, Sendable {
    /// The text is what it should be.
    case passed
    /// The error that is expected was found.
    case refused
    /// The text was read without a fault, and then refused for something that the language leaves out.
    case skipped(SkipReason)
    /// Anything else.
    case mismatch(String)
  }

  var source: String
  var locale = "en-US"
  /// The values of names; nil is a value that is missing.
  var values: [String: String?] = [:]
  /// The text that comes of it; nil is any but an empty one.
  var text: String?
  var errors = Errors.types([])

  // MARK: What should happen

  /// The rule that stands for an error of the data model.
  private static let modelRules: [String: CheckRule] = [
    "variant-key-mismatch": .variant, "duplicate-variant": .variant, "missing-fallback-variant": .fallback,
    "missing-selector-annotation": .selector, "duplicate-declaration": .declaration,
    "duplicate-option-name": .option,
  ]

  /// The rule that stands for an error of the time when a message is formatted.
  private static let formattingRules: [String: CheckRule] = [
    "unresolved-variable": .unknownValue, "unknown-function": .unsupported, "bad-operand": .operand,
    "bad-option": .option, "bad-selector": .selector,
  ]

  /// Reads, checks and formats the text.
  func outcome() -> Outcome {
    let types: Set<String> = if case .types(let types) = errors { types } else { [] }
    let (model, syntaxFaults) = MessageParser.parse(source)
    if types == ["syntax-error"] {
      return syntaxFaults.isEmpty ? .mismatch("read without a fault") : .refused
    }
    guard syntaxFaults.isEmpty else { return .mismatch("not read: \(syntaxFaults)") }

    let modelFaults = model.faults()
    let modelRules = Set(types.compactMap { Self.modelRules[$0] })
    guard Set(modelFaults.map(\.rule)) == modelRules else {
      return .mismatch("faults of the model: \(modelFaults)")
    }
    if !modelRules.isEmpty { return .refused }
    guard ["en-US", "und"].contains(locale) else { return .skipped(.locale) }

    let (said, faults) = formatted(bound(in: model))
    let rules = Set(faults.map(\.rule))
    if faults.isEmpty {
      if errors != .types([]) { return .mismatch("accepted as '\(said)', and \(errors) expected") }
      return isRight(said) ? .passed : .mismatch("'\(said)'")
    }
    let expected = Set(types.compactMap { Self.formattingRules[$0] })
    if errors == .some || (!expected.isEmpty && rules.isSubset(of: expected)) { return .refused }
    let reasons = SkipReason.allCases.filter { reason in isPresent(reason, in: model) }
    let explained = reasons.reduce(into: expected) { $0.formUnion($1.rules) }
    guard let reason = reasons.first, rules.isSubset(of: explained) else {
      return .mismatch("refused: \(faults)")
    }
    if reasons == [.bareWord] {
      // In bars they are taken, and then the text must be right.
      let (said, faults) = formatted(bound(in: model, withBars: true))
      guard faults.isEmpty, isRight(said) else { return .mismatch("'\(said)' in bars: \(faults)") }
    }
    return .skipped(reason)
  }

  private func isRight(_ said: String) -> Bool {
    text.map { $0.unicodeScalars.elementsEqual(said.unicodeScalars) } ?? !said.isEmpty
  }

  // MARK: What happens

  /// The text that a message comes to, and its faults.
  ///
  /// Which characters can be sent, and that something is sent at all, are questions beyond the language.
  private func formatted(_ source: String) -> (text: String, faults: [MessageFault]) {
    var faults: [MessageFault] = []
    let template = MessageTemplate(source, language: "en", channels: [.sms]) { faults.append($0) }
    faults.removeAll { fault in
      [.direction, .invisible].contains(fault.rule) || fault.sentence == "the text is empty"
    }
    guard faults.isEmpty else { return ("", faults) }
    let pattern = template.pattern(for: SelectionContext(tier: .generic, channel: .sms, language: "en"))
    let text = pattern.pieces.map { if case .text(let text) = $0 { text } else { "?" } }.joined()
    return (text, [])
  }

  /// The text with its values written into it, as literals: `.input {$name :f}` becomes `.local $name = {|value| :f}`.
  ///
  /// The functions that the suite selects with are numbers with other names.
  private func bound(in model: MessageModel, withBars: Bool = false) -> String {
    let bytes = Array(source.utf8)
    var edits: [(range: Range<Int>, text: String)] = []
    for declaration in model.declarations where declaration.isInput {
      guard let value = values[declaration.name] ?? nil,
        case .variable(let variable)? = declaration.value.operand
      else { continue }
      let name = String(decoding: bytes[variable.range], as: UTF8.self)
      edits.append((declaration.range.lowerBound..<declaration.value.range.lowerBound, ".local \(name) = "))
      edits.append((variable.range, Self.literal(value)))
    }
    for function in functions(of: model) where function.name == "test:select" {
      edits.append(
        (function.range.lowerBound..<(function.range.lowerBound + ":test:select".utf8.count), ":number"))
      for option in function.options where option.name == "decimalPlaces" {
        guard case .literal(let value, _) = option.value, ["0", "1"].contains(value) else { continue }
        edits.append((option.range, "minimumFractionDigits=\(value)"))
      }
    }
    for (text, range) in bareWords(of: model) where withBars { edits.append((range, Self.literal(text))) }
    var text = bytes[...]
    var tail = ""
    for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      tail = edit.text + String(decoding: text[edit.range.upperBound...], as: UTF8.self) + tail
      text = text[..<edit.range.lowerBound]
    }
    let body = String(decoding: text, as: UTF8.self) + tail
    let outside = values.filter { name, value in
      value != nil && !model.declarations.contains { $0.name == name }
    }
    if outside.isEmpty { return body }
    let isSimple =
      model.declarations.isEmpty && model.selectors.isEmpty
      && !body.drop(while: \.isWhitespace).hasPrefix("{{")
    let declarations = outside.sorted { $0.key < $1.key }.map { name, value in
      ".local $\(name) = {\(Self.literal(value ?? ""))} "
    }
    return declarations.joined() + (isSimple ? "{{\(body)}}" : body)
  }

  private static func literal(_ value: String) -> String {
    "|" + value.replacing("\\", with: "\\\\").replacing("|", with: "\\|") + "|"
  }

  // MARK: What is left out

  private func isPresent(_ reason: SkipReason, in model: MessageModel) -> Bool {
    let expressions = expressions(of: model)
    let functions = functions(of: model)
    let options = functions.flatMap(\.options)
    switch reason {
    case .markup:
      return model.variants.flatMap(\.parts).contains { if case .markup = $0 { true } else { false } }
    case .bareWord: return !bareWords(of: model).isEmpty
    case .attribute: return expressions.contains { !$0.attributes.isEmpty }
    case .function:
      return functions.contains {
        !["string", "number", "integer", "date", "time", "datetime"].contains($0.name)
      }
        || options.contains { option in
          if case .variable = option.value { return true }
          return ["decimalPlaces", "fails"].contains(option.name)
        }
    case .time:
      return functions.contains { ["time", "datetime"].contains($0.name) }
        || expressions.contains { expression in
          if case .literal(let text, _)? = expression.operand { text.contains("T") } else { false }
        }
    case .missing:
      return expressions.flatMap(\.names).contains { name in
        (values[name] ?? nil) == nil && !model.declarations.contains { $0.name == name && !$0.isInput }
      }
    case .uOption: return options.contains { $0.name.hasPrefix("u:") }
    case .locale: return false
    }
  }

  private func bareWords(of model: MessageModel) -> [(text: String, range: Range<Int>)] {
    model.variants.flatMap(\.parts).compactMap { part in
      guard case .expression(let value) = part, value.function == nil,
        case .literal(let text, let range)? = value.operand, range.count == text.utf8.count
      else { return nil }
      return (text, range)
    }
  }

  private func expressions(of model: MessageModel) -> [MessageModel.Expression] {
    model.declarations.map(\.value)
      + model.variants.flatMap(\.parts).compactMap {
        if case .expression(let value) = $0 { value } else { nil }
      }
  }

  private func functions(of model: MessageModel) -> [MessageModel.Function] {
    expressions(of: model).compactMap(\.function)
  }
}

extension MessageBinding {
  /// The options of a function by name, with the place of each.
  typealias Options = [String: (value: String, range: Range<Int>)]

  /// What `:number` or `:integer` makes of a number; nil after reporting what is wrong with the options.
  ///
  /// The options of a number that has some already hold on, but for those that are given anew (LDML 48, part 9, "The
  /// `:number` function", "Resolved Value").
  mutating func number(
    _ digits: NumberFormat.Digits, _ format: NumberFormat, _ options: Options, isInteger: Bool
  ) -> Meaning? {
    var digits = digits
    var format = format
    if isInteger {
      // A whole number from here on, also for a function after this one.
      digits.round(to: 0)
      (format.minimumFractionDigits, format.maximumFractionDigits) = (0, 0)
    }
    guard let format = numberFormat(options, from: format) else { return nil }
    return .number(digits, format)
  }

  private mutating func numberFormat(_ options: Options, from format: NumberFormat) -> NumberFormat? {
    var format = format
    let digits = (0...9).map(String.init)
    func refuse(_ name: String, _ known: [String]) -> NumberFormat? {
      if let option = options[name] {
        faults.append(
          MessageFault(.option, option.range, "'\(name)' is one of \(known.joined(separator: ", "))"))
      }
      return nil
    }
    if let option = options["minimumFractionDigits"] {
      guard digits.contains(option.value), let count = Int(option.value) else {
        return refuse("minimumFractionDigits", digits)
      }
      format.minimumFractionDigits = count
      format.maximumFractionDigits = max(count, format.maximumFractionDigits)
    }
    if let option = options["maximumFractionDigits"] {
      let known = Array(digits[format.minimumFractionDigits...])
      guard known.contains(option.value), let count = Int(option.value) else {
        return refuse("maximumFractionDigits", known)
      }
      format.maximumFractionDigits = count
    }
    if let option = options["useGrouping"] {
      guard ["auto", "always", "never"].contains(option.value) else {
        return refuse("useGrouping", ["auto", "always", "never"])
      }
      format.groups = option.value != "never"
    }
    if let option = options["signDisplay"] {
      guard let sign = NumberFormat.Sign(rawValue: option.value) else {
        return refuse("signDisplay", ["auto", "always", "never"])
      }
      format.sign = sign
    }
    if let option = options["select"] {
      guard let selection = NumberFormat.Selection(rawValue: option.value) else {
        return refuse("select", ["plural", "exact"])
      }
      format.selection = selection
    }
    return format
  }
}

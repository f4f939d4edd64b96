/// How a number in a text is shown and compared: the options of `:number` and `:integer`.
package struct NumberFormat: Hashable, Sendable {
  /// By what variants are chosen for the number.
  package enum Selection: String, Hashable, Sendable {
    /// By the exact number, else by the form that words take with it.
    case plural
    /// By the exact number only.
    case exact
  }

  /// When the sign is shown.
  package enum Sign: String, Hashable, Sendable {
    case auto
    case always
    case never
  }

  package var minimumFractionDigits = 0
  package var maximumFractionDigits = 3
  package var groups = true
  package var sign = Sign.auto
  /// By what variants are chosen; nil is ``Selection/plural`` without anybody having said so.
  package var selection: Selection?

  package init() {}

  /// A number as its digits: what a literal must be, by the grammar of JSON's numbers.
  package struct Digits: Hashable, Sendable {
    var isNegative: Bool
    var whole: [UInt8]
    var fraction: [UInt8]

    /// Reads a number such as `-12.50` or `1e3`; nil for anything else, and for one of more than 40 digits.
    package init?(_ text: String) {
      var rest = Substring(text)
      isNegative = rest.first == "-"
      if isNegative { rest.removeFirst() }
      let exponentStart = rest.firstIndex { $0 == "e" || $0 == "E" }
      let exponent: Int
      if let exponentStart {
        let digits = rest[rest.index(after: exponentStart)...]
        guard let value = Int(digits), (-30...30).contains(value) else { return nil }
        exponent = value
      } else {
        exponent = 0
      }
      let parts = rest[..<(exponentStart ?? rest.endIndex)].split(
        separator: ".", omittingEmptySubsequences: false)
      guard parts.count <= 2,
        parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
        parts[0].utf8.count == 1 || parts[0].first != "0"
      else { return nil }
      whole = parts[0].utf8.map { $0 - 48 }
      fraction = parts.count == 2 ? parts[1].utf8.map { $0 - 48 } : []
      if exponent > 0 {
        for _ in 0..<exponent { whole.append(fraction.isEmpty ? 0 : fraction.removeFirst()) }
      } else {
        for _ in 0..<(-exponent) { fraction.insert(whole.popLast() ?? 0, at: 0) }
      }
      whole = Array(whole.drop { $0 == 0 })
      if whole.count + fraction.count > 40 { return nil }
    }

    /// Rounds half to even to so many digits behind the point.
    mutating func round(to count: Int) {
      guard fraction.count > count else { return }
      let dropped = fraction[count...]
      fraction = Array(fraction[..<count])
      let half: [UInt8] = [5] + [UInt8](repeating: 0, count: dropped.count - 1)
      let last = fraction.last ?? whole.last ?? 0
      let isUp = half.lexicographicallyPrecedes(dropped) || (half.elementsEqual(dropped) && last % 2 == 1)
      guard isUp else { return }
      var digits = whole + fraction
      var index = digits.count - 1
      while index >= 0, digits[index] == 9 {
        digits[index] = 0
        index -= 1
      }
      if index >= 0 { digits[index] += 1 } else { digits.insert(1, at: 0) }
      fraction = Array(digits.suffix(count))
      whole = Array(digits.dropLast(count).drop { $0 == 0 })
    }
  }

  /// The number as it is shown, rounded and with as many digits as the options ask for.
  package func rounded(_ digits: Digits) -> Digits {
    var digits = digits
    digits.round(to: maximumFractionDigits)
    while digits.fraction.last == 0, digits.fraction.count > minimumFractionDigits {
      digits.fraction.removeLast()
    }
    while digits.fraction.count < minimumFractionDigits { digits.fraction.append(0) }
    return digits
  }

  /// The number in a language's words.
  ///
  /// Point and comma are those of English and of Spanish in the United States and Mexico (CLDR, es-US and es-MX).
  package func text(_ digits: Digits) -> String {
    let shown = rounded(digits)
    let whole = shown.whole.isEmpty ? [0] : shown.whole
    var text = ""
    let isNegative = shown.isNegative && (shown.whole + shown.fraction).contains { $0 != 0 }
    switch sign {
    case .auto: if isNegative { text = "-" }
    case .always: text = isNegative ? "-" : "+"
    case .never: break
    }
    for (index, digit) in whole.enumerated() {
      if groups, index > 0, (whole.count - index) % 3 == 0 { text += "," }
      text += String(digit)
    }
    if !shown.fraction.isEmpty { text += "." + shown.fraction.map(String.init).joined() }
    return text
  }

  /// The keys that a variant can have for the number, the best first.
  package func keys(of digits: Digits, in language: String) -> [String] {
    let shown = rounded(digits)
    var plain = NumberFormat()
    (plain.groups, plain.maximumFractionDigits, plain.minimumFractionDigits) = (
      false, 40, shown.fraction.count
    )
    var exact = shown
    while exact.fraction.last == 0 { exact.fraction.removeLast() }
    var keys = [plain.text(shown)]
    plain.minimumFractionDigits = 0
    if plain.text(exact) != keys[0] { keys.append(plain.text(exact)) }
    guard selection != .exact else { return keys }
    // Forms hang on a number's last six digits, and on whether it has more.
    let millions: UInt64 = shown.whole.count > 6 ? 1_000_000 : 0
    let whole = shown.whole.suffix(6).reduce(UInt64(0)) { $0 * 10 + UInt64($1) } + millions
    let isOne = exact.whole == [1] && exact.fraction.isEmpty
    keys.append(
      PluralCategory(whole: whole, hasFraction: !shown.fraction.isEmpty, isOne: isOne, in: language).rawValue)
    return keys
  }
}

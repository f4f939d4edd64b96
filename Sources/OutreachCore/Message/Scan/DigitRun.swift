/// Digits with the signs between them, as in a telephone number, a date or a blood pressure.
struct DigitRun {
  /// Where it stands.
  let range: Range<Int>
  /// The digits between the signs.
  let groups: [[UInt8]]
  /// The sign between each two groups.
  let signs: [UInt8]
  /// Whether a percent sign follows.
  let isShare: Bool

  /// The runs of a text: groups of digits with one sign between two of them, a bracket and a blank counting as one.
  static func runs(in bytes: [UInt8]) -> [DigitRun] {
    var runs: [DigitRun] = []
    var place = 0
    while place < bytes.count {
      guard ShapeScan.isDigit(bytes[place]), place == 0 || !isLetter(bytes[place - 1]) else {
        place += 1
        continue
      }
      let start = place
      var groups: [[UInt8]] = []
      var signs: [UInt8] = []
      while true {
        let end = bytes[place...].firstIndex { !ShapeScan.isDigit($0) } ?? bytes.count
        groups.append(Array(bytes[place..<end]))
        place = end
        var next = place
        // At most two signs, such as ") ".
        while next < bytes.count, next - place < 2, " -./()".utf8.contains(bytes[next]) { next += 1 }
        guard next > place, next < bytes.count, ShapeScan.isDigit(bytes[next]) else { break }
        signs.append(bytes[place])
        place = next
      }
      var isShare = false
      var end = place
      if place < bytes.count, bytes[place] == UInt8(ascii: "%") {
        isShare = true
        end += 1
      }
      // "500mg" and "3rd" are words, which others look at.
      if place < bytes.count, isLetter(bytes[place]), groups.count == 1 { continue }
      runs.append(DigitRun(range: start..<end, groups: groups, signs: signs, isShare: isShare))
    }
    return runs
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80 }

  private var lengths: [Int] { groups.map(\.count) }
  private var digits: [UInt8] { groups.flatMap { $0 } }
  private func number(_ index: Int) -> Int { Int(String(decoding: groups[index], as: UTF8.self)) ?? 0 }

  /// Whether it has one digit group behind a full stop.
  var hasFraction: Bool { groups.count == 2 && signs[0] == UInt8(ascii: ".") }

  /// A number that stands for a person: social security, telephone, payment card, internet address, or a long one.
  var isIdentifier: Bool {
    isSocialSecurity || isTelephone || isCard || isInternetAddress || groups.contains { $0.count >= 7 }
  }

  /// Area, group and serial number, none of them zero, and no area that is never given out (SSA, POMS RM 10201.035).
  private var isSocialSecurity: Bool {
    guard lengths == [3, 2, 4], signs.allSatisfy({ $0 != UInt8(ascii: "/") }) else { return false }
    return number(0) != 0 && number(0) != 666 && number(0) < 900 && number(1) != 0 && number(2) != 0
  }

  private var isTelephone: Bool {
    let isDivided = signs.allSatisfy { $0 != UInt8(ascii: "/") }
    return isDivided
      && (lengths == [3, 3, 4] || lengths == [1, 3, 3, 4] || lengths == [3, 4] || lengths == [1, 3, 7])
  }

  /// Thirteen to nineteen digits with the check digit of ISO/IEC 7812 (Luhn).
  private var isCard: Bool {
    let digits = digits
    guard (13...19).contains(digits.count), groups.allSatisfy({ $0.count >= 2 }) else { return false }
    let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
      let value = Int(digit.element - 0x30) * (digit.offset % 2 == 1 ? 2 : 1)
      return sum + (value > 9 ? value - 9 : value)
    }
    return sum % 10 == 0
  }

  private var isInternetAddress: Bool {
    lengths.count == 4 && signs.allSatisfy { $0 == UInt8(ascii: ".") }
      && groups.indices.allSatisfy { number($0) <= 255 }
  }

  /// A day with its year, in any order.
  var isFullDate: Bool {
    guard groups.count == 3, signs[0] == signs[1], signs[0] != UInt8(ascii: " ") else { return false }
    func isDay(_ index: Int) -> Bool { groups[index].count <= 2 && (1...31).contains(number(index)) }
    func isYear(_ index: Int) -> Bool { groups[index].count == 4 && (1900...2100).contains(number(index)) }
    let isShort = groups[2].count == 2 && signs[0] != UInt8(ascii: ".")
    return isDay(0) && isDay(1) && (isYear(2) || isShort) || isYear(0) && isDay(1) && isDay(2)
  }

  /// Systolic over diastolic pressure.
  var isPressure: Bool {
    groups.count == 2 && signs[0] == UInt8(ascii: "/") && (70...260).contains(number(0))
      && (30...160).contains(number(1))
      && number(0) > number(1)
  }
}

import OutreachCore
import OutreachImport
import Testing

@Suite struct PhoneNumberParserTests {
  let parser = PhoneNumberParser(defaultRegion: "US")

  @Test(arguments: [
    "+12015550123", "2015550123", "12015550123", "(201) 555-0123", "+1 (201) 555-0123", "201.555.0123",
    "201/555-0123", " 201 555 0123 ", "1-201-555-0123", "(+1) 201-555-0123", "201\u{A0}555\u{2011}0123",
    "201–555–0123", "011 1 201 555 0123",
  ])
  func `the ways people write a number read alike`(_ text: String) {
    #expect(
      parser.parse(text)
        == PhoneNumberReading(
          number: PhoneNumber(e164: "+12015550123"), isPossible: true, isValid: true,
          kind: .fixedLineOrMobile,
          region: "US", fault: nil))
  }

  @Test(arguments: [
    ("", PhoneNumberFault.notANumber), ("  ", .notANumber), ("+", .notANumber), ("()-", .notANumber),
    ("none", .letters), ("call me", .letters), ("1-800-FLOWERS", .letters), ("+1 412 535 abcd", .letters),
    ("201555O123", .letters), ("201-555-0123 (mother)", .letters), ("2015550123 x", .letters),
    ("tel:+12015550123", .letters), ("201-555-0123 or 201-555-0124", .letters),
    ("телефон 2015550123", .letters),
    ("201*555*0123", .strayCharacters), ("201-555-0123;", .strayCharacters),
    ("++12015550123", .strayCharacters),
    ("201+5550123", .strayCharacters), ("1+2015550123", .strayCharacters), ("２０１5550123", .strayCharacters),
    ("٢٠١5550123", .strayCharacters), ("2015550123😀", .strayCharacters), ("2015550123\n", .strayCharacters),
    ("2015550123\0", .strayCharacters), ("201-555-0123, 201-555-0124", .strayCharacters),
    ("+999 12345678", .unknownCountryCode), ("555-0123", .tooShort), ("12", .tooShort), ("911", .tooShort),
    ("+1 911", .tooShort), ("201 555 012", .tooShort), ("201 555 01234", .tooLong),
    ("(201) 555-0123/4", .tooLong),
    ("201 555 0123 201 555 0124", .tooLong), ("+12345678901234567890", .tooLong),
    ("123456789012345678901234567890123456789012345678901234567890", .tooLong),
  ])
  func `what cannot be read has no number and says why`(_ text: String, _ fault: PhoneNumberFault) {
    #expect(parser.parse(text) == .unreadable(fault))
  }

  @Test(arguments: ["+1 555 555 0123", "+1 111 555 0123", "+1 201 155 0123", "1234567890"])
  func `a number of the right length in no range is not assignable`(_ text: String) {
    let reading = parser.parse(text)
    #expect(reading.number != nil && reading.isPossible && !reading.isValid)
    #expect(reading.fault == .notAssignable)
    #expect(!reading.canReceiveText && !reading.canReceiveVoice)
  }

  @Test(arguments: [
    "201-555-0123 x12", "201-555-0123x12", "201-555-0123 ext 12", "201-555-0123 Ext. 12",
    "201-555-0123, ext: 12",
    "201-555-0123 extension 12", "201-555-0123 #12", "+12015550123;ext=12", "201-555-0123 EXTN 1234567 ",
  ])
  func `an extension is seen, and then nothing can be sent`(_ text: String) {
    let reading = parser.parse(text)
    #expect(reading.number == PhoneNumber(e164: "+12015550123"))
    #expect(reading.isValid && reading.fault == .hasExtension)
    #expect(!reading.canReceiveText && !reading.canReceiveVoice)
  }

  @Test(arguments: ["201-555-0123 x12345678", "201-555-0123 xx12", "201-555-0123 ex 12", "201-555-0123 ext"])
  func `what only looks like an extension is not one`(_ text: String) {
    #expect(parser.parse(text).fault == .letters)
  }

  @Test func `the kind of line is told where the plan tells it`() {
    #expect(parser.parse("+1 800 555 0123").kind == .tollFree)
    #expect(parser.parse("+1 900 555 0123").kind == .premiumRate)
    #expect(parser.parse("+44 7400 123456").kind == .mobile)
    #expect(parser.parse("+44 20 7946 0018").kind == .fixedLine)
    #expect(parser.parse("+44 (0)20 7946 0018").number?.e164 == "+442079460018")
    #expect(parser.parse("+44 7400 123456").canReceiveText)
    #expect(!parser.parse("+44 20 7946 0018").canReceiveText)
    #expect(parser.parse("+44 20 7946 0018").canReceiveVoice)
    #expect(!parser.parse("+1 800 555 0123").canReceiveVoice)
    #expect(parser.parse("011 52 55 1234 5678").number?.e164 == "+525512345678")
  }

  @Test func `the clinic's region fills in the country, and without one nothing does`() {
    #expect(PhoneNumberParser(defaultRegion: "GB").parse("020 7946 0018").number?.e164 == "+442079460018")
    for region in ["", "ZZ", "us", "nowhere"] {
      let parser = PhoneNumberParser(defaultRegion: region)
      #expect(parser.parse("201 555 0123") == .unreadable(.unknownCountryCode), "\(region)")
      #expect(parser.parse("+1 201 555 0123").isValid, "\(region)")
    }
  }

  @Test(arguments: ["227", "324", "353", "363", "557", "645", "728", "748", "983"])
  func `an area code newer than the library's metadata can be written to`(_ areaCode: String) {
    let reading = parser.parse("(\(areaCode)) 555-0123")
    #expect(reading.number?.nanpAreaCode == areaCode)
    #expect(reading.canReceiveText, "\(areaCode)")
    // No exchange starts with 0 or 1, and N11 are service codes.
    for exchange in ["055", "155", "911"] {
      #expect(parser.parse("(\(areaCode)) \(exchange)-0123").fault == .notAssignable, "\(exchange)")
    }
    #expect(parser.parse("(\(areaCode)) 555-0123 x1").fault == .hasExtension)
  }

  @Test func `every fictional number of the United States' area codes reads as valid`() {
    // 555-0100 to 555-0199 are set aside for fiction in every area code.
    for areaCode in [
      "208", "217", "312", "405", "423", "503", "512", "541", "602", "605", "701", "812", "850", "928",
    ] {
      for line in [0, 1, 23, 50, 99] {
        let digits = "\(areaCode)55501\(line < 10 ? "0" : "")\(line)"
        #expect(parser.parse(digits).canReceiveText, "\(digits)")
      }
    }
  }

  @Test func `reading from many threads at once gives the same as from one`() async {
    let texts = (0..<400).map { "(\(201 + $0)) 555-01\(10 + $0 % 90)" }
    let expected = texts.map(parser.parse)
    await withTaskGroup { group in
      for _ in 0..<4 {
        group.addTask { [parser] in texts.map(parser.parse) }
      }
      for await readings in group { #expect(readings == expected) }
    }
  }
}

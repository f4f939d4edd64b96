import OutreachCore
import Testing

@Suite struct PhoneNumberTests {
  @Test(arguments: ["+12015550123", "+442079460018", "+6834000", "+123456789012345"])
  func `a number in E.164 form is taken as it is`(_ text: String) throws {
    let number = try #require(PhoneNumber(e164: text))
    #expect(number.e164 == text)
    #expect(number.lastFour == String(text.suffix(4)))
  }

  @Test(arguments: [
    "", "+", "12015550123", "+02015550123", "+1201555012a", "+1 2015550123", "+1234567890123456", "+123456",
    "++12015550123", "+1201555012٣", " +12015550123", "+12015550123\n", "+12015550123\0",
  ])
  func `anything else is no number`(_ text: String) {
    #expect(PhoneNumber(e164: text) == nil)
  }

  /// A type that something could print; one of its own function would print an address, and that any digits.
  struct Holder {
    var name = "x"
    var number: PhoneNumber
  }

  @Test func `no way of printing shows more than the last four digits`() throws {
    let number = try #require(PhoneNumber(e164: "+12015550123"))
    let reading = PhoneNumberReading(
      number: number, isPossible: true, isValid: true, kind: .mobile, region: "US", fault: nil)
    var dumped = ""
    dump(Holder(number: number), to: &dumped)
    dump(reading, to: &dumped)
    let texts = [
      "\(number)", String(reflecting: number), "\([number])", "\(Holder(number: number))", "\(reading)",
      String(reflecting: Optional(reading)), dumped,
    ]
    for text in texts {
      #expect(text.contains("0123"))
      #expect(!text.contains("555") && !text.contains("201"), "\(text.count) characters")
    }
    #expect(number.description == "•••0123")
  }

  @Test func `the area code is told for numbers under country code 1 only`() {
    #expect(PhoneNumber(e164: "+12015550123")?.nanpAreaCode == "201")
    #expect(PhoneNumber(e164: "+18005550123")?.nanpAreaCode == "800")
    #expect(PhoneNumber(e164: "+442079460018")?.nanpAreaCode == nil)
    #expect(PhoneNumber(e164: "+20155501234")?.nanpAreaCode == nil)
    #expect(PhoneNumber(e164: "+1201555012")?.nanpAreaCode == nil)
  }
}

@Suite struct PhoneNumberReadingTests {
  private func reading(
    _ kind: PhoneNumberKind, isValid: Bool = true, fault: PhoneNumberFault? = nil
  ) -> PhoneNumberReading {
    PhoneNumberReading(
      number: PhoneNumber(e164: "+12015550123"), isPossible: true, isValid: isValid, kind: kind, region: "US",
      fault: fault)
  }

  @Test func `texts go to lines that may be mobile, calls to people's own lines`() {
    let text = PhoneNumberKind.allCases.filter { reading($0).canReceiveText }
    #expect(Set(text) == [.mobile, .fixedLineOrMobile])
    let voice = PhoneNumberKind.allCases.filter { reading($0).canReceiveVoice }
    #expect(Set(voice) == [.mobile, .fixedLine, .fixedLineOrMobile, .voip])
  }

  @Test func `a fault, an invalid number or none at all receives nothing`() {
    for fault in PhoneNumberFault.allCases {
      for reading in [reading(.mobile, fault: fault), .unreadable(fault)] {
        #expect(!reading.canReceiveText && !reading.canReceiveVoice, "\(fault)")
      }
    }
    #expect(!reading(.mobile, isValid: false).canReceiveText)
    #expect(!reading(.mobile, isValid: false).canReceiveVoice)
    var numberless = reading(.mobile)
    numberless.number = nil
    #expect(!numberless.canReceiveText && !numberless.canReceiveVoice)
  }
}

import OutreachCore
import Testing

struct TimeWindowTests {
  @Test func `every window holds the seconds from its start up to its end, over midnight too`() throws {
    let times = try stride(from: 0, to: 86_400, by: 5_400).map { try #require(CivilTime(secondOfDay: $0)) }
    for start in times {
      for end in times where end != start {
        let window = try #require(TimeWindow(start: start, end: end))
        // Walk the clock from the start to the end and mark what it shows.
        var inside: Set<Int> = []
        var second = start.secondOfDay
        while second != end.secondOfDay {
          inside.insert(second)
          second = (second + 900) % 86_400
        }
        for second in stride(from: 0, to: 86_400, by: 900) {
          let time = try #require(CivilTime(secondOfDay: second))
          #expect(window.contains(time) == inside.contains(second), "\(time) in \(window)")
        }
      }
    }
  }

  @Test(arguments: [
    ("09:00", "20:00", "09:00", true), ("09:00", "20:00", "19:59:59", true),
    ("09:00", "20:00", "20:00", false),
    ("09:00", "20:00", "08:59:59", false), ("22:00", "06:00", "23:00", true),
    ("22:00", "06:00", "05:59:59", true),
    ("22:00", "06:00", "06:00", false), ("22:00", "06:00", "21:59:59", false),
    ("18:00", "24:00", "23:59:59", true),
    ("18:00", "24:00", "00:00", false), ("18:00", "00:00", "00:00", false), ("00:00", "24:00", "00:00", true),
  ])
  func `a window is half open`(start: String, end: String, time: String, isInside: Bool) throws {
    let window = try #require(TimeWindow(from: start, to: end))
    #expect(window.contains(try #require(CivilTime(time))) == isInside)
  }

  @Test func `windows are written as they are meant`() throws {
    #expect(TimeWindow(from: "09:00", to: "20:00")?.description == "09:00–20:00")
    #expect(TimeWindow(from: "18:00", to: "00:00") == TimeWindow(from: "18:00", to: "24:00"))
    #expect(TimeWindow(from: "18:00", to: "24:00")?.description == "18:00–24:00")
    #expect(TimeWindow(from: "18:00", to: "24:00")?.crossesMidnight == false)
    #expect(TimeWindow(from: "22:00", to: "06:00")?.crossesMidnight == true)
    #expect(TimeWindow(from: "00:00", to: "24:00") == .wholeDay)
  }

  @Test(arguments: [
    ("09:00", "09:00"), ("00:00", "00:00"), ("24:00", "06:00"), ("9:00", "20:00"), ("09:00", "25:00"),
  ])
  func `a window that could mean two things, or is none, is refused`(start: String, end: String) {
    #expect(TimeWindow(from: start, to: end) == nil)
  }

  @Test func `a time of day is read and written`() {
    #expect(CivilTime("09:00") == CivilTime(hour: 9, minute: 0))
    #expect(CivilTime("23:59:59")?.secondOfDay == 86_399)
    #expect(CivilTime("09:05:07")?.description == "09:05:07")
    #expect(CivilTime("09:05:00")?.description == "09:05")
    #expect(
      CivilTime(hour: 21, minute: 30, second: 15).map { [$0.hour, $0.minute, $0.second] } == [21, 30, 15])
    #expect(CivilTime.midnight.secondOfDay == 0)
    for text in ["24:00", "12:60", "12:00:60", "9:00", "0900", "09:00:", "09:00 ", "", "-9:00", "09:0"] {
      #expect(CivilTime(text) == nil)
    }
    #expect(CivilTime(secondOfDay: 86_400) == nil)
    #expect(CivilTime(secondOfDay: -1) == nil)
    #expect(CivilTime(hour: -1, minute: 0) == nil)
  }
}

import FoundationEssentials
import Glibc
import OutreachCore
import OutreachDelivery

extension DispatchClock {
  /// The machine's clocks and its chance.
  static let system = DispatchClock(
    now: { Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970.rounded(.down))) },
    elapsed: { ClockReading.sinceStart() },
    sleep: { duration in
      let (seconds, attoseconds) = duration.components
      var wait = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
      nanosleep(&wait, nil)
    },
    random: { Double.random(in: 0..<1) })
}

extension ClockReading {
  /// What the machine's clocks show.
  static func system(now: Instant) -> ClockReading {
    let start = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return ClockReading(wall: now, sinceStart: sinceStart(), start: String((start ?? "").prefix(36)))
  }

  /// The time since the machine started, with the time it slept.
  fileprivate static func sinceStart() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
  }
}

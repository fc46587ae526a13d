import PluginKit

/// A moment, in seconds since 1970 (UTC).
struct Instant: Sendable, Hashable, Comparable {
  var seconds: Double

  init(_ seconds: Double) { self.seconds = seconds }

  /// `2026-11-20T05:41:00.5Z`, or with `+07:00`; without either it counts as UTC. `nil` without a time of day.
  init?(_ text: String) {
    guard let day = Day(text) else { return nil }
    let bytes = Array(text.utf8.dropFirst(10))
    func two(_ at: Int) -> Double? {
      guard at + 1 < bytes.count, (48...57).contains(bytes[at]), (48...57).contains(bytes[at + 1]) else { return nil }
      return Double(bytes[at] - 48) * 10 + Double(bytes[at + 1] - 48)
    }
    guard bytes.count >= 6, bytes[0] == UInt8(ascii: "T") || bytes[0] == UInt8(ascii: " "), let hours = two(1),
      bytes[3] == UInt8(ascii: ":"), let minutes = two(4), hours < 25, minutes < 60
    else { return nil }
    var at = 6
    var seconds = 0.0
    if at < bytes.count, bytes[at] == UInt8(ascii: ":") {
      guard let whole = two(at + 1), whole < 61 else { return nil }
      seconds = whole
      at += 3
      if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
        at += 1
        var unit = 0.1
        while at < bytes.count, (48...57).contains(bytes[at]) {
          seconds += Double(bytes[at] - 48) * unit
          unit /= 10
          at += 1
        }
      }
    }
    var offset = 0.0
    if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
      guard let ahead = two(at + 1) else { return nil }
      let hasColon = at + 3 < bytes.count && bytes[at + 3] == UInt8(ascii: ":")
      offset = (ahead * 3600 + (two(at + (hasColon ? 4 : 3)) ?? 0) * 60) * (bytes[at] == UInt8(ascii: "-") ? -1 : 1)
    }
    self.seconds = Double(day.number) * 86_400 + hours * 3600 + minutes * 60 + seconds - offset
  }

  /// A text as above, or a number of seconds, or of milliseconds, since 1970.
  init?(_ value: Value) {
    if let text = value.text {
      self.init(text)
    } else if let number = value.number, number > 1e8 {
      self.init(number > 1e11 ? number / 1000 : number)
    } else {
      return nil
    }
  }

  static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}

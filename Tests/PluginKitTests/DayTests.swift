import PluginKit
import Testing

@Suite struct DayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1970-01-02", 1), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
    ("2026-11-22", 20_779), ("2026-11-22T08:00:00Z", 20_779), ("2026-11-22 08:00", 20_779), ("0000-01-01", -719_528),
    ("9999-12-31", 2_932_896),
  ])
  func daysAreCounted(_ text: String, _ number: Int) {
    #expect(Day(text) == Day(number: number))
  }

  @Test(arguments: [
    "", "22.11.2026", "2026-13-01", "2026-00-01", "2026-11-00", "2026-11-31", "2026-02-29", "1900-02-29", "2026-11-2",
    "2026-11-223", "2026-11-22x", "+026-11-22", "２026-11-22",
  ])
  func whatIsNoDayIsNone(_ text: String) {
    #expect(Day(text) == nil)
  }

  /// From one day to the next it is one, whatever the month.
  @Test func daysFollowEachOther() throws {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var last = try #require(Day("2024-12-31"))
    for (month, length) in lengths.enumerated() {
      for day in 1...length {
        let text = "2025-" + (month < 9 ? "0" : "") + "\(month + 1)-" + (day < 10 ? "0" : "") + "\(day)"
        let next = try #require(Day(text))
        #expect(next.number == last.number + 1 && last < next)
        last = next
      }
    }
  }
}

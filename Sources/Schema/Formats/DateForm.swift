/// Dates, times and durations as RFC 3339 writes them.
enum DateForm {
  static func isDate(_ scanner: TextScanner) -> Bool {
    var scanner = scanner
    return date(&scanner) && scanner.isAtEnd
  }

  static func isTime(_ scanner: TextScanner) -> Bool {
    var scanner = scanner
    return time(&scanner) && scanner.isAtEnd
  }

  static func isDateTime(_ scanner: TextScanner) -> Bool {
    var scanner = scanner
    return date(&scanner) && scanner.take("Tt") && time(&scanner) && scanner.isAtEnd
  }

  private static func date(_ scanner: inout TextScanner) -> Bool {
    guard let year = scanner.number(digits: 4), scanner.take("-"), let month = scanner.number(digits: 2),
      scanner.take("-"), let day = scanner.number(digits: 2)
    else { return false }
    let isLeapYear = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return days.indices.contains(month - 1) && day >= 1 && day <= days[month - 1]
  }

  private static func time(_ scanner: inout TextScanner) -> Bool {
    guard let hour = scanner.number(digits: 2), hour < 24, scanner.take(":"),
      let minute = scanner.number(digits: 2), minute < 60, scanner.take(":"),
      let second = scanner.number(digits: 2), second <= 60
    else { return false }
    if scanner.take("."), scanner.digits().count == 0 { return false }
    var offset = 0
    if !scanner.take("Zz") {
      let isBehind = scanner.next == UInt8(ascii: "-")
      guard scanner.take("+-"), let hours = scanner.number(digits: 2), hours < 24, scanner.take(":"),
        let minutes = scanner.number(digits: 2), minutes < 60
      else { return false }
      offset = (hours * 60 + minutes) * (isBehind ? -1 : 1)
    }
    // A leap second is the last one of a day in UTC.
    let utc = (hour * 60 + minute - offset + 2 * 1440) % 1440
    return second < 60 || utc == 1439
  }

  /// `P1Y2M3DT4H5M6S` with parts left out at either end, or `P3W`.
  static func isDuration(_ scanner: TextScanner) -> Bool {
    var scanner = scanner
    guard scanner.take("P") else { return false }
    let weeks = scanner
    if scanner.digits().count > 0, scanner.take("W") { return scanner.isAtEnd }
    scanner = weeks
    guard let dates = parts(&scanner, units: "YMD") else { return false }
    guard scanner.take("T") else { return dates > 0 && scanner.isAtEnd }
    guard let times = parts(&scanner, units: "HMS") else { return false }
    return times > 0 && scanner.isAtEnd
  }

  /// How many parts there are, each of the unit that comes after the one before; `nil` if they are not written so.
  private static func parts(_ scanner: inout TextScanner, units: String) -> Int? {
    let units = Array(units.utf8)
    var last: Int?
    var count = 0
    while let next = scanner.next, next.isDecimalDigit {
      _ = scanner.digits()
      guard let unit = scanner.next, let index = units.firstIndex(of: unit) else { return nil }
      if let last, index != last + 1 { return nil }
      scanner.at += 1
      last = index
      count += 1
    }
    return count
  }
}

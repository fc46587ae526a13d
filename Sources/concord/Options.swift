import ArgumentParser
import Glibc

/// What every command that needs plugins takes.
struct PluginOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Trust this folder and look for plugins there first (repeatable).", valueName: "dir"),
    completion: .directory)
  var plugins: [String] = []
}

/// What every command that runs plugins takes besides.
struct SandboxOptions: ParsableArguments {
  @Flag(help: "Refuse to run plugin code that can't be confined.")
  var requireSandbox = false
}

/// A BCP 47 tag: `vi`, `vi-VN`, `zh-Hant-TW`. `vi_VN` is taken for the same.
struct LanguageTag: ExpressibleByArgument {
  let text: String
  static let english = LanguageTag(text: "en")

  private init(text: String) { self.text = text }

  init?(argument: String) {
    let parts = argument.split(separator: "_", omittingEmptySubsequences: false)
      .flatMap { $0.split(separator: "-", omittingEmptySubsequences: false) }
    let isPlain = parts.allSatisfy { part in
      (1...8).contains(part.utf8.count) && part.utf8.allSatisfy { Self.isLetter($0) || Self.isDigit($0) }
    }
    guard isPlain, let first = parts.first, (2...8).contains(first.utf8.count), first.utf8.allSatisfy(Self.isLetter)
    else { return nil }
    text = parts.joined(separator: "-")
  }

  var defaultValueDescription: String { text }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

enum Machine {
  /// Processors that this program may use.
  static var processors: Int { min(64, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

/// A calendar day, `YYYY-MM-DD`.
struct Day: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
    let isShaped = parts.map(\.utf8.count) == [4, 2, 2]
    let isDigits = parts.allSatisfy { $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
    guard isShaped, isDigits, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else {
      return nil
    }
    guard year >= 1, (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day) else { return nil }
    text = argument
  }

  private init(text: String) { self.text = text }

  private static func days(in month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// The day it is here, by the machine's clock and time zone.
  static var today: Day {
    var now = time(nil)
    var parts = unsafe tm()
    _ = unsafe localtime_r(&now, &parts)
    let pad = { (number: Int32, width: Int) in
      String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }
    let year = unsafe parts.tm_year + 1900
    let month = unsafe parts.tm_mon + 1
    let day = unsafe parts.tm_mday
    return Day(text: "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))")
  }
}

extension Day {
  /// Days from 1970-01-01 in the Gregorian calendar, counted through eras of 400 years that begin in March.
  var daysSince1970: Int32 {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return 0 }
    let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let month = (parts[1] + 9) % 12
    let dayOfYear = (153 * month + 2) / 5 + parts[2] - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(clamping: era * 146_097 + dayOfEra - 719_468)
  }
}

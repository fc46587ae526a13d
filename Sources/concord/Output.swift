import Glibc

/// The program's two streams. Findings go to standard output, everything else to standard error.
enum Output {
  static func print(_ text: String) { write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8), to: 1) }

  static func complain(_ text: String) { write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8), to: 2) }

  /// Writes all of it. Ends the program if standard output takes no more: without a word where nobody reads any more.
  static func write(_ bytes: [UInt8], to descriptor: Int32 = 1) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&waiting, 1, -1)
      } else if errno != EINTR {
        guard descriptor == 1 else { return }
        if errno != EPIPE {
          complain("concord: the report can't be written: \(unsafe String(cString: strerror(errno)))")
        }
        exit(2)
      }
    }
  }

  /// Columns of the terminal that standard output is; `nil` if it is none.
  static var terminalWidth: Int? { width(of: 1) }

  /// Columns of the terminal behind a descriptor; `nil` if there is none.
  static func width(of descriptor: Int32) -> Int? {
    guard isatty(descriptor) == 1 else { return nil }
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Colours unless somebody said no: https://no-color.org.
  static var wantsColor: Bool {
    guard isatty(1) == 1 else { return false }
    let refused = unsafe getenv("NO_COLOR").map { unsafe $0.pointee != 0 } ?? false
    let isDumb = unsafe getenv("TERM").map { unsafe String(cString: $0) == "dumb" } ?? false
    return !refused && !isDumb
  }
}

import Glibc

/// Path and URI text, without touching the file system.
package enum Paths {
  package static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  package static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  package static func join(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") || folder.isEmpty || folder == "." { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  /// `path` as seen from `folder`, or `nil` if it does not stand below it.
  package static func relative(_ path: String, to folder: String) -> String? {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return path.utf8.starts(with: prefix.utf8) ? String(path.utf8.dropFirst(prefix.utf8.count)) : nil
  }

  /// Whether a shell pattern (`*.json`, `camera/*.json`) fits. One without a slash is for the last name alone.
  package static func matches(_ pattern: String, path: String) -> Bool {
    let subject = pattern.utf8.contains(UInt8(ascii: "/")) ? path : name(of: path)
    // A leading `**/` means "at any depth", also at none.
    let plain = pattern.hasPrefix("**/") ? String(pattern.dropFirst(3)) : pattern
    return fits(pattern, subject) || fits(plain, subject)
  }

  private static func fits(_ pattern: String, _ subject: String) -> Bool { unsafe fnmatch(pattern, subject, 0) == 0 }

  /// The path of a `file:` URI, percent-decoded; `nil` for other schemes, other hosts and malformed text.
  package static func path(ofURI uri: String) -> String? {
    let bytes = Array(uri.utf8)
    let prefix = Array("file://".utf8)
    guard bytes.count > prefix.count, bytes.starts(with: prefix) else { return nil }
    var rest = bytes[prefix.count...]
    if rest.starts(with: "localhost/".utf8) { rest = rest.dropFirst(9) }
    guard rest.first == UInt8(ascii: "/") else { return nil }
    var out: [UInt8] = []
    var index = rest.startIndex
    while index < rest.endIndex {
      if rest[index] == UInt8(ascii: "%") {
        guard index + 2 < rest.endIndex, let high = hexDigit(rest[index + 1]), let low = hexDigit(rest[index + 2])
        else { return nil }
        out.append(high << 4 | low)
        index += 3
      } else {
        out.append(rest[index])
        index += 1
      }
    }
    return out.contains(0) ? nil : String(validating: out, as: UTF8.self)
  }

  package static func uri(ofPath path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var out = Array("file://".utf8)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        out.append(byte)
      default:
        out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

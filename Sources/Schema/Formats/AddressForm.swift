/// Addresses of the internet protocol: RFC 2673 and RFC 4291.
enum AddressForm {
  static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard part.count >= 1, part.count <= 3, part.allSatisfy(\.isDecimalDigit) else { return false }
        guard part.count == 1 || part.first != UInt8(ascii: "0") else { return false }
        return part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } < 256
      }
  }

  static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count >= 2, text.count <= 45 else { return false }
    let colon = UInt8(ascii: ":")
    guard let gap = doubleColon(in: text) else { return groups(text) == 8 }
    let left = text[..<gap]
    let right = text[(gap + 2)...]
    // A third colon, or a second gap, leaves an empty group on one side.
    guard right.first != colon, let before = groups(left, mayEndInIPv4: false), let after = groups(right) else {
      return false
    }
    return before + after < 8
  }

  private static func doubleColon(in text: ArraySlice<UInt8>) -> Int? {
    text.indices.dropLast().first { text[$0] == UInt8(ascii: ":") && text[$0 + 1] == UInt8(ascii: ":") }
  }

  /// How many groups of sixteen bits are written; `nil` if something else stands there.
  private static func groups(_ text: ArraySlice<UInt8>, mayEndInIPv4: Bool = true) -> Int? {
    guard !text.isEmpty else { return 0 }
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var count = 0
    for (index, part) in parts.enumerated() {
      if part.contains(UInt8(ascii: ".")) {
        guard mayEndInIPv4, index == parts.count - 1, isIPv4(part) else { return nil }
        count += 2
      } else {
        guard part.count >= 1, part.count <= 4, part.allSatisfy(\.isHexDigit) else { return nil }
        count += 1
      }
    }
    return count
  }
}

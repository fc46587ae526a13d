/// Ids and paths: RFC 4122, RFC 6901 and the draft on relative paths.
enum PointerForm {
  static func isUUID(_ text: [UInt8]) -> Bool {
    guard text.count == 36 else { return false }
    return text.indices.allSatisfy { index in
      [8, 13, 18, 23].contains(index) ? text[index] == UInt8(ascii: "-") : text[index].isHexDigit
    }
  }

  static func isPointer(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == nil || text.first == UInt8(ascii: "/") else { return false }
    var isTilde = false
    for byte in text {
      if isTilde, byte != UInt8(ascii: "0"), byte != UInt8(ascii: "1") { return false }
      isTilde = byte == UInt8(ascii: "~")
    }
    return !isTilde
  }

  /// `1/a`, `0#`, `2+1/b`: how far up, which neighbor, and down again.
  static func isRelativePointer(_ scanner: TextScanner) -> Bool {
    var scanner = scanner
    guard number(&scanner) else { return false }
    if scanner.take("+-") {
      guard scanner.next != UInt8(ascii: "0"), number(&scanner) else { return false }
    }
    if scanner.take("#") { return scanner.isAtEnd }
    return isPointer(scanner.rest)
  }

  private static func number(_ scanner: inout TextScanner) -> Bool {
    let isZero = scanner.next == UInt8(ascii: "0")
    let count = scanner.digits().count
    return count == 1 || (count > 1 && !isZero)
  }
}

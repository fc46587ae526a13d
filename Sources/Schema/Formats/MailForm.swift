/// Mail addresses: RFC 5321's `Mailbox`, and RFC 6531's for every script.
enum MailForm {
  static func isAddress(_ text: [UInt8], isInternational: Bool) -> Bool {
    guard String(validating: text, as: UTF8.self) != nil, let at = text.lastIndex(of: UInt8(ascii: "@")) else {
      return false
    }
    let local = text[..<at]
    let domain = text[(at + 1)...]
    guard !local.isEmpty, local.count <= 64, isLocalPart(local, isInternational) else { return false }
    if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]"), domain.count > 2 {
      return isLiteral(domain.dropFirst().dropLast())
    }
    return isInternational ? HostForm.isInternationalHostname(domain) : HostForm.isHostname(domain)
  }

  private static func isLocalPart(_ text: ArraySlice<UInt8>, _ isInternational: Bool) -> Bool {
    if text.first == UInt8(ascii: "\"") { return isQuoted(text, isInternational) }
    let marks = Set("!#$%&'*+-/=?^_`{|}~".utf8)
    return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy {
          $0.isASCIILetter || $0.isDecimalDigit || marks.contains($0) || (isInternational && $0 >= 0x80)
        }
    }
  }

  private static func isQuoted(_ text: ArraySlice<UInt8>, _ isInternational: Bool) -> Bool {
    guard text.count >= 2, text.last == UInt8(ascii: "\"") else { return false }
    var isEscaped = false
    for byte in text.dropFirst().dropLast() {
      let isPlain = (byte >= 0x20 && byte < 0x7F) || (isInternational && byte >= 0x80)
      guard isPlain else { return false }
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        return false
      }
    }
    return !isEscaped
  }

  private static func isLiteral(_ text: ArraySlice<UInt8>) -> Bool {
    let tag = Array("ipv6:".utf8)
    if text.count > tag.count, text.prefix(tag.count).map({ $0.isASCIILetter ? $0 | 0x20 : $0 }) == tag {
      return AddressForm.isIPv6(text.dropFirst(tag.count))
    }
    return AddressForm.isIPv4(text)
  }
}

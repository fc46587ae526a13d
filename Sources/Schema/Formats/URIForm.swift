/// URIs and references (RFC 3986), and those in every script (RFC 3987).
struct URIForm {
  var isInternational: Bool

  func isURI(_ text: ArraySlice<UInt8>) -> Bool {
    guard isText(text), let colon = text.firstIndex(of: UInt8(ascii: ":")), isScheme(text[..<colon]) else {
      return false
    }
    return isRest(text[(colon + 1)...])
  }

  func isReference(_ text: ArraySlice<UInt8>) -> Bool {
    if isURI(text) { return true }
    guard isText(text) else { return false }
    // In the first part of a relative path a colon would make a scheme of what stands before it.
    let first = text.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    return !first.contains(UInt8(ascii: ":")) && isRest(text)
  }

  private func isText(_ text: ArraySlice<UInt8>) -> Bool {
    isInternational ? String(validating: text, as: UTF8.self) != nil : text.allSatisfy { $0 < 0x80 }
  }

  private func isScheme(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, first.isASCIILetter else { return false }
    return text.allSatisfy { $0.isASCIILetter || $0.isDecimalDigit || "+-.".utf8.contains($0) }
  }

  /// Authority, path, query and fragment.
  private func isRest(_ text: ArraySlice<UInt8>) -> Bool {
    var text = text
    if let hash = text.firstIndex(of: UInt8(ascii: "#")) {
      guard isMadeOf(text[(hash + 1)...], ":@/?") else { return false }
      text = text[..<hash]
    }
    if let mark = text.firstIndex(of: UInt8(ascii: "?")) {
      guard isMadeOf(text[(mark + 1)...], ":@/?", isQuery: true) else { return false }
      text = text[..<mark]
    }
    if text.starts(with: "//".utf8) {
      let authority = text.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
      guard isAuthority(authority) else { return false }
      text = text[authority.endIndex...]
    }
    return isMadeOf(text, ":@/")
  }

  private func isAuthority(_ text: ArraySlice<UInt8>) -> Bool {
    var host = text
    if let at = text.firstIndex(of: UInt8(ascii: "@")) {
      guard isMadeOf(text[..<at], ":") else { return false }
      host = text[(at + 1)...]
    }
    if host.first == UInt8(ascii: "[") {
      guard let close = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
      return isLiteral(host[(host.startIndex + 1)..<close]) && isPort(host[(close + 1)...])
    }
    let colon = host.lastIndex(of: UInt8(ascii: ":")) ?? host.endIndex
    return isMadeOf(host[..<colon], "") && isPort(host[colon...])
  }

  private func isPort(_ text: ArraySlice<UInt8>) -> Bool {
    text.isEmpty || (text.first == UInt8(ascii: ":") && text.dropFirst().allSatisfy(\.isDecimalDigit))
  }

  private func isLiteral(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, first | 0x20 == UInt8(ascii: "v") else { return AddressForm.isIPv6(text) }
    let digits = text.dropFirst().prefix(while: \.isHexDigit)
    let rest = text[digits.endIndex...]
    return !digits.isEmpty && rest.first == UInt8(ascii: ".") && rest.count > 1
      && rest.dropFirst().allSatisfy { isUnreserved($0) || isSubDelimiter($0) || $0 == UInt8(ascii: ":") }
  }

  // MARK: Characters

  private func isUnreserved(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isDecimalDigit || "-._~".utf8.contains(byte)
  }

  private func isSubDelimiter(_ byte: UInt8) -> Bool { "!$&'()*+,;=".utf8.contains(byte) }

  /// Whether nothing stands there but unreserved characters, sub-delimiters, `%` with two hex digits, and `others`.
  private func isMadeOf(_ text: ArraySlice<UInt8>, _ others: String, isQuery: Bool = false) -> Bool {
    var at = text.startIndex
    while at < text.endIndex {
      let byte = text[at]
      if byte == UInt8(ascii: "%") {
        guard at + 2 < text.endIndex, text[at + 1].isHexDigit, text[at + 2].isHexDigit else { return false }
        at += 3
        continue
      }
      guard byte >= 0x80 || isUnreserved(byte) || isSubDelimiter(byte) || others.utf8.contains(byte) else {
        return false
      }
      at += 1
    }
    guard isInternational else { return true }
    return String(decoding: text, as: UTF8.self).unicodeScalars.allSatisfy {
      $0.isASCII || Self.isInternationalCharacter($0.value, isQuery: isQuery)
    }
  }

  /// RFC 3987's `ucschar`, and in queries `iprivate`.
  static func isInternationalCharacter(_ value: UInt32, isQuery: Bool) -> Bool {
    switch value {
    case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
    case 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: isQuery
    case 0x10000...0xEFFFF: value & 0xFFFF <= 0xFFFD && (value >> 16 != 0xE || value >= 0xE1000)
    default: false
    }
  }
}

/// RFC 6570's templates.
enum URITemplateForm {
  static func isTemplate(_ scanner: TextScanner) -> Bool {
    guard String(validating: scanner.text, as: UTF8.self) != nil else { return false }
    var scanner = scanner
    while let next = scanner.next {
      if next == UInt8(ascii: "{") {
        guard expression(&scanner) else { return false }
      } else if next == UInt8(ascii: "%") {
        guard percent(&scanner) else { return false }
      } else if next <= 0x20 || next == 0x7F || "\"'<>\\^`|}".utf8.contains(next) {
        return false
      } else {
        scanner.at += 1
      }
    }
    return true
  }

  private static func percent(_ scanner: inout TextScanner) -> Bool {
    scanner.at += 1
    for _ in 0..<2 {
      guard let digit = scanner.next, digit.isHexDigit else { return false }
      scanner.at += 1
    }
    return true
  }

  private static func expression(_ scanner: inout TextScanner) -> Bool {
    scanner.at += 1
    _ = scanner.take("+#./;?&=,!@|")
    repeat {
      guard variable(&scanner) else { return false }
    } while scanner.take(",")
    return scanner.take("}")
  }

  /// `name`, with dots inside, then `*` or `:` and a length.
  private static func variable(_ scanner: inout TextScanner) -> Bool {
    repeat {
      var count = 0
      while let next = scanner.next {
        if next == UInt8(ascii: "%") {
          guard percent(&scanner) else { return false }
        } else if next.isASCIILetter || next.isDecimalDigit || next == UInt8(ascii: "_") {
          scanner.at += 1
        } else {
          break
        }
        count += 1
      }
      guard count > 0 else { return false }
    } while scanner.take(".")
    if scanner.take("*") { return true }
    guard scanner.take(":") else { return true }
    guard scanner.next != UInt8(ascii: "0") else { return false }
    let length = scanner.digits().count
    return length >= 1 && length <= 4
  }
}

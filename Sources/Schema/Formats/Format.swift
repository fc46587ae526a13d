/// The forms of text that `format` names. Each check follows the specification that JSON Schema refers to.
enum Format: String, CaseIterable, Sendable {
  case date, time, duration, email, hostname, ipv4, ipv6, uri, iri, uuid, regex
  case dateTime = "date-time"
  case idnEmail = "idn-email"
  case idnHostname = "idn-hostname"
  case uriReference = "uri-reference"
  case iriReference = "iri-reference"
  case uriTemplate = "uri-template"
  case jsonPointer = "json-pointer"
  case relativeJSONPointer = "relative-json-pointer"

  /// Texts longer than this are not looked at: nothing of these forms is so long.
  static let lengthLimit = 1 << 16

  /// Whether the text (UTF-8, unescaped) has the form. Cost: a few passes over it.
  func fits(_ text: [UInt8]) -> Bool {
    guard text.count <= Self.lengthLimit else { return false }
    let scanner = TextScanner(text)
    switch self {
    case .date: return DateForm.isDate(scanner)
    case .time: return DateForm.isTime(scanner)
    case .dateTime: return DateForm.isDateTime(scanner)
    case .duration: return DateForm.isDuration(scanner)
    case .ipv4: return AddressForm.isIPv4(text[...])
    case .ipv6: return AddressForm.isIPv6(text[...])
    case .hostname: return HostForm.isHostname(text[...])
    case .idnHostname: return HostForm.isInternationalHostname(text[...])
    case .email: return MailForm.isAddress(text, isInternational: false)
    case .idnEmail: return MailForm.isAddress(text, isInternational: true)
    case .uri: return URIForm(isInternational: false).isURI(text[...])
    case .iri: return URIForm(isInternational: true).isURI(text[...])
    case .uriReference: return URIForm(isInternational: false).isReference(text[...])
    case .iriReference: return URIForm(isInternational: true).isReference(text[...])
    case .uriTemplate: return URITemplateForm.isTemplate(scanner)
    case .uuid: return PointerForm.isUUID(text)
    case .jsonPointer: return PointerForm.isPointer(text[...])
    case .relativeJSONPointer: return PointerForm.isRelativePointer(scanner)
    case .regex: return (try? Pattern(String(decoding: text, as: UTF8.self), isStrict: true)) != nil
    }
  }
}

/// Reads a text from its start, byte by byte.
struct TextScanner {
  let text: [UInt8]
  var at = 0

  init(_ text: [UInt8]) { self.text = text }

  var isAtEnd: Bool { at >= text.count }
  var next: UInt8? { at < text.count ? text[at] : nil }
  var rest: ArraySlice<UInt8> { text[min(at, text.count)...] }

  /// Takes one of the bytes, if it stands here.
  mutating func take(_ wanted: String) -> Bool {
    guard let next, wanted.utf8.contains(next) else { return false }
    at += 1
    return true
  }

  /// Takes decimal digits; their count, and their value as far as nine digits go.
  mutating func digits() -> (count: Int, value: Int) {
    let start = at
    var value = 0
    while let next, next.isDecimalDigit {
      if at - start < 9 { value = value * 10 + Int(next - UInt8(ascii: "0")) }
      at += 1
    }
    return (at - start, value)
  }

  /// The value of exactly so many digits.
  mutating func number(digits wanted: Int) -> Int? {
    var value = 0
    for _ in 0..<wanted {
      guard let next, next.isDecimalDigit else { return nil }
      value = value * 10 + Int(next - UInt8(ascii: "0"))
      at += 1
    }
    return value
  }
}

extension UInt8 {
  var isDecimalDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  var isHexDigit: Bool { isDecimalDigit || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x66) }
}

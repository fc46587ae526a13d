// Every call into libidn2 stands in this file: texts are lent for the length of a call, and what it allocates is freed at once.
import CIDN2

/// Names of hosts: RFC 1123, and RFC 5890 for those in every script.
enum HostForm {
  private static let dot = UInt8(ascii: ".")
  private static let hyphen = UInt8(ascii: "-")

  static func isHostname(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count <= 253 else { return false }
    return text.split(separator: dot, omittingEmptySubsequences: false).allSatisfy(isASCIILabel)
  }

  static func isInternationalHostname(_ text: ArraySlice<UInt8>) -> Bool {
    guard let scalars = decoded(text) else { return false }
    // The dots of East Asian scripts part labels as well (RFC 3490, section 3.1).
    let dots: Set<UInt32> = [0x2E, 0x3002, 0xFF0E, 0xFF61]
    let labels = scalars.split(omittingEmptySubsequences: false) { dots.contains($0.value) }
    var length = labels.count - 1
    for label in labels {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: label)
      let bytes = Array(String(text).utf8)
      if bytes.allSatisfy({ $0 < 0x80 }) {
        guard isASCIILabel(bytes[...]) else { return false }
        length += bytes.count
      } else {
        guard let count = asciiLength(ofLabel: bytes) else { return false }
        length += count
      }
    }
    return length <= 253
  }

  private static func decoded(_ text: ArraySlice<UInt8>) -> String.UnicodeScalarView? {
    String(validating: text, as: UTF8.self)?.unicodeScalars
  }

  /// Letters, digits and inner hyphens. What stands for a label of another script must stand for a right one.
  private static func isASCIILabel(_ label: ArraySlice<UInt8>) -> Bool {
    guard !label.isEmpty, label.count <= 63, label.first != hyphen, label.last != hyphen else { return false }
    guard label.allSatisfy({ $0.isASCIILetter || $0.isDecimalDigit || $0 == hyphen }) else { return false }
    let isEncoded =
      label.count >= 4 && label.prefix(4).map { $0.isASCIILetter ? $0 | 0x20 : $0 } == Array("xn--".utf8)
    return !isEncoded || isEncodedLabel(label.map { $0.isASCIILetter ? $0 | 0x20 : $0 })
  }

  private static func isEncodedLabel(_ label: [UInt8]) -> Bool {
    let text = label.map { CChar(bitPattern: $0) } + [0]
    var output: UnsafeMutablePointer<CChar>?
    guard unsafe idn2_to_unicode_8z8z(text, &output, 0) == IDN2_OK.rawValue, let decoded = unsafe output else {
      return false
    }
    defer { unsafe idn2_free(decoded) }
    var bytes: [UInt8] = []
    for offset in 0..<256 {
      let byte = unsafe decoded[offset]
      if byte == 0 { break }
      bytes.append(UInt8(bitPattern: byte))
    }
    // Encoding it again must give the same label, and what it says must be allowed.
    guard bytes != label, !bytes.allSatisfy({ $0 < 0x80 }) else { return false }
    return encoded(bytes) == label
  }

  private static func asciiLength(ofLabel label: [UInt8]) -> Int? { encoded(label)?.count }

  /// The label as it is sent to name servers; `nil` if RFC 5891 or RFC 5892 rules it out.
  private static func encoded(_ label: [UInt8]) -> [UInt8]? {
    guard !label.contains(0), label.count <= 1024 else { return nil }
    let isOutOfContext = contextRules.map {
      PatternMatcher().search($0, in: label.span, 0..<label.count) != .differs
    }
    guard isOutOfContext == false else { return nil }
    let text = label + [0]
    var output: UnsafeMutablePointer<UInt8>?
    guard unsafe idn2_register_u8(text, nil, &output, 0) == IDN2_OK.rawValue, let name = unsafe output else {
      return nil
    }
    defer { unsafe idn2_free(name) }
    var bytes: [UInt8] = []
    for offset in 0..<64 {
      let byte = unsafe name[offset]
      if byte == 0 { break }
      bytes.append(byte)
    }
    return bytes
  }

  /// What RFC 5892, appendices A.3 to A.9, rules out: marks that stand outside the script they belong to.
  private static let contextRules: Pattern? = {
    let eastAsian = #"\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}"#
    let faults = [
      #"(?<!l)\u00b7"#, #"\u00b7(?!l)"#, #"\u0375(?!\p{Script=Greek})"#,
      #"(?<!\p{Script=Hebrew})[\u05f3\u05f4]"#, #"^[^\#(eastAsian)]*\u30fb[^\#(eastAsian)]*$"#,
      #"[\u0660-\u0669].*[\u06f0-\u06f9]"#, #"[\u06f0-\u06f9].*[\u0660-\u0669]"#,
    ]
    return try? Pattern(faults.joined(separator: "|"))
  }()
}

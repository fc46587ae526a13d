/// Rewrites an ECMAScript regular expression (as JSON Schema uses them) in PCRE2's spelling.
///
/// They agree on most; this handles what differs: `\s`, `\w` and `.` by ECMAScript's sets, `\u`, `\cX`, `\p` with long names,
/// and letters that PCRE2 gives a meaning of its own (`\A`, `\Q`, `\h` …), which stand for themselves here.
struct PatternTranslation {
  private static let space =
    #"\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"#
  private static let nonSpace =
    #"\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}"#
    + #"\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{d7ff}\x{e000}-\x{fefe}\x{ff00}-\x{10ffff}"#

  private let input: [Unicode.Scalar]
  private let isStrict: Bool
  private var at = 0
  private var output = ""
  private var isInClass = false

  /// The pattern for PCRE2, as UTF-8.
  static func translate(_ source: String, isStrict: Bool = false) throws(Pattern.Failure) -> [UInt8] {
    var translation = PatternTranslation(input: Array(source.unicodeScalars), isStrict: isStrict)
    try translation.run()
    return Array(translation.output.utf8)
  }

  private init(input: [Unicode.Scalar], isStrict: Bool) {
    self.input = input
    self.isStrict = isStrict
  }

  private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    at + distance < input.count ? input[at + distance] : nil
  }

  private mutating func run() throws(Pattern.Failure) {
    guard input.count <= 65_536 else { throw Pattern.Failure(message: "it is too long") }
    while let scalar = peek() {
      at += 1
      if scalar == "\\" {
        try escape()
      } else if isInClass {
        inClass(scalar)
      } else {
        try outsideClass(scalar)
      }
    }
  }

  private mutating func inClass(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "]":
      isInClass = false
      output += "]"
    case "[": output += "\\["
    default: output.unicodeScalars.append(scalar)
    }
  }

  private mutating func outsideClass(_ scalar: Unicode.Scalar) throws(Pattern.Failure) {
    switch scalar {
    case "[":
      isInClass = true
      output += "["
      if peek() == "^" {
        at += 1
        output += "^"
      }
      if peek() == "]" {
        // `[]` matches nothing and `[^]` everything.
        at += 1
        isInClass = false
        output += "]"
      }
    case ".": output += #"[^\n\r\x{2028}\x{2029}]"#
    case "(":
      if peek() == "*" { throw Pattern.Failure(message: "nothing stands before `*`") }
      output += "("
    case "{": output += isQuantifier() ? "{" : "\\{"
    case "#", " ": output += "\\" + String(scalar)
    default: output.unicodeScalars.append(scalar)
    }
  }

  /// Whether `{n}`, `{n,}` or `{n,m}` stands at the reading place, after the brace.
  private func isQuantifier() -> Bool {
    var distance = 0
    func digits() -> Bool {
      let start = distance
      while let digit = peek(distance), digit >= "0", digit <= "9" { distance += 1 }
      return distance > start
    }
    guard digits() else { return false }
    if peek(distance) == "," {
      distance += 1
      _ = digits()
    }
    return peek(distance) == "}"
  }

  private mutating func escape() throws(Pattern.Failure) {
    guard let scalar = peek() else { throw Pattern.Failure(message: "it ends with a backslash") }
    at += 1
    switch scalar {
    case "s": output += isInClass ? Self.space : "[\(Self.space)]"
    case "S": output += isInClass ? Self.nonSpace : "[^\(Self.space)]"
    case "d", "D", "w", "W", "n", "r", "t", "f", "b", "1"..."9": output += "\\" + String(scalar)
    case "B": output += isInClass ? "B" : "\\B"
    case "v": output += "\\x{b}"
    case "0": output += "\\x{0}"
    case "c": control()
    case "x": hexadecimal(2)
    case "u": unicode()
    case "p", "P": try property(scalar)
    case "k": output += peek() == "<" ? "\\k" : "k"
    case "a"..."z", "A"..."Z", "_":
      if isStrict { throw Pattern.Failure(message: "`\\\(scalar)` means nothing") }
      output.unicodeScalars.append(scalar)
    default:
      if scalar.isASCII { output += "\\" }
      output.unicodeScalars.append(scalar)
    }
  }

  private mutating func control() {
    guard let letter = peek(), letter.isASCII, letter.properties.isAlphabetic else {
      output += "\\\\c"
      return
    }
    at += 1
    output += "\\x{\(String(letter.value & 31, radix: 16))}"
  }

  private func hex(_ count: Int, from distance: Int = 0) -> UInt32? {
    var value: UInt32 = 0
    for index in 0..<count {
      guard let scalar = peek(distance + index), let byte = UInt8(exactly: scalar.value),
        let digit = JSONText.hexDigit(byte)
      else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  private mutating func hexadecimal(_ count: Int) {
    guard let value = hex(count) else {
      output += "x"
      return
    }
    at += count
    output += "\\x{\(String(value, radix: 16))}"
  }

  private mutating func unicode() {
    if peek() == "{", let close = (1...7).first(where: { peek($0) == "}" }), close > 1,
      let value = hex(close - 1, from: 1), value <= 0x10FFFF
    {
      at += close + 1
      append(value)
      return
    }
    guard var value = hex(4) else {
      output += "u"
      return
    }
    at += 4
    if value & 0xFC00 == 0xD800, peek() == "\\", peek(1) == "u", let low = hex(4, from: 2), low & 0xFC00 == 0xDC00 {
      at += 6
      value = 0x10000 + ((value & 0x3FF) << 10) + (low & 0x3FF)
    }
    append(value)
  }

  private mutating func append(_ value: UInt32) {
    // A surrogate alone never stands in UTF-8; U+FFFD is what one in a text is read as.
    let scalar = value & 0xFFFFF800 == 0xD800 ? 0xFFFD : value
    output += "\\x{\(String(scalar, radix: 16))}"
  }

  private mutating func property(_ letter: Unicode.Scalar) throws(Pattern.Failure) {
    guard peek() == "{" else {
      output.unicodeScalars.append(letter)
      return
    }
    at += 1
    var name = ""
    while let scalar = peek(), scalar != "}" {
      name.unicodeScalars.append(scalar)
      at += 1
    }
    guard peek() == "}" else { throw Pattern.Failure(message: "`\\\(letter){` has no `}`") }
    at += 1
    output += "\\\(letter){\(UnicodePropertyName.translate(name))}"
  }
}

/// Names of Unicode properties: ECMAScript's long ones to PCRE2's.
enum UnicodePropertyName {
  static func translate(_ name: String) -> String {
    guard let equals = name.unicodeScalars.firstIndex(of: "=") else { return categories[name] ?? name }
    let property = String(name.unicodeScalars[..<equals])
    let value = String(name.unicodeScalars[name.unicodeScalars.index(after: equals)...])
    switch property {
    case "General_Category", "gc": return categories[value] ?? value
    case "Script", "sc": return "sc:" + value
    case "Script_Extensions", "scx": return "scx:" + value
    default: return name
    }
  }

  private static let categories: [String: String] = [
    "Letter": "L", "Cased_Letter": "L&", "LC": "L&", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll",
    "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M", "Combining_Mark": "M",
    "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Number": "N", "Decimal_Number": "Nd",
    "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No", "Punctuation": "P", "punct": "P",
    "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps", "Close_Punctuation": "Pe",
    "Initial_Punctuation": "Pi", "Final_Punctuation": "Pf", "Other_Punctuation": "Po", "Symbol": "S",
    "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So", "Separator": "Z",
    "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp", "Other": "C", "Control": "Cc",
    "cntrl": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co", "Unassigned": "Cn",
  ]
}

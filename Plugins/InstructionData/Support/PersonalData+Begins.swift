/// Where in a text something personal may begin. Nearly all texts are left at that, so it looks at each byte once and at a few more where
/// a word or number begins.
extension PersonalData {
  /// Whether anything in a text begins as such things do. Cost: one step a byte.
  static func mayHold(_ text: Span<UInt8>) -> Bool { begin(in: text, from: 0) != nil }

  /// The next place where something may begin. Within a word nothing does; an address is found by its sign.
  static func begin(in text: Span<UInt8>, from start: Int) -> Int? {
    let letters = letters.span
    var at = start
    if start > 0, text[start - 1].isWordByte { skipWord(text, letters, &at) }
    while at < text.count {
      let letter = letters[Int(text[at])]
      if letter == .other {
        at += 1
      } else if letter == .at || mayBegin(letter, text, at) {
        return at
      } else {
        at += 1
        if letter.isOfWord { skipWord(text, letters, &at) }
      }
    }
    return nil
  }

  private static func skipWord(_ text: Span<UInt8>, _ letters: Span<Letter>, _ at: inout Int) {
    while at < text.count, letters[Int(text[at])].isOfWord { at += 1 }
  }

  private enum Letter: UInt8 {
    case other, at, sign, digit, upper, lower, word

    var isOfWord: Bool { rawValue >= Letter.digit.rawValue }
  }

  private static let letters: [Letter] = (0..<256).map { number in
    let byte = UInt8(number)
    switch byte {
    case UInt8(ascii: "@"): return .at
    case UInt8(ascii: "+"), UInt8(ascii: "-"): return .sign
    case _ where byte.isDigit: return .digit
    case _ where byte.isUpper: return .upper
    case _ where byte.isLetter: return .lower
    default: return byte.isWordByte ? .word : .other
    }
  }

  /// Whether what begins there could be found, by its first few bytes.
  private static func mayBegin(_ letter: Letter, _ text: Span<UInt8>, _ at: Int) -> Bool {
    switch letter {
    case .sign: isPhone(text, at) || isPrivateKey(text, at)
    case .digit: isNumber(text, at)
    case .upper: isAccount(text, at) || KeyForms.mayBegin(text, at)
    case .lower: KeyForms.mayBegin(text, at)
    case .other, .at, .word: false
    }
  }

  /// A plus sign and a digit, but for 0.
  private static func isPhone(_ text: Span<UInt8>, _ at: Int) -> Bool {
    at + 1 < text.count && text[at] == UInt8(ascii: "+") && text[at + 1].isDigit && text[at + 1] != UInt8(ascii: "0")
  }

  private static func isPrivateKey(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard at + 5 < text.count else { return false }
    for index in at..<(at + 5) where text[index] != UInt8(ascii: "-") { return false }
    return true
  }

  /// The shortest of them, an address of four digits, has seven letters, and all have only these.
  private static func isNumber(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard at + 7 <= text.count else { return false }
    for index in at..<(at + 7) {
      let byte = text[index]
      guard byte.isDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == 0x20 else { return false }
    }
    return true
  }

  /// Two capitals for the country and two digits to check it by.
  private static func isAccount(_ text: Span<UInt8>, _ at: Int) -> Bool {
    at + 3 < text.count && text[at + 1].isUpper && text[at + 2].isDigit && text[at + 3].isDigit
  }
}

/// Where in a text something personal may begin. Nearly all texts are left at that, so it looks at each byte once and at a few more where
/// a word or number begins.
extension PersonalData {
  /// Whether anything in a text begins as such things do. Cost: one step a byte.
  static func mayHold(_ text: Span<UInt8>) -> Bool { begin(in: text, from: 0) != nil }

  /// The next place where something may begin. Within a word nothing does; an address is found by its sign.
  static func begin(in text: Span<UInt8>, from start: Int) -> Int? {
    let letters = letters.span
    var before: UInt64 = start > 0 ? letters[Int(text[start - 1])] : 0
    var at = start
    // Nothing but an address is told by one letter.
    while at + 1 < text.count {
      let letter = letters[Int(text[at])]
      let mayGoOn = letter >> UInt64(text[at + 1] & 31) | letter >> Self.isStart
      // One decision a letter, nearly always the same: words end where no processor foresees it.
      let isHit = mayGoOn & ~(before >> Self.isOfWord) | letter >> Self.isSign
      if isHit & 1 != 0, letter >> Self.isSign & 1 != 0 || mayBegin(text, at) { return at }
      before = letter
      at += 1
    }
    return at < text.count && text[at] == UInt8(ascii: "@") ? at : nil
  }

  /// Of each letter what follows it in keys (a bit for each second letter, by its lowest five), and these.
  private static let letters: [UInt64] = (0..<256).map { number in
    let byte = UInt8(number)
    var letter = UInt64(KeyForms.seconds[number])
    if byte.isWordByte { letter |= 1 << isOfWord }
    if byte.isDigit || byte.isUpper || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { letter |= 1 << isStart }
    if byte == UInt8(ascii: "@") { letter |= 1 << isSign }
    return letter
  }
  private static let isOfWord: UInt64 = 32
  /// Numbers, accounts and private keys begin so.
  private static let isStart: UInt64 = 33
  private static let isSign: UInt64 = 34

  /// Whether what begins there could be found, by its first few bytes.
  private static func mayBegin(_ text: Span<UInt8>, _ at: Int) -> Bool {
    let byte = text[at]
    if byte.isLetter { return byte.isUpper && isAccount(text, at) || KeyForms.mayBegin(text, at) }
    return byte.isDigit ? isNumber(text, at) : isPhone(text, at) || isPrivateKey(text, at)
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

import CUTF8Proc

/// Texts as search compares them: without accents, case and width, in words.
///
/// Scalars are taken apart (full-width and ligatures too), case is folded (`ß` to `ss`, `ς` to `σ`), marks that only vary a
/// letter fall away, and so do strokes that Unicode calls letters of their own (`đ` to `d`). Marks that make a different letter
/// (the dots of `が`, vowels of Thai and of the Indian scripts) stay.
package enum Folding {
  /// Letters a word is compared to; what follows makes no difference.
  static let wordLimit = 32
  /// The same in scripts without spaces.
  static let unspacedWordLimit = 12
  /// Letters of a label that are compared.
  static let labelLimit = 256
  /// Words of a label by which it is found.
  static let wordsLimit = 64

  /// The scalars of the folded text in words, one space between two of them; at most `labelLimit` letters.
  package static func fold(_ text: some StringProtocol) -> [Unicode.Scalar] {
    var out: [Unicode.Scalar] = []
    var isBetweenWords = false
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        guard let letter = asciiLetter(scalar) else {
          isBetweenWords = true
          continue
        }
        add(letter, to: &out, &isBetweenWords)
      } else {
        decompose(scalar) { part in
          if isDropped(part) { return }
          if isWordPart(part) { add(part, to: &out, &isBetweenWords) } else { isBetweenWords = true }
        }
      }
      if out.count >= labelLimit { break }
    }
    reorderMarks(&out)
    return Array(out.prefix(labelLimit))
  }

  /// The folded text as UTF-8.
  package static func bytes(_ text: some StringProtocol) -> [UInt8] { utf8(fold(text)) }

  /// The folded text without spaces: for names of columns and relations.
  package static func compact(_ text: some StringProtocol) -> [UInt8] { bytes(text).filter { $0 != 0x20 } }

  static func utf8(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
    var out: [UInt8] = []
    for scalar in scalars { out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter) }
    return out
  }

  private static func add(_ scalar: Unicode.Scalar, to out: inout [Unicode.Scalar], _ isBetweenWords: inout Bool) {
    if isBetweenWords, !out.isEmpty { out.append(" ") }
    isBetweenWords = false
    switch scalar {
    case "đ", "ð": out.append("d")
    case "ł": out.append("l")
    case "ø": out.append("o")
    case "ħ": out.append("h")
    case "ŧ": out.append("t")
    case "ı": out.append("i")
    case "æ": out += ["a", "e"]
    case "œ": out += ["o", "e"]
    case "þ": out += ["t", "h"]
    default: out.append(scalar)
    }
  }

  private static func asciiLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "a"..."z", "0"..."9": scalar
    case "A"..."Z": Unicode.Scalar(UInt8(scalar.value) | 0x20)
    default: nil
    }
  }

  /// utf8proc writes into memory of ours whose size it is told, and no decomposition has more than 18 parts.
  private static func decompose(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
    unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 32) { parts in
      let count = unsafe concord_fold_scalar(Int32(bitPattern: scalar.value), parts.baseAddress, parts.count)
      guard (0...parts.count).contains(count) else { return body(scalar) }
      for index in 0..<count {
        if let part = unsafe Unicode.Scalar(UInt32(bitPattern: parts[index])) { body(part) }
      }
    }
  }

  /// Marks that vary a letter: of Latin, Greek and Cyrillic, the points of Hebrew and Arabic.
  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x5BF, 0x5C1...0x5C2, 0x5C4...0x5C5, 0x5C7, 0x610...0x61A, 0x640,
      0x64B...0x65F, 0x670, 0x6D6...0x6ED, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F:
      true
    default: false
    }
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark, .otherSymbol:
      true
    default: false
    }
  }

  /// Puts marks behind one letter into Unicode's order, whatever order they were typed in.
  private static func reorderMarks(_ scalars: inout [Unicode.Scalar]) {
    var index = 1
    while index < scalars.count {
      var place = index
      let order = scalars[index].value < 0x300 ? 0 : combiningClass(scalars[index])
      while order > 0, place > 0, combiningClass(scalars[place - 1]) > order {
        scalars.swapAt(place, place - 1)
        place -= 1
      }
      index += 1
    }
  }

  private static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
    scalar.properties.canonicalCombiningClass.rawValue
  }
}

/// The words of a folded text, and how they are compared.
enum Words {
  typealias Letter = Unicode.Scalar

  /// The words by which a text is found, each as far as it is compared.
  ///
  /// In scripts that write no spaces (Chinese, Japanese, Thai and their like) every letter may begin one, which ends where the run ends.
  static func starts(in text: [Letter]) -> [ArraySlice<Letter>] {
    var words: [ArraySlice<Letter>] = []
    var index = 0
    while index < text.count, words.count < Folding.wordsLimit {
      guard text[index] != " " else {
        index += 1
        continue
      }
      let end = text[index...].firstIndex(of: " ") ?? text.count
      for start in index..<end where start == index || beginsWord(text, start) {
        words.append(text[start..<min(end, start + limit(ofWordBeginningWith: text[start]))])
      }
      index = end
    }
    return Array(words.prefix(Folding.wordsLimit))
  }

  /// The words of a query: what stands between spaces.
  static func ofQuery(_ text: [Letter]) -> [[Letter]] {
    text.split(separator: " ").prefix(16).map { word in
      Array(word.prefix(word.first.map(limit) ?? 0))
    }
  }

  /// Where every letter begins a word, words are cut early: they lie over each other.
  private static func limit(ofWordBeginningWith letter: Letter) -> Int {
    isUnspaced(letter) ? Folding.unspacedWordLimit : Folding.wordLimit
  }

  private static func beginsWord(_ text: [Letter], _ index: Int) -> Bool {
    let (before, here) = (isUnspaced(text[index - 1]), isUnspaced(text[index]))
    return here ? !isMark(text[index]) : before && !isMark(text[index])
  }

  private static func isMark(_ letter: Letter) -> Bool {
    switch letter.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .modifierLetter: true
    default: false
    }
  }

  private static func isUnspaced(_ letter: Letter) -> Bool {
    switch letter.value {
    case 0..<0xE00: false
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// How many slips a word of a query may have: none below three letters, one up to five, two above. None in words with digits, where each
  /// one counts, and in ideographs, where each is a word.
  static func allowedTypos(in word: [Letter]) -> Int {
    let isExact = word.contains { letter in
      switch letter.properties.numericType {
      case .some: true
      case nil: letter.properties.isIdeographic
      }
    }
    if isExact || word.count < 3 { return 0 }
    return word.count <= 5 ? 1 : 2
  }
}

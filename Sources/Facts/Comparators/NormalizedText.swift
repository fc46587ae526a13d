import Ontology

/// A text as transcripts are compared: in lower case, composed (NFC), without punctuation, its words one space apart.
///
/// An apostrophe joins what stands beside it (`don't` is one word), other punctuation separates. Symbols stay (`+`, `$`, `°`).
struct NormalizedText: Hashable, Sendable {
  let letters: [Unicode.Scalar]

  init(_ text: some StringProtocol) { letters = Self.normalized(text) }

  var words: [ArraySlice<Unicode.Scalar>] { letters.split(separator: " ") }

  /// Words as numbers, one for each word of the two.
  static func numbered(
    _ a: [ArraySlice<Unicode.Scalar>], _ b: [ArraySlice<Unicode.Scalar>]
  ) -> ([Int], [Int]) {
    var numbers: [ArraySlice<Unicode.Scalar>: Int] = [:]
    func number(_ word: ArraySlice<Unicode.Scalar>) -> Int {
      let next = numbers.count
      return numbers[word, default: next]
    }
    func all(_ words: [ArraySlice<Unicode.Scalar>]) -> [Int] {
      words.map { word in
        let found = number(word)
        numbers[word] = found
        return found
      }
    }
    return (all(a), all(b))
  }

  private static func normalized(_ text: some StringProtocol) -> [Unicode.Scalar] {
    var lowered: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        let isUpper = (0x41...0x5A).contains(scalar.value)
        lowered.append(isUpper ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar)
      } else {
        lowered += scalar.properties.lowercaseMapping.unicodeScalars
      }
    }
    var out: [Unicode.Scalar] = []
    var isBetweenWords = false
    for scalar in Composition.composed(lowered) {
      switch part(scalar) {
      case .nothing: break
      case .space: isBetweenWords = true
      case .letter:
        if isBetweenWords, !out.isEmpty { out.append(" ") }
        isBetweenWords = false
        // A word's last sigma is the letter that others are.
        out.append(scalar == "ς" ? "σ" : scalar)
      }
    }
    return out
  }

  private enum Part { case letter, space, nothing }

  private static func part(_ scalar: Unicode.Scalar) -> Part {
    switch scalar {
    case "a"..."z", "0"..."9": return .letter
    case "'", "’", "ʼ", "‘": return .nothing
    default: break
    }
    switch scalar.properties.generalCategory {
    case .format: return .nothing
    case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator, .connectorPunctuation, .dashPunctuation,
      .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return .space
    default: return .letter
    }
  }
}

import PluginKit

/// What stands in a text for what is not a word: `[laughter]`, `<noise>`, `{cough}`.
struct Mark {
  enum Bracket: UInt32, CaseIterable {
    case square, angle, brace

    var opener: Unicode.Scalar { ["[", "<", "{"][Int(rawValue)] }
    var closer: Unicode.Scalar { ["]", ">", "}"][Int(rawValue)] }
  }

  let bracket: Bracket
  /// Without brackets and, of an end, without `/`.
  let name: String
  /// It ends what another one of its name began.
  let isEnd: Bool
  /// In the text's scalars, with its brackets.
  let range: Range<Int>

  /// As it is written.
  var text: String { "\(bracket.opener)\(isEnd ? "/" : "")\(name)\(bracket.closer)" }

  /// The marks of a text, and where one is opened that is never closed.
  static func all(in text: [Unicode.Scalar]) -> (marks: [Mark], open: Int?) {
    var marks: [Mark] = []
    var open: Int?
    var at = 0
    while at < text.count {
      guard let bracket = Bracket.allCases.first(where: { $0.opener == text[at] }), at + 1 < text.count else {
        at += 1
        continue
      }
      let isEnd = text[at + 1] == "/"
      let first = at + (isEnd ? 2 : 1)
      guard first < text.count, isLetter(text[first]) else {
        at += 1
        continue
      }
      // A name is short, and holds no other bracket.
      let rest = text[first..<min(text.count, first + 40)]
      let end = rest.firstIndex { character in
        character == bracket.closer || Bracket.allCases.contains { $0.opener == character || $0.closer == character }
      }
      if let end, text[end] == bracket.closer {
        marks.append(
          Mark(
            bracket: bracket, name: String(String.UnicodeScalarView(text[first..<end])), isEnd: isEnd,
            range: at..<end + 1))
        at = end + 1
      } else {
        // What comes after `<` may be a number that is compared with another.
        if bracket != .angle { open = open ?? at }
        at += 1
      }
    }
    return (marks, open)
  }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }

  /// Marks that people use; for those who have declared none of their own.
  static let usual = [
    "laughter", "breath", "cough", "sigh", "noise", "music", "applause", "silence", "inaudible", "unintelligible",
    "crosstalk",
  ]
}

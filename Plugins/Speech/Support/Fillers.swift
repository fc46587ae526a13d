/// Sounds of thinking, and how they are written.
struct Fillers {
  /// By word in small letters, the sound that is meant: spellings of one sound are one.
  let sounds: [String: String]

  struct Found {
    var word: String
    var sound: String
    /// In the text's characters.
    var range: Range<String.Index>
  }

  /// Words that mean nothing else in their language.
  private static let all: [String: Fillers] = [
    "en": Fillers(sounds: ["um": "um", "umm": "um", "uhm": "um", "erm": "um", "uh": "uh", "uhh": "uh"]),
    "de": Fillers(sounds: ["äh": "äh", "ähm": "ähm", "öhm": "ähm", "hm": "hm", "hmm": "hm"]),
    "nl": Fillers(sounds: ["ehm": "ehm", "uhm": "ehm", "eh": "eh", "uh": "eh"]),
    "fr": Fillers(sounds: ["euh": "euh", "heu": "euh"]),
    "es": Fillers(sounds: ["ehm": "ehm", "emm": "ehm"]),
    "vi": Fillers(sounds: ["ừm": "ừm", "ờm": "ừm", "ưm": "ừm"]),
  ]

  static func of(_ language: String) -> Fillers? { all[language] }

  func found(in text: String) -> [Found] {
    var out: [Found] = []
    var start: String.Index?
    func close(_ end: String.Index) {
      guard let from = start else { return }
      start = nil
      let word = String(text[from..<end])
      if let sound = sounds[word.lowercased()] {
        out.append(Found(word: word.lowercased(), sound: sound, range: from..<end))
      }
    }
    for index in text.indices {
      if text[index].isLetter {
        start = start ?? index
      } else {
        close(index)
      }
    }
    close(text.endIndex)
    return out
  }

  /// The text without a word, and without the comma and space that hung on it.
  static func taken(_ range: Range<String.Index>, outOf text: String) -> String {
    var end = range.upperBound
    if end < text.endIndex, text[end] == "," { end = text.index(after: end) }
    while end < text.endIndex, text[end] == " " { end = text.index(after: end) }
    var head = text[..<range.lowerBound]
    if end == text.endIndex { while head.last == " " { head.removeLast() } }
    return String(head) + String(text[end...])
  }
}

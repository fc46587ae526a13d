import PluginKit

/// A word with its time.
struct SpokenWord {
  let text: FieldValue?
  let start: FieldValue?
  let end: FieldValue?
  let length: FieldValue?
  let speaker: String?
  let entry: FieldValue

  static let fields: [Field] = [.spokenWord, .wordText, .wordStart, .wordEnd, .wordLength, .wordSpeaker]

  var from: Double? { start?.number }
  var to: Double? {
    if let end = end?.number { return end }
    guard let from, let length = length?.number else { return nil }
    return from + length
  }

  /// Every word of a record, in order.
  static func all(of record: Record) -> [SpokenWord] {
    let entries = record.all(.spokenWord)
    guard !entries.isEmpty else { return [] }
    // Values stand in document order, so each entry takes what stands in it.
    var texts = Cursor(record.all(.wordText))
    var starts = Cursor(record.all(.wordStart))
    var ends = Cursor(record.all(.wordEnd))
    var lengths = Cursor(record.all(.wordLength))
    var speakers = Cursor(record.all(.wordSpeaker))
    return entries.map { entry in
      SpokenWord(
        text: texts.next(in: entry.place), start: starts.next(in: entry.place), end: ends.next(in: entry.place),
        length: lengths.next(in: entry.place), speaker: speakers.next(in: entry.place)?.text, entry: entry)
    }
  }

  private struct Cursor {
    let values: [FieldValue]
    var index = 0
    init(_ values: [FieldValue]) { self.values = values }

    mutating func next(in place: Place) -> FieldValue? {
      while index < values.count, values[index].place.start < place.start { index += 1 }
      guard index < values.count, values[index].place.end <= place.end else { return nil }
      return values[index]
    }
  }
}

/// Letters and figures of a text, and how many words and letters it has.
enum Speech {
  /// Without what is not spoken: `[laughter]`, `<noise>`, `{laugh}`, `(.)`.
  static func spoken(_ text: String) -> String {
    guard text.utf8.contains(where: { closer(of: Unicode.Scalar($0)) != nil }) else { return text }
    var out = String.UnicodeScalarView()
    var end: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if end != nil {
        if scalar == end { end = nil }
      } else {
        end = closer(of: scalar)
        if end == nil { out.append(scalar) }
      }
    }
    // What is never closed is no mark.
    return end == nil ? String(out) : text
  }

  private static func closer(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "[": "]"
    case "<": ">"
    case "{": "}"
    default: nil
    }
  }

  /// How many letters and figures a text has, as people count them.
  static func letterCount(_ text: String) -> Int {
    var count = 0
    for scalar in text.unicodeScalars {
      // Beyond these, what is one letter may be written as several.
      guard scalar.value < 0x300 || (0x1E00..<0x1F00).contains(scalar.value) else { return letters(text).count }
      if isLetter(scalar) { count += 1 }
    }
    return count
  }

  /// How many words stand apart in it.
  static func wordCount(_ text: String) -> Int {
    var count = 0
    var isInside = false
    for scalar in text.unicodeScalars {
      let isSpace = scalar.isASCII ? scalar == " " || (9...13).contains(scalar.value) : scalar.properties.isWhitespace
      if !isSpace, !isInside { count += 1 }
      isInside = !isSpace
    }
    return count
  }

  /// Whether a text is written with figures, in any script but those that write numbers as words.
  static func hasFigures(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      if scalar.isASCII { return (0x30...0x39).contains(scalar.value) }
      return scalar.value < 0x3000 && scalar.properties.numericType != nil
    }
  }

  /// A letter of any script.
  static func isAlphabetic(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? (0x61...0x7A).contains(scalar.value | 0x20) : scalar.properties.isAlphabetic
  }

  /// Letters and figures in small letters: what two writings of one thing share.
  static func letters(_ text: String) -> String {
    String(String.UnicodeScalarView(text.lowercased().unicodeScalars.filter { isLetter($0) }))
  }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x30...0x39).contains(scalar.value) || (0x61...0x7A).contains(scalar.value | 0x20) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .nonspacingMark, .spacingMark:
      return true
    default: return false
    }
  }
}

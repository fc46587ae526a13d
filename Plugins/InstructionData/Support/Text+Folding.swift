import PluginKit

extension Text {
  /// In lower case, with one space for all white space between words and none around them.
  static func folded(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    fold(text, into: &out)
    return out
  }

  /// The same of a string's text; `nil` for anything else.
  static func folded(_ value: Value) -> [UInt8]? {
    value.withText { text in
      var out: [UInt8] = []
      fold(text, into: &out)
      return out
    }
  }

  /// Adds a text in lower case, with one space for all white space between words and none around them. Cost: one step a byte.
  static func fold(_ text: String, into out: inout [UInt8]) {
    var text = text
    text.makeContiguousUTF8()
    fold(text.utf8.span, into: &out)
  }

  /// The same of a text's bytes.
  package static func fold(_ text: Span<UInt8>, into out: inout [UInt8]) {
    var folding = Folding()
    while folding.at < text.count {
      // No letter of the tables takes more than three bytes for two; and a space may stand before the first.
      out.append(addingCapacity: (text.count - folding.at) * 3 / 2 + 2) { folding.addKnown(text, to: &$0) }
      guard folding.at < text.count else { break }
      folding.addUnknown(text, to: &out)
    }
  }
}

/// A text that is being folded.
private struct Folding {
  /// The next byte to be read.
  var at = 0
  private var isBetween = false
  private var hasBegun = false

  /// Up to the end, or to a letter that no table knows.
  mutating func addKnown(_ text: Span<UInt8>, to out: inout OutputSpan<UInt8>) {
    while at < text.count {
      let byte = text[at]
      if byte <= 0x20 {
        isBetween = true
        at += 1
      } else if byte < 0x80 {
        beginLetter(&out)
        addPlain(text, to: &out)
      } else if !addLetter(text, to: &out) {
        return
      }
    }
  }

  /// The rest of a word in ASCII.
  private mutating func addPlain(_ text: Span<UInt8>, to out: inout OutputSpan<UInt8>) {
    var next = at
    while next < text.count {
      let byte = text[next]
      guard byte > 0x20, byte < 0x80 else { break }
      out.append(byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
      next += 1
    }
    at = next
  }

  private mutating func beginLetter(_ out: inout OutputSpan<UInt8>) {
    if isBetween, hasBegun { out.append(0x20) }
    isBetween = false
    hasBegun = true
  }

  /// Adds a letter of two or three bytes, if it is well formed and known.
  private mutating func addLetter(_ text: Span<UInt8>, to out: inout OutputSpan<UInt8>) -> Bool {
    let first = UInt32(text[at])
    guard first >= 0xC2, first < 0xF0, at + 1 < text.count else { return false }
    let second = UInt32(text[at + 1])
    guard second & 0xC0 == 0x80 else { return false }
    var scalar = (first & 0x1F) << 6 | second & 0x3F
    var bytes = first | second << 8
    var count = 2
    if first >= 0xE0 {
      guard at + 2 < text.count else { return false }
      let third = UInt32(text[at + 2])
      scalar = (first & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F
      guard third & 0xC0 == 0x80, scalar >= 0x800 else { return false }
      bytes |= third << 16
      count = 3
    }
    switch LetterFolding.folded(scalar, written: bytes, count: count) {
    case .unknown: return false
    case .space: isBetween = true
    case .bytes(let folded, let length):
      beginLetter(&out)
      for index in 0..<UInt32(length) { out.append(UInt8(truncatingIfNeeded: folded >> (8 * index))) }
    }
    at += count
    return true
  }

  /// The rest of a run of letters beyond ASCII, as Unicode has it. What is not well formed becomes U+FFFD.
  mutating func addUnknown(_ text: Span<UInt8>, to out: inout [UInt8]) {
    var run: [UInt8] = []
    while at < text.count, text[at] >= 0x80 {
      run.append(text[at])
      at += 1
    }
    for scalar in String(decoding: run, as: UTF8.self).unicodeScalars {
      if scalar.properties.isWhitespace {
        isBetween = true
        continue
      }
      if isBetween, hasBegun { out.append(0x20) }
      isBetween = false
      hasBegun = true
      out.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
    }
  }
}

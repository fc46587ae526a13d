/// Texts that were read from a page, compared as people would: spaces, marks and ways of writing numbers don't count.
enum ReadText {
  /// Longer texts are compared by their beginnings.
  private static let longest = 256

  /// Letters and digits alone, folded; `1,234.50`, `1234.5` and `$ 1.234,50` read the same.
  static func plain(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    let folded = Text.folded(text)
    for (index, byte) in folded.enumerated() {
      if byte.isDigit || byte.isLetter || byte >= 0x80 { out.append(byte) }
      // Cents that are none.
      let isEnd = index + 1 == folded.count || !folded[index + 1].isDigit
      if byte == UInt8(ascii: "0"), isEnd, index >= 3, folded[index - 1] == byte,
        folded[index - 2] == UInt8(ascii: ".") || folded[index - 2] == UInt8(ascii: ","), folded[index - 3].isDigit
      {
        out.removeLast(2)
      }
    }
    return out
  }

  /// 1 for equal texts, 0 for texts that share nothing: changed letters over the letters of the longer one.
  static func similarity(_ a: [UInt8], _ b: [UInt8]) -> Double {
    if a == b { return 1 }
    let a = Array(a.prefix(longest))
    let b = Array(b.prefix(longest))
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    return 1 - Double(distance(a, b)) / Double(max(a.count, b.count))
  }

  /// How many letters must change to make one text the other (Levenshtein). Cost: one step for each pair of letters.
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, byte) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in b.enumerated() {
        let kept = diagonal + (byte == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(kept, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }

  /// Whether one stands in the other. Cost: one step for each pair of letters at worst, of texts of 4 KB at most.
  static func contains(_ whole: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= whole.count, whole.count <= 4096 else { return part.isEmpty }
    return (0...(whole.count - part.count)).contains { start in
      whole[start] == first && whole[start..<(start + part.count)].elementsEqual(part)
    }
  }
}

/// The runs of words in a text, as numbers.
enum Shingles {
  /// Texts of more words are not compared.
  static let mostWords = 4096

  /// Runs of five words; of five letters where a text has fewer words, or writes none apart (Chinese, Japanese, Thai). Folded text
  /// in; in order, each once. Empty for a text that is too long. Cost: one step a byte, and sorting.
  static func runs(of text: [UInt8]) -> [UInt64] { distinct(written(in: text)) }

  /// The same as they stand in the text. Cost: one step a byte.
  static func written(in text: [UInt8]) -> [UInt64] {
    let (words, isWithoutSpaces) = read(text)
    guard words.count <= mostWords else { return [] }
    return words.count < 5 || isWithoutSpaces ? letterRuns(of: text) : runs(of: words, size: 5)
  }

  /// Whether there are so many different ones. Cost: one step a run at worst, mostly `least`.
  static func areDifferent(_ runs: [UInt64], atLeast least: Int) -> Bool {
    var seen: [UInt64] = []
    for run in runs where !seen.contains(run) {
      seen.append(run)
      if seen.count >= least { return true }
    }
    return seen.count >= least
  }

  /// Runs of `size` words, folded. Cost: one step a byte, times `size`.
  static func set(of text: [UInt8], size: Int) -> Set<UInt64> { Set(runs(of: words(of: text), size: size)) }

  private static let passage = 13
  /// One run in so many stands for a text. Which ones is in the runs alone, so that texts which share a run both keep it or neither.
  private static let passageShare: UInt64 = 4

  /// One in four of the runs of thirteen words in a folded text, each once. Empty for shorter texts, and for those that are too long.
  /// Cost: one step a byte, and thirteen a word.
  static func passages(of text: [UInt8]) -> [UInt64] {
    let words = words(of: text)
    guard words.count >= passage, words.count <= mostWords else { return [] }
    return Set(runs(of: words, size: passage).filter { $0.isMultiple(of: passageShare) }).sorted()
  }

  private static func words(of text: [UInt8]) -> [UInt64] { read(text).words }

  /// The words, and whether most letters are of scripts that write them without spaces.
  private static func read(_ text: [UInt8]) -> (words: [UInt64], isWithoutSpaces: Bool) {
    var words: [UInt64] = []
    // Most words have as many letters, and a space.
    words.reserveCapacity(text.count / 5 + 1)
    var hash = start
    var isInside = false
    var bytes = 0
    for index in text.indices {
      let byte = text[index]
      if byte <= 0x20 {
        if isInside { words.append(hash) }
        hash = start
        isInside = false
      } else {
        hash = (hash ^ UInt64(byte)) &* prime
        isInside = true
        if byte >= 0xE0, beginsLetterWithoutSpaces(byte, text, index) { bytes += 3 }
      }
    }
    if isInside { words.append(hash) }
    return (words, bytes * 2 > text.count)
  }

  /// Thai and its neighbors begin with E0 B8 to E0 BB; kana, Chinese characters and their marks with E3 to E9.
  private static func beginsLetterWithoutSpaces(_ byte: UInt8, _ text: [UInt8], _ index: Int) -> Bool {
    byte >= 0xE3 && byte <= 0xE9
      || byte == 0xE0 && index + 1 < text.count && text[index + 1] >= 0xB8 && text[index + 1] <= 0xBB
  }

  private static func runs(of words: [UInt64], size: Int) -> [UInt64] {
    guard words.count >= size else { return words }
    return (0...(words.count - size)).map { first in
      var hash = start
      for index in first..<(first + size) { hash = (hash ^ words[index]) &* prime }
      return mixed(hash)
    }
  }

  private static func letterRuns(of text: [UInt8]) -> [UInt64] {
    // Where letters begin: bytes that continue one are left out.
    let starts = text.indices.filter { text[$0] & 0xC0 != 0x80 } + [text.count]
    guard starts.count <= 5 * mostWords else { return [] }
    guard starts.count > 5 else { return text.isEmpty ? [] : [mixed(hash(text))] }
    return (0..<(starts.count - 5)).map { mixed(hash(text[starts[$0]..<starts[$0 + 5]])) }
  }

  private static func distinct(_ runs: [UInt64]) -> [UInt64] {
    let sorted = runs.sorted()
    var out: [UInt64] = []
    out.reserveCapacity(sorted.count)
    for run in sorted where run != out.last { out.append(run) }
    return out
  }

  /// Shared runs over all runs, 0 to 1.
  static func overlap(_ a: Set<UInt64>, _ b: Set<UInt64>) -> Double {
    let shared = a.count < b.count ? a.count { b.contains($0) } : b.count { a.contains($0) }
    let all = a.count + b.count - shared
    return all > 0 ? Double(shared) / Double(all) : 1
  }

  /// The same of runs in order. Cost: one step a run.
  static func overlap(_ a: [UInt64], _ b: [UInt64]) -> Double {
    var (i, j, shared) = (0, 0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        shared += 1
        i += 1
        j += 1
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    let all = a.count + b.count - shared
    return all > 0 ? Double(shared) / Double(all) : 1
  }

  private static let start: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01b3

  /// FNV-1a, 64 bits: the same in every process.
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(start) { ($0 ^ UInt64($1)) &* prime } }

  static func bytes(of number: UInt64) -> [UInt8] {
    stride(from: UInt64(0), to: 64, by: 8).map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// Spreads every bit over all.
  static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

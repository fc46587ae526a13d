/// Finds the words of an index that a word could have been meant for.
///
/// Runs through sorted words once: what a word shares with the one before is not looked at again, and words that begin as one that is already too
/// far off are passed over. A swap of two letters counts as one slip.
struct TypoScan {
  private let query: [Unicode.Scalar]
  private let limit: Int
  /// Only whole words count; otherwise a word that goes on behind what was meant counts too.
  private let wholeOnly: Bool
  private let width: Int
  /// By letters read and letters of the query: slips so far.
  private var rows: [UInt8]
  /// By letters read: the least slips to a beginning of the word that ends as the query does.
  private var best: [UInt8]
  private var letters: [Unicode.Scalar] = []

  /// `longest` is how many letters of a word are read.
  init(_ query: [Unicode.Scalar], limit: Int, wholeOnly: Bool, longest: Int = Folding.wordLimit) {
    self.query = query
    self.limit = limit
    self.wholeOnly = wholeOnly
    width = query.count + 1
    let far = UInt8(clamping: limit + 1)
    rows = Array(repeating: far, count: width * (longest + 1))
    best = Array(repeating: far, count: longest + 1)
    for index in 0..<min(width, limit + 1) { rows[index] = UInt8(clamping: index) }
  }

  /// Slips between two texts; above the limit it is some number above it. Cost: linear in the texts.
  static func distance(_ query: [Unicode.Scalar], _ text: [Unicode.Scalar], limit: Int) -> Int {
    guard !query.isEmpty, abs(query.count - text.count) <= limit else { return limit + 1 }
    var scan = TypoScan(query, limit: limit, wholeOnly: true, longest: text.count)
    scan.letters = text
    return scan.read(from: 0) == nil ? scan.result(text.count) : limit + 1
  }

  /// The words within the limit, by slips; `words` are of one group.
  mutating func find(in index: CompiledVocabulary, words: Range<Int>) -> [[Int]] {
    var found = Array(repeating: [Int](), count: limit + 1)
    guard !query.isEmpty else { return found }
    // Letters of the last word that was read, as far as they were read.
    var read = 0
    var tooFar: Int?
    let (sharedCounts, ends, texts) = (index.wordShared, index.wordEnds, index.wordText)
    var next = words.lowerBound
    while next < words.upperBound {
      let word = next
      next += 1
      let shared = word == words.lowerBound ? 0 : Int(sharedCounts[word])
      if let end = tooFar, shared >= end {
        // It begins as the last one, as do those up to the next that shares less, and nothing behind that makes them nearer.
        next = sharedCounts.firstIndex(in: next..<words.upperBound, below: UInt8(clamping: end))
        let slips = Int(best[end])
        if !wholeOnly, slips <= limit { found[slips] += word..<next }
        continue
      }
      let known = min(shared, read)
      readLetters(texts, ends.range(at: word, within: texts.count))
      tooFar = self.read(from: min(known, letters.count))
      read = tooFar ?? letters.count
      let slips = tooFar.map { wholeOnly ? limit + 1 : Int(best[$0]) } ?? result(letters.count)
      if slips <= limit { found[slips].append(word) }
    }
    return found
  }

  private mutating func readLetters(_ texts: Bytes, _ range: Range<Int>) {
    letters.removeAll(keepingCapacity: true)
    for place in range {
      guard texts[place] < 0x80 else { break }
      if letters.count == Folding.wordLimit { return }
      letters.append(Unicode.Scalar(texts[place]))
    }
    guard letters.count < range.count else { return }
    let rest = texts.array((range.lowerBound + letters.count)..<range.upperBound)
    for letter in String(decoding: rest, as: UTF8.self).unicodeScalars {
      if letters.count == Folding.wordLimit { return }
      letters.append(letter)
    }
  }

  private func result(_ count: Int) -> Int {
    let whole = Int(rows[count * width + width - 1])
    return wholeOnly ? whole : min(whole, Int(best[count]))
  }

  /// Reads the letters from the given one on. How many were read when the word was too far off whatever follows; `nil` if it never was.
  private mutating func read(from start: Int) -> Int? {
    for place in start..<max(start, letters.count) where step(place) { return place + 1 }
    return nil
  }

  /// Whether the word is too far off with the letter at `place`.
  private mutating func step(_ place: Int) -> Bool {
    let far = UInt8(clamping: limit + 1)
    let (above, row) = (place * width, (place + 1) * width)
    let letter = letters[place]
    for index in row..<(row + width) { rows[index] = far }
    if place < limit { rows[row] = UInt8(place + 1) }
    var least = rows[row]
    let first = max(1, place + 1 - limit)
    let last = min(query.count, place + 1 + limit)
    if first <= last {
      for index in first...last {
        var slips = rows[above + index - 1] &+ (query[index - 1] == letter ? 0 : 1)
        slips = min(slips, min(rows[above + index], rows[row + index - 1]) &+ 1)
        if place > 0, index > 1, query[index - 2] == letter, query[index - 1] == letters[place - 1] {
          slips = min(slips, rows[above - width + index - 2] &+ 1)
        }
        slips = min(slips, far)
        rows[row + index] = slips
        least = min(least, slips)
      }
    }
    // A word that goes on is meant only if the last letter typed is right: the end of a beginning is what is least sure.
    let ends = letter == query[query.count - 1] ? rows[row + width - 1] : far
    best[place + 1] = min(best[place], ends)
    guard least == far else { return false }
    // A swap reaches back over one letter.
    return place == 0 || !rows[above..<(above + width)].contains { $0 < far }
  }
}

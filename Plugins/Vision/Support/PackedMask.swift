import PluginKit

/// A mask as COCO packs it: `counts`, the lengths of runs without and with the object in turn, down the columns of a picture
/// of `size` (height, width); as numbers, or packed into letters.
struct PackedMask {
  /// What is inside.
  struct Pixels {
    /// All pixels, with the object and without.
    var total: Int
    /// Pixels of the object.
    var area: Int
    /// `nil` if there are none, or the runs do not fit the size.
    var extent: Box?
  }
  enum Content {
    case pixels(Pixels)
    /// A count that is no count.
    case broken
  }

  let height: Int
  let width: Int
  let size: Value
  let counts: Value
  let content: Content

  /// Sides beyond this are no picture's, and the product of two smaller ones fits.
  private static let longestSide = 1 << 30

  /// `nil` if it lacks counts or a size of two whole numbers: that is for the format to say.
  ///
  /// Cost: one step a byte of the counts.
  init?(_ value: Value) {
    guard let counts = value["counts"], let size = value["size"], size.kind == .array, size.count == 2,
      let height = size[0]?.integer, let width = size[1]?.integer, (0...Self.longestSide).contains(height),
      (0...Self.longestSide).contains(width)
    else { return nil }
    (self.height, self.width, self.size, self.counts) = (height, width, size, counts)
    var runs = Runs(height: height, limit: height * width)
    switch counts.kind {
    case .array:
      guard !counts.isElided else { return nil }
      var numbers = 0
      counts.eachNumber { number in
        numbers += 1
        runs.add(Int(exactly: number))
      }
      // What is no number was passed over.
      if numbers != counts.count { runs.add(nil) }
    case .string:
      // Other spellings of a backslash are for the host to read.
      if !counts.eachLetter({ runs.add(letter: $0) }) {
        runs = Runs(height: height, limit: height * width)
        for letter in (counts.text ?? "").utf8 { runs.add(letter: letter) }
      }
      runs.endLetters()
    default: return nil
    }
    content = runs.content
  }

  /// Adds up runs.
  private struct Runs {
    let height: Int
    /// Pixels of the picture.
    let limit: Int
    private var total = 0
    private var area = 0
    private var isObject = false
    private var isBroken = false
    private var firstColumn = Int.max
    private var lastColumn = -1
    private var firstRow = Int.max
    private var lastRow = -1

    init(height: Int, limit: Int) {
      self.height = height
      self.limit = limit
    }

    var content: Content {
      guard !isBroken else { return .broken }
      guard area > 0, height > 0, total <= limit else { return .pixels(Pixels(total: total, area: area, extent: nil)) }
      let extent = Box(
        x: Double(firstColumn), y: Double(firstRow), width: Double(lastColumn - firstColumn + 1),
        height: Double(lastRow - firstRow + 1))
      return .pixels(Pixels(total: total, area: area, extent: extent))
    }

    mutating func add(_ count: Int?) {
      guard let count, count >= 0, !isBroken else {
        isBroken = true
        return
      }
      let (end, isTooLarge) = total.addingReportingOverflow(count)
      guard !isTooLarge else {
        isBroken = true
        return
      }
      if isObject, count > 0, height > 0 { cover(total, end - 1) }
      if isObject { area += count }
      total = end
      isObject.toggle()
    }

    private mutating func cover(_ start: Int, _ end: Int) {
      let (column, lastColumn) = (start / height, end / height)
      firstColumn = min(firstColumn, column)
      self.lastColumn = max(self.lastColumn, lastColumn)
      firstRow = min(firstRow, column == lastColumn ? start % height : 0)
      lastRow = max(lastRow, column == lastColumn ? end % height : height - 1)
    }

    /// The run that letters are being read of, and how far it is read.
    private var number = 0
    private var shift = 0
    private var letterRuns = 0
    private var previous = 0
    private var beforePrevious = 0

    /// Five bits a letter from `0` on, the lowest first; from the fourth run on, what is written is the difference from the run
    /// before the last.
    mutating func add(letter: UInt8) {
      // Twelve letters are 60 bits.
      guard letter >= 48, letter < 112, shift < 60, !isBroken else {
        isBroken = true
        return
      }
      let bits = Int(letter) - 48
      number |= (bits & 31) << shift
      shift += 5
      guard bits & 32 == 0 else { return }
      if bits & 16 != 0 { number |= -1 << shift }
      let (count, isTooLarge) = number.addingReportingOverflow(letterRuns > 2 ? beforePrevious : 0)
      add(isTooLarge ? nil : count)
      (beforePrevious, previous) = (previous, count)
      (number, shift) = (0, 0)
      letterRuns += 1
    }

    /// A run that is not read to its end is none.
    mutating func endLetters() {
      if shift > 0 { isBroken = true }
    }
  }
}

extension Value {
  /// Hands over a string's bytes, unescaped; `false`, in the midst of it, if it writes something in another way than most.
  fileprivate func eachLetter(_ body: (UInt8) -> Void) -> Bool {
    withBytes { bytes in
      var offset = 1
      while offset < bytes.count - 1 {
        // The only letter of a packed mask that JSON writes in another way is the backslash.
        if bytes[offset] == UInt8(ascii: "\\") {
          offset += 1
          guard bytes[offset] == UInt8(ascii: "\\") else { return false }
        }
        body(bytes[offset])
        offset += 1
      }
      return true
    }
  }
}

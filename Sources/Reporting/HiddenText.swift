package import Workspace

/// The parts of each file that may not be printed, wherever they would turn up.
package struct HiddenText: Sendable {
  /// By path: in order, apart from each other.
  private var ranges: [String: [Range<Int>]] = [:]

  package init() {}

  /// What the sensitive findings of a report stand at.
  package init(_ report: CheckReport) {
    for file in report.files { add(file) }
  }

  /// Takes in what the sensitive findings of a file stand at.
  package mutating func add(_ file: CheckedFile) {
    let sensitive = file.findings.filter(\.isSensitive).map(\.bytes)
    if !sensitive.isEmpty { ranges[file.path] = Self.merged(sensitive) }
  }

  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var out: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = out.last, range.lowerBound <= last.upperBound {
        out[out.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        out.append(range)
      }
    }
    return out
  }

  /// The bytes with stars for every one that is hidden. Cost: the bytes, and a binary search.
  ///
  /// - Parameters:
  ///   - bytes: a part of the file.
  ///   - start: where that part begins in the file.
  ///   - path: the file.
  /// - Returns: as many bytes.
  package func masking(_ bytes: [UInt8], from start: Int, of path: String) -> [UInt8] {
    guard let ranges = ranges[path] else { return bytes }
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= start { low = middle + 1 } else { high = middle }
    }
    var out = bytes
    for range in ranges[low...] {
      guard range.lowerBound < start + bytes.count else { break }
      for offset in range.clamped(to: start..<start + bytes.count) { out[offset - start] = UInt8(ascii: "*") }
    }
    return out
  }
}

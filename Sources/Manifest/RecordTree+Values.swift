extension RecordTree {
  /// The node's text without quotes, for a string; its text as it stands for anything else.
  func textRange(of index: Int) -> Range<Int> {
    let range = nodes[index].range.clamped(to: bytes.indices)
    return nodes[index].kind == .string ? unquoted(range) : range
  }

  func keyTextRange(of index: Int) -> Range<Int> { unquoted(nodes[index].keyRange.clamped(to: bytes.indices)) }

  private func unquoted(_ range: Range<Int>) -> Range<Int> {
    guard let first = range.first else { return range }
    if range.count > 1, bytes[first] == .apostrophe, bytes[range.upperBound - 1] == .apostrophe {
      return first + 1..<range.upperBound - 1
    }
    let lower = bytes[first] == .quote ? first + 1 : first
    let isQuoted =
      range.upperBound > lower && bytes[range.upperBound - 1] == .quote && !endsEscaped(lower..<range.upperBound)
    return lower..<(isQuoted ? range.upperBound - 1 : range.upperBound)
  }

  /// Whether the last quote belongs to an escape: `"a\"` has no end.
  private func endsEscaped(_ range: Range<Int>) -> Bool {
    var backslashes = 0
    var index = range.upperBound - 2
    while index >= range.lowerBound, bytes[index] == .backslash {
      backslashes += 1
      index -= 1
    }
    return backslashes % 2 == 1
  }

  /// The string's meaning as UTF-8: unescaped, with U+FFFD for lone surrogates and malformed bytes. `nil` if it is no string.
  package func stringBytes(of index: Int) -> [UInt8]? {
    guard nodes.indices.contains(index), nodes[index].kind == .string else { return nil }
    return JSONString.decode(bytes.span.extracting(textRange(of: index)))
  }

  /// `nil` if the node is no string.
  package func string(of index: Int) -> String? {
    stringBytes(of: index).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The member's key, unescaped; empty if it has none.
  package func keyBytes(of index: Int) -> [UInt8] {
    JSONString.decode(bytes.span.extracting(keyTextRange(of: index)))
  }

  /// `nil` if the node is not a member with a key.
  package func key(of index: Int) -> String? {
    nodes[index].hasKey ? String(decoding: keyBytes(of: index), as: UTF8.self) : nil
  }

  /// Compares code points after unescaping.
  package func keyEquals(_ key: String, at index: Int) -> Bool {
    guard nodes[index].hasKey else { return false }
    return JSONString.equals(bytes.span.extracting(keyTextRange(of: index)), Array(key.utf8))
  }

  /// Compares code points after unescaping; `false` if the node is no string.
  package func stringEquals(_ text: String, at index: Int) -> Bool {
    guard nodes[index].kind == .string else { return false }
    return JSONString.equals(bytes.span.extracting(textRange(of: index)), Array(text.utf8))
  }

  /// The number's digits as they stand; `nil` if the node is no well-formed number.
  package func numberText(of index: Int) -> ArraySlice<UInt8>? {
    let node = nodes[index]
    guard node.kind == .number, !node.flags.contains(.malformed) else { return nil }
    return bytes[node.range.clamped(to: bytes.indices)]
  }

  /// The nearest double (infinite beyond its range); `nil` if the node is no well-formed number.
  package func double(of index: Int) -> Double? {
    guard let text = numberText(of: index) else { return nil }
    return NumberText.double(text.span)
  }

  /// The number if it is a whole one that fits, however it is written (`1e2`, `5.0`); exact, never through a double.
  package func integer(of index: Int) -> Int64? {
    guard let text = numberText(of: index) else { return nil }
    return NumberText.integer(text.span)
  }

  /// The outermost node of exactly this range; `nil` if there is none. Cost: O(log n), and the nodes that begin there.
  package func node(from start: UInt32, to end: UInt32) -> Int? {
    // Nodes stand in the order in which they begin.
    var low = 0
    var high = nodes.count
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle].start < start { low = middle + 1 } else { high = middle }
    }
    while low < nodes.count, nodes[low].start == start {
      if nodes[low].end == end { return low }
      low += 1
    }
    return nil
  }

  /// The innermost node whose range, key included, contains or touches `offset`; 0 if none.
  package func node(at offset: Int) -> Int {
    var found = 0
    var index = 1
    let end = nodes.isEmpty ? 0 : Int(nodes[0].subtreeEnd)
    var limit = end
    while index < limit {
      let node = nodes[index]
      let start = node.hasKey ? Int(node.keyStart) : Int(node.start)
      if start <= offset && offset <= Int(node.end) {
        found = index
        limit = Int(node.subtreeEnd)
        index += 1
      } else {
        index = max(index + 1, Int(node.subtreeEnd))
      }
    }
    return found
  }

  /// JSON pointer of a node from this tree's root: `/a/0/b`. Cost: the siblings before each step.
  package func pointer(of index: Int) -> String {
    var steps: [String] = []
    var current = index
    while nodes.indices.contains(current), nodes[current].parent != Node.none {
      let parent = Int(nodes[current].parent)
      steps.append(step(to: current, in: parent))
      current = parent
    }
    return steps.reversed().map { "/" + $0 }.joined()
  }

  private func step(to index: Int, in parent: Int) -> String {
    if nodes[parent].kind == .object { return JSONPointer.escape(key(of: index) ?? "") }
    var ordinal = 0
    for child in children(of: parent) {
      if child == index { break }
      ordinal += 1
    }
    return String(ordinal)
  }
}

enum JSONPointer {
  static func escape(_ key: String) -> String {
    var out = ""
    for scalar in key.unicodeScalars {
      switch scalar {
      case "~": out += "~0"
      case "/": out += "~1"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

/// Numbers as JSON writes them.
enum NumberText {
  /// Exact for up to 19 digits and a small exponent; otherwise read by the standard library, which rounds right.
  static func double(_ text: Span<UInt8>) -> Double? {
    if let value = shortInteger(text) { return Double(value) }
    var string = ""
    string.reserveCapacity(text.count)
    for index in text.indices { string.unicodeScalars.append(Unicode.Scalar(text[index])) }
    return Double(string)
  }

  private static func shortInteger(_ text: Span<UInt8>) -> Int64? {
    guard text.count > 0, text.count <= 15, text[0] != UInt8(ascii: "-") else { return nil }
    var value: Int64 = 0
    for index in text.indices {
      guard text[index].isDigit else { return nil }
      value = value * 10 + Int64(text[index] - 0x30)
    }
    return value
  }

  static func integer(_ text: Span<UInt8>) -> Int64? {
    var digits: [UInt8] = []
    var scale = 0
    var index = 0
    var isNegative = false
    if index < text.count, text[index] == UInt8(ascii: "-") {
      isNegative = true
      index += 1
    }
    var seenPoint = false
    while index < text.count, text[index].isDigit || text[index] == UInt8(ascii: ".") {
      if text[index] == UInt8(ascii: ".") {
        seenPoint = true
      } else {
        digits.append(text[index] - 0x30)
        if seenPoint { scale -= 1 }
      }
      index += 1
    }
    while digits.last == 0 {
      digits.removeLast()
      scale += 1
    }
    guard let exponent = exponent(text, index) else { return nil }
    if digits.allSatisfy({ $0 == 0 }) { return 0 }
    let (power, overflow) = exponent.addingReportingOverflow(scale)
    guard !overflow, power >= 0, power <= 19 else { return nil }
    var value: Int64 = 0
    for digit in digits + Array(repeating: 0, count: power) {
      let (scaled, over) = value.multipliedReportingOverflow(by: 10)
      let (next, under) = scaled.addingReportingOverflow(isNegative ? -Int64(digit) : Int64(digit))
      if over || under { return nil }
      value = next
    }
    return value
  }

  private static func exponent(_ text: Span<UInt8>, _ start: Int) -> Int? {
    guard start < text.count else { return 0 }
    var index = start + 1
    var isNegative = false
    if index < text.count, !text[index].isDigit {
      isNegative = text[index] == UInt8(ascii: "-")
      index += 1
    }
    var value = 0
    while index < text.count, text[index].isDigit {
      value = min(value * 10 + Int(text[index] - 0x30), 1_000_000_000)
      index += 1
    }
    return isNegative ? -value : value
  }
}

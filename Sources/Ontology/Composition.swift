import CUTF8Proc

/// Texts in one spelling of each letter, composed where Unicode has it so (NFC).
package enum Composition {
  /// Cost: linear, but for sorting marks that stand behind one letter.
  package static func composed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    // Nothing below the first combining mark changes.
    guard scalars.contains(where: { $0.value >= 0x300 }) else { return scalars }
    var parts: [Int32] = []
    parts.reserveCapacity(scalars.count + scalars.count / 2)
    for scalar in scalars { decompose(scalar, into: &parts) }
    reorderMarks(&parts)
    // utf8proc works in place and never writes behind what it was given.
    let count = unsafe parts.withUnsafeMutableBufferPointer { buffer in
      unsafe concord_compose_scalars(buffer.baseAddress, buffer.count)
    }
    guard (0...parts.count).contains(count) else { return scalars }
    return parts[..<count].compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) }
  }

  /// The same of UTF-8; bytes that are none stay as they are.
  package static func composed(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(where: { $0 >= 0xCC }), let string = String(validating: text, as: UTF8.self) else {
      return text
    }
    var out = String.UnicodeScalarView()
    out.append(contentsOf: composed(Array(string.unicodeScalars)))
    return Array(String(out).utf8)
  }

  /// utf8proc writes into memory of ours whose size it is told; no decomposition has more than four parts.
  private static func decompose(_ scalar: Unicode.Scalar, into out: inout [Int32]) {
    guard scalar.value >= 0xC0 else { return out.append(Int32(bitPattern: scalar.value)) }
    unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 32) { parts in
      let count = unsafe concord_decompose_scalar(Int32(bitPattern: scalar.value), parts.baseAddress, parts.count)
      guard (0...parts.count).contains(count) else { return out.append(Int32(bitPattern: scalar.value)) }
      for index in 0..<count { unsafe out.append(parts[index]) }
    }
  }

  /// Puts the marks of each run into Unicode's order, those of one class as they stand. Runs may be as long as the text.
  private static func reorderMarks(_ parts: inout [Int32]) {
    var start = 0
    while start < parts.count {
      guard combiningClass(parts[start]) > 0 else {
        start += 1
        continue
      }
      var end = start
      while end < parts.count, combiningClass(parts[end]) > 0 { end += 1 }
      if end - start > 1 {
        let marks = (start..<end).map { (class: combiningClass(parts[$0]), place: $0, mark: parts[$0]) }
          .sorted { ($0.class, $0.place) < ($1.class, $1.place) }
        for (place, mark) in zip(start..<end, marks) { parts[place] = mark.mark }
      }
      start = end
    }
  }

  private static func combiningClass(_ part: Int32) -> UInt8 {
    guard part >= 0x300, let scalar = Unicode.Scalar(UInt32(bitPattern: part)) else { return 0 }
    return scalar.properties.canonicalCombiningClass.rawValue
  }
}

/// Where a whole number that fits neither `Int64` nor `UInt64` begins, if any; json-c would quietly take the nearest.
///
/// Cost: reads every 19th byte, and all of them only when there are 19 digits in a row somewhere.
func firstNumberBeyond64Bits(in bytes: UnsafeRawBufferPointer) -> Int? {
  guard unsafe hasLongDigitRun(bytes) else { return nil }
  var offset = 0
  while offset < bytes.count {
    let byte = unsafe bytes[offset]
    if byte == UInt8(ascii: "\"") {
      unsafe offset = endOfString(in: bytes, from: offset + 1)
    } else if byte == UInt8(ascii: "-") || byte.isDigit {
      let start = offset
      offset += 1
      while unsafe offset < bytes.count && bytes[offset].isNumberPart { offset += 1 }
      let text = unsafe bytes[start..<offset]
      guard unsafe text.allSatisfy({ $0 == UInt8(ascii: "-") || $0.isDigit }) else { continue }
      let digits = unsafe String(decoding: text, as: UTF8.self)
      if digits.count > 19, Int64(digits) == nil, UInt64(digits) == nil { return start }
    } else {
      offset += 1
    }
  }
  return nil
}

/// Whether there are 19 digits in a row, the fewest that may not fit.
private func hasLongDigitRun(_ bytes: UnsafeRawBufferPointer) -> Bool {
  let length = 19
  var probe = length - 1
  while probe < bytes.count {
    if unsafe bytes[probe].isDigit {
      var start = probe
      while unsafe start > 0 && bytes[start - 1].isDigit && probe - start < length { start -= 1 }
      var end = probe + 1
      while unsafe end < bytes.count && bytes[end].isDigit && end - start < length { end += 1 }
      if end - start >= length { return true }
    }
    probe += length
  }
  return false
}

/// The offset behind the closing quote.
private func endOfString(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
  var offset = start
  while offset < bytes.count {
    switch unsafe bytes[offset] {
    case UInt8(ascii: "\""): return offset + 1
    case UInt8(ascii: "\\"): offset += 2
    default: offset += 1
    }
  }
  return bytes.count
}

extension UInt8 {
  fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  fileprivate var isNumberPart: Bool {
    isDigit || self == UInt8(ascii: ".") || self | 0x20 == UInt8(ascii: "e") || self == UInt8(ascii: "+")
      || self == UInt8(ascii: "-")
  }
}

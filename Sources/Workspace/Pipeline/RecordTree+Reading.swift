import Manifest

extension RecordTree {
  /// What a value says: a string's content unescaped, anything else as it stands. Plugins read fields the same way.
  func scalarText(of index: Int) -> [UInt8] { stringBytes(of: index) ?? Array(text(of: index)) }

  /// Text at a range as a person reads it: a string without quotes and escapes, anything else as it stands, cut at 256 bytes.
  func readableText(in range: Range<Int>) -> String {
    let range = range.clamped(to: bytes.indices)
    let index = node(at: range.lowerBound)
    let whole = nodes[index].range == range ? scalarText(of: index) : keyText(at: index, range) ?? Array(bytes[range])
    return String(decoding: whole.prefix(256), as: UTF8.self)
  }

  private func keyText(at index: Int, _ range: Range<Int>) -> [UInt8]? {
    nodes[index].keyRange == range ? keyBytes(of: index) : nil
  }
}

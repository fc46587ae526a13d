/// A term as plugins look it up.
package struct TermEntry: Sendable, Hashable {
  package var id: String
  /// The preferred label.
  package var label: String
  /// Further texts it is found by: preferred labels in other languages, alternative labels.
  package var otherLabels: [String]
  /// Id of the term it is a variant of or was replaced by; `nil` for itself.
  package var canonical: String?
  package var replacedBy: String?
  /// Ids, all the way up, nearest first.
  package var broader: [String]
  package var isDeprecated: Bool

  package init(
    id: String, label: String, otherLabels: [String] = [], canonical: String? = nil, replacedBy: String? = nil,
    broader: [String] = [], isDeprecated: Bool = false
  ) {
    self.id = id
    self.label = label
    self.otherLabels = otherLabels
    self.canonical = canonical
    self.replacedBy = replacedBy
    self.broader = broader
    self.isDeprecated = isDeprecated
  }
}

/// A vocabulary as it is searched in place: no parsing on the worker's side, however many terms.
///
/// Layout: number of terms, number of texts; the terms' offsets; the texts in order of their bytes (offset, length, term
/// and how it matches); then terms and texts themselves. Texts are compared byte for byte.
package struct TermTable: Sendable, Hashable {
  package let bytes: [UInt8]

  /// Cost: sorting all texts.
  package init(_ terms: [TermEntry]) {
    struct Text {
      var text: [UInt8]
      var term: UInt32
      var match: UInt32
    }
    var texts: [Text] = []
    for (index, term) in terms.enumerated() {
      let number = UInt32(clamping: index)
      texts.append(Text(text: Array(term.id.utf8), term: number, match: 1))
      texts.append(Text(text: Array(term.label.utf8), term: number, match: 2))
      for label in term.otherLabels { texts.append(Text(text: Array(label.utf8), term: number, match: 3)) }
    }
    // Ids win over labels, earlier terms over later ones.
    texts.sort { a, b in
      a.text == b.text ? (a.match, a.term) < (b.match, b.term) : a.text.lexicographicallyPrecedes(b.text)
    }
    var writer = ByteWriter()
    writer.put(count: terms.count)
    writer.put(count: texts.count)
    var blob = ByteWriter()
    let start = 8 + 4 * terms.count + 16 * texts.count
    for term in terms {
      writer.put(count: start + blob.count)
      blob.put(UInt8(term.isDeprecated ? 1 : 0))
      blob.put(term.id)
      blob.put(term.label)
      blob.put(term.canonical ?? term.id)
      blob.put(term.replacedBy ?? "")
      blob.put(term.broader)
    }
    for text in texts {
      writer.put(count: start + blob.count + 4)
      writer.put(count: text.text.count)
      writer.put(text.term)
      writer.put(text.match)
      blob.put(text.text)
    }
    writer.append(blob)
    bytes = writer.bytes
  }
}

/// A term found in a table, in place; valid as long as the table's memory.
@safe package struct TermView {
  package let id: UnsafeRawBufferPointer
  package let label: UnsafeRawBufferPointer
  package let canonical: UnsafeRawBufferPointer
  package let replacedBy: UnsafeRawBufferPointer
  package let broader: [UnsafeRawBufferPointer]
  package let isDeprecated: Bool
  /// 1 by id, 2 by preferred label, 3 by another label.
  package let match: UInt8

  /// Looks `text` up in the table that `memory` holds; `nil` if it is not there. Cost: one step per doubling of the texts.
  package init?(finding text: UnsafeRawBufferPointer, in memory: UnsafeRawBufferPointer) throws(WireError) {
    func word(_ offset: Int) throws(WireError) -> Int {
      guard offset >= 0, offset + 4 <= memory.count else { throw WireError("A vocabulary points outside itself.") }
      return unsafe Int(UInt32(littleEndian: memory.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
    let terms = try word(0)
    var low = 0
    var high = try word(4)
    let count = high
    let index = 8 + 4 * terms
    func entry(_ number: Int) throws(WireError) -> UnsafeRawBufferPointer {
      let start = try word(index + 16 * number)
      let length = try word(index + 16 * number + 4)
      guard start <= memory.count, length <= memory.count - start else {
        throw WireError("A vocabulary points outside itself.")
      }
      return unsafe UnsafeRawBufferPointer(rebasing: memory[start..<(start + length)])
    }
    while low < high {
      let middle = (low + high) / 2
      if unsafe try entry(middle).lexicographicallyPrecedes(text) { low = middle + 1 } else { high = middle }
    }
    guard low < count, unsafe try entry(low).elementsEqual(text) else { return nil }
    let term = try word(index + 16 * low + 8)
    match = UInt8(truncatingIfNeeded: try word(index + 16 * low + 12))
    let offset = try word(8 + 4 * term)
    guard offset <= memory.count else { throw WireError("A vocabulary points outside itself.") }
    var reader = unsafe ByteReader(UnsafeRawBufferPointer(rebasing: memory[offset...]))
    isDeprecated = try reader.byte() == 1
    unsafe id = try reader.slice()
    unsafe label = try reader.slice()
    unsafe canonical = try reader.slice()
    unsafe replacedBy = try reader.slice()
    var broader: [UnsafeRawBufferPointer] = unsafe []
    for _ in 0..<(try reader.count(of: 4)) { unsafe broader.append(try reader.slice()) }
    unsafe self.broader = broader
  }
}

import Testing

@testable import Schema

/// What is looked for by a hash may come from a file that somebody made to be slow.
@Suite struct NameTableTests {
  /// With sums of products alone, a change of a word's highest bit is undone by one of the next word, whatever the seed.
  @Test func textsThatWereMadeToFallTogetherDoNot() {
    let block = Array("annotation_names".utf8)
    var other = block
    for index in [7, 11, 15] { other[index] ^= 0x80 }
    let texts = (0..<256).map { choice in (0..<8).flatMap { choice >> $0 & 1 == 0 ? block : other } }
    let hashes = texts.map { NameTable.hash(0..<$0.count, in: $0.span) }
    #expect(Set(hashes).count == texts.count)
  }

  /// Lengths around those that are read at once.
  @Test func aNameIsFoundByAllItsBytes() {
    var table = NameTable()
    let names = (0..<40).flatMap { length in
      [UInt8(ascii: "a"), UInt8(ascii: "b")].map { Array(repeating: UInt8(ascii: "x"), count: length) + [$0] }
    }
    let numbers = names.map { table.intern($0) }
    #expect(Set(numbers).count == names.count)
    for (name, number) in zip(names, numbers) {
      // Somewhere in a text.
      let text = [0x22] + name + [0x22]
      let found = table.find(1..<name.count + 1, in: text.span)
      #expect(found == number)
      #expect(Array(table.bytes(of: number)) == name)
    }
    let empty: [UInt8] = []
    let found = table.find(0..<0, in: empty.span)
    #expect(found == noIndex)
  }
}

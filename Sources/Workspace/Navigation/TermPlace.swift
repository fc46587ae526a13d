import Files
import Manifest
import Ontology

extension Workspace {
  /// Where a term stands in the file it comes from: in the open buffer, or else on disk. `nil` if it is not found there.
  ///
  /// Cost: one pass over each file.
  func place(of term: Term, in source: TermList) -> DefinitionPlace? {
    for file in source.files {
      if let found = place(of: term, inFile: file) { return found }
    }
    return nil
  }

  private func place(of term: Term, inFile path: String) -> DefinitionPlace? {
    let open = documents.values.first { $0.path.map { $0.utf8.elementsEqual(path.utf8) } ?? false }
    let bytes =
      open?.document.allBytes() ?? (try? FileSystem.regularFile(path, limit: VocabularyFile.limit(path)))
    guard let bytes, let range = TermPlace.range(of: term.id, in: bytes, isTable: !path.hasSuffix(".json")) else {
      return nil
    }
    if let open {
      return DefinitionPlace(uri: open.uri, document: open.document, firstLine: 0, range: range, selection: range)
    }
    let (line, start) = TermPlace.line(of: range.lowerBound, in: bytes)
    let text = Document(Array(bytes[start..<range.upperBound]), syntax: .json, shape: .whole)
    let own = range.lowerBound - start..<range.upperBound - start
    return DefinitionPlace(uri: Paths.uri(ofPath: path), document: text, firstLine: line, range: own, selection: own)
  }
}

/// Finds the line or member that gives a term its id. Looks at the bytes, because a list may have a million terms.
enum TermPlace {
  static func range(of id: String, in bytes: [UInt8], isTable: Bool) -> Range<Int>? {
    isTable ? cell(id, in: bytes) : member(id, in: bytes)
  }

  /// The value of an `id` member.
  private static func member(_ id: String, in bytes: [UInt8]) -> Range<Int>? {
    let wanted = JSONString.encode(id.utf8)
    let key = Array(#""id""#.utf8)
    return first(wanted, in: bytes) { range in
      var at = range.lowerBound
      func skipSpace() { while at > 0, isSpace(bytes[at - 1]) { at -= 1 } }
      skipSpace()
      guard at > 0, bytes[at - 1] == UInt8(ascii: ":") else { return false }
      at -= 1
      skipSpace()
      return at >= key.count && bytes[at - key.count..<at].elementsEqual(key)
    }
  }

  /// A cell that is nothing but the id, the first in its line before any other.
  private static func cell(_ id: String, in bytes: [UInt8]) -> Range<Int>? {
    func isEdge(_ byte: UInt8) -> Bool {
      [0x0A, 0x0D, 0x09, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\"")].contains(byte)
    }
    func isCell(_ range: Range<Int>) -> Bool {
      (range.lowerBound == 0 || isEdge(bytes[range.lowerBound - 1]))
        && (range.upperBound == bytes.count || isEdge(bytes[range.upperBound]))
    }
    func beginsLine(_ range: Range<Int>) -> Bool {
      var at = range.lowerBound
      if at > 0, bytes[at - 1] == UInt8(ascii: "\"") { at -= 1 }
      return at == 0 || bytes[at - 1] == 0x0A || bytes[at - 1] == 0x0D
    }
    let wanted = Array(id.utf8)
    return first(wanted, in: bytes) { isCell($0) && beginsLine($0) } ?? first(wanted, in: bytes, where: isCell)
  }

  /// The line of an offset, counted as editors do, and where it begins.
  static func line(of offset: Int, in bytes: [UInt8]) -> (number: Int, start: Int) {
    var (number, start) = (0, 0)
    for index in 0..<min(offset, bytes.count) {
      let isReturn = bytes[index] == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
      guard bytes[index] == 0x0A || isReturn else { continue }
      number += 1
      start = index + 1
    }
    return (number, start)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  /// The first occurrence that passes. Cost: one pass, for texts that don't repeat themselves.
  private static func first(_ wanted: [UInt8], in bytes: [UInt8], where test: (Range<Int>) -> Bool) -> Range<Int>? {
    guard let lead = wanted.first, wanted.count <= bytes.count else { return nil }
    for start in 0...bytes.count - wanted.count where bytes[start] == lead {
      let range = start..<start + wanted.count
      if bytes[range].elementsEqual(wanted), test(range) { return range }
    }
    return nil
  }
}

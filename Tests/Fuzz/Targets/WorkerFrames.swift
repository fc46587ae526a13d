import JSONRPC
import Manifest
import Ontology
import WorkerProtocol

/// Gives its bytes in pieces of `size`.
private struct Pieces: ByteSource {
  var bytes: ArraySlice<UInt8>
  let size: Int

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let piece = bytes.prefix(min(size, buffer.count))
    unsafe buffer.copyBytes(from: piece)
    bytes = bytes.dropFirst(piece.count)
    return piece.count
  }
}

extension FuzzTarget {
  /// Everything that comes from a process that may be hostile: frames of a worker, an index of terms, and the byte
  /// stream of an editor in pieces. Nothing traps, nothing is read outside of the input, all ends.
  static let frames = FuzzTarget("frames") { bytes in
    guard let choice = bytes.first else { return }
    let body = Array(bytes.dropFirst())
    switch choice % 4 {
    case 0: readAnswers(body)
    case 1: readCalls(body)
    case 2: lookUp(body)
    default: readStream(body)
    }
  }
}

/// What a worker sends.
private func readAnswers(_ body: [UInt8]) {
  _ = try? FrameHeader(reading: body)
  unsafe body.withUnsafeBytes { memory in
    var reader = unsafe ByteReader(memory)
    if let results = try? BatchResults(reading: &reader) {
      precondition(results.calls.allSatisfy { $0.answers.count <= Limits.answers }, "answers")
    }
    reader = unsafe ByteReader(memory)
    if let hello = try? Hello(reading: &reader) {
      // What was understood means the same when it is said again.
      var writer = ByteWriter()
      hello.write(to: &writer)
      unsafe writer.bytes.withUnsafeBytes { again in
        var reader = unsafe ByteReader(again)
        precondition((try? Hello(reading: &reader)) == hello, "hello")
      }
    }
    reader = unsafe ByteReader(memory)
    _ = try? MediaAnswer(reading: &reader)
    reader = unsafe ByteReader(memory)
    _ = try? Confinement(reading: &reader)
  }
}

/// What a host sends; a worker that belongs to another version of it must not trap either.
private func readCalls(_ body: [UInt8]) {
  unsafe body.withUnsafeBytes { memory in
    var reader = unsafe ByteReader(memory)
    _ = try? Configuration(reading: &reader)
    reader = unsafe ByteReader(memory)
    if let record = try? RecordView(reading: &reader) {
      unsafe precondition(record.bytes.count <= memory.count && record.nodes.count <= memory.count, "record")
    }
    reader = unsafe ByteReader(memory)
    _ = try? FactView(reading: &reader)
  }
}

/// An index of terms that somebody else wrote, or damaged.
private func lookUp(_ body: [UInt8]) {
  guard let base = CompiledVocabulary(body) else { return }
  let change = CompiledVocabulary(Array(body.dropFirst(body.count / 2)))
  let lookup = TermLookup(base: base, change: change, hidden: [0, 7, .max])
  for word in [Array(body.prefix(4)), Array("a".utf8), base.idBytes(ofTerm: 0)] {
    guard let found = lookup.find(word) else { continue }
    unsafe precondition(found.id.count <= body.count && found.broader.count <= 1 << 16, "term")
  }
}

private func readStream(_ body: [UInt8]) {
  guard let size = body.first else { return }
  var frames = FrameReader(Pieces(bytes: body.dropFirst(), size: Int(size) + 1), maximumBody: 1 << 12)
  var total = 0
  while true {
    switch frames.next() {
    case .end: return
    case .damaged, .tooLarge: total += 1
    case .body(let body):
      precondition(body.count <= 1 << 12, "body")
      frames.reclaim(body)
      total += 1
    }
    precondition(total <= 4 * body.count + 4, "the stream does not end")
  }
}

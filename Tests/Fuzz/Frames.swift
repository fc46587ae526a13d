// Compiled with the worker's protocol, what it reads of an index, and the message framing into one module by Scripts/fuzz.sh; no part of the
// package's own build.
//
// Each input is read as everything that comes from a process that may be hostile: frames of a worker, an index
// of terms, and the byte stream of an editor in pieces. Nothing traps, nothing is read outside of the input, all ends.

/// Gives its bytes in pieces of `size`.
struct Pieces: ByteSource {
  var bytes: ArraySlice<UInt8>
  let size: Int

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let piece = bytes.prefix(min(size, buffer.count))
    buffer.copyBytes(from: piece)
    bytes = bytes.dropFirst(piece.count)
    return piece.count
  }
}

/// One input of the fuzzer. Always 0: a fault is a trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func readFrames(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = bytes.first else { return 0 }
  let body = Array(bytes.dropFirst())
  switch choice % 4 {
  case 0: readAnswers(body)
  case 1: readCalls(body)
  case 2: lookUp(body)
  default: readStream(body)
  }
  return 0
}

/// What a worker sends.
func readAnswers(_ body: [UInt8]) {
  _ = try? FrameHeader(reading: body)
  body.withUnsafeBytes { memory in
    var reader = ByteReader(memory)
    if let results = try? BatchResults(reading: &reader) {
      precondition(results.calls.allSatisfy { $0.answers.count <= Limits.answers }, "answers")
    }
    reader = ByteReader(memory)
    if let hello = try? Hello(reading: &reader) {
      // What was understood means the same when it is said again.
      var writer = ByteWriter()
      hello.write(to: &writer)
      writer.bytes.withUnsafeBytes { again in
        var reader = ByteReader(again)
        precondition((try? Hello(reading: &reader)) == hello, "hello")
      }
    }
    reader = ByteReader(memory)
    _ = try? MediaAnswer(reading: &reader)
    reader = ByteReader(memory)
    _ = try? Confinement(reading: &reader)
  }
}

/// What a host sends; a worker that belongs to another version of it must not trap either.
func readCalls(_ body: [UInt8]) {
  body.withUnsafeBytes { memory in
    var reader = ByteReader(memory)
    _ = try? Configuration(reading: &reader)
    reader = ByteReader(memory)
    if let record = try? RecordView(reading: &reader) {
      precondition(record.bytes.count <= memory.count && record.nodes.count <= memory.count, "record")
    }
    reader = ByteReader(memory)
    _ = try? FactView(reading: &reader)
  }
}

/// An index of terms that somebody else wrote, or damaged.
func lookUp(_ body: [UInt8]) {
  guard let base = CompiledVocabulary(body) else { return }
  let change = CompiledVocabulary(Array(body.dropFirst(body.count / 2)))
  let lookup = TermLookup(base: base, change: change, hidden: [0, 7, .max])
  for word in [Array(body.prefix(4)), Array("a".utf8), base.idBytes(ofTerm: 0)] {
    guard let found = lookup.find(word) else { continue }
    precondition(found.id.count <= body.count && found.broader.count <= 1 << 16, "term")
  }
}

func readStream(_ body: [UInt8]) {
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

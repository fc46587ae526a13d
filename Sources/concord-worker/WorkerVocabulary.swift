import CWorkerSystem
import Ontology
import WorkerProtocol

/// A vocabulary as the plugin looks terms up in it: the index that the host sent, mapped, and what has changed since.
///
/// Kept as long as it is the newest: terms that were found point into it.
struct WorkerVocabulary {
  private let base: CompiledVocabulary
  private(set) var lookup: TermLookup

  /// Takes mapped memory over. `nil` if it is no index.
  init?(_ memory: UnsafeRawBufferPointer) {
    let (address, count) = (UInt(bitPattern: memory.baseAddress), memory.count)
    let opened = unsafe CompiledVocabulary(memory) {
      unsafe ws_unmap(UnsafeRawPointer(bitPattern: address), count)
    }
    guard let opened else { return nil }
    base = opened
    lookup = TermLookup(base: opened)
  }

  /// Lays a change over the index, in the place of the one before.
  mutating func change(_ reader: inout ByteReader) throws(WireError) {
    let count = try reader.count(of: 4)
    var hidden: [UInt32] = []
    hidden.reserveCapacity(count)
    for _ in 0..<count { hidden.append(try reader.uint32()) }
    let bytes = try reader.bytes()
    guard let change = CompiledVocabulary(bytes) else {
      if bytes.isEmpty { return lookup = TermLookup(base: base, hidden: hidden) }
      throw WireError("A change of a vocabulary is none.")
    }
    lookup = TermLookup(base: base, change: change, hidden: hidden)
  }
}

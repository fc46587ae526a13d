import CWorkerSystem
import Files
import Glibc

/// A library in memory that nobody can change any more: what is loaded is what was hashed, whatever happens to the file.
///
/// The processes of a plugin share the memory. The descriptor is closed with the last use.
package final class SealedLibrary: Sendable, Hashable {
  package let sha256: String
  let descriptor: Int32

  /// Reads the file once. Throws in plain words if it can't be read or there is no memory for it.
  package init(_ path: String) throws(PluginProblem) {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.regularFile(path, limit: 256 << 20)
    } catch {
      throw PluginProblem("Its library can't be read. \(error.message)")
    }
    sha256 = Digest.sha256(bytes)
    descriptor = unsafe ws_sealed_memory(bytes, bytes.count)
    guard descriptor >= 0 else { throw PluginProblem("There is no memory for its library.") }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  package static func == (left: SealedLibrary, right: SealedLibrary) -> Bool { left.sha256 == right.sha256 }
  package func hash(into hasher: inout Hasher) { hasher.combine(sha256) }
}

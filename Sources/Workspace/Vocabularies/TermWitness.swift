import Manifest
import Schema
import Synchronization

/// Keeps which labels a workspace's files name, as they are read.
///
/// A class because workspaces share it.
final class TermWitness: Sendable {
  /// A label as a file's format asks for it.
  struct Use: Sendable, Hashable {
    var ontology: String
    var under: String?
    var form: TermDeclaration.Form
    var text: [UInt8]
  }

  /// By path and record: what is read again replaces what was read before.
  private let uses = Mutex<[String: [RecordID: [Use]]]>([:])

  func note(_ terms: [TermUse], of record: RecordID, in path: String, _ declarations: [TermDeclaration]) {
    let noted = terms.compactMap { use -> Use? in
      guard declarations.indices.contains(use.declaration), !use.text.isEmpty else { return nil }
      let declaration = declarations[use.declaration]
      return Use(ontology: declaration.ontology, under: declaration.under, form: declaration.form, text: use.text)
    }
    uses.withLock { $0[path, default: [:]][record] = noted.isEmpty ? nil : noted }
  }

  /// How often each file names each label.
  var counts: [String: [Use: Int]] {
    uses.withLock { uses in
      uses.mapValues { records in
        records.values.reduce(into: [:]) { counts, uses in for use in uses { counts[use, default: 0] += 1 } }
      }
    }
  }
}

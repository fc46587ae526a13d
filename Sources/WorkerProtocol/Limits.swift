/// What the host takes at most from one call, and the worker sends; the numbers of `concord_plugin.h`.
package enum Limits {
  package static let findings = 1_000
  package static let facts = 4_096
  package static let places = 8
  package static let payload = 256
  package static let sketches = 16
  package static let sketchKeys = 64
  package static let arguments = 16
  package static let fixes = 8
  package static let fixEdits = 256
  package static let recipeEdits = 4_096
  package static let text = 65_536
  package static let offers = 1_000
  package static let lookupFacts = 256
  package static let groupFacts = 4_096
  package static let complaints = 16
  /// Different texts looked up in vocabularies by one call.
  package static let terms = 1_000
  /// Answers of all sorts of one call.
  package static let answers = findings + 3 * facts + sketches + recipeEdits + offers + complaints + terms + 16
  /// Bytes of the answers of one call, and of a frame before it is sent with what is answered so far.
  package static let callBytes = 8 << 20
  package static let frameBytes = 16 << 20
  /// Answers in one frame.
  package static let frameAnswers = 1 << 20
  /// Names in one of a plugin's tables, and rules.
  package static let names = 4_096
  /// Calls of one batch.
  package static let calls = 1 << 20
}

/// The version of the boundary this worker and host speak.
package let boundaryVersion: UInt32 = 1
/// `CONCORD_NONE`.
package let noIndex = UInt32.max

import Findings
import Manifest

/// What is to be noted where a place applies.
struct Vocabulary: Sendable {
  var role: RoleTable.Role = .none
  /// Index into the field names.
  var field = noIndex
  var geometry: GeometryDeclaration?
  var interval: IntervalDeclaration?
  /// What a number is multiplied by to reach the canonical unit.
  var scale = 1.0
  var defines: [UInt32] = []
  var references: [UInt32] = []
  var terms: [UInt32] = []
  var media: [UInt32] = []
  var embedded: [UInt32] = []
  var claims: [UInt32] = []
  var display: DisplayUse.Form?
  var isPrivate = false
  var deprecation: String?
  /// `x-rule` of the same place.
  var rule = noIndex

  var isEmpty: Bool {
    role == .none && field == noIndex && geometry == nil && interval == nil && defines.isEmpty && references.isEmpty
      && terms.isEmpty && media.isEmpty && embedded.isEmpty && claims.isEmpty && display == nil && !isPrivate
      && deprecation == nil
  }
}

/// A vocabulary entry behind a reference, so that looking at it copies nothing.
final class VocabularyNote: Sendable {
  let vocabulary: Vocabulary
  /// It defines, refers, names or hides something.
  let hasLinks: Bool

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    hasLinks =
      !vocabulary.defines.isEmpty || !vocabulary.references.isEmpty || !vocabulary.terms.isEmpty
      || !vocabulary.media.isEmpty || vocabulary.isPrivate
  }
}

/// `x-rule`, and `errorMessage` beside it.
struct NamedRule: Sendable {
  var id: String
  var severity: Severity
}

/// `x-geometry`.
struct GeometryDeclaration: Sendable {
  enum Convention: String, Sendable, CaseIterable {
    case xywh, xyxy, cxcywh
    /// Any two corners that lie opposite each other, in any order.
    case corners
    /// Start and end, start and duration.
    case startEnd = "start-end"
    case startDuration = "start-duration"
  }
  enum Unit: Sendable {
    /// Already canonical, times a factor (`s`, `ms`).
    case absolute(Double)
    /// A part of the frame's size: 1 for `unit`, 0.01 for `percent`.
    case relative(Double)
    /// Nothing the host can turn into pixels or seconds.
    case other
  }
  var form: RoleTable.Geometry
  var convention: Convention
  var unit: Unit
  var width: RecordPath?
  var height: RecordPath?
  /// Members of an object that holds the numbers by name, in the convention's order.
  var members: [String]?
}

/// `x-interval` on an object whose members are start and end.
struct IntervalDeclaration: Sendable {
  var start: RecordPath?
  var end: RecordPath?
  var duration: RecordPath?
  var scale: Double?
}

/// The paths of a define declaration, ready to follow.
struct DefinitionPaths: Sendable {
  var name: RecordPath?
  var exports: [RecordPath?]
}

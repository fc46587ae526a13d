package import Findings
package import Manifest

/// Something that may be done about a finding besides its fixes.
package struct FindingAction: Sendable {
  package var title: String
  package var finding: PresentedFinding
  package var request: ActionRequest
}

/// What is asked for, worked out when somebody chooses it.
package struct ActionRequest: Sendable, Hashable {
  package enum Act: String, Sendable, Hashable, CaseIterable {
    /// This one is right, or all of its kind are.
    case acceptLabel, acceptKind
    /// Take the decision back.
    case withdraw
    /// The other side's value wherever there is this one against it.
    case useEverywhere
    /// Two entries of a list mean the same.
    case mapTerms
  }

  /// The document in which the finding stands, as the client names it.
  package var uri: String
  package var act: Act
  package var fingerprint: Fingerprint

  package init(uri: String, act: Act, fingerprint: Fingerprint) {
    self.uri = uri
    self.act = act
    self.fingerprint = fingerprint
  }

  /// Whether there is a reason to write once the edits are made.
  package var asksForReason: Bool { act == .acceptLabel || act == .acceptKind }
}

/// Text edits of one file.
package struct FileEdits: Sendable {
  package var path: String
  /// As the client names it; `nil` if it doesn't have it open.
  package var uri: String?
  package var document: Document
  package var version: Int
  /// There is no such file yet.
  package var isNew: Bool
  package var edits: [TextEdit]

  /// Edits of what is open, or of a file on disk.
  init(_ state: DocumentState, _ edits: [TextEdit]) {
    path = state.path ?? state.uri
    uri = state.uri.isEmpty ? nil : state.uri
    document = state.document
    version = state.version
    isNew = false
    self.edits = edits
  }

  init(path: String, _ document: Document, isNew: Bool = false, _ edits: [TextEdit]) {
    self.path = path
    uri = nil
    self.document = document
    version = 0
    self.isNew = isNew
    self.edits = edits
  }
}

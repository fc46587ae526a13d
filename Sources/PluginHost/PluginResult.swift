package import Facts
package import Findings

/// What came of one call.
package struct PluginResult: Sendable, Hashable {
  package var findings: [Finding] = []
  package var facts: [StatedFact] = []
  package var tallies: [StatedTally] = []
  package var sketches: [StatedSketch] = []
  package var claims: [StatedClaim] = []
  /// Of `fix`.
  package var edits: [FixEdit] = []
  /// Of `complete`.
  package var offers: [Offer] = []
  /// Of `hover`: Markdown.
  package var text: String?
  /// What it looked up in vocabularies, also in vain: when one of them changes, what used its changed terms is run again.
  package var lookedUp: [LookedUp] = []
  /// Why the call, or part of its answer, is missing.
  package var faults: [PluginFault] = []

  package struct Offer: Sendable, Hashable {
    package var label: String
    /// JSON text.
    package var value: [UInt8]
    package var detail: String
  }

  package struct LookedUp: Sendable, Hashable {
    package var vocabulary: String
    package var text: String
    package init(vocabulary: String, text: String) {
      self.vocabulary = vocabulary
      self.text = text
    }
  }

  package init(faults: [PluginFault] = []) { self.faults = faults }
}

/// A claim that a plugin states. What is not known is empty.
package struct StatedClaim: Sendable, Hashable {
  package var place: Place
  /// Its parts, one to eight.
  package var subject: [String]
  package var property: String
  /// JSON text.
  package var value: [UInt8]
  package var modality: String
  package var by: String
  package var origin: String
  package var pass: String
  package var at: String
  package var batch: String
  package var language: String
  package var team: String
  /// 0 to 1.
  package var confidence: Double?
}

/// What a plugin could not do, for the user.
package struct PluginFault: Sendable, Hashable {
  package enum Code: Sendable, Hashable {
    /// The plugin stopped, or hung, on exactly this content, twice; it is not run on it again.
    case setAside
    /// The plugin can't be used at all.
    case refused
    /// It stopped too often and rests until woken.
    case resting
    /// Some of its answer made no sense and was dropped.
    case droppedAnswers
    /// The plugin's process had to be ended between calls; nothing is missing.
    case restarted
    /// The plugin says that it made a mistake.
    case complaint
    /// The call was cancelled before it ran.
    case cancelled
  }
  package var plugin: String
  package var code: Code
  /// One or two plain sentences.
  package var message: String

  package init(plugin: String, code: Code, message: String) {
    self.plugin = plugin
    self.code = code
    self.message = message
  }
}

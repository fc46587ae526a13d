/// What came of trying out a plugin.
package struct TrialReport: Sendable, Hashable {
  package var plugin: String
  package var version: String
  /// Whether it has code; without, there is nothing to time and nothing that could depend on the order.
  package var hasCode: Bool
  /// Examples on rules' pages, the rules they belong to, and rules without any.
  package var examples = 0
  package var rules = 0
  package var rulesWithoutExamples: [String] = []
  /// Files in its `Examples`.
  package var files = 0
  /// Calls of its code whose answers were compared, each asked so many times.
  package var calls = 0
  package var askings = 0
  /// Changed texts that were checked, and the number they came from.
  package var changes = 0
  package var seed: UInt64 = 0
  /// Samples drawn, by format.
  package var samples: [SampleCount] = []
  package var faults: [TrialFault] = []
  /// By rule, the costliest first.
  package var costs: [RuleCost] = []
  /// Where the code does not tell its rules apart: nanoseconds for a record with all of them.
  package var jointCost: Double?
  /// The records that took longest, all rules together.
  package var slowest: [SlowRecord] = []
}

/// Something that is not as it should be.
package struct TrialFault: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case example, purity, change
  }
  package var kind: Kind
  /// Which example or file it showed in.
  package var place: String
  /// What is wrong, in a sentence.
  package var message: String
  /// The text it can be seen with, if that is not the example itself.
  package var text: [UInt8]?
}

/// What one rule costs.
package struct RuleCost: Sendable, Hashable {
  package var rule: String
  /// Records it was called for.
  package var records: Int
  /// Nanoseconds a record.
  package var recordCost: Double
  /// Calls about facts, groups or totals.
  package var joins: Int
  /// Nanoseconds each.
  package var joinCost: Double
}

package struct SlowRecord: Sendable, Hashable {
  package var place: String
  package var bytes: Int
  package var nanoseconds: Double
}

/// Samples drawn from one format.
package struct SampleCount: Sendable, Hashable {
  package var format: String
  /// Entries that were drawn and that the format takes.
  package var drawn: Int
  /// Texts that were drawn and that the format does not take: how it describes itself is too little to draw from.
  package var refused: Int
  /// What was found in the others, above a hint, by rule.
  package var found: [String: Int]
}

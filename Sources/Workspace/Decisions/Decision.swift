package import Findings
import Manifest

/// What somebody decided of a finding, with the reason: one line of a dataset's decisions.
package struct Decision: Sendable, Hashable {
  /// How far it reaches: the one finding, or all of its rule with the same judged values.
  package enum Scope: String, Sendable, Hashable, CaseIterable { case label, kind }

  package var fingerprint: Fingerprint
  package var rule: String
  package var scope: Scope
  /// The file the finding was in, below the dataset's folder; `nil` where the files of a dataset say it together.
  package var file: String?
  /// Who decided; `nil`: nobody said.
  package var actor: String?
  package var reason: String

  /// What a line says; `nil` if it says no decision. One without a reason is read, and does not count.
  init?(_ tree: RecordTree) {
    func text(_ name: String) -> String? { tree.member(name, of: 0).flatMap { tree.string(of: $0) } }
    guard tree.problems.isEmpty, let fingerprint = text("fingerprint").flatMap({ Fingerprint($0) }),
      let rule = text("rule"), let scope = text("scope").flatMap({ Scope(rawValue: $0) })
    else { return nil }
    self.fingerprint = fingerprint
    self.rule = rule
    self.scope = scope
    file = text("file")
    actor = text("actor").flatMap { $0.isBlank ? nil : $0 }
    reason = text("reason") ?? ""
  }

  /// Whether it counts.
  var isReasoned: Bool { !reason.isBlank }
}

extension String {
  /// Nothing but space.
  var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}

extension Phrasebook {
  /// A finding's own words, and that somebody has accepted it.
  func accepted(_ message: String, _ decision: Decision) -> String {
    let reason = Message.Argument("reason", decision.reason)
    let words =
      decision.actor.map { self("Accepted by {actor}: {reason}", .init("actor", $0), reason) }
      ?? self("Accepted: {reason}", reason)
    return message + " " + words
  }

  /// Every phrase about decisions, for translation.
  package static let ofDecisions = [
    "Accepted by {actor}: {reason}", "Accepted: {reason}", "This is right, because …",
    "All {count} of this kind are right, because …", "Accepted by {actor}: take it back", "Accepted: take it back",
    "These two mean the same here", "Use \"{other}\" everywhere: {count} places in {files} {files#file|files}",
  ]
}

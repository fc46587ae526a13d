package import Findings

/// One finding of an agreement, with what it is a case of. What the finding is about lacks the subject, which is not known here.
package struct AgreementFinding: Sendable, Hashable {
  package var finding: Finding
  /// What differs from what; `nil` where a counterpart is missing, not all was compared, or the values are private.
  package var kind: DisagreementKind?
  /// It stands on the side that the others are held against, and repeats what is said there. Tallies of kinds leave these out.
  package var isReference: Bool
  /// What stands in place of the value when the reader takes over the other side; `nil` where nothing may be, or can be, copied.
  package var replacement: ClaimValue?

  package init(
    finding: Finding, kind: DisagreementKind? = nil, isReference: Bool = false, replacement: ClaimValue? = nil
  ) {
    self.finding = finding
    self.kind = kind
    self.isReference = isReference
    self.replacement = replacement
  }
}

/// What differs, wherever it does: one side's value against another's.
///
/// The sides are in one order whichever of them is called the first, so that a disagreement is of one kind from both ends.
package struct DisagreementKind: Sendable, Hashable {
  package struct Side: Sendable, Hashable {
    /// Empty if it is not known.
    package var modality: String
    /// As messages show it.
    package var value: String
    package init(modality: String, value: String) {
      self.modality = modality
      self.value = value
    }
  }

  package let first: Side
  package let second: Side
  /// What it differs in, and the rule that says so.
  package let property: String
  package let rule: String

  package init(_ a: Side, _ b: Side, property: String, rule: String) {
    let isInOrder = !b.precedes(a)
    first = isInOrder ? a : b
    second = isInOrder ? b : a
    self.property = property
    self.rule = rule
  }

  /// What findings of this kind are about, where `judged` stands for the values of both sides.
  package func about(judged: UInt64) -> Fingerprint {
    let values = [property, first.modality, first.value, second.modality, second.value]
    return Fingerprint(kind: Fingerprint.kind(rule: rule, values: values), label: judged)
  }
}

extension Fingerprint {
  /// The same said of a subject, which is named by its parts.
  package func of(_ subject: [[UInt8]]) -> Fingerprint {
    var hash = StableHash()
    hash.add(word: kind)
    hash.add(word: label)
    for part in subject { hash.add(part) }
    return Fingerprint(kind: kind, label: hash.word)
  }
}

extension DisagreementKind.Side {
  fileprivate func precedes(_ other: Self) -> Bool {
    modality.utf8.elementsEqual(other.modality.utf8)
      ? value.utf8.lexicographicallyPrecedes(other.value.utf8)
      : modality.utf8.lexicographicallyPrecedes(other.modality.utf8)
  }

  // By code points: Swift takes different spellings of one letter for equal.
  package static func == (a: Self, b: Self) -> Bool {
    a.modality.utf8.elementsEqual(b.modality.utf8) && a.value.utf8.elementsEqual(b.value.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in modality.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8.max)
    for byte in value.utf8 { hasher.combine(byte) }
  }
}

/// How an agreement compares two values. Compiled once from its declaration.
package enum ComparisonRule: Sendable, Hashable {
  /// Texts by their code points, numbers by their value (`1`, `1.0` and `1e0` are one), lists element by element.
  case equal
  /// Ids and labels, in any language, of the list with this name.
  case ontology(name: String, mode: OntologyMode)
  /// Numbers in units of one dimension. They agree where they are within either tolerance; without any, where they are the same.
  ///
  /// `absolute` is in `unit`, else in the unit of both values, else in their dimension's base unit. `relative` is a part of the
  /// greater one (`0.2`: a fifth).
  case number(absolute: Double?, relative: Double?, unit: String? = nil)
  /// Intervals: all that is given must hold; if nothing is, they must be the same.
  ///
  /// `overlap` is what they share as a part of what they cover together, `contains` that one lies within the other; `start` and
  /// `end` are how far apart the ends may be, in seconds for times, else in the intervals' own unit.
  case interval(overlap: Double?, contains: Bool, start: Double?, end: Double?)
  /// Words, or characters, that must be changed to turn one text into the other, as a part of the shorter one: whichever of the
  /// two is taken for the right one, the rate is at most this. Case, punctuation and spacing make no difference.
  case text(maximumWER: Double?, maximumCER: Double?)
  /// What two boxes share as a part of what they cover together.
  case box(minimumIoU: Double)
  /// Lists as sets: order and repetition make no difference.
  case set
  /// Lists in which only the order makes no difference.
  case multiset
  /// Start, end and speaker; of whole sides (`ClaimCollection.sequence`) who speaks when.
  ///
  /// The diarization error rate is at most this, whichever of the two is taken for the right one.
  case turns(maximumDER: Double, scope: DiarizationError.Scope)
}

/// When two terms of a list agree.
package enum OntologyMode: String, Sendable, Hashable, CaseIterable {
  /// They are one term, by whatever label.
  case same
  /// They are one term after following variants and successors, or one is said to be exactly the other.
  case canonical
  /// That, or one is an ancestor of the other.
  case compatible
}

/// What is compared: each claim, or what the claims of a side make together.
///
/// A side is what one source says in one modality. Independent readings within it are sides of their own.
package enum ClaimCollection: Sendable, Hashable {
  /// Every claim by itself.
  case each
  /// How many claims a side makes.
  case count
  /// The sum of a side's numbers; who states the claims resolves the path to their values.
  case sum(path: String)
  /// A side's values in document order: of texts the whole text, of other values the list.
  case sequence
}

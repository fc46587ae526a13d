import Facts
import Manifest

/// Whose findings they are: whoever speaks again replaces what it said before.
enum FindingSource: Hashable, Sendable {
  /// A look at one record.
  case record(Owner)
  /// What is known of facts together.
  case space(FactSpace.Source)
  /// Names of labels in lists.
  case terms
  /// Entries of a list that say the same.
  case equal(EqualEntries.Key)
  /// What a table's cells have lost.
  case cells
}

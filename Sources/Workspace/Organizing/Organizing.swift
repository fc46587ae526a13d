import Findings
package import Manifest

/// Puts a file in another order, or its numbers, without changing what it says.
package enum Organizing: String, Sendable, CaseIterable {
  /// Entries of each list by their numbers.
  case sort
  /// Numbers that only tell entries apart, in the order of the entries.
  case renumber

  /// Larger files are not organized: the editor would get most of the text back in one message.
  static let byteLimit = 32 << 20
  static let editLimit = 8 << 20
}

/// What organizing comes to.
package struct OrganizingEdits: Sendable {
  /// `Sort 12 entries by their ids`
  package var title: String
  /// In order, and apart.
  package var edits: [TextEdit]
}

/// Why a file is left as it is; one sentence for whoever asked.
package struct OrganizingRefusal: Error, Sendable {
  package var message: String
}

extension DocumentSnapshot {
  /// The edits; `nil` if everything is in order already. Cost: every entry is read once.
  package func organized(_ act: Organizing) throws(OrganizingRefusal) -> OrganizingEdits? {
    guard let reader = RecordReader(self), !document.syntax.isTable else {
      throw OrganizingRefusal(message: words("This file is of no kind whose entries could be put in order."))
    }
    guard document.byteCount <= Organizing.byteLimit else {
      throw OrganizingRefusal(message: words("This file is too large to be put in order here."))
    }
    guard document.problemCount == 0 else {
      throw OrganizingRefusal(message: words("Something in this file can't be read. Make that right first."))
    }
    let found: OrganizingEdits?
    switch act {
    case .sort: found = RecordOrder(self, reader).edits(words)
    case .renumber: found = try Renumbering(self, reader).edits(words)
    }
    guard let found, !found.edits.isEmpty else { return nil }
    let size = found.edits.reduce(0) { $0 + $1.replacement.count + 64 }
    guard size <= Organizing.editLimit else {
      throw OrganizingRefusal(message: words("So much would change that an editor could not take it."))
    }
    return found
  }
}

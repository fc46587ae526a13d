import Facts
import Manifest
package import Ontology
import Synchronization

/// A vocabulary as documents are judged by it: found by id and by label, at one version. Immutable; shared, because its guesses are.
package final class TermList: Sendable {
  /// What it is searched by, and plugins look terms up in.
  package let index: TermIndex
  /// SHA-256 of what it was read from.
  package let sha256: String
  /// Where its terms can be read, the first to look in first.
  let files: [String]
  /// What was probably meant by texts that are in no list, as far as somebody asked.
  private let guesses = Mutex<[String: Term?]>([:])
  private static let guessLimit = 4096

  package var id: String { index.id }
  package var version: String { index.version }

  /// Cost: none; no term is looked at.
  package init(_ index: TermIndex, sha256: String, files: [String]) {
    self.index = index
    self.sha256 = sha256
    self.files = files
  }

  // MARK: Looking up

  package func term(_ id: [UInt8]) -> Term? { index.term(id) }

  /// The term with this preferred label, or with any preferred or alternative one.
  ///
  /// Of several one that is not deprecated, of those one of which it is the label to show, of those the first by id: the order of the file says nothing.
  package func term(labeled text: [UInt8], onlyPreferred: Bool) -> Term? {
    index.term(named: text, onlyPreferred: onlyPreferred)
  }

  /// Whether a term is a branch or stands below it.
  package func isUnder(_ id: String, _ branch: String) -> Bool {
    id.utf8.elementsEqual(branch.utf8) || index.isUnder(id, branch: branch)
  }

  /// The term in use that somebody probably meant who wrote this; mostly `nil`, as a wrong guess is worse than none.
  ///
  /// Cost: a search at the first time.
  package func meant(by text: String, under branch: String?) -> Term? {
    let key = text + "\0" + (branch ?? "")
    if let known = guesses.withLock({ $0[key] }) { return known }
    let isNumber = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    var found = isNumber ? term(Array(text.utf8.drop { $0 == 0x30 })) : nil
    if found == nil {
      found = index.suggestions(for: text, under: branch.map(index.branch)).first { !$0.term.isDeprecated }?.term
    }
    guesses.withLock { if $0.count < Self.guessLimit { $0[key] = .some(found) } }
    return found
  }

  /// The key of a text in a vocabulary, under which uses of it are kept.
  static func key(_ vocabulary: String, _ text: some Collection<UInt8>) -> FactKey {
    FactKey(text: Array(vocabulary.utf8) + [0] + text)
  }
}

/// What means something else in lists that have changed.
package struct TermChanges: Sendable {
  /// Of the texts.
  private(set) var keys: Set<FactKey> = []
  /// Lists in which anything may.
  private(set) var wholeLists: Set<String> = []

  package var isEmpty: Bool { keys.isEmpty && wholeLists.isEmpty }

  /// Takes up what differs between two versions of a list.
  ///
  /// Cost: what was laid over their index; where they were compiled from different texts, nothing is compared.
  mutating func add(from old: TermList?, to new: TermList?, id: String) {
    let comparison = old.flatMap { old in new.map { $0.index.comparison(with: old.index) } } ?? .everything
    if comparison.isEverything {
      wholeLists.insert(id)
    } else {
      for text in comparison.texts { keys.insert(TermList.key(id, text)) }
    }
  }

  /// Whether looking these texts up, in lists that are not known, may give something else now.
  func touches(_ keys: Set<FactKey>) -> Bool {
    !keys.isEmpty && (!wholeLists.isEmpty || !self.keys.isDisjoint(with: keys))
  }
}

import Facts
import Manifest
package import Ontology
import Synchronization
import WorkerProtocol

/// A vocabulary as documents are judged by it: found by id and by label, at one version. Immutable; large, so it is shared.
package final class TermList: Sendable {
  package let vocabulary: Vocabulary
  /// SHA-256 of what it was read from.
  package let sha256: String
  /// Where its terms can be read, the first to look in first.
  let files: [String]
  /// What plugins look terms up in.
  let table: TermTable
  /// Ancestors, the end of the chain of successors, and the rest as plugins see it; in the order of the terms.
  private let entries: [TermEntry]
  private let byID: [[UInt8]: Int]
  private let byLabel: [[UInt8]: [Int]]
  /// What it is searched by.
  package let index: TermIndex
  /// What was probably meant by texts that are in no list, as far as somebody asked.
  private let guesses = Mutex<[String: Term?]>([:])
  private static let guessLimit = 4096

  package var id: String { vocabulary.id }
  package var version: String { vocabulary.version }

  /// Cost: sorting all texts; a second for a million terms or so.
  package init(_ vocabulary: Vocabulary, sha256: String, files: [String]) {
    self.vocabulary = vocabulary
    self.files = files
    self.sha256 = sha256
    let resolver = TermResolver(vocabulary)
    entries = vocabulary.terms.map { term in
      TermEntry(
        id: term.id, label: term.label, otherLabels: (term.prefLabels.dropFirst() + term.altLabels).map(\.text),
        canonical: resolver.canonical(of: term), replacedBy: term.replacedBy.first, broader: resolver.broader(of: term),
        isDeprecated: term.isDeprecated)
    }
    table = TermTable(entries)
    var byID: [[UInt8]: Int] = [:]
    var byLabel: [[UInt8]: [Int]] = [:]
    for (index, term) in vocabulary.terms.enumerated() {
      let id = Array(term.id.utf8)
      if byID[id] == nil { byID[id] = index }
      for label in term.prefLabels + term.altLabels { byLabel[Array(label.text.utf8), default: []].append(index) }
    }
    self.byID = byID
    self.byLabel = byLabel
    index = TermIndex(vocabulary)
  }

  // MARK: Looking up

  package func term(_ id: [UInt8]) -> Term? { byID[id].map { vocabulary.terms[$0] } }

  /// The term with this preferred label, or with any label. Of several the first that is not deprecated.
  package func term(labeled text: [UInt8], onlyPreferred: Bool) -> Term? {
    let found = (byLabel[text] ?? []).map { vocabulary.terms[$0] }
      .filter { term in !onlyPreferred || term.prefLabels.contains { $0.text.utf8.elementsEqual(text) } }
    return found.first { !$0.isDeprecated } ?? found.first
  }

  /// Whether a term is a branch or stands below it.
  package func isUnder(_ id: String, _ branch: String) -> Bool {
    if id.utf8.elementsEqual(branch.utf8) { return true }
    guard let index = byID[Array(id.utf8)] else { return false }
    return entries[index].broader.contains { $0.utf8.elementsEqual(branch.utf8) }
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

  // MARK: Differences

  /// The key of a text in a vocabulary, under which uses of it are kept.
  static func key(_ vocabulary: String, _ text: some Collection<UInt8>) -> FactKey {
    FactKey(text: Array(vocabulary.utf8) + [0] + text)
  }

  /// The keys of all texts that mean something else in the one than in the other. Cost: linear in both.
  static func changes(from old: TermList?, to new: TermList?, id: String) -> Set<FactKey> {
    var keys: Set<FactKey> = []
    func add(_ list: TermList, _ index: Int) {
      let term = list.vocabulary.terms[index]
      for text in [term.id] + (term.prefLabels + term.altLabels).map(\.text) { keys.insert(key(id, Array(text.utf8))) }
    }
    func compare(_ list: TermList?, _ other: TermList?) {
      guard let list else { return }
      for (bytes, index) in list.byID {
        guard let found = other?.byID[bytes], let other else {
          add(list, index)
          continue
        }
        if list.entries[index] != other.entries[found]
          || list.vocabulary.terms[index].replacedBy != other.vocabulary.terms[found].replacedBy
        {
          add(list, index)
        }
      }
    }
    compare(old, new)
    compare(new, old)
    return keys
  }
}

extension Vocabulary {
  /// The vocabulary with another one's terms on top: of two terms with one id the other's counts. Cost: linear.
  func overlaid(by other: Vocabulary) -> Vocabulary {
    let ids = Set(other.terms.map { Array($0.id.utf8) })
    var out = other
    if out.version.isEmpty { out.version = version }
    out.terms += terms.filter { !ids.contains(Array($0.id.utf8)) }
    return out
  }
}

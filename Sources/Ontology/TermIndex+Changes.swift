/// What has changed in a vocabulary since its index was made.
package struct VocabularyChange: Sendable {
  /// Terms that are new, or new in something; of two with one id the first counts.
  package var changed: [Term]
  /// Ids that are gone.
  package var removed: [String]
  /// The list's version, if it has another one now.
  package var version: String?

  package init(changed: [Term] = [], removed: [String] = [], version: String? = nil) {
    self.changed = changed
    self.removed = removed
    self.version = version
  }
}

extension TermIndex {
  /// Terms that are not of the compiled part. When they become many, compile anew.
  package var overlayCount: Int { overlay.map { $0.terms.count + $0.hiddenCount } ?? 0 }

  /// The index with a change laid over it; it answers as one compiled anew would. Cost: all that has changed since the compiled part was made.
  package func applying(_ change: VocabularyChange) -> TermIndex {
    var terms = overlay?.terms ?? [:]
    var hidden = overlay?.hidden ?? Bitmap(count: base.count)
    var hiddenCount = overlay?.hiddenCount ?? 0
    func hide(_ id: [UInt8]) {
      if let index = base.index(ofID: id), hidden.insert(index) { hiddenCount += 1 }
    }
    for id in change.removed.map({ Array($0.utf8) }) {
      terms[id] = nil
      hide(id)
    }
    var seen: Set<[UInt8]> = []
    for term in change.changed {
      let id = Array(term.id.utf8)
      guard !id.isEmpty, seen.insert(id).inserted else { continue }
      terms[id] = term
      hide(id)
    }
    let version = change.version ?? self.version
    guard !terms.isEmpty || hiddenCount > 0 else { return TermIndex(base: base, overlay: nil, version: version) }
    let compiled = Self.compiled(Vocabulary(id: id, version: version, terms: Array(terms.values)))
    return TermIndex(
      base: base, overlay: Overlay(compiled: compiled, terms: terms, hidden: hidden, hiddenCount: hiddenCount),
      version: version)
  }
}

/// A vocabulary that can be searched: a compiled one, and what has changed since.
///
/// Ids and exact labels are compared by their code points; search folds accents, case and width. Copies share the compiled part.
package struct TermIndex: TermSource {
  package let base: CompiledVocabulary
  let overlay: Overlay?
  package let id: String
  package var version: String
  /// Numbers that a search looks at in order before it looks at all of them.
  var patience = 2048
  /// Labels of a branch that are looked at one by one.
  var fewLimit = 4096

  /// Terms that replace or join those of the base, and those of the base that no longer count.
  struct Overlay: Sendable {
    var compiled: CompiledVocabulary
    var terms: [[UInt8]: Term]
    var hidden: Bitmap
    var hiddenCount: Int
  }

  /// Of two terms with one id the first counts. Cost: compiling the whole list.
  package init(_ vocabulary: Vocabulary) {
    self.init(Self.compiled(vocabulary))
  }

  /// Of terms that were read one by one.
  package init(_ records: consuming TermRecords, id: String, version: String) {
    self.init(compiled: CompiledVocabulary.compile(records, id: id, version: version))
  }

  /// What the compiler has just written.
  package init(compiled bytes: [UInt8]) { self.init(Self.opened(bytes)) }

  package init(_ compiled: CompiledVocabulary) {
    self.init(base: compiled, overlay: nil, version: compiled.version)
  }

  init(base: CompiledVocabulary, overlay: Overlay?, version: String) {
    self.base = base
    self.overlay = overlay
    id = base.id
    self.version = version
  }

  static func compiled(_ vocabulary: Vocabulary) -> CompiledVocabulary {
    opened(CompiledVocabulary.compile(vocabulary))
  }

  private static func opened(_ bytes: [UInt8]) -> CompiledVocabulary {
    guard let compiled = CompiledVocabulary(bytes) else {
      // The compiler writes what the reader takes; a test holds the two together.
      preconditionFailure("A compiled vocabulary could not be opened")
    }
    return compiled
  }

  /// Terms in all.
  package var count: Int { base.count - (overlay?.hiddenCount ?? 0) + (overlay?.terms.count ?? 0) }

  /// The compiled parts, the one that counts first at the end.
  var layers: [TermLookup.Layer] {
    guard let overlay else { return [TermLookup.Layer(index: base)] }
    return [
      TermLookup.Layer(index: base, hidden: overlay.hidden), TermLookup.Layer(index: overlay.compiled),
    ]
  }

  /// What has changed since the base was compiled, as `TermLookup` takes it; `nil` if nothing has.
  package var change: (compiled: CompiledVocabulary, hidden: [UInt32])? {
    guard let overlay else { return nil }
    var hidden: [UInt32] = []
    overlay.hidden.forEach {
      hidden.append(UInt32(clamping: $0))
      return true
    }
    return (overlay.compiled, hidden)
  }

  /// Whether it is made of the very same parts.
  package func isSame(as other: TermIndex) -> Bool {
    base === other.base && overlay?.compiled === other.overlay?.compiled
  }

  /// Calls `body` with each term. Cost: reading all.
  package func forEachTerm(_ body: (Term) -> Void) {
    for layer in layers {
      for place in 0..<layer.index.count where layer.has(place) {
        if let term = layer.index.term(at: place) { body(term) }
      }
    }
  }

  // MARK: Looking up

  /// The term with this id, by its code points.
  package func term(_ id: String) -> Term? { term(Array(id.utf8)) }

  package func term(_ id: [UInt8]) -> Term? {
    if let changed = overlay?.terms[id] { return changed }
    guard let index = base.index(ofID: id), overlay?.hidden.contains(index) != true else { return nil }
    return base.term(at: index)
  }

  /// The label to show for an id to someone who reads `languages`, best first; `nil` if there is no such term.
  package func label(of id: String, in languages: [String]) -> String? { term(id)?.label(in: languages) }

  /// What plugins look terms up in.
  package var lookup: TermLookup { TermLookup(layers: layers) }

  /// The term with this preferred label, or with this preferred or alternative one, byte for byte.
  ///
  /// Of several one in use; of those one of which it is the label to show; of those the first by id.
  package func term(named text: [UInt8], onlyPreferred: Bool) -> Term? {
    var best: (place: TermLookup.Place, isDeprecated: Bool)?
    for place in lookup.places(named: text) {
      guard let glance = place.glance, !onlyPreferred || place.isPreferred(text) else { continue }
      guard let known = best else {
        best = (place, glance.isDeprecated)
        continue
      }
      let isBetter = known.isDeprecated == glance.isDeprecated ? place.precedes(known.place) : known.isDeprecated
      if isBetter { best = (place, glance.isDeprecated) }
    }
    return best.flatMap { $0.place.layer.term(at: $0.place.term) }
  }

  /// The terms that have this label, by its code points: those in use first, then by id.
  package func terms(withLabel text: String) -> [Term] {
    terms(withFoldedLabel: text).filter { term in
      Self.searchedLabels(of: term).contains { $0.label.label.text.utf8.elementsEqual(text.utf8) }
    }
  }

  /// The terms that have a label which differs at most in accents, case, width and punctuation: those in use first, then by id. At most a thousand.
  package func terms(withFoldedLabel text: String) -> [Term] {
    let query = SearchQuery(text)
    guard !query.letters.isEmpty else { return [] }
    var found: [Term] = []
    for layer in layers {
      let search = LayerSearch(
        index: layer.index, hidden: layer.hidden, branch: nil, few: nil, languages: [], limit: 0, patience: patience)
      var seen: Set<Int> = []
      for group in layer.index.groups.indices where !layer.index.groups[group].isID {
        for place in search.labels(query.bytes, in: group, isWhole: true) {
          guard seen.count < 1000, let term = search.accepted(layer.index.labelEntries[place]),
            seen.insert(term).inserted
          else { continue }
          if let term = layer.index.term(at: term) { found.append(term) }
        }
      }
    }
    return found.sorted { a, b in
      a.isDeprecated == b.isDeprecated ? a.id.utf8.lexicographicallyPrecedes(b.id.utf8) : b.isDeprecated
    }
  }

  /// The labels by which a term is found, with their role and place. A term without any is called by its id.
  static func searchedLabels(of term: Term) -> [(role: Int, label: (place: Int, label: Term.Label))] {
    let lists = [term.prefLabels, term.altLabels, term.hiddenLabels]
    if lists.allSatisfy(\.isEmpty) { return [(0, (0, Term.Label(language: "", text: term.id)))] }
    return lists.enumerated().flatMap { role, labels in
      labels.enumerated().map { (role, ($0.offset, $0.element)) }
    }
  }

  /// The label that an entry stands for; `nil` if damaged bytes name one that is not there.
  static func label(_ entry: CompiledVocabulary.Entry, of term: Term) -> Term.Label? {
    if entry.role == CompiledVocabulary.idRole { return Term.Label(language: "", text: term.id) }
    return searchedLabels(of: term).first { $0.role == entry.role && $0.label.place == entry.place }?.label.label
  }

  /// How early a reader's languages name this one; behind all of them if not at all.
  static func place(of language: String, in languages: [String]) -> Int {
    languages.firstIndex { LanguageTag.serves(language, $0) } ?? languages.count
  }
}

/// Looks terms up by an id or a label, byte for byte, in an index and what has changed since: all that plugins are given of a vocabulary.
///
/// Nothing but the indexes' bytes is read, and every number in them is checked where it is used. Damaged bytes find nothing, or the wrong term.
package struct TermLookup: Sendable {
  let layers: [Layer]
  /// Terms with one label that are looked at; more of them say nothing.
  private static let crowd = 4096

  struct Layer {
    var index: CompiledVocabulary
    /// Terms that a later layer replaces.
    var hidden: Bitmap? = nil

    func has(_ term: Int) -> Bool { term < index.count && hidden?.contains(term) != true }
  }

  /// Where a term stands.
  struct Place {
    var layer: CompiledVocabulary
    var term: Int
    /// The text is the label to show, not a further one.
    var isFirst = true

    var id: [UInt8] { layer.idBytes(ofTerm: term) }
    var glance: TermRecord.Glance? { layer.glance(atTerm: term) }

    /// Whether it is one of the preferred labels.
    func isPreferred(_ text: [UInt8]) -> Bool {
      isFirst || layer.term(at: term)?.prefLabels.contains { $0.text.utf8.elementsEqual(text) } == true
    }

    /// First labels before further ones, then by id.
    func precedes(_ other: Place) -> Bool {
      isFirst == other.isFirst ? id.lexicographicallyPrecedes(other.id) : isFirst
    }
  }

  init(layers: [Layer]) { self.layers = layers }

  /// `hidden` are terms of the base that no longer count, by their place; `change` those that replace them or are new.
  package init(base: CompiledVocabulary, change: CompiledVocabulary? = nil, hidden: [UInt32] = []) {
    var bitmap = Bitmap(count: base.count)
    for term in hidden { bitmap.insert(Int(term)) }
    layers = [Layer(index: base, hidden: bitmap)] + (change.map { [Layer(index: $0)] } ?? [])
  }

  // MARK: Places

  func place(ofID id: [UInt8]) -> Place? {
    for layer in layers.reversed() {
      if let term = layer.index.index(ofID: id), layer.has(term) { return Place(layer: layer.index, term: term) }
    }
    return nil
  }

  /// The terms with this preferred or alternative label, layer by layer, each layer's in order; at most some thousand.
  func places(named text: [UInt8]) -> [Place] {
    layers.flatMap { layer -> [Place] in
      let names = layer.index.namesEqual(to: text).prefix(Self.crowd)
      return names.lazy.map { layer.index.name($0) }.filter { layer.has($0.term) }
        .map { Place(layer: layer.index, term: $0.term, isFirst: $0.isFirst) }
    }
  }

  /// The best of them. Cost: as many steps as there are terms of that label that no longer count.
  private func place(named text: [UInt8]) -> Place? {
    var best: Place?
    for layer in layers {
      let names = layer.index.namesEqual(to: text)
      guard let found = names.lazy.map({ layer.index.name($0) }).first(where: { layer.has($0.term) }) else { continue }
      let place = Place(layer: layer.index, term: found.term, isFirst: found.isFirst)
      if best.map(place.precedes) ?? true { best = place }
    }
    return best
  }

  // MARK: Ways up

  /// Every ancestor's id once, nearest first, as far as the limit; a term in a circle is its own.
  func ancestors(of place: Place) -> [Slice] {
    var out: [Slice] = []
    var seen: Set<[UInt8]> = []
    var waiting = place.glance.map { glance in glance.broader.map { Slice(place.layer, $0) } } ?? []
    var next = 0
    while next < waiting.count, out.count < TermWalk.limit {
      let slice = waiting[next]
      next += 1
      let id = slice.bytes
      guard seen.insert(id).inserted else { continue }
      out.append(slice)
      guard let parent = self.place(ofID: id), let glance = parent.glance else { continue }
      waiting += glance.broader.map { Slice(parent.layer, $0) }
    }
    return out
  }

  /// The end of the chain of terms that this one is a variant of or was replaced by.
  private func canonical(of place: Place, _ glance: TermRecord.Glance) -> Slice {
    var current = Slice(place.layer, glance.id)
    guard var leader = glance.leader.map({ Slice(place.layer, $0) }) else { return current }
    var seen: Set<[UInt8]> = [current.bytes]
    while seen.count <= TermWalk.limit, seen.insert(leader.bytes).inserted {
      current = leader
      guard let found = self.place(ofID: leader.bytes), let glance = found.glance else { return current }
      current = Slice(found.layer, glance.id)
      guard let next = glance.leader else { return current }
      leader = Slice(found.layer, next)
    }
    return current
  }

  /// A text in one of the indexes.
  struct Slice {
    let layer: CompiledVocabulary
    let range: Range<Int>

    init(_ layer: CompiledVocabulary, _ range: Range<Int>) {
      self.layer = layer
      self.range = range
    }

    var bytes: [UInt8] { layer.records.array(range) }
  }

  // MARK: For plugins

  /// What a plugin is told of a term, in place: good as long as the indexes.
  @safe package struct Found {
    package let id: UnsafeRawBufferPointer
    package let label: UnsafeRawBufferPointer
    /// The end of the chain of terms it is a variant of or was replaced by; its own id if there is none.
    package let canonical: UnsafeRawBufferPointer
    /// The first of its successors; empty if there is none.
    package let replacedBy: UnsafeRawBufferPointer
    /// Ids all the way up, nearest first, as far as the limit; not its own.
    package let broader: [UnsafeRawBufferPointer]
    package let isDeprecated: Bool
    /// 1 by id, 2 by the label to show, 3 by another label.
    package let match: UInt8
  }

  /// The term with this id, or else with this label: of several the one of which it is the label to show, then the first by id.
  ///
  /// Cost: one step per doubling of the texts, for it and for each ancestor.
  package func find(_ text: [UInt8]) -> Found? {
    let byID = place(ofID: text)
    guard let place = byID ?? self.place(named: text), let glance = place.glance else { return nil }
    func memory(_ range: Range<Int>) -> UnsafeRawBufferPointer { unsafe place.layer.records.memory(range) }
    let canonical = canonical(of: place, glance)
    let own = place.id
    let above = ancestors(of: place).filter { $0.bytes != own }
    let broader = unsafe above.map { unsafe $0.layer.records.memory($0.range) }
    return unsafe Found(
      id: memory(glance.id), label: memory(glance.label), canonical: canonical.layer.records.memory(canonical.range),
      replacedBy: memory(glance.replacedBy.first ?? 0..<0), broader: broader, isDeprecated: glance.isDeprecated,
      match: byID != nil ? 1 : place.isFirst ? 2 : 3)
  }
}

/// How far terms are followed from one to the next.
enum TermWalk {
  /// No list is so deep; a million terms in one chain must not make each look-up walk all of it.
  static let limit = 4096
}

extension CompiledVocabulary {
  /// The term of a name, and whether that is the label to show.
  func name(_ index: Int) -> (term: Int, isFirst: Bool) {
    let number = names[2 * index + 1]
    return (Int(number & ~IndexLayout.isFurtherName), number & IndexLayout.isFurtherName == 0)
  }

  /// Where the names stand that are this text.
  func namesEqual(to text: [UInt8]) -> Range<Int> {
    func range(_ index: Int) -> Range<Int> {
      var reader = IndexReader(bytes: records, offset: Int(names[2 * index]))
      return reader.textRange() ?? 0..<0
    }
    let all = 0..<(names.count / 2)
    let first = Self.firstIndex(in: all) { records.compare(range($0), with: text) >= 0 }
    let end = Self.firstIndex(in: first..<all.upperBound) { records.compare(range($0), with: text) > 0 }
    return first..<end
  }
}

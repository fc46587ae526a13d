/// The terms below one, found once and asked often.
package struct TermBranch: Sendable {
  private let layers: [Bitmap]
  /// Terms in it.
  package let count: Int

  init(layers: [Bitmap], count: Int) {
    self.layers = layers
    self.count = count
  }

  func bitmap(ofLayer layer: Int) -> Bitmap { layers.indices.contains(layer) ? layers[layer] : Bitmap(count: 0) }
}

extension TermIndex {
  /// The ids of the terms that name this one as broader, in order of their bytes.
  package func children(of id: String) -> [String] {
    let id = Array(id.utf8)
    return layers.flatMap { layer in
      guard let parent = layer.index.parent(id) else { return [[UInt8]]() }
      return layer.index.children(ofParent: parent).map { Int(layer.index.children[$0]) }
        .filter { layer.hidden?.contains($0) != true }.map { layer.index.idBytes(ofTerm: $0) }
    }.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether `branch` is among the ancestors of `id`. No term is under itself, but for a circle.
  package func isUnder(_ id: String, branch: String) -> Bool {
    guard let term = term(id) else { return false }
    return ancestors(of: term).contains { $0.elementsEqual(branch.utf8) }
  }

  /// Every ancestor's id once, nearest first; those that are no terms of the list too.
  package func broader(of term: Term) -> [String] {
    ancestors(of: term).map { String(decoding: $0, as: UTF8.self) }
      .filter { !$0.utf8.elementsEqual(term.id.utf8) }
  }

  private func ancestors(of term: Term) -> [[UInt8]] {
    var out: [[UInt8]] = []
    var seen: Set<[UInt8]> = []
    var waiting = term.broader
    var next = 0
    while next < waiting.count {
      let id = Array(waiting[next].utf8)
      next += 1
      guard seen.insert(id).inserted else { continue }
      out.append(id)
      waiting += self.term(id)?.broader ?? []
    }
    return out
  }

  /// The id of the term this one is a variant of or was replaced by, to the end of the chain. A choice between several ends it, and so does a circle.
  package func canonical(of term: Term) -> String {
    var current = term
    var seen: Set<[UInt8]> = [Array(term.id.utf8)]
    while let next = current.canonical ?? (current.replacedBy.count == 1 ? current.replacedBy[0] : nil),
      seen.insert(Array(next.utf8)).inserted
    {
      guard let found = self.term(next) else { return next }
      current = found
    }
    return current.id
  }

  /// All terms below `id`, at any depth; it is not among them itself. Cost: their number; keep it for as long as the index is used.
  package func branch(_ id: String) -> TermBranch {
    let layers = layers
    var bitmaps = layers.map { Bitmap(count: $0.index.count) }
    var count = 0
    // Places to go on from: a layer and a place among its parents.
    var waiting: [(layer: Int, parent: Int)] = []
    func add(_ id: [UInt8]) {
      for (number, layer) in layers.enumerated() {
        if let parent = layer.index.parent(id) { waiting.append((number, parent)) }
      }
    }
    add(Array(id.utf8))
    while let (number, parent) = waiting.popLast() {
      let layer = layers[number]
      for place in layer.index.children(ofParent: parent) {
        let term = Int(layer.index.children[place])
        guard term < layer.index.count, layer.hidden?.contains(term) != true, bitmaps[number].insert(term) else {
          continue
        }
        count += 1
        if layers.count > 1 {
          add(layer.index.idBytes(ofTerm: term))
        } else if layer.index.parentOfTerm[term] != .max {
          waiting.append((number, Int(layer.index.parentOfTerm[term])))
        }
      }
    }
    // In a circle it is below itself, which helps nobody.
    return TermBranch(layers: bitmaps, count: count)
  }
}

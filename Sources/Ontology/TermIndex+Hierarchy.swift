/// The terms below one, found once and asked often.
package struct TermBranch: Sendable {
  /// Their entries, by layer.
  private let layers: [(entries: Bitmap, few: [UInt32]?)]
  /// Terms in it.
  package let count: Int

  init(layers: [(entries: Bitmap, few: [UInt32]?)], count: Int) {
    self.layers = layers
    self.count = count
  }

  func bitmap(ofLayer layer: Int) -> Bitmap {
    layers.indices.contains(layer) ? layers[layer].entries : Bitmap(count: 0)
  }

  func few(ofLayer layer: Int) -> [UInt32]? { layers.indices.contains(layer) ? layers[layer].few : [] }
}

extension TermIndex {
  /// The ids of the terms that name this one as broader, in order of their bytes.
  package func children(of id: String) -> [String] {
    let id = Array(id.utf8)
    return layers.flatMap { layer in
      layer.index.children(of: id).filter(layer.has).map { layer.index.idBytes(ofTerm: $0) }
    }.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether `branch` is among the ancestors of `id`. No term is under itself, but for a circle.
  package func isUnder(_ id: String, branch: String) -> Bool {
    let (lookup, branch) = (lookup, Array(branch.utf8))
    guard let place = lookup.place(ofID: Array(id.utf8)) else { return false }
    return lookup.ancestors(of: place).contains { $0.bytes == branch }
  }

  private func entries(of terms: Bitmap, in index: CompiledVocabulary) -> (Bitmap, [UInt32]?) {
    var entries = Bitmap(count: index.labelEntries.count)
    var few: [UInt32] = []
    for entry in 0..<index.labelEntries.count where terms.contains(index.termOfEntry(UInt32(clamping: entry))) {
      entries.insert(entry)
      if few.count <= fewLimit { few.append(UInt32(clamping: entry)) }
    }
    return (entries, few.count <= fewLimit ? few : nil)
  }

  /// All terms below `id`, at any depth; it is not among them itself. Cost: a few nanoseconds for each label of the list; keep it for as long as the index is used.
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
    return TermBranch(layers: zip(layers, bitmaps).map { entries(of: $1, in: $0.index) }, count: count)
  }
}

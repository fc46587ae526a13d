import Manifest

/// Which branches of a choice are worth trying, decided by looking at what tells them apart.
extension Machine {
  /// Whether the branch demands another value of a property than the one that stands here: then it cannot fit.
  mutating func isExcluded(_ step: Step, _ branch: UInt32, _ node: UInt32) -> Bool {
    guard step.c != noIndex else { return false }
    for index in code.discriminatorSlices[Int(step.c)].indices {
      let discriminator = code.discriminators[index]
      let set = code.setList[Int(discriminator.sets.start + branch)]
      guard set != noIndex, let value = decidingMember(discriminator, node) else { continue }
      if !contains(code.constantSets[Int(set)], value) { return true }
    }
    return false
  }

  private mutating func decidingMember(_ discriminator: Discriminator, _ node: UInt32) -> UInt32? {
    guard let value = member(discriminator.name, of: node), kind(value) != .missing, !isMalformed(value) else {
      return nil
    }
    return value
  }

  /// The branches that may fit, in order; `nil` if any may.
  mutating func candidates(_ step: Step, _ node: UInt32) -> [UInt32]? {
    guard step.c != noIndex, node & keyBit == 0, let index = code.choiceIndexes[Int(step.c)], !isMalformed(node) else {
      return nil
    }
    let value = kind(node)
    let ofKind = index.branches(of: value)
    switch index.criterion {
    case .kind: return ofKind
    case .ownConstant(let table):
      return table.branches(ValueHash.hash(tree, Int(node)))
    case .constant(let name, let table, let withoutIt):
      guard value == .object, !tree.nodes[Int(node)].isElided else { return ofKind }
      guard let own = member(name, of: node) else { return withoutIt }
      if kind(own) == .missing || isMalformed(own) { return nil }
      return table.branches(ValueHash.hash(tree, Int(own)))
    case .required(let table):
      guard value == .object, !tree.nodes[Int(node)].isElided else { return ofKind }
      var found: Set<UInt32> = []
      for child in tree.children(of: Int(node)) where tree.nodes[child].isMember {
        let name = name(of: UInt32(clamping: child))
        if name != noIndex { found.formUnion(table.only(UInt64(name))) }
      }
      return (found + table.others).sorted()
    }
  }

  /// Why no branch was worth trying, if that can be said for all of them together.
  mutating func explain(_ step: Step, _ node: UInt32, place: UInt32) -> Fault? {
    guard step.c != noIndex else { return nil }
    for index in code.discriminatorSlices[Int(step.c)].indices {
      let discriminator = code.discriminators[index]
      guard let value = decidingMember(discriminator, node) else { continue }
      let fits = discriminator.sets.indices.contains {
        code.setList[$0] == noIndex || contains(code.constantSets[Int(code.setList[$0])], value)
      }
      if !fits { return Fault(code: .discriminator, place: place, node: value, detail: UInt32(clamping: index)) }
    }
    guard let index = code.choiceIndexes[Int(step.c)] else { return nil }
    if index.branches(of: kind(node)).isEmpty {
      return Fault(code: .type, place: place, node: node, detail: UInt32(index.kinds.rawValue))
    }
    switch index.criterion {
    case .ownConstant:
      unions.append(index.sets)
      return Fault(code: .constantUnion, place: place, node: node, detail: UInt32(clamping: unions.count - 1))
    case .constant, .required: return Fault(code: .undecided, place: place, node: node, detail: step.c)
    case .kind: return nil
    }
  }
}

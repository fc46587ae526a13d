import Manifest

/// Steps over members and elements, and those that apply one other place.
extension Machine {
  private mutating func see(_ top: Int, _ child: UInt32) {
    if frames[top].isTracking { seen.append(child) }
  }

  @inline(__always) private func isElided(_ node: UInt32) -> Bool { tree.nodes[Int(node)].isElided }

  @inline(__always) private func isContainer(_ node: UInt32, _ kind: Node.Kind) -> Bool {
    node & keyBit == 0 && tree.nodes[Int(node)].kind == kind
  }

  mutating func objectStep(_ top: Int, _ step: Step) -> Bool {
    let node = frames[top].node
    guard isContainer(node, .object) else { return false }
    let table = code.objects[Int(step.a)]
    if isElided(node) {
      if table.needsPresence {
        arrayChecks.append(ArrayCheck(node: node, keyword: .required, place: frames[top].place))
      }
      return false
    }
    if frames[top].phase == 0 {
      frames[top].phase = 1
      frames[top].cursor = node + 1
      frames[top].bitStart = UInt32(clamping: bits.count)
      if table.needsPresence {
        for _ in 0..<((table.members.indices.count + 63) / 64) { bits.append(0) }
      }
    }
    let end = tree.nodes[Int(node)].subtreeEnd
    var child = frames[top].cursor
    while child < end {
      if tree.nodes[Int(child)].isMember, visitMember(top, child, table) { return true }
      child = tree.nodes[Int(child)].subtreeEnd
      frames[top].goOn(at: child)
    }
    if table.needsPresence {
      checkPresence(top, table)
      bits.removeLast(bits.count - Int(frames[top].bitStart))
    }
    return false
  }

  /// Phase 1: by name; then one phase a pattern; then whatever is left over; then the name itself.
  private mutating func visitMember(_ top: Int, _ child: UInt32, _ table: ObjectTable) -> Bool {
    let patterns = table.patterns.end - table.patterns.start
    if frames[top].phase == 1 {
      var place = noIndex
      let name = name(of: child)
      if name != noIndex, let slot = code.slot(of: name, in: table) {
        if table.needsPresence { bits[Int(frames[top].bitStart) + slot / 64] |= 1 << UInt64(slot % 64) }
        place = code.members[Int(table.members.start) + slot].place
      }
      let isMatched = place != noIndex
      // Most objects say nothing else of a member they know.
      let isLast = isMatched && patterns == 0 && table.names == noIndex
      frames[top].goOn(inPhase: isLast ? 4 : 2, isMatched: isMatched)
      if isMatched {
        see(top, child)
        if enterChild(top, place, child, .notAllowed) { return true }
      }
      if isLast { return false }
    }
    while frames[top].phase < 2 + patterns {
      let entry = code.keyPatterns[Int(table.patterns.start + frames[top].phase - 2)]
      frames[top].phase += 1
      guard search(entry.pattern, child | keyBit) else { continue }
      frames[top].isMatched = true
      see(top, child)
      if enterChild(top, entry.place, child, .notAllowed) { return true }
    }
    if frames[top].phase == 2 + patterns {
      frames[top].phase += 1
      if !frames[top].isMatched, table.additional != noIndex {
        see(top, child)
        if enterChild(top, table.additional, child, .additionalMember) { return true }
      }
    }
    if frames[top].phase == 3 + patterns {
      frames[top].phase += 1
      if table.names != noIndex, enterChild(top, table.names, child | keyBit, .nameNotAllowed) { return true }
    }
    return false
  }

  private mutating func checkPresence(_ top: Int, _ table: ObjectTable) {
    let start = Int(frames[top].bitStart)
    let frame = frames[top]
    func isPresent(_ slot: Int) -> Bool { bits[start + slot / 64] & (1 << UInt64(slot % 64)) != 0 }
    for member in table.members.indices where code.members[member].isRequired {
      if !isPresent(member - Int(table.members.start)) {
        faults.append(
          Fault(code: .required, place: frame.place, node: frame.node, detail: UInt32(clamping: member)))
      }
    }
    for index in table.dependents.indices {
      let dependent = code.dependents[index]
      guard isPresent(Int(dependent.slot)) else { continue }
      for slot in dependent.needed.indices.map({ code.slotList[$0] }) where !isPresent(Int(slot)) {
        faults.append(
          Fault(
            code: .dependentRequired, place: frame.place, node: frame.node, detail: table.members.start + slot,
            other: table.members.start + dependent.slot))
      }
    }
  }

  mutating func arrayStep(_ top: Int, _ step: Step) -> Bool {
    let node = frames[top].node
    guard isContainer(node, .array), !isElided(node) else { return false }
    let table = code.arrays[Int(step.a)]
    if frames[top].phase == 0 {
      frames[top].phase = 1
      frames[top].cursor = node + 1
      frames[top].ordinal = 0
    }
    let end = tree.nodes[Int(node)].subtreeEnd
    let prefix = table.prefix.end - table.prefix.start
    while frames[top].cursor < end {
      let child = frames[top].cursor
      let ordinal = frames[top].ordinal
      frames[top].cursor = tree.nodes[Int(child)].subtreeEnd
      frames[top].ordinal += 1
      let place = ordinal < prefix ? code.placeList[Int(table.prefix.start + ordinal)] : table.items
      if place == noIndex { return false }
      see(top, child)
      if enterChild(top, place, child, .extraElement) { return true }
    }
    return false
  }

  mutating func referenceStep(_ top: Int, _ place: UInt32) -> Bool {
    guard frames[top].phase == 0 else { return false }
    frames[top].phase = 1
    return enterHere(top, place)
  }

  /// The outermost place of the dynamic scope that carries the anchor, else the one the reference names.
  func dynamicTarget(_ top: Int, _ index: UInt32) -> UInt32 {
    let reference = code.dynamicReferences[Int(index)]
    var found = reference.fallback
    var scope = frames[top].scope
    while scope != noIndex {
      if let place = code.dynamicPlace(resource: scopes[Int(scope)].resource, anchor: reference.anchor) {
        found = place
      }
      scope = scopes[Int(scope)].outer
    }
    return found
  }

  mutating func allOfStep(_ top: Int, _ step: Step) -> Bool {
    while step.a + frames[top].phase < step.b {
      let place = code.placeList[Int(step.a + frames[top].phase)]
      frames[top].phase += 1
      if enterHere(top, place) { return true }
    }
    return false
  }

  mutating func dependentStep(_ top: Int, _ step: Step) -> Bool {
    while step.a + frames[top].phase < step.b {
      let dependent = code.dependentSchemas[Int(step.a + frames[top].phase)]
      frames[top].phase += 1
      if member(dependent.name, of: frames[top].node) != nil, enterHere(top, dependent.place) { return true }
    }
    return false
  }

  mutating func containsStep(_ top: Int, _ step: Step) -> Bool {
    let node = frames[top].node
    guard isContainer(node, .array) else { return false }
    if isElided(node) {
      arrayChecks.append(ArrayCheck(node: node, keyword: .contains, place: frames[top].place))
      return false
    }
    if frames[top].phase == 0 {
      choices.append(Choice(lengths))
      frames[top].phase = 1
      frames[top].cursor = node + 1
      frames[top].ordinal = 0
    }
    let end = tree.nodes[Int(node)].subtreeEnd
    while frames[top].cursor < end || frames[top].phase == 2 {
      let child = frames[top].cursor
      if frames[top].phase == 1 {
        choices[choices.count - 1].branch = lengths
        frames[top].phase = 2
        if enterChild(top, step.a, child, .notAllowed) { return true }
      }
      let branch = choices[choices.count - 1].branch
      if faults.count == branch.faults {
        frames[top].ordinal += 1
        if step.sees { see(top, child) }
      } else {
        cut(to: branch)
      }
      frames[top].phase = 1
      frames[top].cursor = tree.nodes[Int(child)].subtreeEnd
      let isDecided = frames[top].ordinal >= step.b && step.c == noIndex && !frames[top].isTracking
      if isDecided { break }
    }
    choices.removeLast()
    let count = frames[top].ordinal
    let place = frames[top].place
    if count < step.b {
      faults.append(Fault(code: .containsTooFew, place: place, node: node, detail: frames[top].step))
    } else if step.c != noIndex, count > step.c {
      faults.append(Fault(code: .containsTooMany, place: place, node: node, detail: frames[top].step))
    }
    return false
  }

  mutating func unevaluatedStep(_ top: Int, _ step: Step, of kind: Node.Kind) -> Bool {
    let node = frames[top].node
    guard isContainer(node, kind) else { return false }
    let isArray = kind == .array
    if isElided(node) {
      arrayChecks.append(
        ArrayCheck(
          node: node, keyword: isArray ? .unevaluatedItems : .unevaluatedProperties, place: frames[top].place))
      return false
    }
    if frames[top].phase == 0 {
      frames[top].phase = 1
      frames[top].cursor = UInt32(clamping: pending.count)
      queueUnseen(top, node, hasKeys: !isArray)
      frames[top].pendingEnd = UInt32(clamping: pending.count)
    }
    let start = frames[top].pendingEnd
    while frames[top].cursor < start {
      let child = pending[Int(frames[top].cursor)]
      frames[top].cursor += 1
      see(top, child)
      if enterChild(top, step.a, child, isArray ? .unevaluatedElement : .unevaluatedMember) { return true }
    }
    pending.removeLast(pending.count - Int(frames[top].ordinal))
    return false
  }

  /// Puts the children that nothing has looked at since the frame began into `pending`. Cost: children and log, sorted.
  private mutating func queueUnseen(_ top: Int, _ node: UInt32, hasKeys: Bool) {
    frames[top].ordinal = UInt32(clamping: pending.count)
    let known = seen[Int(frames[top].seenStart)...].sorted()
    var next = 0
    var child = node + 1
    let end = tree.nodes[Int(node)].subtreeEnd
    while child < end {
      while next < known.count, known[next] < child { next += 1 }
      let isSeen = next < known.count && known[next] == child
      if !isSeen, !hasKeys || tree.nodes[Int(child)].isMember { pending.append(child) }
      child = tree.nodes[Int(child)].subtreeEnd
    }
  }
}

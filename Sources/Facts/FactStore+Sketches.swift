import Findings

/// Sketches: their keys become facts when a second record has them.
extension FactStore {
  /// Puts what an owner's record is sketched by now in place of what it was before. An equal sketch stays as it is and wakes nobody.
  func replaceSketches(of owner: Owner, with stated: [StatedSketch], _ outcome: inout Outcome) {
    guard !sketches.isEmpty || !stated.isEmpty else { return }
    var left = sketches.entries(of: owner)
    guard !left.isEmpty || !stated.isEmpty else { return }
    var added: [StatedSketch] = []
    for sketch in stated {
      guard plan.mayState(sketch.kind, owner.call), sketch.place.record == owner.record,
        sketch.keys.count <= StatedSketch.mostKeys
      else {
        outcome.dropped += 1
        continue
      }
      if let same = left.firstIndex(where: { sketches.equals($0, sketch) }) {
        left.remove(at: same)
      } else {
        added.append(sketch)
      }
    }
    for entry in left {
      remove(entry, of: owner)
      outcome.removed += 1
    }
    for sketch in added {
      guard let entry = sketches.insert(sketch, owner: owner) else {
        outcome.dropped += 1
        continue
      }
      outcome.added += 1
      let isSmall = plan.areOnlyGrouped(sketch.kind)
      for (position, key) in sketch.keys.enumerated() {
        let other = sketches.join(position, key, of: entry)
        if let other { meet(other.position, of: other.entry) }
        if other != nil || !isSmall { meet(position, of: entry) }
      }
    }
  }

  /// Makes a key a fact, unless it is one.
  private func meet(_ position: Int, of entry: UInt32) {
    guard !sketches.isMet(position, of: entry) else { return }
    let fact = sketches.fact(position, of: entry)
    guard let blob = FactBlob.encode(fact),
      let (row, members) = facts.insert(fact, blob: blob, owner: sketches.owner(of: entry))
    else { return }
    sketches.meet(position, of: entry)
    noteChange(of: row, joined: members)
  }

  private func remove(_ entry: UInt32, of owner: Owner) {
    let found = sketches.entries[entry]
    if found.met != 0 {
      var wanted = Set(
        (0..<Int(found.count)).filter { sketches.isMet($0, of: entry) }.map { sketches.fact($0, of: entry) })
      for row in facts.rows(of: owner) where StatedSketch.isOfSketch(facts.facts[row].key) {
        guard wanted.remove(facts.facts.view(of: row).fact) != nil else { continue }
        noteChange(of: row)
        facts.remove(row, owner: owner)
      }
    }
    sketches.remove(entry)
  }
}

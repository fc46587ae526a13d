import Manifest

/// Walks from where a record enters the schema to one of its nodes, and keeps every place that may apply there.
///
/// Evaluation settles on one branch of a choice; who is still typing has settled on nothing. So a branch stays open as long as
/// nothing written outside of the cursor speaks against it. Cost: for each choice on the way, a trial of each branch that no
/// deciding member rules out, up to `trialLimit`; beyond that all of them stay open.
struct SpotFinder {
  private static let trialLimit = 64
  private static let stepsPerTrial = 20_000

  let program: SchemaProgram
  let tree: RecordTree
  /// The node being typed: nothing about it speaks against a branch.
  let cursor: UInt32
  private var machine: Machine
  private var trialsLeft = 512

  init(_ program: SchemaProgram, _ tree: RecordTree, cursor: Int) {
    self.program = program
    self.tree = tree
    self.cursor = UInt32(clamping: cursor)
    machine = Machine(code: program.code)
  }

  private var code: SchemaCode { program.code }

  /// The spot of a node. `isOpen`: the value itself is what is being typed, so that none of its choices is taken yet.
  mutating func spot(of node: Int, at entry: SchemaEntry, isOpen: Bool) -> SchemaSpot {
    guard tree.nodes.indices.contains(node) else { return SchemaSpot() }
    var path: [Int] = []
    var current = node
    while current != 0 {
      path.append(current)
      current = Int(tree.nodes[current].parent)
      guard tree.nodes.indices.contains(current) else { return SchemaSpot() }
    }
    var spot = start(entry, isOpen: isOpen && node == 0)
    var outer = 0
    for child in path.reversed() {
      spot = step(from: spot, to: child, in: outer)
      spot = expanded(spot, at: child, isOpen: isOpen && child == node)
      outer = child
    }
    return spot
  }

  private mutating func start(_ entry: SchemaEntry, isOpen: Bool) -> SchemaSpot {
    let isChoice = entry.alternatives.count > 1
    var kept = entry.alternatives
    if isChoice, !isOpen {
      let fitting = entry.alternatives.filter { places in places.allSatisfy { fits($0, 0) } }
      if !fitting.isEmpty { kept = fitting }
    }
    var found = SpotBuilder()
    for places in kept {
      for place in places { found.add(place, isCertain: kept.count == 1) }
    }
    return expanded(found.spot, at: 0, isOpen: isOpen)
  }

  // MARK: The same value

  /// With everything that applies at the same value.
  private mutating func expanded(_ spot: SchemaSpot, at node: Int, isOpen: Bool) -> SchemaSpot {
    var found = SpotBuilder(spot)
    var next = 0
    while next < found.spot.entries.count {
      let entry = found.spot.entries[next]
      next += 1
      let inside = program.entering(entry.place)
      for index in code.places[Int(entry.place.place)].steps.indices {
        for (place, isCertain) in targets(code.steps[index], inside, node, isOpen: isOpen) {
          found.add(EntryPlace(place: place, resources: inside), isCertain: isCertain && entry.isCertain)
        }
      }
    }
    return found.spot
  }

  private mutating func targets(
    _ step: Step, _ resources: [UInt32], _ node: Int, isOpen: Bool
  ) -> [(place: UInt32, isCertain: Bool)] {
    switch step.operation {
    case .reference: return [(step.a, true)]
    case .dynamicReference: return [(dynamicTarget(step.a, resources), true)]
    case .allOf: return (step.a..<step.b).map { (code.placeList[Int($0)], true) }
    case .anyOf, .oneOf:
      let branches = open(step, resources, node, isOpen: isOpen)
      return branches.map { ($0, branches.count == 1) }
    case .condition:
      // What the condition itself says is a question, not a demand.
      let both = [step.b, step.c].filter { $0 != noIndex }
      guard !isOpen, let isMet = isMet(EntryPlace(place: step.a, resources: resources), UInt32(clamping: node)) else {
        return both.map { ($0, false) }
      }
      let target = isMet ? step.b : step.c
      return target == noIndex ? [] : [(target, true)]
    case .dependentSchemas:
      guard !isOpen else { return [] }
      return (step.a..<step.b).compactMap { index in
        let dependent = code.dependentSchemas[Int(index)]
        return isPresent(dependent.name, in: node) ? (dependent.place, true) : nil
      }
    case .object, .array, .not, .contains, .unevaluatedItems, .unevaluatedProperties: return []
    }
  }

  private func dynamicTarget(_ index: UInt32, _ resources: [UInt32]) -> UInt32 {
    let reference = code.dynamicReferences[Int(index)]
    for resource in resources {
      if let place = code.dynamicPlace(resource: resource, anchor: reference.anchor) { return place }
    }
    return reference.fallback
  }

  private func isPresent(_ name: UInt32, in node: Int) -> Bool {
    guard tree.nodes[node].kind == .object else { return false }
    let wanted = Array(code.names.bytes(of: name))
    return tree.children(of: node).contains { $0 != Int(cursor) && tree.keyBytes(of: $0) == wanted }
  }

  // MARK: Choices

  /// The branches that what is written leaves open; all of them if it fits none.
  private mutating func open(_ step: Step, _ resources: [UInt32], _ node: Int, isOpen: Bool) -> [UInt32] {
    let all = (step.a..<step.b).map { code.placeList[Int($0)] }
    guard !isOpen, all.count > 1 else { return all }
    machine.prepare(tree, watched: noIndex, maximumSteps: 0)
    var possible = all.indices.filter { !isRuledOut(step, UInt32(clamping: $0), node) }.map { all[$0] }
    if possible.count > Self.trialLimit { possible.removeAll { forbidsMember($0, node) } }
    guard !possible.isEmpty else { return all }
    guard possible.count <= Self.trialLimit else { return possible }
    let fitting = possible.filter {
      fits(EntryPlace(place: $0, resources: resources), UInt32(clamping: node))
    }
    return fitting.isEmpty ? possible : fitting
  }

  /// Whether the branch demands another value of a deciding member than the one that stands here; the machine has the tree.
  private mutating func isRuledOut(_ step: Step, _ branch: UInt32, _ node: Int) -> Bool {
    guard step.c != noIndex, tree.nodes[node].kind == .object else { return false }
    for index in code.discriminatorSlices[Int(step.c)].indices {
      let discriminator = code.discriminators[index]
      let set = code.setList[Int(discriminator.sets.start + branch)]
      guard set != noIndex, let value = machine.member(discriminator.name, of: UInt32(clamping: node)),
        value != cursor, tree.nodes[Int(value)].kind != .missing, !machine.isMalformed(value)
      else { continue }
      if !machine.contains(code.constantSets[Int(set)], value) { return true }
    }
    return false
  }

  /// Whether a branch has no place for a member that stands here: what can be said of many branches without a trial.
  private func forbidsMember(_ branch: UInt32, _ node: Int) -> Bool {
    guard tree.nodes[node].kind == .object else { return false }
    let tables = code.places[Int(branch)].steps.indices.lazy.filter { code.steps[$0].operation == .object }
      .map { code.objects[Int(code.steps[$0].a)] }
    return tables.contains { table in
      tree.children(of: node).prefix(Self.trialLimit).contains { child in
        child != Int(cursor)
          && program.named(tree.keyBytes(of: child), table).contains { code.places[Int($0)].flags.contains(.never) }
      }
    }
  }

  /// Whether nothing but what is still missing, or being typed, speaks against a place.
  private mutating func fits(_ place: EntryPlace, _ node: UInt32) -> Bool {
    guard let faults = faults(of: place, at: node) else { return true }
    return faults.allSatisfy { fault in
      switch fault.code {
      case .required, .dependentRequired, .containsTooFew, .oneOfMany: true
      default: isTyped(fault)
      }
    }
  }

  /// Whether a condition holds; `nil` if that hangs on what is being typed.
  private mutating func isMet(_ place: EntryPlace, _ node: UInt32) -> Bool? {
    guard let faults = faults(of: place, at: node) else { return nil }
    if faults.isEmpty { return true }
    return faults.allSatisfy(isTyped) ? nil : false
  }

  /// `nil` if it takes too long to say.
  private mutating func faults(of place: EntryPlace, at node: UInt32) -> [Fault]? {
    guard trialsLeft > 0 else { return nil }
    trialsLeft -= 1
    machine.prepare(tree, watched: noIndex, maximumSteps: Self.stepsPerTrial + 100 * tree.nodes.count)
    machine.evaluate(place, at: node)
    guard !machine.isExhausted else { return nil }
    return machine.faults.map { fault in
      fault.code == .rule && Int(fault.detail) < machine.causes.count ? machine.causes[Int(fault.detail)] : fault
    }
  }

  private func isTyped(_ fault: Fault) -> Bool {
    let node = fault.node & ~keyBit
    return cursor < UInt32(clamping: tree.nodes.count) && cursor <= node && node < tree.nodes[Int(cursor)].subtreeEnd
  }

  // MARK: One step down

  /// The places of a child, before what they refer to.
  private func step(from spot: SchemaSpot, to child: Int, in parent: Int) -> SchemaSpot {
    if tree.nodes[parent].kind == .array {
      var ordinal = 0
      for sibling in tree.children(of: parent) {
        if sibling == child { break }
        ordinal += 1
      }
      return element(ordinal, of: spot)
    }
    return member(tree.keyBytes(of: child), of: spot)
  }

  func member(_ key: [UInt8], of spot: SchemaSpot) -> SchemaSpot {
    let objects = SpotObjects(spot, program)
    return objects.member(key, among: objects.all.indices)
  }

  func element(_ ordinal: Int, of spot: SchemaSpot) -> SchemaSpot {
    var found = SpotBuilder()
    for entry in spot.entries {
      let inside = program.entering(entry.place)
      for step in code.places[Int(entry.place.place)].steps.indices where code.steps[step].operation == .array {
        let table = code.arrays[Int(code.steps[step].a)]
        let place =
          ordinal < table.prefix.indices.count
          ? code.placeList[Int(table.prefix.start) + ordinal] : table.items
        if place != noIndex {
          found.add(EntryPlace(place: place, resources: inside), isCertain: entry.isCertain)
        }
      }
    }
    return found.spot
  }

  /// A spot that nothing is written at yet, with everything that may apply there.
  mutating func opened(_ spot: SchemaSpot) -> SchemaSpot { expanded(spot, at: 0, isOpen: true) }
}

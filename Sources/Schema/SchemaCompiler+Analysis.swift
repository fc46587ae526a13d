/// What is worked out once all places are known: how branches are told apart, and which places refer to themselves.
extension SchemaCompiler {
  /// The most properties a choice is told apart by.
  private static let maximumDiscriminators = 4

  mutating func findDiscriminators() {
    for step in code.steps.indices {
      let operation = code.steps[step].operation
      guard operation == .anyOf || operation == .oneOf, code.steps[step].b - code.steps[step].a > 1 else { continue }
      let branches = (code.steps[step].a..<code.steps[step].b).map { code.placeList[Int($0)] }
      let sets = branches.map { propertyConstants(of: $0) }
      let index = choiceIndex(of: branches, propertySets: sets)
      var counts: [UInt32: Int] = [:]
      for branch in sets { for name in branch.keys { counts[name, default: 0] += 1 } }
      let names = counts.filter { $0.value > 1 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      guard !names.isEmpty || index != nil else { continue }
      let start = UInt32(clamping: code.discriminators.count)
      for (name, _) in names.prefix(Self.maximumDiscriminators) {
        let first = UInt32(clamping: code.setList.count)
        code.setList += sets.map { $0[name] ?? noIndex }
        let slice = Slice(start: first, end: UInt32(clamping: code.setList.count))
        code.discriminators.append(Discriminator(name: name, sets: slice))
      }
      code.discriminatorSlices.append(Slice(start: start, end: UInt32(clamping: code.discriminators.count)))
      code.choiceIndexes.append(index)
      code.steps[step].c = UInt32(clamping: code.discriminatorSlices.count - 1)
    }
  }

  /// The constant sets that a place demands of the properties of an object.
  private func propertyConstants(of place: UInt32) -> [UInt32: UInt32] {
    var found: [UInt32: UInt32] = [:]
    for same in demands(of: place) {
      for step in code.places[Int(same)].steps.indices where code.steps[step].operation == .object {
        for member in code.objects[Int(code.steps[step].a)].members.indices {
          let property = code.members[member]
          guard property.place != noIndex, found[property.name] == nil else { continue }
          found[property.name] = constantSet(of: property.place)
        }
      }
    }
    return found
  }

  func constantSet(of place: UInt32) -> UInt32? {
    for same in demands(of: place) {
      for assertion in code.places[Int(same)].assertions.indices
      where code.assertions[assertion].operation == .constants {
        return code.assertions[assertion].operand
      }
    }
    return nil
  }

  /// The places whose demands a value of `place` must meet in any case: itself, and through `$ref` and `allOf`.
  func demands(of place: UInt32) -> [UInt32] {
    var found = [place]
    var next = 0
    while next < found.count, found.count < 64 {
      for step in code.places[Int(found[next])].steps.indices {
        let targets: [UInt32]
        switch code.steps[step].operation {
        case .reference: targets = [code.steps[step].a]
        case .allOf: targets = (code.steps[step].a..<code.steps[step].b).map { code.placeList[Int($0)] }
        default: continue
        }
        for target in targets where !found.contains(target) { found.append(target) }
      }
      next += 1
    }
    return found
  }

  /// Reports places that lead back to themselves for the same value. Evaluation passes over such a turn by itself.
  mutating func findLoops() {
    enum Mark { case new, open, done }
    var marks = [Mark](repeating: .new, count: code.places.count)
    for start in code.places.indices where marks[start] == .new {
      var path: [(place: Int, next: [UInt32])] = [(start, sameValueTargets(of: start))]
      marks[start] = .open
      while let last = path.indices.last {
        guard let target = path[last].next.popLast() else {
          marks[path[last].place] = .done
          path.removeLast()
          continue
        }
        let place = Int(target)
        switch marks[place] {
        case .done: continue
        case .open:
          guard !code.places[place].flags.contains(.mayTurn) else { continue }
          code.places[place].flags.insert(.mayTurn)
          report(
            "This refers to itself for one and the same value, so it says nothing.",
            Int(code.places[place].document), Int(code.places[place].node))
        case .new:
          marks[place] = .open
          path.append((place, sameValueTargets(of: place)))
        }
      }
    }
  }

  private func sameValueTargets(of place: Int) -> [UInt32] {
    var targets: [UInt32] = []
    for index in code.places[place].steps.indices {
      let step = code.steps[index]
      switch step.operation {
      case .reference, .not: targets.append(step.a)
      case .allOf, .anyOf, .oneOf: targets += (step.a..<step.b).map { code.placeList[Int($0)] }
      case .condition: targets += [step.a, step.b, step.c].filter { $0 != noIndex }
      case .dependentSchemas: targets += (step.a..<step.b).map { code.dependentSchemas[Int($0)].place }
      case .object, .array, .dynamicReference, .contains, .unevaluatedItems, .unevaluatedProperties: continue
      }
    }
    return targets
  }
}

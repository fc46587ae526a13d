package import Manifest

/// Where records enter the schema.
extension SchemaProgram {
  private static let maximumAlternatives = 16

  /// The places that apply to the records of a pattern; `nil` means the document itself.
  ///
  /// `ordinal` and `key` say which of the pattern's records is meant, where that matters (see `SchemaEntry`). Found by
  /// walking from the root; branches of `anyOf` and `oneOf` that lead there are alternatives. Cost: the places on the way; keep the result.
  package func entry(for pattern: RecordShape.Pattern?, ordinal: Int? = nil, key: [UInt8]? = nil) -> SchemaEntry {
    var entry = SchemaEntry(alternatives: [[EntryPlace(place: root, resources: [])]])
    guard let pattern else { return entry }
    for (index, step) in pattern.steps.enumerated() {
      let isLast = index == pattern.steps.count - 1
      var next: [[EntryPlace]] = []
      var prefix = 0
      var dependsOnKey = false
      for alternative in expanded(entry.alternatives) {
        var reached: [EntryPlace] = []
        for place in alternative {
          let found = children(of: place, step, ordinal: isLast ? ordinal : nil, key: isLast ? key : nil)
          reached += found.places
          prefix = max(prefix, found.prefixCount)
          dependsOnKey = dependsOnKey || found.dependsOnKey
        }
        if !reached.isEmpty, !next.contains(reached) { next.append(reached) }
      }
      entry = SchemaEntry(
        alternatives: Array(next.prefix(Self.maximumAlternatives)), prefixCount: prefix, dependsOnKey: dependsOnKey)
    }
    return entry
  }

  /// The entry of a line of JSONL, for schemas that describe a list of lines as well as for those that describe one line.
  package func entryForLine(ordinal: Int? = nil) -> SchemaEntry {
    let asElement = RecordShape.Pattern("/*").map { entry(for: $0, ordinal: ordinal) }
    if let asElement, !asElement.isEmpty { return asElement }
    return entry(for: nil)
  }

  // MARK: Walking

  /// Each alternative with everything that applies at the same value; choices multiply the alternatives.
  func expanded(_ alternatives: [[EntryPlace]]) -> [[EntryPlace]] {
    var waiting = alternatives.reversed().map { (places: $0, next: 0) }
    var done: [[EntryPlace]] = []
    while var (places, next) = waiting.popLast() {
      var variants: [[EntryPlace]] = []
      while next < places.count, places.count < 256, variants.count < 2 {
        let place = places[next]
        next += 1
        addDemands(of: place, to: &places)
        variants = variantsByChoice(of: place, places, room: Self.maximumAlternatives - waiting.count - done.count)
        if variants.count == 1 { places = variants[0] }
      }
      if variants.count < 2 { done.append(places) } else { waiting += variants.reversed().map { ($0, next) } }
    }
    return done
  }

  func addDemands(of place: EntryPlace, to places: inout [EntryPlace]) {
    let inside = entering(place)
    for index in code.places[Int(place.place)].steps.indices {
      let step = code.steps[index]
      switch step.operation {
      case .reference: add(step.a, inside, to: &places)
      case .dynamicReference: add(code.dynamicReferences[Int(step.a)].fallback, inside, to: &places)
      case .allOf: for target in step.a..<step.b { add(code.placeList[Int(target)], inside, to: &places) }
      default: continue
      }
    }
  }

  private func variantsByChoice(of place: EntryPlace, _ places: [EntryPlace], room: Int) -> [[EntryPlace]] {
    let inside = entering(place)
    var variants = [places]
    for index in code.places[Int(place.place)].steps.indices {
      let step = code.steps[index]
      guard step.operation == .anyOf || step.operation == .oneOf, variants.count * Int(step.b - step.a) <= room else {
        continue
      }
      variants = variants.flatMap { variant in
        (step.a..<step.b).map { target in
          var branch = variant
          add(code.placeList[Int(target)], inside, to: &branch)
          return branch
        }
      }
    }
    return variants
  }

  private func add(_ place: UInt32, _ resources: [UInt32], to places: inout [EntryPlace]) {
    guard !places.contains(where: { $0.place == place }) else { return }
    places.append(EntryPlace(place: place, resources: resources))
  }

  func entering(_ place: EntryPlace) -> [UInt32] {
    guard code.isDynamic else { return [] }
    let resource = code.places[Int(place.place)].resource
    return place.resources.last == resource ? place.resources : place.resources + [resource]
  }

  struct Reached {
    var places: [EntryPlace] = []
    var prefixCount = 0
    var dependsOnKey = false
  }

  func children(of place: EntryPlace, _ step: RecordShape.Step, ordinal: Int?, key: [UInt8]?) -> Reached {
    var reached = Reached()
    let resources = entering(place)
    func take(_ index: UInt32) {
      guard index != noIndex else { return }
      reached.places.append(EntryPlace(place: index, resources: resources))
    }
    for index in code.places[Int(place.place)].steps.indices {
      let operation = code.steps[index].operation
      if operation == .array || operation == .object || operation == .unevaluatedItems {
        switch operation {
        case .unevaluatedItems:
          if step == .every, reached.places.isEmpty { take(code.steps[index].a) }
        case .array:
          guard step == .every else { continue }
          let table = code.arrays[Int(code.steps[index].a)]
          reached.prefixCount = table.prefix.indices.count
          if let ordinal, ordinal >= 0, ordinal < reached.prefixCount {
            take(code.placeList[Int(table.prefix.start) + ordinal])
          } else {
            take(table.items)
          }
        default:
          let table = code.objects[Int(code.steps[index].a)]
          switch step {
          case .key(let name): named(Array(name.utf8), table).forEach(take)
          case .every:
            if let key {
              named(key, table).forEach(take)
            } else if table.additional != noIndex {
              take(table.additional)
            } else if table.patterns.indices.count == 1 {
              take(code.keyPatterns[table.patterns.indices.lowerBound].place)
            }
            if !table.patterns.isEmpty || !table.members.isEmpty { reached.dependsOnKey = true }
          }
        }
      }
    }
    return reached
  }

  func named(_ name: [UInt8], _ table: ObjectTable) -> [UInt32] {
    var found: [UInt32] = []
    let index = code.names.find(0..<name.count, in: name.span)
    if index != noIndex, let slot = code.slot(of: index, in: table) {
      let place = code.members[Int(table.members.start) + slot].place
      if place != noIndex { found.append(place) }
    }
    let matcher = PatternMatcher()
    for entry in table.patterns.indices {
      let pattern = code.patterns[Int(code.keyPatterns[entry].pattern)]
      if matcher.search(pattern, in: name.span, 0..<name.count) == .matches {
        found.append(code.keyPatterns[entry].place)
      }
    }
    return found.isEmpty && table.additional != noIndex ? [table.additional] : found
  }
}

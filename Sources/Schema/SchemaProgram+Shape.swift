package import Manifest

/// Where a document can be cut so that its parts, each checked alone, are found right exactly if the whole is.
extension SchemaProgram {
  /// Arrays of objects, and objects with any names whose values are objects, at any depth.
  ///
  /// Not cut is what some keyword must see whole: `contains`, a choice or condition around it, and so on. Lists in which nothing
  /// may stand twice are cut, and their entries left whole: whoever cuts them compares these, see `uniqueLists`.
  package var naturalShape: RecordShape { cut.shape }

  /// Whether it says of values only what they must be: nothing of ids, terms, fields or rules, which may hang on where records begin.
  package var isFormAlone: Bool { code.vocabularies.isEmpty }

  /// Lists of the natural shape in which nothing may stand twice, with the place of the schema that says so.
  package var uniqueLists: [(pattern: RecordShape.Pattern, place: UInt32)] { cut.unique }

  private var cut: (shape: RecordShape, unique: [(pattern: RecordShape.Pattern, place: UInt32)]) {
    var patterns: [RecordShape.Pattern] = []
    var unique: [(pattern: RecordShape.Pattern, place: UInt32)] = []
    var waiting: [(path: String, depth: Int, places: [EntryPlace])] = [
      ("", 0, [EntryPlace(place: root, resources: [])])
    ]
    var next = 0
    while next < waiting.count, patterns.count < 31, waiting.count < 4096 {
      let (path, depth, start) = waiting[next]
      next += 1
      guard depth < 8, let places = demands(start) else { continue }
      let types = types(places)
      if types == .array || types == .object, !seesChildrenTogether(places) {
        let every = places.flatMap { children(of: $0, .every, ordinal: nil, key: nil).places }
        let isObjects = demands(every).map { self.types($0) == .object || isObjectLike($0) } ?? isObjectLike(every)
        if isObjects, let pattern = RecordShape.Pattern(path + "/*"), !patterns.contains(pattern) {
          patterns.append(pattern)
          if types == .array, let place = uniquePlace(places) {
            unique.append((pattern, place))
          } else {
            waiting.append((path + "/*", depth + 1, every))
          }
        }
      }
      guard types.contains(.object) else { continue }
      for (name, found) in namedChildren(of: places) where name != "*" {
        let escaped = name.unicodeScalars.reduce(into: "") {
          $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1)
        }
        waiting.append((path + "/" + escaped, depth + 1, found))
      }
    }
    return (RecordShape(patterns), unique)
  }

  /// The place that wants every element to be another.
  private func uniquePlace(_ places: [EntryPlace]) -> UInt32? {
    places.map(\.place).first { place in
      code.places[Int(place)].assertions.indices.contains { code.assertions[$0].operation == .uniqueItems }
    }
  }

  /// The places and all that apply with them in any case; `nil` if something else may apply, or is said of the value as a whole.
  private func demands(_ start: [EntryPlace]) -> [EntryPlace]? {
    guard !start.isEmpty else { return nil }
    var places = start
    var next = 0
    while next < places.count {
      guard places.count < 256, isCertain(places[next].place) else { return nil }
      addDemands(of: places[next], to: &places)
      next += 1
    }
    return places
  }

  private func isCertain(_ index: UInt32) -> Bool {
    let place = code.places[Int(index)]
    if place.flags.contains(.hasRule) { return false }
    let isConstant = place.assertions.indices.contains { code.assertions[$0].operation == .constants }
    return !isConstant
      && place.steps.indices.allSatisfy { step in
        switch code.steps[step].operation {
        case .object, .array, .reference, .allOf: true
        case .dynamicReference, .anyOf, .oneOf, .not, .condition, .dependentSchemas, .contains, .unevaluatedItems,
          .unevaluatedProperties:
          false
        }
      }
  }

  private func types(_ places: [EntryPlace]) -> TypeMask {
    places.reduce(.any) { $0.intersection(code.places[Int($1.place)].types) }
  }

  private func seesChildrenTogether(_ places: [EntryPlace]) -> Bool {
    places.contains { place in
      let own = code.places[Int(place.place)]
      return own.steps.indices.contains { index in
        guard code.steps[index].operation == .object else { return false }
        let table = code.objects[Int(code.steps[index].a)]
        return table.needsPresence || table.names != noIndex
      }
    }
  }

  private func isObjectLike(_ places: [EntryPlace]) -> Bool {
    places.contains { place in
      let own = code.places[Int(place.place)]
      if own.types == .object { return true }
      return own.types.contains(.object)
        && own.steps.indices.contains {
          code.steps[$0].operation == .object && !code.objects[Int(code.steps[$0].a)].members.isEmpty
        }
    }
  }

  private func namedChildren(of places: [EntryPlace]) -> [(String, [EntryPlace])] {
    var found: [(name: UInt32, places: [EntryPlace])] = []
    var known: [UInt32: Int] = [:]
    for place in places {
      for index in code.places[Int(place.place)].steps.indices where code.steps[index].operation == .object {
        for member in code.objects[Int(code.steps[index].a)].members.indices {
          let (name, target) = (code.members[member].name, code.members[member].place)
          guard target != noIndex else { continue }
          let reached = EntryPlace(place: target, resources: entering(place))
          if let index = known[name] {
            found[index].places.append(reached)
          } else {
            known[name] = found.count
            found.append((name, [reached]))
          }
        }
      }
    }
    return found.map { (code.names.text(of: $0.name), $0.places) }
  }
}

package import Manifest

/// What may be written at a place of a record that is still being typed.
extension SchemaEvaluator {
  /// The spot of a node whose value is being typed: nothing in it counts.
  ///
  /// Cost: the places on the way from the record's root; see `SpotFinder`.
  package func spot(ofValue node: Int, in tree: RecordTree, at entry: SchemaEntry) -> SchemaSpot {
    var finder = SpotFinder(program, tree, cursor: node)
    return finder.spot(of: node, at: entry, isOpen: true)
  }

  /// The spot of a new element of an array, as the one number `ordinal`.
  package func spot(ofElement ordinal: Int, of array: Int, in tree: RecordTree, at entry: SchemaEntry) -> SchemaSpot {
    var finder = SpotFinder(program, tree, cursor: array)
    let spot = finder.spot(of: array, at: entry, isOpen: false)
    return finder.opened(finder.element(ordinal, of: spot))
  }

  /// The members that an object may still have, in the schema's order, those that must be there first.
  ///
  /// `cursor` is the member being typed; its key and value do not count, not even as present.
  package func members(of object: Int, in tree: RecordTree, at entry: SchemaEntry, cursor: Int?) -> [MemberSuggestion] {
    guard tree.nodes.indices.contains(object), tree.nodes[object].kind == .object else { return [] }
    var finder = SpotFinder(program, tree, cursor: cursor ?? Int(UInt32.max))
    let spot = finder.spot(of: object, at: entry, isOpen: false)
    var present: Set<[UInt8]> = []
    for child in tree.children(of: object) where child != cursor { present.insert(tree.keyBytes(of: child)) }
    return members(of: spot, without: present, &finder)
  }

  /// What is being asked for where a member's key stands already: the same as `members`, for one key.
  package func spot(
    ofMember key: [UInt8], of object: Int, in tree: RecordTree, at entry: SchemaEntry, cursor: Int
  ) -> SchemaSpot {
    var finder = SpotFinder(program, tree, cursor: cursor)
    let spot = finder.spot(of: object, at: entry, isOpen: false)
    return finder.opened(finder.member(key, of: spot))
  }

  func members(
    of spot: SchemaSpot, without present: Set<[UInt8]>, _ finder: inout SpotFinder
  ) -> [MemberSuggestion] {
    let objects = SpotObjects(spot, program)
    var order: [UInt32] = []
    var required: Set<UInt32> = []
    for object in objects.all {
      for index in object.table.members.indices {
        let member = program.code.members[index]
        order.append(member.name)
        if member.isRequired, object.isCertain { required.insert(member.name) }
      }
      if object.table.names != noIndex { order += listedNames(object.table.names) }
    }
    var seen: Set<UInt32> = []
    let names = order.filter { seen.insert($0).inserted }.sorted { a, b in
      let (first, second) = (required.contains(a), required.contains(b))
      return first == second ? a < b : first
    }
    return names.compactMap { name in
      let key = Array(program.code.names.bytes(of: name))
      guard !present.contains(key) else { return nil }
      let found = finder.opened(objects.member(name))
      guard !found.entries.contains(where: { $0.isCertain && isNever($0.place.place) }), !isSilent(found) else {
        return nil
      }
      return MemberSuggestion(
        key: key, isRequired: required.contains(name), isDeprecated: isDeprecated(found), spot: found)
    }
  }

  /// The names that `propertyNames` lists one by one and the schema knows otherwise.
  private func listedNames(_ place: UInt32) -> [UInt32] {
    constantNodes(of: place).compactMap { constant in
      let text = program.code.documents[constant.document].tree.plainText(of: constant.node)
      let name = program.code.names.find(0..<text.count, in: text.span)
      return name == noIndex ? nil : name
    }
  }

  func constantNodes(of place: UInt32) -> [(document: Int, node: Int)] {
    program.code.places[Int(place)].assertions.indices.flatMap { index -> [(Int, Int)] in
      let assertion = program.code.assertions[index]
      guard assertion.operation == .constants else { return [] }
      // The table is sorted by hash; people want the order of the schema.
      return program.code.constantSets[Int(assertion.operand)].constants.indices
        .map { (Int(program.code.constants[$0].document), Int(program.code.constants[$0].node)) }.sorted { $0.1 < $1.1 }
    }
  }

  // MARK: Notes

  func isNever(_ place: UInt32) -> Bool { program.code.places[Int(place)].flags.contains(.never) }

  func isDeprecated(_ spot: SchemaSpot) -> Bool {
    program.code.warnsOfUse
      && spot.entries.contains { entry in
        let note = program.code.places[Int(entry.place.place)].vocabulary
        return note != noIndex && program.code.vocabularies[Int(note)].vocabulary.deprecation != nil
      }
  }

  /// `doNotSuggest`: it may be written, and nobody is to be led there.
  private func isSilent(_ spot: SchemaSpot) -> Bool {
    spot.entries.contains {
      keyword("doNotSuggest", of: $0.place.place).map { $0.tree.nodes[$0.node].kind == .true } ?? false
    }
  }

  /// The value of a keyword in the text of a place.
  func keyword(_ name: String, of place: UInt32) -> (tree: RecordTree, node: Int)? {
    let own = program.code.places[Int(place)]
    let tree = program.code.documents[Int(own.document)].tree
    return tree.member(name, of: Int(own.node)).map { (tree, $0) }
  }
}

extension SchemaProgram {
  /// What the spot's values are to other values.
  package func links(of spot: SchemaSpot) -> SpotLinks {
    var links = SpotLinks()
    for entry in spot.entries {
      let note = code.places[Int(entry.place.place)].vocabulary
      guard note != noIndex else { continue }
      let vocabulary = code.vocabularies[Int(note)].vocabulary
      links.definitions += vocabulary.defines.map(Int.init)
      links.references += vocabulary.references.map(Int.init)
      links.terms += vocabulary.terms.map(Int.init)
      links.media += vocabulary.media.map(Int.init)
      links.isPrivate = links.isPrivate || vocabulary.isPrivate
    }
    return links
  }

  /// Which kinds of value a spot takes, for display: `number`, `text or list`; `nil` where it is open.
  package func kinds(of spot: SchemaSpot) -> String? {
    let mask = types(of: spot)
    guard mask != .any, !mask.isEmpty else { return nil }
    var names: [String] = []
    for (type, name) in [
      (TypeMask.string, "text"), (.integer, "whole number"), (.number, "number"), (.boolean, "true or false"),
      (.object, "group"), (.array, "list"), (.null, "nothing"),
    ] where mask.has(type) && !(type == .integer && mask.has(.number)) { names.append(name) }
    return names.joined(separator: ", ")
  }

  /// Whether a whole number may stand there.
  package func takesNumbers(_ spot: SchemaSpot) -> Bool { types(of: spot).has(.integer) }

  /// The kinds of value that all certain places allow, and one of the others at least.
  func types(of spot: SchemaSpot) -> TypeMask {
    var certain = TypeMask.any
    var possible: TypeMask = []
    for entry in spot.entries {
      let types = widened(code.places[Int(entry.place.place)].types)
      if entry.isCertain { certain.formIntersection(types) } else { possible.formUnion(types) }
    }
    let both = certain.intersection(possible)
    return possible.isEmpty || both.isEmpty ? certain : both
  }

  /// Whole numbers are numbers.
  private func widened(_ types: TypeMask) -> TypeMask { types.has(.number) ? types.union(.integer) : types }
}

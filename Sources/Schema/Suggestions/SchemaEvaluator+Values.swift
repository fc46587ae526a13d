import Findings
import Manifest

/// The values that may stand at a spot.
extension SchemaEvaluator {
  /// More than this are not listed.
  private static let valueLimit = 1000

  /// The values a schema names for a spot: listed ones, the default, examples, prepared texts, and words that the kind allows.
  ///
  /// Each is checked against every certain place. Cost: the values times those places.
  package func values(at spot: SchemaSpot) -> [ValueSuggestion] {
    var values: [ValueSuggestion] = []
    var seen: Set<[UInt8]> = []
    func add(_ value: ValueSuggestion) {
      guard values.count < Self.valueLimit, seen.insert(value.body.plain).inserted else { return }
      values.append(value)
    }
    let types = program.types(of: spot)
    let certain = spot.entries.filter(\.isCertain).map(\.place)
    for entry in spot.entries {
      for value in listed(entry.place.place) where fits(value.body.plain, certain) { add(value) }
    }
    let isListed = !values.isEmpty
    for entry in spot.entries {
      let place = entry.place.place
      for value in named("default", .default, place) + named("examples", .example, place)
      where fits(value.body.plain, certain) { add(value) }
      snippets(of: place, types: types).forEach(add)
    }
    guard !isListed, types != .any else { return values }
    for (word, type) in [("true", TypeMask.boolean), ("false", .boolean), ("null", .null)] where types.has(type) {
      add(ValueSuggestion(source: .word, body: SnippetBody(Array(word.utf8))))
    }
    return values
  }

  /// Whether nothing but gaps speaks against a value.
  private func fits(_ text: [UInt8], _ places: [EntryPlace]) -> Bool {
    guard !places.isEmpty else { return true }
    let tree = RecordTree(parsing: text)
    var machine = Machine(code: program.code)
    for place in places {
      machine.prepare(tree, watched: noIndex, maximumSteps: 10_000)
      machine.evaluate(place)
      if !machine.faults.isEmpty { return false }
    }
    return true
  }

  private func listed(_ place: UInt32) -> [ValueSuggestion] {
    let constants = constantNodes(of: place)
    guard !constants.isEmpty else { return [] }
    let texts = keyword("markdownEnumDescriptions", of: place) ?? keyword("enumDescriptions", of: place)
    let descriptions =
      texts.map { list in list.tree.children(of: list.node).map { list.tree.plainString(of: $0) } } ?? []
    return constants.enumerated().map { index, constant in
      let tree = program.code.documents[constant.document].tree
      return ValueSuggestion(
        source: .listed, body: SnippetBody(compact(tree, constant.node)),
        markdown: index < descriptions.count ? descriptions[index] : nil)
    }
  }

  private func named(_ name: String, _ source: ValueSuggestion.Source, _ place: UInt32) -> [ValueSuggestion] {
    guard let (tree, node) = keyword(name, of: place) else { return [] }
    let nodes = source == .example && tree.nodes[node].kind == .array ? Array(tree.children(of: node)) : [node]
    return nodes.map { ValueSuggestion(source: source, body: SnippetBody(compact(tree, $0))) }
  }

  /// JSON text without the line breaks a schema may have: what goes into a line of somebody's file has to be one line.
  private func compact(_ tree: RecordTree, _ node: Int) -> [UInt8] {
    var writer = SnippetWriter(tree: tree, program: nil)
    writer.write(node, spot: nil)
    return writer.body.plain
  }

  // MARK: Prepared texts

  private func snippets(of place: UInt32, types: TypeMask) -> [ValueSuggestion] {
    guard let (tree, list) = keyword("defaultSnippets", of: place), tree.nodes[list].kind == .array else { return [] }
    return tree.children(of: list).compactMap { snippet(tree, $0, place) }.filter {
      kind(of: $0.body.plain, isIn: types)
    }
  }

  /// The prepared texts for elements that a list itself has: those whose text is no list.
  package func elementSnippets(of array: SchemaSpot) -> [ValueSuggestion] {
    array.entries.flatMap { entry -> [ValueSuggestion] in
      guard let (tree, list) = keyword("defaultSnippets", of: entry.place.place), tree.nodes[list].kind == .array else {
        return []
      }
      return tree.children(of: list).compactMap { snippet(tree, $0, entry.place.place) }
        .filter { !kind(of: $0.body.plain, isIn: .array) }
    }
  }

  private func kind(of text: [UInt8], isIn types: TypeMask) -> Bool {
    switch text.first {
    case UInt8(ascii: "{"): types.has(.object)
    case UInt8(ascii: "["): types.has(.array)
    case UInt8(ascii: "\""): types.has(.string)
    default: true
    }
  }

  private func snippet(_ tree: RecordTree, _ node: Int, _ place: UInt32) -> ValueSuggestion? {
    guard let body = tree.member("body", of: node) else { return nil }
    var writer = SnippetWriter(tree: tree, program: program)
    let spot = SchemaSpot(entries: [SchemaSpot.Entry(place: EntryPlace(place: place, resources: []), isCertain: true)])
    var finder = SpotFinder(program, tree, cursor: body)
    var own = finder.opened(spot)
    // A list may prepare its elements.
    if tree.nodes[body].kind == .object, !program.types(of: own).has(.object) {
      own = finder.opened(finder.element(0, of: own))
    }
    writer.write(body, spot: own)
    return ValueSuggestion(
      source: .snippet, label: tree.member("label", of: node).flatMap { tree.plainString(of: $0) }, body: writer.body,
      markdown: tree.member("description", of: node).flatMap { tree.plainString(of: $0) })
  }
}

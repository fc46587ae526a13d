import Manifest

/// Loading documents: which parts are resources, where the anchors are, where a reference leads.
extension SchemaCompiler {
  private enum Nesting { case one, each, named, oneOrEach }

  /// Where subschemas stand, and in which editions: elsewhere the same name is nobody's.
  private static let nestings: [String: (nesting: Nesting, from: Draft, upTo: Draft)] = [
    "not": (.one, .draft4, .draft2020), "additionalProperties": (.one, .draft4, .draft2020),
    "additionalItems": (.one, .draft4, .draft2019), "items": (.oneOrEach, .draft4, .draft2020),
    "allOf": (.each, .draft4, .draft2020), "anyOf": (.each, .draft4, .draft2020),
    "oneOf": (.each, .draft4, .draft2020), "properties": (.named, .draft4, .draft2020),
    "patternProperties": (.named, .draft4, .draft2020), "definitions": (.named, .draft4, .draft2020),
    "dependencies": (.named, .draft4, .draft2020), "propertyNames": (.one, .draft6, .draft2020),
    "contains": (.one, .draft6, .draft2020), "if": (.one, .draft7, .draft2020), "then": (.one, .draft7, .draft2020),
    "else": (.one, .draft7, .draft2020), "$defs": (.named, .draft2019, .draft2020),
    "unevaluatedItems": (.one, .draft2019, .draft2020), "unevaluatedProperties": (.one, .draft2019, .draft2020),
    "contentSchema": (.one, .draft2019, .draft2020), "dependentSchemas": (.named, .draft2019, .draft2020),
    "prefixItems": (.each, .draft2020, .draft2020),
  ]

  /// `draft` is the edition of who asks: it counts where the document names none itself.
  mutating func load(_ source: SchemaSource, uri: String, draft: Draft = .draft2020) -> Int {
    var tree = RecordTree(parsing: source.bytes)
    // It is kept, and so would be the room it grew in.
    tree.nodes = tree.nodes.map(\.self)
    let document = code.documents.count
    code.documents.append(SchemaDocument(uri: uri, tree: tree))
    let none = [UInt32](repeating: noIndex, count: tree.nodes.count)
    states.append(DocumentState(resourceOf: none, placeOf: none))
    if let problem = tree.problems.first {
      problems.append(
        SchemaProblem(
          uri: uri, pointer: "", range: problem.range, in: source.bytes,
          message: "This file has \(tree.problems.count) syntax errors; the parts they touch may be read wrongly."))
    }
    var resource = Resource(uri: uri, document: document, node: 0, draft: draft)
    if let value = tree.membersByKey(of: 0)["$schema"], let dialect = tree.plainString(of: value) {
      adopt(dialect, for: &resource, at: value)
    }
    resources.append(resource)
    if resourceByURI[uri] == nil { resourceByURI[uri] = resources.count - 1 }
    index(document, resource: resources.count - 1)
    return document
  }

  /// Visits the subschemas of a document, and nothing that only looks like one (`enum`, `const`, unknown keywords).
  private mutating func index(_ document: Int, resource root: Int) {
    let tree = code.documents[document].tree
    var waiting = [(node: 0, resource: root)]
    while let (node, outer) = waiting.popLast() {
      guard states[document].resourceOf[node] == noIndex else { continue }
      let members = tree.membersByKey(of: node)
      let resource = enter(document, node, members, outer: outer)
      states[document].resourceOf[node] = UInt32(clamping: resource)
      let draft = resources[resource].draft
      for (keyword, value) in members {
        guard let (nesting, from, upTo) = Self.nestings[keyword], draft >= from, draft <= upTo else { continue }
        let isList = tree.nodes[value].kind == .array
        if nesting == .one || (nesting == .oneOrEach && !isList) {
          waiting.append((value, resource))
        } else if isList != (nesting == .named) {
          for child in tree.children(of: value) { waiting.append((child, resource)) }
        }
      }
    }
  }

  private mutating func enter(_ document: Int, _ node: Int, _ members: [String: Int], outer: Int) -> Int {
    let tree = code.documents[document].tree
    func text(_ key: String) -> String? { members[key].flatMap { tree.plainString(of: $0) } }
    var resource = outer
    var draft = resources[outer].draft
    if let named = text("$schema").flatMap(Draft.init(dialect:)) { draft = named }
    let isHidden = draft.refHidesSiblings && members["$ref"] != nil
    if let id = text(draft.idKeyword), !isHidden {
      let reference = URIReference(id)
      if !reference.withoutFragment.isEmpty {
        let uri = reference.resolved(against: URIReference(resources[outer].uri)).withoutFragment
        if node == 0 {
          resources[outer].uri = uri
        } else {
          var inner = Resource(uri: uri, document: document, node: node, draft: draft)
          inner.keywords = resources[outer].keywords
          inner.assertsFormat = resources[outer].assertsFormat
          if let value = members["$schema"], let dialect = text("$schema") { adopt(dialect, for: &inner, at: value) }
          resources.append(inner)
          resource = resources.count - 1
        }
        resourceByURI[uri] = resource
      }
      if let fragment = reference.fragment, !fragment.isEmpty, !fragment.hasPrefix("/"), draft <= .draft7 {
        anchors[resources[resource].uri + "#" + fragment] = (document, node)
      }
    }
    guard draft >= .draft2019 else { return resource }
    if let name = text("$anchor") { anchors[resources[resource].uri + "#" + name] = (document, node) }
    if draft >= .draft2020, let name = text("$dynamicAnchor") {
      let key = resources[resource].uri + "#" + name
      anchors[key] = (document, node)
      addDynamicAnchor(name, key: key, resource: resource, document, node)
    }
    if draft == .draft2019, let value = members["$recursiveAnchor"], tree.nodes[value].kind == .true {
      resources[resource].isRecursiveAnchor = true
      addDynamicAnchor("", key: resources[resource].uri + "#", resource: resource, document, node)
    }
    return resource
  }

  private mutating func addDynamicAnchor(_ name: String, key: String, resource: Int, _ document: Int, _ node: Int) {
    // The space keeps anchors apart from property names in the one table.
    let anchor = code.names.intern(Array((" " + name).utf8))
    dynamicAnchorNames[key] = anchor
    pendingDynamicAnchors.append((UInt64(UInt32(clamping: resource)) << 32 | UInt64(anchor), document, node))
  }

  /// The place a reference leads to; `nil` after reporting why not. `anchor` is set if a dynamic anchor names it.
  mutating func target(of reference: String, document: Int, node: Int) -> (place: UInt32, anchor: UInt32?)? {
    let base = resources[resource(document, node)]
    let uri = URIReference(reference).resolved(against: URIReference(base.uri))
    let address = uri.withoutFragment
    guard let found = resourceByURI[address] ?? fetch(address, draft: base.draft) else {
      report("`\(reference)` leads nowhere: there is no such file here.", document, node)
      return nil
    }
    let fragment = String(decoding: URIReference.percentDecoded(uri.fragment ?? ""), as: UTF8.self)
    let home = resources[found]
    if fragment.isEmpty { return (place(home.document, home.node), nil) }
    if fragment.hasPrefix("/") {
      guard let target = walk(fragment, home.document, home.node) else {
        report("`\(reference)` leads nowhere: there is no such part in that file.", document, node)
        return nil
      }
      return (place(home.document, target), nil)
    }
    let key = home.uri + "#" + fragment
    guard let target = anchors[key] else {
      report("`\(reference)` leads nowhere: nothing there is called `\(fragment)`.", document, node)
      return nil
    }
    return (place(target.document, target.node), dynamicAnchorNames[key])
  }

  private mutating func fetch(_ uri: String, draft: Draft) -> Int? {
    guard !unresolved.contains(uri), code.documents.count < Self.maximumDocuments, let source = source(of: uri) else {
      unresolved.insert(uri)
      return nil
    }
    let resource = resources.count
    _ = load(source, uri: uri, draft: draft)
    return resource
  }

  /// What stands at an address: what the caller has there, else a metaschema.
  func source(of uri: String) -> SchemaSource? { resolve(uri) ?? BundledSchemas.source(uri) }

  private mutating func walk(_ pointer: String, _ document: Int, _ start: Int) -> Int? {
    var node = start
    for part in pointer.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      let key = JSONText.pointerKey(part)
      guard let child = child(key, of: node, document) else { return nil }
      node = child
    }
    return node
  }

  /// A member by name or an element by ordinal. Wide containers are indexed when they are first looked into.
  private mutating func child(_ key: [UInt8], of node: Int, _ document: Int) -> Int? {
    let tree = code.documents[document].tree
    if tree.nodes[node].childCount <= 32 {
      guard tree.nodes[node].kind == .array else { return tree.lastMember(key, of: node) }
      guard let ordinal = Self.ordinal(key) else { return nil }
      return tree.children(of: node).dropFirst(ordinal).first { _ in true }
    }
    if states[document].children[node] == nil {
      var found: [[UInt8]: Int] = [:]
      for (ordinal, child) in tree.children(of: node).enumerated() {
        found[tree.nodes[node].kind == .array ? Array(String(ordinal).utf8) : tree.plainText(of: child, key: true)] =
          child
      }
      states[document].children[node] = found
    }
    return states[document].children[node]?[key]
  }

  private static func ordinal(_ key: [UInt8]) -> Int? {
    guard !key.isEmpty, key.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else { return nil }
    return Int(String(decoding: key, as: UTF8.self))
  }

  /// Gives dynamic anchors their places, once something refers to one.
  mutating func settleDynamicAnchors() {
    while let (key, document, node) = pendingDynamicAnchors.popLast() {
      code.dynamicAnchors[key] = place(document, node)
    }
  }
}

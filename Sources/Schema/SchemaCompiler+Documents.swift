import Manifest

/// Loading documents: which parts are resources, where the anchors are, where a reference leads.
extension SchemaCompiler {
  private enum Nesting { case one, each, named, oneOrEach }

  private static let nestings: [String: Nesting] = [
    "not": .one, "if": .one, "then": .one, "else": .one, "additionalItems": .one, "additionalProperties": .one,
    "propertyNames": .one, "contains": .one, "unevaluatedItems": .one, "unevaluatedProperties": .one,
    "contentSchema": .one, "items": .oneOrEach, "allOf": .each, "anyOf": .each, "oneOf": .each, "prefixItems": .each,
    "properties": .named, "patternProperties": .named, "$defs": .named, "definitions": .named,
    "dependentSchemas": .named, "dependencies": .named,
  ]

  mutating func load(_ source: SchemaSource, uri: String) -> Int {
    let tree = RecordTree(parsing: source.bytes)
    let document = code.documents.count
    code.documents.append(SchemaDocument(uri: uri, tree: tree))
    let none = [UInt32](repeating: noIndex, count: tree.nodes.count)
    states.append(DocumentState(resourceOf: none, placeOf: none))
    if let problem = tree.problems.first {
      problems.append(
        SchemaProblem(
          uri: uri, pointer: "", range: problem.range,
          message: "This file has \(tree.problems.count) syntax errors; the parts they touch may be read wrongly."))
    }
    var resource = Resource(uri: uri, document: document, node: 0, draft: .draft2020)
    if let dialect = tree.membersByKey(of: 0)["$schema"].flatMap({ tree.plainString(of: $0) }) {
      if let draft = Draft(dialect: dialect) { resource.draft = draft } else { adopt(dialect, for: &resource) }
    }
    resources.append(resource)
    if resourceByURI[uri] == nil { resourceByURI[uri] = resources.count - 1 }
    index(document, resource: resources.count - 1)
    return document
  }

  /// Takes the edition, and whether values are checked at all, from a `$schema` that is a document of somebody's own.
  private mutating func adopt(_ dialect: String, for resource: inout Resource) {
    let uri = URIReference(dialect).resolved(against: URIReference(resource.uri)).withoutFragment
    guard uri != resource.uri, let source = resolve(uri) else { return }
    let tree = RecordTree(parsing: source.bytes)
    let members = tree.membersByKey(of: 0)
    if let draft = members["$schema"].flatMap({ tree.plainString(of: $0) }).flatMap(Draft.init(dialect:)) {
      resource.draft = draft
    }
    guard let vocabulary = members["$vocabulary"], tree.nodes[vocabulary].kind == .object else { return }
    resource.isValidating = tree.children(of: vocabulary).contains {
      String(decoding: tree.plainText(of: $0, key: true), as: UTF8.self).utf8Contains("vocab/validation")
    }
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
      for (keyword, value) in members {
        guard let nesting = Self.nestings[keyword] else { continue }
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
          inner.isValidating = resources[outer].isValidating
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
    guard let found = resourceByURI[address] ?? fetch(address) else {
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

  private mutating func fetch(_ uri: String) -> Int? {
    guard !unresolved.contains(uri), code.documents.count < Self.maximumDocuments, let source = resolve(uri) else {
      unresolved.insert(uri)
      return nil
    }
    let resource = resources.count
    _ = load(source, uri: uri)
    return resource
  }

  private func walk(_ pointer: String, _ document: Int, _ start: Int) -> Int? {
    let tree = code.documents[document].tree
    var node = start
    for part in pointer.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      var key: [UInt8] = []
      var isTilde = false
      for byte in part {
        if isTilde {
          key.append(byte == UInt8(ascii: "1") ? UInt8(ascii: "/") : UInt8(ascii: "~"))
          isTilde = false
        } else if byte == UInt8(ascii: "~") {
          isTilde = true
        } else {
          key.append(byte)
        }
      }
      if tree.nodes[node].kind == .array {
        guard let ordinal = Int(String(decoding: key, as: UTF8.self)), ordinal >= 0,
          let child = tree.children(of: node).dropFirst(ordinal).first(where: { _ in true })
        else { return nil }
        node = child
      } else {
        guard let child = tree.lastMember(key, of: node) else { return nil }
        node = child
      }
    }
    return node
  }

  /// Gives dynamic anchors their places, once something refers to one.
  mutating func settleDynamicAnchors() {
    while let (key, document, node) = pendingDynamicAnchors.popLast() {
      code.dynamicAnchors[key] = place(document, node)
    }
  }
}

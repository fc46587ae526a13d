package import Manifest

extension Vocabulary {
  /// Reads the JSON shape. Never fails: what is not of the shape is left out, and a term without an id is none.
  package init(_ bytes: [UInt8], id fallback: String) {
    var problems: [VocabularyProblem] = []
    self.init(json: RecordTree(parsing: bytes), id: fallback, problems: &problems)
  }

  /// Reads the JSON shape, and lists what is wrong in it. `fallback` is the name of a list that doesn't say its own.
  ///
  /// Two terms with one id both stay; who looks one up finds the first. Cost: linear in the text.
  package init(json tree: RecordTree, id fallback: String, problems: inout [VocabularyProblem]) {
    self.init(id: "", version: "", terms: [])
    (id, version) = TermJSON.read(tree, id: fallback, problems: &problems) { terms.append($0) }
  }
}

/// Reads the terms of the JSON shape.
package enum TermJSON {
  /// Calls `body` with each term as it is read. The result is the list's name and version.
  @discardableResult
  package static func read(
    _ tree: RecordTree, id fallback: String, problems: inout [VocabularyProblem], _ body: (Term) -> Void
  ) -> (id: String, version: String) {
    func text(_ key: String) -> String? { tree.member(key, of: 0).flatMap { tree.string(of: $0) } }
    let head = (text("id") ?? fallback, text("version") ?? "")
    guard let list = tree.member("terms", of: 0), tree.nodes[list].kind == .array else {
      let place = tree.member("terms", of: 0) ?? 0
      problems.append(VocabularyProblem(.noTerms, at: .range(tree.nodes[place].range)))
      return head
    }
    var seen: Set<[UInt8]> = []
    for node in tree.children(of: list) {
      var reader = TermReader(tree: tree)
      let term = reader.term(at: node)
      problems += reader.problems
      guard let term else { continue }
      if !seen.insert(Array(term.id.utf8)).inserted {
        problems.append(VocabularyProblem(.repeatedID, at: .range(tree.nodes[node].range), value: term.id))
      }
      body(term)
    }
    return head
  }
}

extension Term {
  /// Reads the term that stands at `node`; `nil` if it has no id. What is wrong in it is added to `problems`, by bytes of the tree.
  package init?(json tree: RecordTree, at node: Int, problems: inout [VocabularyProblem]) {
    guard tree.nodes.indices.contains(node) else { return nil }
    var reader = TermReader(tree: tree)
    let term = reader.term(at: node)
    problems += reader.problems
    guard let term else { return nil }
    self = term
  }
}

/// Reads one term of the JSON shape.
private struct TermReader {
  let tree: RecordTree
  var problems: [VocabularyProblem] = []

  init(tree: RecordTree) { self.tree = tree }

  mutating func term(at node: Int) -> Term? {
    var term = Term(id: "")
    for member in tree.children(of: node) {
      guard let key = tree.key(of: member) else { continue }
      read(key, member, into: &term)
    }
    guard !term.id.isEmpty else {
      problems.append(VocabularyProblem(.missingID, at: .range(tree.nodes[node].range)))
      return nil
    }
    if SpreadsheetDamage.isRounded(term.id) {
      problems.append(VocabularyProblem(.roundedID, at: .range(tree.nodes[node].range), value: term.id))
    }
    return term
  }

  /// Of two members with one key the last counts, as for every loader. Members that mean nothing here are left alone.
  private mutating func read(_ key: String, _ node: Int, into term: inout Term) {
    switch key {
    case "id": term.id = id(node)
    case "prefLabel": term.prefLabels = labels(node)
    case "altLabels", "altLabel": term.altLabels = labels(node)
    case "hiddenLabels", "hiddenLabel": term.hiddenLabels = labels(node)
    case "definition": term.definitions = labels(node)
    case "scopeNote": term.scopeNotes = labels(node)
    case "example": term.examples = labels(node)
    case "changeNote": term.changeNotes = labels(node)
    case "broader": term.broader = strings(node)
    case "exactMatch": term.exactMatch = strings(node)
    case "closeMatch": term.closeMatch = strings(node)
    case "broadMatch": term.broadMatch = strings(node)
    case "narrowMatch": term.narrowMatch = strings(node)
    case "replacedBy": term.replacedBy = strings(node)
    case "deprecated": term.isDeprecated = flag(node)
    case "since": term.since = strings(node).first
    case "canonical": term.canonical = strings(node).first
    case "attributes": term.attributes = attributes(node)
    default: break
    }
  }

  /// A number is taken for the digits it is written with.
  private mutating func id(_ node: Int) -> String {
    if let text = tree.string(of: node) { return text }
    unexpected(node)
    return tree.numberText(of: node).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// A text or a list of texts, or by language one of these.
  private mutating func labels(_ node: Int) -> [Term.Label] {
    guard tree.nodes[node].kind == .object else {
      return strings(node).map { Term.Label(language: "", text: $0) }
    }
    var labels: [Term.Label] = []
    for member in tree.children(of: node) {
      let language = tree.key(of: member) ?? ""
      labels += strings(member).map { Term.Label(language: language, text: $0) }
    }
    return labels
  }

  private mutating func strings(_ node: Int) -> [String] {
    if let one = tree.string(of: node) { return one.isEmpty ? [] : [one] }
    switch tree.nodes[node].kind {
    case .null: return []
    case .array: break
    default:
      unexpected(node)
      return []
    }
    var strings: [String] = []
    for child in tree.children(of: node) {
      if let text = tree.string(of: child) {
        if !text.isEmpty { strings.append(text) }
      } else {
        unexpected(child)
      }
    }
    return strings
  }

  private mutating func flag(_ node: Int) -> Bool {
    switch tree.nodes[node].kind {
    case .true: return true
    case .false, .null: return false
    default:
      unexpected(node)
      return false
    }
  }

  private mutating func attributes(_ node: Int) -> [Term.Attribute] {
    guard tree.nodes[node].kind == .object else {
      unexpected(node)
      return []
    }
    return tree.children(of: node).map { member in
      Term.Attribute(
        name: tree.key(of: member) ?? "",
        value: tree.string(of: member) ?? String(decoding: tree.text(of: member), as: UTF8.self))
    }
  }

  private mutating func unexpected(_ node: Int) {
    let text = tree.text(of: node).prefix(100)
    problems.append(
      VocabularyProblem(
        .unexpectedValue, at: .range(tree.nodes[node].range), value: String(decoding: text, as: UTF8.self)))
  }
}

import Manifest

/// `x-claim`, and the spelling of what stands in our keywords.
extension SchemaCompiler {
  mutating func compileClaim(_ value: Int, _ subject: Subject, _ vocabulary: inout Vocabulary) {
    let members = subject.tree.membersByKey(of: value)
    guard let property = members["property"].flatMap({ subject.tree.plainString(of: $0) }), !property.isEmpty else {
      report(
        "`x-claim` needs a `property`: what is claimed, like `class`.", subject.document, members["property"] ?? value)
      return
    }
    guard let list = members["subject"] else {
      report("`x-claim` needs a `subject`: a list of paths that name what it is about.", subject.document, value)
      return
    }
    let nodes = subject.kind(list) == .array ? Array(subject.tree.children(of: list)) : [list]
    let parts = nodes.compactMap { claimPath($0, subject) }
    guard !parts.isEmpty, parts.count == nodes.count else {
      if nodes.isEmpty { report("A claim's `subject` can't be empty.", subject.document, list) }
      return
    }
    var claim = ClaimDeclaration(
      subject: parts, property: property, qualities: [:], rule: declaredRule(members, subject))
    if let node = members["value"] {
      guard let path = claimPath(node, subject) else { return }
      claim.value = path
    }
    for quality in ClaimDeclaration.Quality.allCases {
      guard let node = members[quality.rawValue] else { continue }
      let text = subject.tree.plainString(of: node)
      if quality == .modality, let text, ClaimDeclaration.isModality(text) {
        claim.modality = text
      } else {
        claim.qualities[quality] = claimPath(node, subject)
      }
    }
    declarations.claims.append(claim)
    vocabulary.claims.append(UInt32(clamping: declarations.claims.count - 1))
  }

  private mutating func claimPath(_ node: Int, _ subject: Subject) -> ClaimPath? {
    guard let text = subject.tree.plainString(of: node) else {
      report("A path must be text, like `image/id`.", subject.document, node)
      return nil
    }
    do {
      let path = try ClaimPath(text)
      for alternative in path.alternatives where alternative.up == 0 { checkStep(alternative.steps, node, subject) }
      return path
    } catch {
      report(error.message, subject.document, node)
      return nil
    }
  }

  /// A name that is not among those the object's own description has, but close to one.
  private mutating func checkStep(_ steps: [String], _ node: Int, _ subject: Subject) {
    guard let first = steps.first, let properties = subject.members["properties"],
      subject.kind(properties) == .object
    else { return }
    let names = subject.tree.children(of: properties).map {
      String(decoding: subject.tree.plainText(of: $0, key: true), as: UTF8.self)
    }
    guard !names.contains(where: { $0.utf8.elementsEqual(first.utf8) }),
      let near = Suggestion.nearest(first, among: names)
    else { return }
    report("`\(first)` is no name here. Did you mean `\(near)`?", subject.document, node)
  }

  private static let reporting = ["rule", "severity", "message"]
  private static let memberNames: [String: [String]] = [
    "x-geometry": ["type", "convention", "unit", "size", "members"] + reporting,
    "x-defines": ["kind", "scope", "from", "name", "exports", "repeats", "serial"] + reporting,
    "x-references": ["kind", "scope", "from", "optional"] + reporting,
    "x-term": ["ontology", "under", "form", "optional"] + reporting,
    "x-claim": ["subject", "property", "value"] + ClaimDeclaration.Quality.allCases.map(\.rawValue) + reporting,
    "x-interval": ["start", "end", "duration", "unit"] + reporting,
    "x-embedded": ["syntax", "schema", "where"] + reporting,
    "x-rule": ["id", "severity", "summary", "why", "source", "message", "good", "bad"],
  ]

  /// Names inside one of our keywords that it does not know.
  mutating func checkMembers(of keyword: String, _ value: Int, _ subject: Subject) {
    guard let known = Self.memberNames[keyword], subject.kind(value) == .object else { return }
    for child in subject.tree.children(of: value) {
      let name = String(decoding: subject.tree.plainText(of: child, key: true), as: UTF8.self)
      guard !known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { continue }
      let near = Suggestion.nearest(name, among: known).map { " Did you mean `\($0)`?" } ?? ""
      report("`\(name)` means nothing in `\(keyword)`.\(near)", subject.document, child)
    }
  }

  /// Editors' keywords whose values are of the wrong kind.
  mutating func checkEditorKeyword(_ keyword: String, _ value: Int, _ subject: Subject) {
    let kind = subject.kind(value)
    switch keyword {
    case "markdownDescription", "deprecationMessage", "patternErrorMessage":
      if kind != .string { report("`\(keyword)` must be text.", subject.document, value) }
    case "defaultSnippets", "enumDescriptions", "markdownEnumDescriptions":
      if kind != .array { report("`\(keyword)` must be a list.", subject.document, value) }
    case "errorMessage":
      if kind != .string, kind != .object {
        report("`errorMessage` must be text, or a text for each keyword.", subject.document, value)
      }
    case "doNotSuggest":
      if kind != .true, kind != .false { report("`doNotSuggest` must be `true` or `false`.", subject.document, value) }
    default: break
    }
  }
}

import Findings
import Manifest

/// Keywords that relate values: ids, references, terms, media, and rules of a schema's own.
extension SchemaCompiler {
  private func string(_ key: String, _ members: [String: Int], _ subject: Subject) -> String? {
    members[key].flatMap { subject.tree.plainString(of: $0) }
  }

  private func scope(_ members: [String: Int], _ subject: Subject) -> DeclaredScope {
    switch string("scope", members, subject) {
    case nil, "document": .document
    case "dataset": .dataset
    case .some(let path): .ancestor(path)
    }
  }

  private mutating func source(_ members: [String: Int], _ subject: Subject) -> DefineDeclaration.Source {
    switch string("from", members, subject) {
    case nil, "value": return .value
    case "key": return .key
    case "index": return .index
    case "scope": return .scope
    default:
      report("`from` must be `value`, `key`, `index` or `scope`.", subject.document, members["from"] ?? subject.node)
      return .value
    }
  }

  private mutating func kind(_ value: Int, _ keyword: String, _ subject: Subject) -> (String, [String: Int])? {
    // The short form names the kind alone.
    if let kind = subject.tree.plainString(of: value) { return (kind, [:]) }
    let members = subject.tree.membersByKey(of: value)
    guard let kind = string("kind", members, subject) else {
      report("`\(keyword)` needs a `kind`.", subject.document, value)
      return nil
    }
    return (kind, members)
  }

  mutating func compileDefines(_ value: Int, _ subject: Subject, _ vocabulary: inout Vocabulary) {
    guard let (kind, members) = kind(value, "x-defines", subject) else { return }
    declarations.defines.append(
      DefineDeclaration(
        kind: kind, scope: scope(members, subject), source: source(members, subject),
        name: string("name", members, subject), exports: paths(members["exports"], subject),
        repetition: repetition(members["repeats"], subject),
        isSerial: members["serial"].map { subject.kind($0) == .true } ?? false,
        rule: declaredRule(members, subject)))
    vocabulary.defines.append(UInt32(clamping: declarations.defines.count - 1))
    definitionPaths.append(
      DefinitionPaths(
        name: declarations.defines.last?.name.flatMap(RecordPath.init),
        exports: declarations.defines.last?.exports.map { RecordPath($0.path) } ?? []))
  }

  /// `true`, or `"elsewhere"`: in other files.
  private mutating func repetition(_ node: Int?, _ subject: Subject) -> DefineDeclaration.Repetition {
    guard let node else { return .nowhere }
    switch subject.kind(node) {
    case .true: return .anywhere
    case .false: return .nowhere
    case .string where subject.tree.plainString(of: node) == "elsewhere": return .elsewhere
    default:
      report("`repeats` must be `true`, `false` or `elsewhere`.", subject.document, node)
      return .nowhere
    }
  }

  mutating func compileReferences(_ value: Int, _ subject: Subject, _ vocabulary: inout Vocabulary) {
    guard let (kind, members) = kind(value, "x-references", subject) else { return }
    declarations.references.append(
      ReferenceDeclaration(
        kind: kind, scope: scope(members, subject), source: source(members, subject),
        isOptional: members["optional"].map { subject.kind($0) == .true } ?? false,
        rule: declaredRule(members, subject)))
    vocabulary.references.append(UInt32(clamping: declarations.references.count - 1))
  }

  mutating func compileTerm(_ value: Int, _ subject: Subject, _ vocabulary: inout Vocabulary) {
    let members = subject.tree.membersByKey(of: value)
    guard let ontology = subject.tree.plainString(of: value) ?? string("ontology", members, subject) else {
      report("`x-term` needs an `ontology`.", subject.document, value)
      return
    }
    let form = string("form", members, subject)
    if let form, TermDeclaration.Form(rawValue: form) == nil {
      report("`form` must be `id`, `prefLabel`, `label` or `any`.", subject.document, members["form"] ?? value)
    }
    declarations.terms.append(
      TermDeclaration(
        ontology: ontology, under: string("under", members, subject),
        form: form.flatMap(TermDeclaration.Form.init) ?? .id,
        isOptional: members["optional"].map { subject.kind($0) == .true } ?? false, rule: declaredRule(members, subject)
      ))
    vocabulary.terms.append(UInt32(clamping: declarations.terms.count - 1))
  }

  mutating func compileMedia(_ value: Int, _ subject: Subject, _ vocabulary: inout Vocabulary) {
    let members = subject.tree.membersByKey(of: value)
    guard let modality = subject.tree.plainString(of: value) ?? string("modality", members, subject) else {
      report("`x-media` needs a `modality`.", subject.document, value)
      return
    }
    let others = Set(["modality", "rule", "severity", "message"])
    let properties = members.sorted { $0.value < $1.value }.compactMap { name, node -> DefineDeclaration.Export? in
      guard !others.contains(name), let path = subject.tree.plainString(of: node) else { return nil }
      return DefineDeclaration.Export(name: name, path: path)
    }
    declarations.media.append(
      MediaDeclaration(modality: modality, properties: properties, rule: declaredRule(members, subject)))
    mediaPaths.append(properties.map { RecordPath($0.path) })
    vocabulary.media.append(UInt32(clamping: declarations.media.count - 1))
  }

  /// `["width"]` or `{"width": "size/width"}`.
  private func paths(_ node: Int?, _ subject: Subject) -> [DefineDeclaration.Export] {
    guard let node else { return [] }
    return subject.tree.children(of: node).compactMap { child in
      guard let path = subject.tree.plainString(of: child) else { return nil }
      let key = subject.tree.nodes[child].hasKey ? subject.tree.plainText(of: child, key: true) : Array(path.utf8)
      return DefineDeclaration.Export(name: String(decoding: key, as: UTF8.self), path: path)
    }
  }

  mutating func declaredRule(_ members: [String: Int], _ subject: Subject) -> DeclaredRule {
    var rule = DeclaredRule(id: string("rule", members, subject).map(qualified))
    rule.severity = severity(members, subject)
    if let message = string("message", members, subject) { rule.messages[""] = message }
    if let id = rule.id {
      addRuleInfo(
        RuleInfo(
          id: id, form: .declared, severity: rule.severity ?? .error, summary: rule.messages[""] ?? id, why: "",
          messages: rule.messages), subject, members["rule"] ?? subject.node)
    }
    return rule
  }

  private mutating func severity(_ members: [String: Int], _ subject: Subject) -> Severity? {
    guard let node = members["severity"] else { return nil }
    if let severity = subject.tree.plainString(of: node).flatMap({ Severity(name: $0) }) { return severity }
    report("`severity` must be `error`, `warning`, `information` or `hint`.", subject.document, node)
    return nil
  }

  private func qualified(_ id: String) -> String {
    guard let plugin, !id.utf8Contains("/") else { return id }
    return plugin + "/" + id
  }

  /// The first words for an id stay; other words for it are a mistake of the schema.
  private mutating func addRuleInfo(_ info: RuleInfo, _ subject: Subject, _ node: Int) {
    guard let known = ruleInfos.firstIndex(where: { $0.id == info.id }) else {
      ruleInfos.append(info)
      return
    }
    if ruleInfos[known].why.isEmpty, !info.why.isEmpty {
      ruleInfos[known] = info
    } else if !info.why.isEmpty, ruleInfos[known] != info {
      report("The rule `\(info.id)` is described in two ways.", subject.document, node)
    }
  }

  /// `x-rule`: index of the named rule, or `noIndex`.
  mutating func compileRule(_ subject: inout Subject) -> UInt32 {
    guard let value = subject.members["x-rule"] else { return noIndex }
    let members = subject.tree.membersByKey(of: value)
    guard let id = string("id", members, subject).map(qualified) else {
      report("`x-rule` needs an `id`.", subject.document, value)
      return noIndex
    }
    let severity = severity(members, subject) ?? .error
    let summary = string("summary", members, subject) ?? id
    let message =
      string("message", members, subject)
      ?? subject.members["errorMessage"].flatMap {
        subject.tree.plainString(of: $0)
      }
    let examples = ["good", "bad"].map { key in
      members[key].map { list in subject.tree.children(of: list).map { example($0, subject) } } ?? []
    }
    addRuleInfo(
      RuleInfo(
        id: id, form: .declared, severity: severity, summary: summary, why: string("why", members, subject) ?? "",
        source: string("source", members, subject) ?? "", messages: ["": message ?? summary], good: examples[0],
        bad: examples[1]), subject, value)
    code.rules.append(NamedRule(id: id, severity: severity))
    subject.flags.insert(.hasRule)
    return UInt32(clamping: code.rules.count - 1)
  }

  /// An example is text to be read as a file, or the value itself.
  private func example(_ node: Int, _ subject: Subject) -> String {
    subject.tree.plainString(of: node) ?? String(decoding: subject.tree.text(of: node), as: UTF8.self)
  }
}

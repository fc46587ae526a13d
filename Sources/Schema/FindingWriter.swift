import Findings
import Manifest

/// Puts the faults of one evaluation into words.
struct FindingWriter {
  let machine: Machine
  let privateNodes: [UInt32]
  var code: SchemaCode { machine.code }
  var tree: RecordTree { machine.tree }

  /// In order of place, without repetitions.
  func findings(maximum: Int) -> [SchemaFinding] {
    var findings: [SchemaFinding] = []
    var seen: Set<SchemaFinding> = []
    let unknown = machine.faults.filter { $0.code == .additionalMember || $0.code == .unevaluatedMember }
    for fault in machine.faults.prefix(max(0, maximum) * 4) {
      if isSaid(fault, by: unknown) { continue }
      let finding = finding(fault)
      if seen.insert(finding).inserted { findings.append(finding) }
    }
    if code.warnsOfUse { findings += deprecations().filter { seen.insert($0).inserted } }
    findings += unchecked().filter { seen.insert($0).inserted }
    findings.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    return Array(findings.prefix(max(0, maximum)))
  }

  /// Whether a name that is not known is said to be meant for the one that is missing.
  private func isSaid(_ fault: Fault, by unknown: [Fault]) -> Bool {
    guard !unknown.isEmpty, let slip = slip(for: fault), let other = unknown.first(where: { $0.node == slip }) else {
      return false
    }
    let suggestion = words(for: other).message.arguments.first { $0.name == "suggestion" }?.value
    let missing = words(for: fault).message.arguments.first { $0.name == "name" }?.value
    return suggestion != nil && suggestion == missing
  }

  // MARK: One fault

  func finding(_ fault: Fault) -> SchemaFinding {
    if fault.code == .rule {
      let cause = machine.causes[Int(fault.detail)]
      var finding = finding(cause)
      let note = code.vocabularies[Int(code.places[Int(fault.place)].vocabulary)]
      let rule = code.rules[Int(note.vocabulary.rule)]
      finding.rule = rule.id
      finding.severity = rule.severity
      finding.message.key = ""
      // Titles of fixes are the keyword's; under the schema's own rule they have no template.
      finding.fixes = []
      return finding
    }
    var words = words(for: fault)
    if words.slip == nil, let template = ownText(fault, words) {
      let arguments = words.message.arguments
      let text = arguments.reduce(template) { Self.replacing("{\($1.name)}", with: $1.value, in: $0) }
      words.message = Message("custom", [.init("text", text, phrases: [Message(template, arguments)])])
    }
    return SchemaFinding(
      rule: "schema/" + words.rule, severity: .error, node: words.slip ?? fault.node & ~keyBit,
      range: words.slip.map { tree.nodes[Int($0)].keyRange } ?? range(of: fault),
      message: words.message, fixes: words.fixes, fold: words.fold)
  }

  /// What is said of a fault, before the schema's own wording.
  struct Words {
    var rule: String
    var keyword: String
    var message: Message
    var fixes: [SchemaFix] = []
    var fold: String?
    /// The member whose name is what is wrong; it is marked instead of the object around it.
    var slip: UInt32?

    init(_ rule: String, _ keyword: String, _ key: String = "", _ arguments: [Message.Argument] = []) {
      self.rule = rule
      self.keyword = keyword
      message = Message(key, arguments)
    }
  }

  /// `errorMessage` of the schema: one text, or one for each keyword.
  private func ownText(_ fault: Fault, _ words: Words) -> String? {
    let place = code.places[Int(fault.place)]
    let schema = code.documents[Int(place.document)].tree
    var node = Int(place.node)
    // `false` has no room for words; those of the object around it count.
    if place.flags.contains(.never), schema.nodes[node].parent != Node.none { node = Int(schema.nodes[node].parent) }
    var text: String?
    if words.keyword == "pattern", let own = schema.lastMember(Array("patternErrorMessage".utf8), of: node) {
      text = schema.plainString(of: own)
    }
    if text == nil, let own = schema.lastMember(Array("errorMessage".utf8), of: node) {
      text = schema.plainString(of: own) ?? ownText(fault, words, in: own, of: schema)
    }
    return text
  }

  /// Of the texts for each keyword: that of the member's name where there is one (`required: {"id": …}`), the keyword's, or `_` for all.
  private func ownText(_ fault: Fault, _ words: Words, in texts: Int, of schema: RecordTree) -> String? {
    guard let own = schema.lastMember(Array(words.keyword.utf8), of: texts) else {
      return schema.lastMember(Array("_".utf8), of: texts).flatMap { schema.plainString(of: $0) }
    }
    guard schema.nodes[own].kind == .object else { return schema.plainString(of: own) }
    guard let name = words.message.arguments.first(where: { $0.name == "name" })?.value else { return nil }
    return schema.lastMember(Array(name.utf8), of: own).flatMap { schema.plainString(of: $0) }
  }

  private static func replacing(_ part: String, with value: String, in text: String) -> String {
    guard text.utf8Contains(part) else { return text }
    let (bytes, wanted) = (Array(text.utf8), Array(part.utf8))
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if at + wanted.count <= bytes.count, bytes[at..<(at + wanted.count)].elementsEqual(wanted) {
        out += Array(value.utf8)
        at += wanted.count
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  // MARK: Places

  private func range(of fault: Fault) -> Range<Int> {
    let node = tree.nodes[Int(fault.node & ~keyBit)]
    if fault.node & keyBit != 0 { return node.keyRange }
    switch fault.code {
    case .required, .dependentRequired, .undecided: return head(node)
    case .additionalMember, .unevaluatedMember: return node.hasKey ? node.keyRange : head(node)
    case .notAllowed: return node.hasKey ? node.keyRange : whole(node)
    case .assertion where code.assertions[Int(fault.detail)].operation == .uniqueItems:
      guard let again = machine.firstRepeated(in: Int(fault.node))?.again else { return whole(node) }
      return whole(tree.nodes[again])
    default: return whole(node)
    }
  }

  /// The key of a container, or its opening bracket.
  private func head(_ node: Node) -> Range<Int> {
    node.hasKey ? node.keyRange : node.range.lowerBound..<min(node.range.lowerBound + 1, node.range.upperBound)
  }

  /// The value; of a long list or object only its head.
  private func whole(_ node: Node) -> Range<Int> {
    let isLong = (node.kind == .array || node.kind == .object) && node.range.count > 256
    return isLong ? head(node) : node.range
  }

  // MARK: What is not a fault

  private func deprecations() -> [SchemaFinding] {
    var found: [SchemaFinding] = []
    for mark in machine.marks {
      let index = code.places[Int(mark.place)].vocabulary
      guard index != noIndex, let text = code.vocabularies[Int(index)].vocabulary.deprecation else { continue }
      let node = tree.nodes[Int(mark.node & ~keyBit)]
      guard node.hasKey || !text.isEmpty else { continue }
      let message =
        text.isEmpty
        ? Message("", [.init("name", name(mark.node))])
        : Message("described", [.init("text", text, phrases: [Message(text)])])
      found.append(
        SchemaFinding(
          rule: "schema/deprecated", severity: .hint, node: mark.node & ~keyBit,
          range: node.hasKey ? node.keyRange : whole(node), message: message, fold: text + name(mark.node)))
    }
    return found
  }

  private func unchecked() -> [SchemaFinding] {
    var found = machine.unchecked.map { pattern, node in
      let source = code.patterns[Int(pattern)].source
      return SchemaFinding(
        rule: "schema/not-checked", severity: .information, node: node & ~keyBit,
        range: node & keyBit != 0 ? tree.nodes[Int(node & ~keyBit)].keyRange : tree.nodes[Int(node)].range,
        message: Message("pattern", [.init("pattern", source)]), fold: source)
    }
    if machine.isExhausted {
      found.append(
        SchemaFinding(
          rule: "schema/not-checked", severity: .information, node: 0, range: head(tree.nodes[0]), message: Message()))
    }
    return found
  }

  /// The member's name, for a sentence.
  func name(_ node: UInt32) -> String {
    excerpt(tree.plainText(of: Int(node & ~keyBit), key: true))
  }

  /// At most 60 code points, without line breaks.
  func excerpt(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    var count = 0
    for scalar in String(decoding: Array(bytes.prefix(400)), as: UTF8.self).unicodeScalars {
      if count == 60 { return text + "…" }
      text.unicodeScalars.append(scalar.value < 32 ? " " : scalar)
      count += 1
    }
    return text
  }

  /// A value for a sentence: strings without quotes, a private one as a dot line.
  func value(_ node: UInt32) -> String {
    let own = Int(node & ~keyBit)
    if isPrivate(node) { return "…" }
    if node & keyBit != 0 { return name(node) }
    return tree.nodes[own].kind == .string ? excerpt(tree.plainText(of: own)) : excerpt(tree.text(of: own))
  }

  /// Whether the node, or something around or inside it, is private.
  func isPrivate(_ node: UInt32) -> Bool {
    guard !privateNodes.isEmpty else { return false }
    let own = node & ~keyBit
    let end = tree.nodes[Int(own)].subtreeEnd
    return privateNodes.contains { ($0 >= own && $0 < end) || ($0 < own && tree.nodes[Int($0)].subtreeEnd > own) }
  }
}

import Findings
import Manifest

/// `x-embedded`: a string that holds another text.
struct EmbeddedDeclaration: Sendable {
  enum Target: Sendable {
    /// Syntax alone.
    case none
    /// A place of this schema, or of one it refers to.
    case place(UInt32)
    /// A schema that stands in the record itself: the steps there, where `*` tries each element, and the member that must be
    /// equal beside the string and around the schema.
    case record([[UInt8]], matching: [UInt8]?)
  }
  var isLines: Bool
  var target: Target
}

/// Checks the texts that stand in a record's strings. Findings and fixes are in terms of the record's own text.
///
/// A class because it keeps the schemas it met in records from call to call. Not `Sendable`: one for each evaluator.
final class EmbeddedChecker {
  /// Longer texts are not looked into.
  private static let textLimit = 1 << 20
  private static let schemaLimit = 1 << 16
  private static let depthLimit = 3
  private static let keptSchemas = 32

  private let program: SchemaProgram
  private let depth: Int
  private var schemas: [[UInt8]: SchemaEvaluator] = [:]
  private lazy var inner = SchemaEvaluator(program, depth: depth + 1)

  init(_ program: SchemaProgram, depth: Int) {
    self.program = program
    self.depth = depth
  }

  func check(_ uses: [EmbeddedUse], in tree: RecordTree, options: EvaluationOptions, into evaluation: inout Evaluation)
  {
    guard depth < Self.depthLimit else { return }
    for use in uses where evaluation.findings.count < options.maximumFindings {
      let declaration = program.embedded[use.declaration]
      let node = Int(use.node)
      guard let text = EmbeddedText(node, of: tree, limit: Self.textLimit) else { continue }
      let isPrivate = evaluation.privateNodes.contains { $0 <= use.node && tree.nodes[Int($0)].subtreeEnd > use.node }
      for part in parts(of: text.bytes, isLines: declaration.isLines) {
        check(part, of: text, use, declaration.target, tree, isPrivate: isPrivate, options, &evaluation)
      }
    }
  }

  /// The whole text, or its lines without the empty ones.
  private func parts(of bytes: [UInt8], isLines: Bool) -> [Range<Int>] {
    guard isLines else { return [bytes.indices] }
    return bytes.split(separator: 10).filter { !$0.allSatisfy { $0 == 32 || $0 == 9 || $0 == 13 } }.map(\.indices)
  }

  private func check(
    _ part: Range<Int>, of text: EmbeddedText, _ use: EmbeddedUse, _ target: EmbeddedDeclaration.Target,
    _ tree: RecordTree, isPrivate: Bool, _ options: EvaluationOptions, _ evaluation: inout Evaluation
  ) {
    let inside = RecordTree(parsing: Array(text.bytes[part]))
    var findings = inside.problems.prefix(options.maximumFindings).map { syntaxFinding($0) }
    if let (evaluator, entry) = schema(target, node: Int(use.node), in: tree) {
      var options = EvaluationOptions(
        maximumFindings: options.maximumFindings - evaluation.findings.count, maximumSteps: options.maximumSteps)
      options.isPrivate = isPrivate
      let result = evaluator.evaluate(inside, at: entry, options: options)
      findings += result.findings
      evaluation.isComplete = evaluation.isComplete && result.isComplete
    }
    if findings.contains(where: { $0.severity == .error }) { evaluation.isValid = false }
    let offset = part.lowerBound
    let document = findings.contains { !$0.fixes.isEmpty } ? Document(inside.bytes, syntax: .json, shape: .whole) : nil
    for finding in findings {
      var moved = finding
      moved.node = use.node
      moved.range = text.source(of: (finding.range.lowerBound + offset)..<(finding.range.upperBound + offset))
      moved.fixes = finding.fixes.compactMap { fix in
        guard let edit = textEdit(fix.edit, inside, document) else { return nil }
        let range = text.source(of: (edit.range.lowerBound + offset)..<(edit.range.upperBound + offset))
        return SchemaFix(
          title: fix.title, isCertain: fix.isCertain, edit: .text(range, EmbeddedText.written(edit.replacement)))
      }
      evaluation.findings.append(moved)
    }
  }

  private func syntaxFinding(_ problem: SyntaxProblem) -> SchemaFinding {
    let severity = SyntaxRules.all.first { $0.id == SyntaxRules.id(problem.code) }?.severity ?? .error
    let fixes = problem.replacement.map {
      [SchemaFix(title: Message(SyntaxRules.fix), isCertain: false, edit: .text(problem.range, $0))]
    }
    return SchemaFinding(
      rule: SyntaxRules.id(problem.code), severity: severity, node: 0, range: problem.range, message: Message(),
      fixes: fixes ?? [])
  }

  /// One change of the inner text that does what the edit says; `nil` where it takes more than one.
  private func textEdit(_ edit: SchemaEdit, _ tree: RecordTree, _ document: Document?) -> TextEdit? {
    let wanted: StructuredEdit
    switch edit {
    case .text(let range, let bytes): return TextEdit(range: range, replacement: bytes)
    case .renameKey(let node, let key): return TextEdit(range: tree.nodes[Int(node)].keyRange, replacement: key)
    case .replace(let node, let bytes): wanted = .replace(node: Int(node), with: bytes)
    case .remove(let node): wanted = .remove(node: Int(node))
    case .insertMember(let node, let key, let value):
      wanted = .insertMember(object: Int(node), key: Array(key.utf8), value: value, after: nil)
    }
    let edits = document?.textEdits(for: wanted, in: .document)
    return edits?.count == 1 ? edits?.first : nil
  }

  // MARK: Schemas

  private func schema(
    _ target: EmbeddedDeclaration.Target, node: Int, in tree: RecordTree
  ) -> (SchemaEvaluator, SchemaEntry)? {
    switch target {
    case .none: return nil
    case .place(let place): return (inner, SchemaEntry(alternatives: [[EntryPlace(place: place, resources: [])]]))
    case .record(let steps, let matching):
      guard let found = find(steps, matching: matching, beside: node, in: tree) else { return nil }
      let bytes = Array(tree.text(of: found))
      guard bytes.count <= Self.schemaLimit else { return nil }
      if let known = schemas[bytes] { return (known, known.program.entry(for: nil)) }
      if schemas.count >= Self.keptSchemas { schemas.removeAll() }
      // What a record holds may name no other files.
      let program = SchemaProgram.compile(foreign: SchemaSource(uri: "record:", bytes: bytes))
      let made = SchemaEvaluator(program, depth: depth + 1)
      schemas[bytes] = made
      return (made, program.entry(for: nil))
    }
  }

  /// The first value the steps lead to whose surroundings agree with the string's.
  private func find(_ steps: [[UInt8]], matching: [UInt8]?, beside node: Int, in tree: RecordTree) -> Int? {
    let wanted = matching.flatMap { name -> Int? in
      let parent = tree.nodes[node].parent
      return parent == Node.none ? nil : tree.lastMember(name, of: Int(parent))
    }
    if matching != nil, wanted == nil { return nil }
    var waiting = [(node: 0, step: 0)]
    var visits = 0
    while let (current, step) = waiting.popLast(), visits < 4096 {
      visits += 1
      guard step < steps.count else {
        guard let matching, let wanted else { return current }
        let around = tree.nodes[current].parent
        if around != Node.none, let own = tree.lastMember(matching, of: Int(around)),
          ValueEquality.areEqual(tree, own, tree, wanted)
        {
          return current
        }
        continue
      }
      let isEach = steps[step] == [UInt8(ascii: "*")]
      if isEach {
        waiting += tree.children(of: current).map { ($0, step + 1) }.reversed()
      } else if let child = tree.nodes[current].kind == .array
        ? element(steps[step], current, tree) : tree.lastMember(steps[step], of: current)
      {
        waiting.append((child, step + 1))
      }
    }
    return nil
  }

  private func element(_ step: [UInt8], _ node: Int, _ tree: RecordTree) -> Int? {
    guard let ordinal = Int(String(decoding: step, as: UTF8.self)), ordinal >= 0 else { return nil }
    return tree.children(of: node).dropFirst(ordinal).first { _ in true }
  }
}

/// A string that holds another text.
struct EmbeddedUse: Sendable {
  /// In `SchemaProgram.embedded`.
  var declaration: Int
  var node: UInt32
}

/// How the keyword is read.
extension SchemaCompiler {
  mutating func compileEmbedded(_ value: Int, _ subject: Subject, _ vocabulary: inout Vocabulary) {
    let members = subject.tree.membersByKey(of: value)
    let name = subject.tree.plainString(of: value) ?? members["syntax"].flatMap { subject.tree.plainString(of: $0) }
    guard let name, name == "json" || name == "jsonl" else {
      report("`x-embedded` needs a `syntax`: `json` or `jsonl`.", subject.document, members["syntax"] ?? value)
      return
    }
    var target = EmbeddedDeclaration.Target.none
    if let node = members["schema"] {
      guard let text = subject.tree.plainString(of: node) else {
        report(
          "`schema` must be text: an address, or a path into the record like `/tools/0/parameters`.", subject.document,
          node)
        return
      }
      if text.hasPrefix("/") {
        let steps = text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        target = .record(
          steps.map { JSONText.pointerKey($0) },
          matching: members["where"].flatMap { subject.tree.plainString(of: $0) }.map { Array($0.utf8) })
      } else if let found = self.target(of: text, document: subject.document, node: node) {
        target = .place(found.place)
      }
    }
    embedded.append(EmbeddedDeclaration(isLines: name == "jsonl", target: target))
    vocabulary.embedded.append(UInt32(clamping: embedded.count - 1))
  }
}

extension JSONText {
  /// One part of a path as it is meant: `~1` for `/`, `~0` for `~`.
  static func pointerKey(_ part: some Sequence<UInt8>) -> [UInt8] {
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
    return key
  }
}

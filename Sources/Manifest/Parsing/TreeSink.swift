/// Builds a record's tree while it is told so; offsets become those of the record's own text.
struct TreeSink: ParseSink {
  var nodes: [Node] = []
  var problems: [SyntaxProblem] = []
  /// Node and problem callbacks count only while this is set.
  var isActive = false
  /// Own-text offset minus window offset.
  var shift = 0
  /// Stop here: the record of this type that began at `recordStart` has ended.
  var wanted: (type: UInt8, start: Int)?
  var isDone = false
  /// The elided container being skipped; `ownOffset` is behind its opener.
  var elided: (type: UInt8, ownOffset: Int)?
  /// How many elided containers were met.
  private(set) var elidedSoFar = 0
  /// How many records stand in the elided containers still to come.
  var elidedCounts: ArraySlice<Int> = []
  /// After a jump only the close at this window offset counts.
  var wantedClose: Int?
  private var open: [Int] = []
  private var keyRange = 0..<0
  private var keyIsMalformed = false

  init() {}

  private func own(_ offset: Int) -> UInt32 { UInt32(clamping: max(0, offset + shift)) }

  mutating func problem(_ code: SyntaxProblem.Code, _ start: Int, _ end: Int, _ repair: Repair) {
    guard isActive else { return }
    // The part of the quoted word is filled in when the text is known.
    let replacement: [UInt8]? =
      switch repair {
      case .unknown, .quoted: nil
      case .remove: []
      case .insert(let byte): [byte]
      }
    problems.append(SyntaxProblem(code, Int(own(start))..<Int(max(own(start), own(end))), replacement: replacement))
    if repair == .quoted { quoted.append(problems.count - 1) }
  }
  var quoted: [Int] = []

  mutating func recordBegin(_ type: UInt8, at offset: Int, keyHash: UInt32, parentType: UInt8) {
    if let wanted, wanted.type == type, wanted.start == offset { isActive = true }
  }

  mutating func recordEnd(_ type: UInt8, at offset: Int) {
    guard isActive, let wanted, wanted.type == type else { return }
    isActive = false
    isDone = true
  }

  mutating func open(_ type: UInt8, at offset: Int) {
    guard isActive else { return }
    elided = (type, offset + shift)
    elidedSoFar += 1
    if let last = open.last {
      nodes[last].flags.insert(.elided)
      nodes[last].childCount = UInt32(clamping: elidedCounts.popFirst() ?? 0)
    }
    isActive = false
  }

  mutating func close(_ type: UInt8, at offset: Int) {
    guard let elided, elided.type == type, wantedClose == nil || wantedClose == offset else { return }
    isActive = true
    shift = elided.ownOffset - offset
    self.elided = nil
    wantedClose = nil
  }

  mutating func key(_ start: Int, _ end: Int, malformed: Bool) {
    guard isActive else { return }
    keyRange = Int(own(start))..<Int(max(own(start), own(end)))
    keyIsMalformed = malformed
  }

  mutating func beginContainer(_ kind: Node.Kind, at start: Int) {
    guard isActive else { return }
    let index = add(kind, own(start), own(start), [])
    open.append(index)
  }

  mutating func endContainer(at end: Int, isClosed: Bool) {
    guard isActive, let index = open.popLast() else { return }
    nodes[index].end = max(nodes[index].start, own(end))
    nodes[index].subtreeEnd = UInt32(clamping: nodes.count)
    if !isClosed { nodes[index].flags.insert(.unclosed) }
  }

  mutating func scalar(_ kind: Node.Kind, _ start: Int, _ end: Int, malformed: Bool) {
    guard isActive else { return }
    _ = add(kind, own(start), own(end), malformed ? .malformed : [])
  }

  mutating func missing(at offset: Int) {
    guard isActive else { return }
    _ = add(.missing, own(offset), own(offset), [])
  }

  /// In JSONL the document is an array without brackets.
  mutating func beginLines() { open.append(add(.array, 0, 0, [])) }

  /// `end` is an own-text offset.
  mutating func endLines(at end: Int) {
    shift = 0
    isActive = true
    while !open.isEmpty { endContainer(at: end, isClosed: true) }
  }

  private mutating func add(_ kind: Node.Kind, _ start: UInt32, _ end: UInt32, _ flags: Node.Flags) -> Int {
    let index = nodes.count
    var node = Node(
      kind: kind, flags: flags, start: start, end: max(start, end),
      parent: open.last.map { UInt32(clamping: $0) } ?? Node.none, subtreeEnd: UInt32(clamping: index + 1))
    if let parent = open.last {
      nodes[parent].childCount += 1
      if nodes[parent].kind == .object {
        node.keyStart = UInt32(clamping: keyRange.lowerBound)
        node.keyEnd = UInt32(clamping: keyRange.upperBound)
        keyRange = 0..<0
      }
    }
    nodes.append(node)
    return index
  }

  /// The finished tree over the record's own text.
  consuming func tree(_ bytes: [UInt8]) -> RecordTree {
    if nodes.isEmpty { nodes.append(Node(kind: .missing, start: 0, end: 0, parent: Node.none, subtreeEnd: 1)) }
    for index in quoted {
      problems[index].replacement = Repair.quoted(bytes[problems[index].range.clamped(to: bytes.indices)])
    }
    // Where a closer is missing, the parser had read on before it knew that the record ends.
    problems.removeAll { $0.range.lowerBound > bytes.count }
    var tree = RecordTree(bytes: bytes, nodes: nodes, problems: problems)
    tree.markEscapes()
    tree.markDuplicateKeys()
    return tree
  }
}

extension RecordTree {
  /// Reads a complete JSON text into one tree. Cost: one pass.
  package init(parsing bytes: [UInt8], syntax: Syntax = .json) {
    if !syntax.isList, let tree = StrictTree.tree(bytes, isLine: false) {
      self = tree
    } else {
      self.init(recovering: bytes, syntax: syntax)
    }
  }

  /// The tree that the parser itself makes of the text, whatever is wrong with it.
  init(recovering bytes: [UInt8], syntax: Syntax) {
    let program = ShapeProgram(.whole)
    var parser = Parser(
      Parser<TreeSink>.initial(shape: program, syntax: syntax), shape: program, syntax: syntax, sink: TreeSink())
    parser.sink.isActive = true
    if syntax == .jsonl { parser.sink.beginLines() }
    parser.run(bytes.span, until: bytes.count)
    parser.finish(bytes.span)
    parser.sink.endLines(at: bytes.count)
    self = parser.sink.tree(bytes)
  }

  mutating func markEscapes() {
    for index in nodes.indices {
      if nodes[index].kind == .string, hasBackslash(nodes[index].range) { nodes[index].flags.insert(.escaped) }
      if nodes[index].hasKey, hasBackslash(nodes[index].keyRange) { nodes[index].flags.insert(.keyEscaped) }
    }
  }

  private func hasBackslash(_ range: Range<Int>) -> Bool {
    let range = range.clamped(to: bytes.indices)
    let text = bytes.span.extracting(range)
    for index in text.indices where text[index] == .backslash { return true }
    return false
  }

  /// Flags members whose key stood earlier in the same object, and reports them.
  ///
  /// Cost: linear; small objects are compared directly, large ones through a set.
  mutating func markDuplicateKeys() {
    var found: [Int] = []
    for object in nodes.indices where nodes[object].kind == .object && nodes[object].childCount > 1 {
      if nodes[object].childCount <= 12 { addDuplicates(inSmall: object, to: &found) } else { addDuplicates(in: object, to: &found) }
    }
    guard !found.isEmpty else { return }
    for member in found {
      nodes[member].flags.insert(.duplicateKey)
      problems.append(SyntaxProblem(.duplicateKey, nodes[member].keyRange))
    }
    problems.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
  }

  private func addDuplicates(inSmall object: Int, to found: inout [Int]) {
    let end = min(Int(nodes[object].subtreeEnd), nodes.count)
    var member = object + 1
    while member < end {
      var earlier = object + 1
      while earlier < member {
        if nodes[member].hasKey, nodes[earlier].hasKey, sameKey(earlier, member) {
          found.append(member)
          break
        }
        earlier = Int(nodes[earlier].subtreeEnd)
      }
      member = Int(nodes[member].subtreeEnd)
    }
  }

  private func addDuplicates(in object: Int, to found: inout [Int]) {
    var seen = Set<[UInt8]>()
    for member in children(of: object) where nodes[member].hasKey && !seen.insert(keyBytes(of: member)).inserted {
      found.append(member)
    }
  }

  private func sameKey(_ a: Int, _ b: Int) -> Bool {
    if nodes[a].flags.contains(.keyEscaped) || nodes[b].flags.contains(.keyEscaped) {
      return keyBytes(of: a) == keyBytes(of: b)
    }
    let (first, second) = (keyTextRange(of: a), keyTextRange(of: b))
    guard first.count == second.count else { return false }
    let text = bytes.span
    for offset in 0..<first.count where text[first.lowerBound + offset] != text[second.lowerBound + offset] {
      return false
    }
    return true
  }
}

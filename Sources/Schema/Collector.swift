import Manifest

/// Turns marks into roles, definitions, references and the rest.
struct Collector {
  let program: SchemaProgram
  let tree: RecordTree
  let options: EvaluationOptions

  /// Marks may come in any order and more than once; results are in document order.
  /// Returns the strings that hold other texts.
  func collect(_ marks: [Mark], into evaluation: inout Evaluation) -> [EmbeddedUse] {
    var uses: [EmbeddedUse] = []
    var sorted = marks
    let isSorted = zip(marks, marks.dropFirst()).allSatisfy { $0.order <= $1.order }
    if !isSorted { sorted.sort { $0.order < $1.order } }
    evaluation.roles.entries.reserveCapacity(marks.count)
    evaluation.roles.numbers.reserveCapacity(marks.count * 4)
    // Values inside a record-like object that was not cut out belong to that object, not to this record.
    var foreignEnd: UInt32 = 0
    var last: Mark?
    for mark in sorted where mark != last {
      last = mark
      let index = program.code.places[Int(mark.place)].vocabulary
      guard index != noIndex else { continue }
      let note = program.code.vocabularies[Int(index)]
      let role = note.vocabulary.role
      if role != .none {
        if mark.node == 0 {
          if evaluation.roles.role == .none { evaluation.roles.role = role }
        } else if mark.node & keyBit == 0 {
          foreignEnd = max(foreignEnd, tree.nodes[Int(mark.node)].subtreeEnd)
        }
      }
      if mark.node & keyBit == 0, mark.node >= foreignEnd { addFields(note, mark.node, &evaluation.roles) }
      if options.onlyRoles {
        if note.hasLinks { addReferences(note, mark.node, &evaluation) }
        continue
      }
      if let form = note.vocabulary.display, mark.node & keyBit == 0 {
        evaluation.displays.append(DisplayUse(form: form, node: mark.node))
      }
      if note.hasLinks { addLinks(note, mark.node, &evaluation) }
      for index in note.vocabulary.claims {
        if let claim = claim(Int(index), at: mark.node) { evaluation.claims.append(claim) }
      }
      for index in note.vocabulary.embedded where mark.node & keyBit == 0 {
        uses.append(EmbeddedUse(declaration: Int(index), node: mark.node))
      }
    }
    return uses
  }

  private func addLinks(_ note: VocabularyNote, _ node: UInt32, _ evaluation: inout Evaluation) {
    let own = node & ~keyBit
    for index in note.vocabulary.defines {
      let declaration = Int(index)
      guard let (key, range) = key(node, program.declarations.defines[declaration].source) else { continue }
      let paths = program.definitionPaths[declaration]
      evaluation.definitions.append(
        Definition(
          declaration: declaration, node: own, key: key, range: range, name: paths.name.flatMap(text),
          exports: paths.exports.map { path in
            path?.follow(in: tree).map { Array(tree.text(of: $0)) }
          }))
    }
    addReferences(note, node, &evaluation)
    if note.vocabulary.isPrivate, evaluation.privateNodes.last != own { evaluation.privateNodes.append(own) }
    guard !note.vocabulary.terms.isEmpty || !note.vocabulary.media.isEmpty, let (text, range) = string(node) else {
      return
    }
    for index in note.vocabulary.terms {
      evaluation.terms.append(TermUse(declaration: Int(index), node: own, text: text, range: range))
    }
    for index in note.vocabulary.media {
      let properties = program.mediaPaths[Int(index)].map { path in
        path?.follow(in: tree).map { UInt32(clamping: $0) }
      }
      evaluation.media.append(MediaUse(declaration: Int(index), node: own, path: text, properties: properties))
    }
  }

  private func addReferences(_ note: VocabularyNote, _ node: UInt32, _ evaluation: inout Evaluation) {
    for index in note.vocabulary.references {
      let declaration = Int(index)
      guard let (key, range) = key(node, program.declarations.references[declaration].source) else { continue }
      evaluation.references.append(Reference(declaration: declaration, node: node & ~keyBit, key: key, range: range))
    }
  }

  private func string(_ node: UInt32) -> ([UInt8], Range<Int>)? {
    let own = Int(node & ~keyBit)
    if node & keyBit != 0 { return (tree.plainText(of: own, key: true), tree.nodes[own].keyToken) }
    guard tree.nodes[own].kind == .string else { return nil }
    return (tree.plainText(of: own), tree.nodes[own].token)
  }

  /// A readable value as text: strings plain, numbers as written.
  private func text(_ path: RecordPath) -> String? {
    guard let node = path.follow(in: tree) else { return nil }
    switch tree.nodes[node].kind {
    case .string: return tree.plainString(of: node)
    case .number, .true, .false: return String(decoding: tree.text(of: node), as: UTF8.self)
    default: return nil
    }
  }

  /// The id that a node gives by its value, key or place; `nil` if that is no id.
  private func key(_ node: UInt32, _ source: DefineDeclaration.Source) -> ([UInt8], Range<Int>)? {
    let own = Int(node & ~keyBit)
    switch source {
    case .value:
      if let (text, range) = string(node) { return ([UInt8(ascii: "s")] + text, range) }
      guard tree.nodes[own].kind == .number, !tree.nodes[own].isMalformed else { return nil }
      return (CanonicalKey.number(tree.nodes[own].token, in: tree.bytes.span), tree.nodes[own].token)
    case .key:
      if tree.nodes[own].isMember {
        return ([UInt8(ascii: "s")] + tree.plainText(of: own, key: true), tree.nodes[own].keyToken)
      }
      guard own == 0, let key = options.recordKey else { return nil }
      return ([UInt8(ascii: "s")] + key, head(0))
    case .index:
      if own == 0 { return options.recordOrdinal.map { (CanonicalKey.integer($0), head(0)) } }
      let parent = Int(tree.nodes[own].parent)
      guard tree.nodes[parent].kind == .array else { return nil }
      var ordinal = 0
      for child in tree.children(of: parent) {
        if child == own { break }
        ordinal += 1
      }
      return (CanonicalKey.integer(ordinal), head(own))
    case .scope:
      // One key for all: the scope that the host adds to it tells them apart. No value, key or place gives this one.
      return ([UInt8(ascii: "o")], head(own))
    }
  }

  /// A container's opening bracket; anything else whole.
  private func head(_ node: Int) -> Range<Int> {
    let range = tree.nodes[node].token
    switch tree.nodes[node].kind {
    case .array, .object: return range.lowerBound..<min(range.lowerBound + 1, range.upperBound)
    default: return range
    }
  }
}

/// Ids as bytes that are equal when the values are.
enum CanonicalKey {
  static func integer(_ value: Int) -> [UInt8] { integer(UInt64(value.magnitude), isNegative: value < 0) }

  private static func integer(_ magnitude: UInt64, isNegative: Bool) -> [UInt8] {
    Array(((isNegative ? "n-" : "n") + String(magnitude)).utf8)
  }

  /// `n` and the value without a point: `n12`, `n-5`, `n15e-1` for 1.5.
  static func number(_ token: Range<Int>, in bytes: Span<UInt8>) -> [UInt8] {
    let exact = ExactNumber(token, in: bytes)
    if !exact.isLong, exact.exponent == 0 {
      return integer(exact.mantissa, isNegative: exact.isNegative)
    }
    let number = LongNumber(token, in: bytes)
    guard !number.digits.isEmpty else { return Array("n0".utf8) }
    var key = Array((number.isNegative ? "n-" : "n").utf8) + number.digits.map { $0 + UInt8(ascii: "0") }
    if number.exponent > 0, number.digits.count + number.exponent <= 20 {
      key += [UInt8](repeating: UInt8(ascii: "0"), count: number.exponent)
    } else if number.exponent != 0 {
      key += Array("e\(number.exponent)".utf8)
    }
    return key
  }
}

import Manifest

/// One subschema: its keywords in groups.
extension SchemaCompiler {
  /// A subschema being compiled, with its keywords at hand.
  struct Subject {
    var document: Int
    var node: Int
    var draft: Draft
    var tree: RecordTree
    var members: [String: Int]
    var assertions: [Assertion] = []
    var steps: [Step] = []
    var types = TypeMask.any
    var flags: Place.Flags = []

    /// The keyword's value, if the edition knows the keyword.
    func value(_ keyword: String, from: Draft = .draft4, upTo: Draft = .draft2020) -> Int? {
      draft >= from && draft <= upTo ? members[keyword] : nil
    }
    func kind(_ node: Int) -> Node.Kind { tree.nodes[node].kind }
  }

  mutating func compile(place index: UInt32) {
    let document = Int(code.places[Int(index)].document)
    let node = Int(code.places[Int(index)].node)
    let tree = code.documents[document].tree
    let draft = resources[Int(code.places[Int(index)].resource)].draft
    switch tree.nodes[node].kind {
    case .true: return
    case .false:
      code.places[Int(index)].flags.insert(.never)
      return
    case .object: break
    default:
      report("A description of values must be written `{…}`, `true` or `false`.", document, node)
      return
    }
    var subject = Subject(
      document: document, node: node, draft: draft, tree: tree, members: tree.membersByKey(of: node))
    let resource = resources[Int(code.places[Int(index)].resource)]
    resource.keywords.removeUnknown(from: &subject.members)
    let vocabulary = isForeign ? noIndex : compileVocabulary(&subject)
    if draft.refHidesSiblings, let reference = subject.members["$ref"] {
      compileReference(reference, &subject)
    } else {
      compileType(&subject)
      compileConstants(&subject)
      compileNumbers(&subject)
      compileCounts(&subject)
      compilePattern(&subject)
      if assertsFormat || resource.assertsFormat { compileFormat(&subject) }
      compileObject(&subject)
      compileArray(&subject)
      if let reference = subject.members["$ref"] { compileReference(reference, &subject) }
      compileDynamicReference(&subject)
      compileCombinators(&subject)
      compileContains(&subject)
      compileUnevaluated(&subject)
    }
    finish(index, subject, vocabulary)
  }

  private mutating func finish(_ index: UInt32, _ subject: Subject, _ vocabulary: UInt32) {
    let firstAssertion = UInt32(clamping: code.assertions.count)
    code.assertions += subject.assertions
    let firstStep = UInt32(clamping: code.steps.count)
    code.steps += subject.steps
    var place = code.places[Int(index)]
    place.types = subject.types
    place.flags = subject.flags
    place.assertions = Slice(start: firstAssertion, end: UInt32(clamping: code.assertions.count))
    place.steps = Slice(start: firstStep, end: UInt32(clamping: code.steps.count))
    place.vocabulary = vocabulary
    code.places[Int(index)] = place
  }

  private mutating func compileType(_ subject: inout Subject) {
    guard let value = subject.value("type") else { return }
    let nodes = subject.kind(value) == .array ? Array(subject.tree.children(of: value)) : [value]
    var mask: TypeMask = []
    for node in nodes {
      guard let name = subject.tree.plainString(of: node), let type = TypeMask(name: name) else {
        report(
          "`type` must be one of `null`, `boolean`, `integer`, `number`, `string`, `array`, `object`, or a list of them.",
          subject.document, node)
        return
      }
      mask.insert(type)
    }
    subject.types = mask
  }

  private mutating func compileConstants(_ subject: inout Subject) {
    if let value = subject.value("enum") {
      if subject.kind(value) == .array {
        addConstants(Array(subject.tree.children(of: value)), isConst: false, &subject)
      } else {
        report("`enum` must be a list of values.", subject.document, value)
      }
    }
    if let value = subject.value("const", from: .draft6) { addConstants([value], isConst: true, &subject) }
  }

  private mutating func addConstants(_ nodes: [Int], isConst: Bool, _ subject: inout Subject) {
    var constants = nodes.map { constant(subject.document, $0) }
    constants.sort { $0.hash < $1.hash }
    let start = UInt32(clamping: code.constants.count)
    code.constants += constants
    let set = ConstantSet(constants: Slice(start: start, end: UInt32(clamping: code.constants.count)), isConst: isConst)
    code.constantSets.append(set)
    subject.assertions.append(
      Assertion(operation: .constants, types: .any, operand: UInt32(clamping: code.constantSets.count - 1)))
  }

  private mutating func constant(_ document: Int, _ node: Int) -> Constant {
    let tree = code.documents[document].tree
    let hash = ValueHash.hash(tree, node)
    var constant = Constant(
      form: .composite, document: UInt32(clamping: document), node: UInt32(clamping: node), hash: hash)
    switch tree.nodes[node].kind {
    case .null, .missing: constant.form = .null
    case .false: constant.form = .false
    case .true: constant.form = .true
    case .number:
      constant.form = .number
      constant.index = number(document, node)
    case .string:
      constant.form = .string
      let start = UInt32(clamping: code.text.count)
      code.text += tree.plainText(of: node)
      constant.text = Slice(start: start, end: UInt32(clamping: code.text.count))
    case .array, .object: break
    }
    return constant
  }

  mutating func number(_ document: Int, _ node: Int) -> UInt32 {
    let tree = code.documents[document].tree
    let range = tree.nodes[node].range
    let span = tree.bytes.span
    let exact = ExactNumber(range, in: span)
    let long = exact.isLong ? LongNumber(range, in: span) : nil
    code.numbers.append(
      NumberConstant(
        exact: exact.isLong ? exact : exact.normalized, long: long, document: UInt32(clamping: document),
        node: UInt32(clamping: node)))
    return UInt32(clamping: code.numbers.count - 1)
  }

  private mutating func compileNumbers(_ subject: inout Subject) {
    func isTrue(_ keyword: String) -> Bool { subject.members[keyword].map { subject.kind($0) == .true } ?? false }
    var wanted: [(String, Assertion.Operation)] = [("multipleOf", .multipleOf)]
    if subject.draft == .draft4 {
      wanted.append(("minimum", isTrue("exclusiveMinimum") ? .exclusiveMinimum : .minimum))
      wanted.append(("maximum", isTrue("exclusiveMaximum") ? .exclusiveMaximum : .maximum))
    } else {
      wanted += [("minimum", .minimum), ("maximum", .maximum)]
      wanted += [("exclusiveMinimum", .exclusiveMinimum), ("exclusiveMaximum", .exclusiveMaximum)]
    }
    for (keyword, operation) in wanted {
      guard let value = subject.members[keyword] else { continue }
      guard subject.kind(value) == .number, !subject.tree.nodes[value].flags.contains(.malformed) else {
        report("`\(keyword)` must be a number.", subject.document, value)
        continue
      }
      let index = number(subject.document, value)
      let exact = code.numbers[Int(index)].exact
      if operation == .multipleOf, exact.mantissa == 0 || exact.isNegative {
        report("`multipleOf` must be above zero.", subject.document, value)
        continue
      }
      subject.assertions.append(Assertion(operation: operation, types: [.number, .integer], operand: index))
    }
  }

  /// A count, written in any way that is a whole number; `nil` after reporting that it is not.
  mutating func count(_ keyword: String, _ node: Int, _ subject: Subject) -> UInt32? {
    guard subject.kind(node) == .number, let number = subject.tree.number(of: node), number >= 0,
      number >= 4e18 || number == Double(Int64(number))
    else {
      report("`\(keyword)` must be a whole number, zero or more.", subject.document, node)
      return nil
    }
    return number >= 4e18 ? .max : UInt32(clamping: Int64(number))
  }

  private mutating func compileCounts(_ subject: inout Subject) {
    let counts: [(String, Assertion.Operation, TypeMask)] = [
      ("minLength", .minLength, .string), ("maxLength", .maxLength, .string), ("minItems", .minItems, .array),
      ("maxItems", .maxItems, .array), ("minProperties", .minProperties, .object),
      ("maxProperties", .maxProperties, .object),
    ]
    for (keyword, operation, types) in counts {
      guard let value = subject.members[keyword], let operand = count(keyword, value, subject) else { continue }
      subject.assertions.append(Assertion(operation: operation, types: types, operand: operand))
    }
    if let value = subject.members["uniqueItems"], subject.kind(value) == .true {
      subject.assertions.append(Assertion(operation: .uniqueItems, types: .array, operand: 0))
    }
  }

  private mutating func compilePattern(_ subject: inout Subject) {
    guard let value = subject.value("pattern"), let pattern = pattern(value, subject) else { return }
    subject.assertions.append(Assertion(operation: .pattern, types: .string, operand: pattern))
  }

  /// The pattern that a string node, or with `key` a member's key, spells; `nil` after reporting why it cannot be used.
  mutating func pattern(_ node: Int, _ subject: Subject, key: Bool = false) -> UInt32? {
    guard key || subject.kind(node) == .string else {
      report("`pattern` must be text.", subject.document, node)
      return nil
    }
    let source = String(decoding: subject.tree.plainText(of: node, key: key), as: UTF8.self)
    do {
      code.patterns.append(try Pattern(source))
      return UInt32(clamping: code.patterns.count - 1)
    } catch {
      report("The pattern `\(source)` can't be used: \(error.message).", subject.document, node)
      return nil
    }
  }
}

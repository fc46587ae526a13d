import Findings
import Manifest

/// Words for tests of one value.
extension FindingWriter {
  func assertion(_ fault: Fault) -> Words {
    let assertion = code.assertions[Int(fault.detail)]
    let operand = assertion.operand
    func measured(_ rule: String, _ keyword: String, found: Int) -> Words {
      let isEmpty = found == 0 && (assertion.operation == .minLength || assertion.operation == .minItems)
      return Words(
        rule, keyword, isEmpty ? "empty" : "", [.init("found", String(found)), .init("limit", String(operand))])
    }
    func compared(_ rule: String, _ keyword: String) -> Words {
      Words(rule, keyword, "", [.init("value", value(fault.node)), .init("limit", number(operand))])
    }
    switch assertion.operation {
    case .minimum: return compared("minimum", "minimum")
    case .maximum: return compared("maximum", "maximum")
    case .exclusiveMinimum: return compared("exclusive-minimum", "exclusiveMinimum")
    case .exclusiveMaximum: return compared("exclusive-maximum", "exclusiveMaximum")
    case .multipleOf: return compared("multiple-of", "multipleOf")
    case .minLength: return measured("min-length", "minLength", found: length(fault.node))
    case .maxLength: return measured("max-length", "maxLength", found: length(fault.node))
    case .minItems: return measured("min-items", "minItems", found: count(fault.node))
    case .maxItems: return measured("max-items", "maxItems", found: count(fault.node))
    case .minProperties: return measured("min-properties", "minProperties", found: count(fault.node))
    case .maxProperties: return measured("max-properties", "maxProperties", found: count(fault.node))
    case .pattern:
      return Words(
        "pattern", "pattern", "",
        [.init("value", value(fault.node)), .init("pattern", code.patterns[Int(operand)].source)])
    case .format:
      return Words("format", "format", Format.allCases[Int(operand)].rawValue, [.init("value", value(fault.node))])
    case .uniqueItems: return repeated(fault)
    case .constants: return constants(fault, [operand])
    }
  }

  private func count(_ node: UInt32) -> Int { Int(tree.nodes[Int(node)].childCount) }

  private func length(_ node: UInt32) -> Int {
    let content = JSONText.content(of: machine.token(node), in: tree.bytes.span)
    return JSONText.length(content, in: tree.bytes.span, isEscaped: machine.isEscaped(node))
  }

  private func number(_ index: UInt32) -> String {
    let constant = code.numbers[Int(index)]
    return excerpt(code.documents[Int(constant.document)].tree.text(of: Int(constant.node)))
  }

  private func repeated(_ fault: Fault) -> Words {
    guard let twin = machine.firstRepeated(in: Int(fault.node))?.again, let node = UInt32(exactly: twin) else {
      return Words("unique-items", "uniqueItems", "other")
    }
    let isSimple = tree.nodes[twin].kind != .array && tree.nodes[twin].kind != .object
    var words = Words(
      "unique-items", "uniqueItems", isSimple ? "" : "other", isSimple ? [.init("value", value(node))] : [])
    words.fixes = [SchemaFix(title: Message("fix"), isCertain: false, edit: .remove(node))]
    return words
  }

  /// One of the values of several sets.
  func constants(_ fault: Fault, _ sets: [UInt32]) -> Words {
    var all = sets.flatMap { code.constantSets[Int($0)].constants.indices.map { code.constants[$0] } }
    all.sort { ($0.document, $0.node) < ($1.document, $1.node) }
    var shown: [String] = []
    for constant in all where shown.count <= 12 {
      let text = display(constant)
      if !shown.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { shown.append(text) }
    }
    if shown.count == 1, all.count == 1 {
      var words = Words("const", "const", "", [.init("expected", shown[0])])
      words.fixes = [fix(Message("fix", [.init("expected", shown[0])]), all[0], fault.node)]
      return words
    }
    let allowed = shown.prefix(12).joined(separator: ", ") + (shown.count > 12 ? ", …" : "")
    let isSimple = machine.kind(fault.node) != .array && machine.kind(fault.node) != .object
    guard isSimple else { return Words("enum", "enum", "other", [.init("values", allowed)]) }
    let found = value(fault.node)
    var words = Words("enum", "enum", "", [.init("value", found), .init("values", allowed)])
    words.fold = isPrivate(fault.node) ? nil : found
    if let near = nearest(fault.node, all), !isPrivate(fault.node) {
      words.message.key = "near"
      words.message.arguments.append(.init("suggestion", plain(near)))
      words.fixes = [fix(Message("fix", [.init("suggestion", plain(near))]), near, fault.node)]
    }
    return words
  }

  /// The constant that was probably meant: the same spelling as another kind of value, or a similar text.
  private func nearest(_ node: UInt32, _ all: [Constant]) -> Constant? {
    let found = value(node)
    if let same = all.first(where: { plain($0).unicodeScalars.elementsEqual(found.unicodeScalars) }) { return same }
    guard machine.kind(node) == .string, let text = Suggestion.nearest(found, among: all.map(plain)) else { return nil }
    return all.first { plain($0) == text }
  }

  private func fix(_ title: Message, _ constant: Constant, _ node: UInt32) -> SchemaFix {
    let text = Array(code.documents[Int(constant.document)].tree.text(of: Int(constant.node)))
    let edit: SchemaEdit = node & keyBit != 0 ? .renameKey(node & ~keyBit, text) : .replace(node, text)
    return SchemaFix(title: title, isCertain: false, edit: edit)
  }

  private func plain(_ constant: Constant) -> String {
    let schema = code.documents[Int(constant.document)].tree
    let node = Int(constant.node)
    return schema.nodes[node].kind == .string ? excerpt(schema.plainText(of: node)) : excerpt(schema.text(of: node))
  }

  private func display(_ constant: Constant) -> String { "`\(plain(constant))`" }
}

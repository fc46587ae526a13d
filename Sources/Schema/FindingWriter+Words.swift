import Findings
import Manifest

/// Which template a fault has, with which values and fixes.
extension FindingWriter {
  func words(for fault: Fault) -> Words {
    switch fault.code {
    case .type: return type(fault)
    case .assertion: return assertion(fault)
    case .required:
      return required(fault, Words("required", "required", "", [.init("name", memberName(fault.detail))]))
    case .dependentRequired:
      let arguments: [Message.Argument] = [
        .init("name", memberName(fault.detail)), .init("other", memberName(fault.other)),
      ]
      return required(fault, Words("dependent-required", "dependentRequired", "", arguments))
    case .additionalMember: return unknownMember(fault, "additionalProperties")
    case .unevaluatedMember: return unknownMember(fault, "unevaluatedProperties")
    case .extraElement, .unevaluatedElement:
      var words = Words("extra-items", "items")
      words.fixes = [SchemaFix(title: Message("fix"), isCertain: false, edit: .remove(fault.node))]
      return words
    case .notAllowed:
      let isMember = tree.nodes[Int(fault.node & ~keyBit)].hasKey
      var words = Words(
        "not-allowed", "false", isMember ? "named" : "", isMember ? [.init("name", name(fault.node))] : [])
      if fault.node != 0 {
        words.fixes = [SchemaFix(title: Message("fix"), isCertain: false, edit: .remove(fault.node))]
      }
      return words
    case .nameNotAllowed: return Words("property-names", "propertyNames", "", [.init("name", name(fault.node))])
    case .discriminator:
      let sets = code.discriminators[Int(fault.detail)].sets.indices.map { code.setList[$0] }
      return constants(fault, sets.filter { $0 != noIndex })
    case .constantUnion: return constants(fault, machine.unions[Int(fault.detail)])
    case .undecided: return undecided(fault)
    case .oneOfMany: return Words("one-of", "oneOf", "", [.init("found", String(fault.detail))])
    case .not:
      let text = text("description", of: notPlace(fault.place))
      guard let text else { return Words("not", "not") }
      return Words("not", "not", "described", [.init("text", text, phrases: [Message(text)])])
    case .containsTooFew, .containsTooMany: return contains(fault)
    case .rule: return Words("not", "not")
    }
  }

  private func undecided(_ fault: Fault) -> Words {
    let names = code.choiceIndexes[Int(fault.detail)]?.names ?? []
    let shown = names.prefix(8).map { "`\(code.names.text(of: $0))`" }.joined(separator: ", ")
    if names.count == 1 {
      return Words("required", "required", "deciding", [.init("name", code.names.text(of: names[0]))])
    }
    return Words("any-of", "anyOf", "", [.init("names", shown + (names.count > 8 ? ", …" : ""))])
  }

  // MARK: Kinds

  private static let kindWords: [(TypeMask, String)] = [
    (.object, "a group of named values `{…}`"), (.array, "a list `[…]`"), (.string, "text"), (.number, "a number"),
    (.integer, "a whole number"), (.boolean, "`true` or `false`"), (.null, "empty (`null`)"),
  ]

  private func type(_ fault: Fault) -> Words {
    var mask = TypeMask(rawValue: UInt8(truncatingIfNeeded: fault.detail))
    if mask.contains(.number) { mask.remove(.integer) }
    let kinds = Self.kindWords.filter { mask.contains($0.0) }.map(\.1)
    var arguments: [Message.Argument] = [
      .init("expected", Phrasebook.english.alternatives(kinds), phrases: kinds.map { Message($0) }),
      kindFound(fault.node),
    ]
    let isMember = fault.node & keyBit == 0 && tree.nodes[Int(fault.node)].hasKey
    if isMember { arguments.append(.init("name", name(fault.node))) }
    var words = Words("type", "type", isMember ? "named" : "", arguments)
    if let fix = typeFix(mask, fault.node) { words.fixes = [fix] }
    return words
  }

  private func kindFound(_ node: UInt32) -> Message.Argument {
    let kind = machine.kind(node)
    if kind == .number, !isPrivate(node) {
      let number = value(node)
      let phrase = Message(Self.foundNumber, [.init("value", number)])
      return .init("found", MessageCatalog.render(phrase.key, phrase.arguments), phrases: [phrase])
    }
    let words = Self.foundWords[kind] ?? "missing"
    return .init("found", words, phrases: [Message(words)])
  }

  private static let foundNumber = "the number {value}"
  private static let foundWords: [Node.Kind: String] = [
    .missing: "missing", .null: "empty (`null`)", .true: "`true`", .false: "`false`", .string: "text", .array: "a list",
    .object: "a group of named values", .number: "a number",
  ]

  /// Everything that messages put together from words of their own.
  static let phrases = kindWords.map(\.1) + foundWords.values.sorted() + [foundNumber, "{list} or {last}"]

  private func typeFix(_ mask: TypeMask, _ node: UInt32) -> SchemaFix? {
    guard node & keyBit == 0, !isPrivate(node) else { return nil }
    if machine.kind(node) == .string {
      let text = tree.plainText(of: Int(node))
      let shown = [Message.Argument("value", excerpt(text))]
      if mask.contains(.number) || mask.contains(.integer), JSONNumber.isWellFormed(text),
        mask.contains(.number) || ExactNumber(0..<text.count, in: text.span).isInteger == true
      {
        return SchemaFix(title: Message("fix-number", shown), isCertain: true, edit: .replace(node, text))
      }
      if mask.contains(.boolean), text == Array("true".utf8) || text == Array("false".utf8) {
        return SchemaFix(title: Message("fix-truth", shown), isCertain: true, edit: .replace(node, text))
      }
    }
    if mask == .string, machine.kind(node) == .number {
      let quoted = JSONText.quoted(tree.text(of: Int(node)))
      return SchemaFix(title: Message("fix-text"), isCertain: false, edit: .replace(node, quoted))
    }
    return nil
  }

  // MARK: Names

  private func memberName(_ member: UInt32) -> String { code.names.text(of: code.members[Int(member)].name) }

  private func required(_ fault: Fault, _ words: Words) -> Words {
    var words = words
    if let slip = slip(for: fault) {
      let missing = memberName(fault.detail)
      words.message = Message("near", [.init("name", missing), .init("found", name(slip))])
      words.slip = slip
      words.fixes = [
        SchemaFix(
          title: Message("fix-name", [.init("name", missing)]), isCertain: false,
          edit: .renameKey(slip, JSONText.quoted(missing.utf8)))
      ]
      return words
    }
    if words.rule == "required", let title = text("title", of: fault.place) {
      words.message.key = "titled"
      let inSentence = Self.lowercasedStart(title)
      words.message.arguments.append(.init("title", inSentence, phrases: [Message(inSentence)]))
    }
    let member = code.members[Int(fault.detail)]
    if let value = wantedValue(member.place) {
      let title = Message("fix", [.init("name", memberName(fault.detail))])
      words.fixes = [
        SchemaFix(
          title: title, isCertain: false,
          edit: .insertMember(fault.node, key: memberName(fault.detail), value: value))
      ]
    }
    return words
  }

  /// The member that was probably meant to be the missing one: its name is close, and stands nowhere in the schema. Cost: the
  /// object's members, and all names of the schema for one that is close.
  func slip(for fault: Fault) -> UInt32? {
    guard fault.code == .required, fault.node & keyBit == 0 else { return nil }
    let missing = memberName(fault.detail)
    let members = tree.children(of: Int(fault.node)).prefix(Self.mostMembers).filter { tree.nodes[$0].hasKey }
    let names = members.map { name(UInt32(clamping: $0)) }
    guard let near = Suggestion.nearest(missing, among: names),
      let index = names.firstIndex(where: { $0.unicodeScalars.elementsEqual(near.unicodeScalars) }),
      !code.members.contains(where: { code.names.text(of: $0.name).unicodeScalars.elementsEqual(near.unicodeScalars) })
    else { return nil }
    return UInt32(clamping: members[index])
  }

  private static let mostMembers = 256

  /// "Image" to "image", but "COCO file" as it is.
  private static func lowercasedStart(_ title: String) -> String {
    let scalars = Array(title.unicodeScalars)
    guard let first = scalars.first, scalars.count > 1, scalars[1].properties.isLowercase else { return title }
    return first.properties.lowercaseMapping + String(String.UnicodeScalarView(scalars.dropFirst()))
  }

  /// JSON text of the one value a place allows, or its default.
  private func wantedValue(_ place: UInt32) -> [UInt8]? {
    guard place != noIndex else { return nil }
    let own = code.places[Int(place)]
    for index in own.assertions.indices where code.assertions[index].operation == .constants {
      let set = code.constantSets[Int(code.assertions[index].operand)].constants.indices
      if set.count == 1 { return jsonText(code.constants[set.lowerBound]) }
    }
    let schema = code.documents[Int(own.document)].tree
    return schema.lastMember(Array("default".utf8), of: Int(own.node)).map { Array(schema.text(of: $0)) }
  }

  private func jsonText(_ constant: Constant) -> [UInt8] {
    Array(code.documents[Int(constant.document)].tree.text(of: Int(constant.node)))
  }

  private func unknownMember(_ fault: Fault, _ keyword: String) -> Words {
    let found = name(fault.node)
    var words = Words("additional-properties", keyword, "", [.init("name", found)])
    words.fold = found
    let remove = SchemaFix(title: Message("fix"), isCertain: false, edit: .remove(fault.node))
    guard let near = Suggestion.nearest(found, among: knownNames(around: fault)) else {
      words.fixes = [remove]
      return words
    }
    words.message = Message("near", [.init("name", found), .init("suggestion", near)])
    let rename = SchemaFix(
      title: Message("fix-name", [.init("suggestion", near)]), isCertain: false,
      edit: .renameKey(fault.node, JSONText.quoted(near.utf8)))
    words.fixes = [rename, remove]
    return words
  }

  /// Names that the part of the schema around the fault's place knows, and that are not used yet. Cost: all places, once.
  private func knownNames(around fault: Fault) -> [String] {
    let parent = tree.nodes[Int(fault.node)].parent
    guard parent != Node.none else { return [] }
    let used = Set(tree.children(of: Int(parent)).map { name(UInt32(clamping: $0)) })
    let inner = code.places[Int(fault.place)]
    let outer = code.documents[Int(inner.document)].tree.nodes[Int(inner.node)].parent
    guard let around = code.places.first(where: { $0.document == inner.document && $0.node == outer }) else {
      return []
    }
    var names: [String] = []
    for step in around.steps.indices where code.steps[step].operation == .object {
      for member in code.objects[Int(code.steps[step].a)].members.indices where code.members[member].place != noIndex {
        let name = code.names.text(of: code.members[member].name)
        if !used.contains(name) { names.append(name) }
      }
    }
    return names
  }

  // MARK: Texts of the schema

  func text(_ keyword: String, of place: UInt32) -> String? {
    guard place != noIndex else { return nil }
    let own = code.places[Int(place)]
    let schema = code.documents[Int(own.document)].tree
    return schema.lastMember(Array(keyword.utf8), of: Int(own.node)).flatMap { schema.plainString(of: $0) }
  }

  private func notPlace(_ place: UInt32) -> UInt32 {
    for step in code.places[Int(place)].steps.indices where code.steps[step].operation == .not {
      return code.steps[step].a
    }
    return noIndex
  }

  private func contains(_ fault: Fault) -> Words {
    let step = code.steps[Int(fault.detail)]
    let isFew = fault.code == .containsTooFew
    return Words(
      "contains", isFew ? "contains" : "maxContains", isFew ? "few" : "many",
      [.init("limit", String(isFew ? step.b : step.c))])
  }
}

/// Whether a text is a number in JSON's spelling.
enum JSONNumber {
  static func isWellFormed(_ text: [UInt8]) -> Bool {
    var at = 0
    func digits() -> Int {
      let start = at
      while at < text.count, text[at] >= UInt8(ascii: "0"), text[at] <= UInt8(ascii: "9") { at += 1 }
      return at - start
    }
    if at < text.count, text[at] == UInt8(ascii: "-") { at += 1 }
    let first = at
    let whole = digits()
    guard whole > 0, whole == 1 || text[first] != UInt8(ascii: "0") else { return false }
    if at < text.count, text[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { return false }
    }
    if at < text.count, text[at] | 32 == UInt8(ascii: "e") {
      at += 1
      if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") { at += 1 }
      guard digits() > 0 else { return false }
    }
    return at == text.count
  }
}

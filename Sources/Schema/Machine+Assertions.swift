import Manifest

/// Tests of one value.
extension Machine {
  mutating func check(_ place: Place, _ index: UInt32, _ node: UInt32, _ kind: Node.Kind) {
    let types = Self.mask(kind)
    for position in place.assertions.indices {
      let assertion = code.assertions[position]
      guard assertion.types.has(types) else { continue }
      if !holds(assertion, index, node) {
        faults.append(Fault(code: .assertion, place: index, node: node, detail: UInt32(clamping: position)))
      }
    }
  }

  private static func mask(_ kind: Node.Kind) -> TypeMask {
    switch kind {
    case .missing: []
    case .null: .null
    case .false, .true: .boolean
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  private mutating func holds(_ assertion: Assertion, _ place: UInt32, _ node: UInt32) -> Bool {
    let operand = assertion.operand
    switch assertion.operation {
    case .minimum: return compare(node, operand) >= 0
    case .maximum: return compare(node, operand) <= 0
    case .exclusiveMinimum: return compare(node, operand) > 0
    case .exclusiveMaximum: return compare(node, operand) < 0
    case .multipleOf: return isMultiple(node, operand)
    case .minLength: return hasLength(node) { $0 >= operand }
    case .maxLength: return hasLength(node) { $0 <= operand }
    case .pattern: return search(operand, node)
    case .format: return hasFormat(operand, node)
    case .minItems, .minProperties: return tree.nodes[Int(node)].childCount >= operand
    case .maxItems, .maxProperties: return tree.nodes[Int(node)].childCount <= operand
    case .uniqueItems: return isUnique(node, place)
    case .constants: return contains(code.constantSets[Int(operand)], node)
    }
  }

  @inline(__always) func compare(_ node: UInt32, _ number: UInt32) -> Int {
    let constant = code.numbers[Int(number)]
    let range = token(node)
    let value = ExactNumber(range, in: tree.bytes.span)
    if !value.isLong, constant.long == nil { return ExactNumber.compare(value, constant.exact) }
    return LongNumber.compare(LongNumber(range, in: tree.bytes.span), long(constant))
  }

  private func long(_ constant: NumberConstant) -> LongNumber {
    if let long = constant.long { return long }
    let tree = code.documents[Int(constant.document)].tree
    return LongNumber(tree.nodes[Int(constant.node)].token, in: tree.bytes.span)
  }

  @inline(__always) private func isMultiple(_ node: UInt32, _ number: UInt32) -> Bool {
    let constant = code.numbers[Int(number)]
    let range = token(node)
    let value = ExactNumber(range, in: tree.bytes.span)
    if !value.isLong, constant.long == nil { return value.isMultiple(of: constant.exact) }
    // Beyond what can be worked out in reasonable time, nothing is claimed.
    return LongNumber(range, in: tree.bytes.span).isMultiple(of: long(constant)) ?? true
  }

  /// Code points cost a pass only where the count of bytes leaves the answer open.
  @inline(__always) private func hasLength(_ node: UInt32, _ isRight: (UInt32) -> Bool) -> Bool {
    let content = JSONText.content(of: token(node), in: tree.bytes.span)
    let count = JSONText.length(content, in: tree.bytes.span, isEscaped: isEscaped(node))
    return isRight(UInt32(clamping: count))
  }

  /// Whether the pattern is found in a string. One that gives up is noted and passes.
  mutating func search(_ pattern: UInt32, _ node: UInt32) -> Bool {
    let content = JSONText.content(of: token(node), in: tree.bytes.span)
    let outcome: PatternMatcher.Outcome
    if isEscaped(node) {
      unescapeToScratch(content)
      outcome = matcher.search(code.patterns[Int(pattern)], in: scratch.span, 0..<scratch.count)
    } else {
      outcome = matcher.search(code.patterns[Int(pattern)], in: tree.bytes.span, content)
    }
    if outcome == .gaveUp { unchecked.append((pattern, node)) }
    return outcome != .differs
  }

  @inline(__always) private func hasFormat(_ format: UInt32, _ node: UInt32) -> Bool {
    let text = tree.plainText(of: Int(node & ~keyBit), key: node & keyBit != 0)
    return Format.allCases[Int(format)].fits(text)
  }

  // MARK: Constants

  mutating func contains(_ set: ConstantSet, _ node: UInt32) -> Bool {
    guard set.constants.indices.count > 8, node & keyBit == 0 else {
      for index in set.constants.indices where isEqual(code.constants[index], node) { return true }
      return false
    }
    let hash = ValueHash.hash(tree, Int(node))
    var low = set.constants.indices.lowerBound
    var high = set.constants.indices.upperBound
    while low < high {
      let middle = (low + high) / 2
      if code.constants[middle].hash < hash { low = middle + 1 } else { high = middle }
    }
    while low < set.constants.indices.upperBound, code.constants[low].hash == hash {
      if isEqual(code.constants[low], node) { return true }
      low += 1
    }
    return false
  }

  private mutating func isEqual(_ constant: Constant, _ node: UInt32) -> Bool {
    switch (constant.form, kind(node)) {
    case (.null, .null), (.false, .false), (.true, .true): return true
    case (.number, .number): return compare(node, constant.index) == 0
    case (.string, .string):
      let content = JSONText.content(of: token(node), in: tree.bytes.span)
      let wanted = constant.text.indices
      guard isEscaped(node) else {
        guard content.count == wanted.count else { return false }
        var at = content.lowerBound
        for index in wanted {
          if tree.bytes[at] != code.text[index] { return false }
          at += 1
        }
        return true
      }
      unescapeToScratch(content)
      return scratch.elementsEqual(code.text[wanted])
    case (.composite, .array), (.composite, .object):
      guard node & keyBit == 0 else { return false }
      let other = code.documents[Int(constant.document)].tree
      return ValueEquality.areEqual(tree, Int(node), other, Int(constant.node))
    default: return false
    }
  }

  /// Cost: the text of the array, hashed once; equal hashes are compared.
  private mutating func isUnique(_ node: UInt32, _ place: UInt32) -> Bool {
    if tree.nodes[Int(node)].isElided {
      arrayChecks.append(ArrayCheck(node: node, keyword: .uniqueItems, place: place))
      return true
    }
    return firstRepeated(in: Int(node)) == nil
  }

  /// The first element that stood before in the array, with its twin.
  func firstRepeated(in node: Int) -> (first: Int, again: Int)? {
    guard tree.nodes[node].childCount > 1 else { return nil }
    let hashes = ValueHash.childHashes(tree, node).filter { tree.nodes[$0.node].kind != .missing }
      .sorted { ($0.hash, $0.node) < ($1.hash, $1.node) }
    var found: (first: Int, again: Int)?
    var start = 0
    for index in hashes.indices {
      if hashes[index].hash != hashes[start].hash { start = index }
      for earlier in start..<index where hashes[index].node < found?.again ?? .max {
        if ValueEquality.areEqual(tree, hashes[earlier].node, tree, hashes[index].node) {
          found = (hashes[earlier].node, hashes[index].node)
          break
        }
      }
    }
    return found
  }
}

import Manifest

/// Evaluates places at nodes with a stack of its own, so neither deep data nor a schema that refers to itself can exhaust the thread's.
///
/// Findings, marks and seen children are logs: a branch that fails is undone by cutting the logs back.
struct Machine {
  let code: SchemaCode
  var tree = RecordTree(bytes: [], nodes: [])
  var frames: [Frame] = []
  var faults: [Fault] = []
  var marks: [Mark] = []
  /// Children that some place has looked at, for `unevaluated…`.
  var seen: [UInt32] = []
  var choices: [Choice] = []
  /// Dynamic scopes: the one around it, and the resource entered.
  var scopes: [(outer: UInt32, resource: UInt32)] = []
  /// Presence bits of the object steps under way.
  var bits: [UInt64] = []
  /// Unseen children that `unevaluated…` steps still have to visit.
  var pending: [UInt32] = []
  var unions: [[UInt32]] = []
  var causes: [Fault] = []
  var arrayChecks: [ArrayCheck] = []
  /// Patterns that gave up: pattern and node.
  var unchecked: [(pattern: UInt32, node: UInt32)] = []
  /// Notes every place that applies to this node.
  var watched = noIndex
  /// How many values were come across that are not written yet.
  var missing = 0
  var stepsLeft = 0
  var isExhausted = false
  var scratch: [UInt8] = []
  let matcher = PatternMatcher()

  init(code: SchemaCode) { self.code = code }

  /// Where the logs stand now.
  var lengths: Choice.Lengths {
    Choice.Lengths(faults: faults.count, marks: marks.count, seen: seen.count, missing: missing)
  }

  mutating func prepare(_ tree: RecordTree, watched: UInt32, maximumSteps: Int) {
    self.tree = tree
    self.watched = watched
    missing = 0
    stepsLeft = maximumSteps
    isExhausted = false
    frames.removeAll(keepingCapacity: true)
    faults.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    seen.removeAll(keepingCapacity: true)
    choices.removeAll(keepingCapacity: true)
    scopes.removeAll(keepingCapacity: true)
    bits.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    unions.removeAll(keepingCapacity: true)
    causes.removeAll(keepingCapacity: true)
    arrayChecks.removeAll(keepingCapacity: true)
    unchecked.removeAll(keepingCapacity: true)
  }

  /// Evaluates a place at a node, the root if none is given, to the end.
  mutating func evaluate(_ start: EntryPlace, at node: UInt32 = 0) {
    var scope = noIndex
    if code.isDynamic { for resource in start.resources { scope = enterScope(scope, resource) } }
    if enter(start.place, node, reason: .notAllowed, scope: scope, sameDepth: 0, isTracking: false) { run() }
  }

  private mutating func run() {
    while let top = frames.indices.last {
      guard !isExhausted else {
        abandon()
        return
      }
      let place = code.places[Int(frames[top].place)]
      if runSteps(top, until: place.steps.end) { continue }
      finish(top, place)
    }
  }

  /// Goes on with the frame's steps; `true` if one of them has put a frame on top.
  private mutating func runSteps(_ top: Int, until end: UInt32) -> Bool {
    while frames[top].step < end {
      let step = code.steps[Int(frames[top].step)]
      let isSuspended =
        switch step.operation {
        case .object: objectStep(top, step)
        case .array: arrayStep(top, step)
        case .reference: referenceStep(top, step.a)
        case .dynamicReference: referenceStep(top, dynamicTarget(top, step.a))
        case .allOf: allOfStep(top, step)
        case .anyOf: choiceStep(top, step, isOneOf: false)
        case .oneOf: choiceStep(top, step, isOneOf: true)
        case .not: notStep(top, step)
        case .condition: conditionStep(top, step)
        case .dependentSchemas: dependentStep(top, step)
        case .contains: containsStep(top, step)
        case .unevaluatedItems: unevaluatedStep(top, step, of: .array)
        case .unevaluatedProperties: unevaluatedStep(top, step, of: .object)
        }
      if isSuspended { return true }
      frames[top].step += 1
      frames[top].phase = 0
    }
    return false
  }

  private mutating func finish(_ top: Int, _ place: Place) {
    let frame = frames.removeLast()
    let start = Int(frame.faultStart)
    if frame.keepsFirstFaultOnly, faults.count > start + 1 { faults.removeLast(faults.count - start - 1) }
    if place.flags.has(.hasRule), faults.count > start { nameFaults(from: start, place: frame.place) }
    // What was seen of this node's children means nothing to the frames of another node.
    if frame.sameDepth == 0 { seen.removeLast(seen.count - Int(frame.seenStart)) }
  }

  /// Gives up on a record that costs too much. What was found before the first open choice is certain and stays.
  private mutating func abandon() {
    if let first = choices.first, faults.count > first.start.faults {
      faults.removeLast(faults.count - first.start.faults)
    }
    frames.removeAll(keepingCapacity: true)
  }

  /// Turns the nameless faults since `start` into one under the place's rule.
  mutating func nameFaults(from start: Int, place: UInt32) {
    guard let first = faults[start...].first(where: { $0.code != .rule }) else { return }
    var kept = faults[start...].filter { $0.code == .rule }
    causes.append(first)
    kept.append(
      Fault(code: .rule, place: place, node: first.node, detail: UInt32(clamping: causes.count - 1)))
    faults.replaceSubrange(start..., with: kept)
  }

  // MARK: Entering a place

  /// Evaluates what needs no other place at once and puts a frame on the stack for the rest; `true` if it did.
  mutating func enter(
    _ index: UInt32, _ node: UInt32, reason: Fault.Code, scope: UInt32, sameDepth: UInt32, isTracking: Bool
  ) -> Bool {
    stepsLeft -= 1
    if stepsLeft < 0 {
      isExhausted = true
      return false
    }
    let place = code.places[Int(index)]
    if place.flags.has(.never) {
      faults.append(Fault(code: reason, place: index, node: node))
      return false
    }
    if place.flags.has(.isMarked) || node == watched { marks.append(Mark(node: node, place: index)) }
    let value = kind(node)
    if value == .missing {
      missing += 1
      return false
    }
    let start = faults.count
    var isWrongKind = false
    if place.types.rawValue != TypeMask.any.rawValue {
      let isMalformed = isMalformed(node)
      if !isMalformed, !matches(place.types, node, value) {
        faults.append(Fault(code: .type, place: index, node: node, detail: UInt32(place.types.rawValue)))
        isWrongKind = true
      }
    }
    if !place.assertions.isEmpty, !isWrongKind, !isMalformed(node) { check(place, index, node, value) }
    if place.steps.isEmpty {
      if faults.count > start, place.flags.has(.hasRule) { nameFaults(from: start, place: index) }
      return false
    }
    let isSuspect = place.flags.has(.mayTurn) || sameDepth.isMultiple(of: 64)
    if sameDepth != 0, isSuspect, isTurning(index, node, scope) { return false }
    var frame = Frame(
      place: index, node: node, step: place.steps.start, faultStart: UInt32(clamping: start),
      seenStart: UInt32(clamping: seen.count),
      scope: code.isDynamic ? enterScope(scope, place.resource) : noIndex, sameDepth: sameDepth,
      isTracking: isTracking || place.flags.has(.asksWhatWasSeen))
    frame.keepsFirstFaultOnly = isWrongKind
    frames.append(frame)
    return true
  }

  /// Enters a place at the frame's own node.
  mutating func enterHere(_ top: Int, _ place: UInt32) -> Bool {
    let frame = frames[top]
    return enter(
      place, frame.node, reason: .notAllowed, scope: frame.scope, sameDepth: frame.sameDepth + 1,
      isTracking: frame.isTracking)
  }

  /// Enters a place at a child, or at its key.
  mutating func enterChild(_ top: Int, _ place: UInt32, _ child: UInt32, _ reason: Fault.Code) -> Bool {
    enter(place, child, reason: reason, scope: frames[top].scope, sameDepth: 0, isTracking: false)
  }

  /// Whether the same place is already under way for the same node: a reference that gets nowhere.
  @inline(__always) private func isTurning(_ place: UInt32, _ node: UInt32, _ scope: UInt32) -> Bool {
    for frame in frames.reversed() {
      if frame.node != node { return false }
      if frame.place == place, !code.isDynamic || frame.scope == scope || scopeLeads(scope, place, to: frame.scope) {
        return true
      }
      if frame.sameDepth == 0 { return false }
    }
    return false
  }

  private func scopeLeads(_ scope: UInt32, _ place: UInt32, to other: UInt32) -> Bool {
    // Scopes grow along a turn; it is the same turn if both end in the place's resource and hold the same outermost one.
    outermost(scope) == outermost(other)
  }

  private func outermost(_ scope: UInt32) -> UInt32 {
    var at = scope
    while at != noIndex, scopes[Int(at)].outer != noIndex { at = scopes[Int(at)].outer }
    return at
  }

  private mutating func enterScope(_ outer: UInt32, _ resource: UInt32) -> UInt32 {
    if outer != noIndex, scopes[Int(outer)].resource == resource { return outer }
    scopes.append((outer, resource))
    return UInt32(clamping: scopes.count - 1)
  }

  // MARK: Values
  // Put in where they are called: to call one, a step would have to copy the machine.

  @inline(__always) func kind(_ node: UInt32) -> Node.Kind { node & keyBit != 0 ? .string : tree.nodes[Int(node)].kind }

  @inline(__always) func isMalformed(_ node: UInt32) -> Bool {
    node & keyBit == 0 && tree.nodes[Int(node)].isMalformed
  }

  /// The token of a node, or of its key.
  @inline(__always) func token(_ node: UInt32) -> Range<Int> {
    node & keyBit != 0 ? tree.nodes[Int(node & ~keyBit)].keyToken : tree.nodes[Int(node)].token
  }

  @inline(__always) func isEscaped(_ node: UInt32) -> Bool {
    node & keyBit != 0
      ? tree.nodes[Int(node & ~keyBit)].isKeyEscaped : tree.nodes[Int(node)].isEscaped
  }

  @inline(__always) private func matches(_ types: TypeMask, _ node: UInt32, _ kind: Node.Kind) -> Bool {
    switch kind {
    case .missing: true
    case .null: types.has(.null)
    case .false, .true: types.has(.boolean)
    case .string: types.has(.string)
    case .array: types.has(.array)
    case .object: types.has(.object)
    case .number: types.has(.number) || (types.has(.integer) && isInteger(node))
    }
  }

  @inline(__always) private func isInteger(_ node: UInt32) -> Bool { Self.isInteger(token(node), in: tree.bytes) }

  private static func isInteger(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
    ExactNumber(range, in: bytes.span).isInteger ?? LongNumber(range, in: bytes.span).isInteger
  }

  /// Puts the meaning of a string's content into `scratch`.
  mutating func unescapeToScratch(_ content: Range<Int>) {
    let bytes = tree.bytes
    scratch.removeAll(keepingCapacity: true)
    JSONText.unescape(content, in: bytes.span, into: &scratch)
  }

  /// The name of a member's key in the schema's table, or `noIndex`.
  mutating func name(of child: UInt32) -> UInt32 {
    let node = tree.nodes[Int(child)]
    let content = JSONText.content(of: node.keyToken, in: tree.bytes.span)
    guard node.isKeyEscaped else { return code.names.find(content, in: tree.bytes.span) }
    unescapeToScratch(content)
    return code.names.find(0..<scratch.count, in: scratch.span)
  }

  /// The last member of that name; `nil` if there is none, or the object's members are records of their own.
  mutating func member(_ name: UInt32, of node: UInt32) -> UInt32? {
    guard kind(node) == .object, node & keyBit == 0, !tree.nodes[Int(node)].isElided else { return nil }
    var found: UInt32?
    var child = node + 1
    let end = tree.nodes[Int(node)].subtreeEnd
    while child < end {
      if tree.nodes[Int(child)].isMember, self.name(of: child) == name { found = child }
      child = tree.nodes[Int(child)].subtreeEnd
    }
    return found
  }
}

/// A keyword over an array or object whose children are records of their own: its answer must come from sums over them.
package struct ArrayCheck: Sendable, Hashable {
  package enum Keyword: UInt8, Sendable, Hashable {
    case uniqueItems, contains, required, unevaluatedItems, unevaluatedProperties
  }
  package var node: UInt32
  package var keyword: Keyword
  /// The place that asks.
  package var place: UInt32
}

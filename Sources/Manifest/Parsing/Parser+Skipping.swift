// A container without fault that holds no records is read at once: what comes of it is only what its parent remembers of it.
extension Parser {
  /// Reads the container that was just opened up to its closer, if nothing in it or around it calls for a second look.
  ///
  /// The state is then the one that reading it byte by byte leads to; a test compares the two.
  mutating func skipContent(_ kind: Frame.Kind, _ text: Span<UInt8>) {
    guard top.kind == kind, top.expect == .firstKey || top.expect == .firstElement, !top.isDamaged, top.childType == 0,
      !shape.leadsOn(top.patterns, depth: top.depth), let remembers = objectsAroundRemember()
    else { return }
    var content = SkippedContent(isInMap: remembers)
    guard
      let end = StrictScan(isLine: isLines).end(of: text, from: position - 1, before: skipLimit, &content)
    else { return }
    position = end - 1
    guard content.lastKind != .missing else { return }
    top.expect = .comma
    top.lastKind = content.lastKind
    top.keys = content.keys
    top.keyCount = content.keyCount
    top.last = content.last
    top.beforeLast = content.beforeLast
    top.childPatterns = 0
    before = .value
  }

  /// Whether an object around remembers its members; `nil` if something was wrong around.
  private func objectsAroundRemember() -> Bool? {
    var remembers = false
    var up = 1
    while up < Limits.climb, let frame = frame(up) {
      if frame.isDamaged { return nil }
      if frame.kind == .object, frame.hasMemory { remembers = true }
      up += 1
    }
    return remembers
  }
}

/// What a container remembers of what stands in it, as `Frame` does. Gives up where the parser would look at what stands around.
struct SkippedContent: StrictVisitor {
  /// An object around remembers its members, so that those of objects in here might rather be its own.
  let isInMap: Bool
  private(set) var lastKind = Node.Kind.missing
  private(set) var keys = KeySet.empty
  private(set) var keyCount: UInt8 = 0
  private(set) var last = KeySet.empty
  private(set) var beforeLast = KeySet.empty

  private var childKeys = KeySet.empty
  /// 1 in the container itself.
  private var depth = 0
  /// One bit a level: an object; remembers a child; had an object as its last child.
  private var objects: UInt64 = 0
  private var mindful: UInt64 = 0
  private var followsObject: UInt64 = 0
  /// Keys of the object at each level.
  private var keyCounts = [64 of UInt8](repeating: 0)

  init(isInMap: Bool) { self.isInMap = isInMap }

  private var bit: UInt64 { 1 << UInt64(depth) }

  mutating func begin(_ kind: Node.Kind, at start: Int) -> Bool {
    if depth > 0 {
      let isInObject = objects & bit != 0
      if isInObject, kind == .object, isInMap || objects & mindful & (bit - 1) != 0 { return false }
      if !isInObject, kind == .array, mindful & followsObject & bit != 0 { return false }
      note(kind)
    }
    depth += 1
    objects = kind == .object ? objects | bit : objects & ~bit
    mindful &= ~bit
    followsObject &= ~bit
    keyCounts[depth] = 0
    if depth == 2 { childKeys = .empty }
    return true
  }

  mutating func end(_ end: Int) {
    let count = objects & bit != 0 ? keyCounts[depth] : 0
    if depth == 1 {
      keyCount = count
      if count > Frame.maxKeys { keys = .empty }
    }
    depth -= 1
    guard count > 0, count <= Frame.maxKeys else { return }
    mindful |= bit
    if depth == 1 { (beforeLast, last) = (last, childKeys) }
  }

  mutating func key(_ start: Int, _ end: Int, isEscaped: Bool, in text: Span<UInt8>) -> Bool {
    // Longer ones the parser reads in pieces.
    guard end - start < Limits.token - 8 else { return false }
    if keyCounts[depth] <= Frame.maxKeys { keyCounts[depth] += 1 }
    if depth <= 2 {
      let key = KeySet(JSONString.hash(text.extracting(start + 1..<end - 1)))
      if depth == 1 { keys.insert(key) } else { childKeys.insert(key) }
    }
    return true
  }

  mutating func scalar(_ kind: Node.Kind, _ start: Int, _ end: Int, isEscaped: Bool) { note(kind) }

  private mutating func note(_ kind: Node.Kind) {
    if depth == 1 { lastKind = kind }
    followsObject = kind == .object ? followsObject | bit : followsObject & ~bit
  }
}

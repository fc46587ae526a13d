/// What failed where, as evaluation notes it: plain numbers, because most are noted on branches nobody meant and thrown away again.
struct Fault: Sendable {
  enum Code: UInt8, Sendable {
    /// Detail: a type mask that was expected.
    case type
    /// Detail: an assertion.
    case assertion
    /// Detail: a member of the object tables.
    case required
    /// Detail: the member needed; `other` the one that needs it.
    case dependentRequired
    /// The member or element itself is not allowed.
    case notAllowed, additionalMember, extraElement, nameNotAllowed, unevaluatedMember, unevaluatedElement
    /// Detail: a discriminator. The node is the property's value.
    case discriminator
    /// Detail: a list in `Machine.unions`.
    case constantUnion
    /// Nothing tells which branch is meant. Detail: a choice index.
    case undecided
    /// Detail: how many branches fit.
    case oneOfMany
    case not
    /// Detail: the step.
    case containsTooFew, containsTooMany
    /// Detail: the fault it stands for, in `Machine.causes`. The place has the rule.
    case rule
  }
  var code: Code
  var place: UInt32
  var node: UInt32
  var detail: UInt32 = 0
  var other: UInt32 = 0
}

/// That a place with something to note applies to a node.
struct Mark: Sendable, Hashable {
  var node: UInt32
  var place: UInt32
  /// Document order; a member's value before its key.
  var order: UInt64 { UInt64(node & ~keyBit) << 33 | UInt64(node >> 31) << 32 | UInt64(place) }
}

/// Set on a node's index to mean its key, read as a string.
let keyBit: UInt32 = 0x8000_0000

/// One place being evaluated at one node.
struct Frame {
  var place: UInt32
  var node: UInt32
  /// The next step, and how far it has come.
  var step: UInt32
  var phase: UInt32 = 0
  var cursor: UInt32 = 0
  var ordinal: UInt32 = 0
  var pendingEnd: UInt32 = 0
  /// Lengths of the logs when the frame began.
  var faultStart: UInt32
  var seenStart: UInt32
  var bitStart: UInt32 = 0
  var scope: UInt32
  /// How many frames below it stand at the same node.
  var sameDepth: UInt32
  var isTracking: Bool
  var isMatched = false
  /// The value's kind is wrong: what else fails is not worth saying.
  var keepsFirstFaultOnly = false

  /// Both at once: each change of a frame has the stack make sure that it is its own.
  mutating func goOn(at cursor: UInt32) {
    phase = 1
    self.cursor = cursor
  }
  mutating func goOn(inPhase phase: UInt32, isMatched: Bool) {
    self.phase = phase
    self.isMatched = isMatched
  }
}

/// Branches being tried. The logs hold, from `start`: the best failed branch so far (or the valid ones), then the branch under way.
struct Choice {
  struct Lengths {
    var faults: Int
    var marks: Int
    var seen: Int
    /// Values not written yet that were come across.
    var missing: Int
  }
  var start: Lengths
  var branch: Lengths
  var isOpen = false
  var tried = 0
  var valid = 0
  var bestCost = Int.max
  /// Each branch failed by nothing but the value's type; then these are the types that would do.
  var onlyTypes = true
  var types: TypeMask = []
  /// Each branch failed by nothing but a constant; then these are the sets.
  var onlyConstants = true
  var sets: [UInt32] = []
  var ignoresDiscriminators = false
  /// Branches worth trying, in order; `nil` for all.
  var candidates: [UInt32]?
  var explanation: Fault?

  init(_ start: Lengths) {
    self.start = start
    branch = start
  }
}

/// One open container, as the parser remembers it. A plain value without references.
struct Frame: Sendable, Hashable {
  enum Kind: UInt8, Sendable { case root, lines, object, array }

  /// What may come next.
  enum Expect: UInt8, Sendable {
    /// The document's or a line's value; an object member's value.
    case value
    /// Behind the document's or the line's value.
    case end
    /// Behind the document's value when more was found and reported.
    case excess
    case firstElement, element, firstKey, key, colon
    /// A comma or the closer.
    case comma
  }

  var kind: Kind
  var expect: Expect
  /// The type of the record this container is the value of; 0 if it is none.
  var recordType: UInt8 = 0
  /// The type of the records that are its children; 0 if they are none.
  var childType: UInt8 = 0
  /// The innermost record this container's bytes belong to.
  var ownerType: UInt8 = 0
  /// The kind of the last child (`Node.Kind`); `missing` before the first.
  var lastKind: Node.Kind = .missing
  var keyCount: UInt8 = 0
  /// The object has no opener of its own.
  var isImplicit = false
  /// Above zero for some commas after something structural was wrong here or in a child.
  var damage: UInt8 = 0
  /// Containers above it, saturating.
  var depth: UInt32 = 0
  /// The shape's patterns that lead here.
  var patterns: UInt32 = 0
  /// Of those, the ones that lead on to the value now expected.
  var childPatterns: UInt32 = 0
  /// The current key, in containers of records.
  var keyHash: UInt32 = 0
  /// A Bloom filter of this object's keys; empty again beyond 32 keys, so that it depends on a bounded past.
  var keys = KeySet.empty
  /// The keys of the last two child objects.
  var last = KeySet.empty
  var beforeLast = KeySet.empty
  /// The keys of a record inside the child before: what the first record of its next sibling is compared with.
  var inner = KeySet.empty
  /// The type of that record.
  var innerType: UInt8 = 0
  /// `inner` comes from this container's own children.
  var innerIsOwn = false
  /// `last` comes from elsewhere.
  var lastIsInherited = false

  static let maxKeys: UInt8 = 32
  /// How many commas damage is remembered for: bounded, so that reading again stops soon behind an edit.
  static let damageMemory: UInt8 = 24

  var isDamaged: Bool { damage > 0 }

  /// Its children are alike, as records are.
  var isCollection: Bool { childType != 0 || hasMemory }

  /// Whether one of the last two child objects has this key.
  func remembers(_ key: KeySet) -> Bool { last.contains(key) || beforeLast.contains(key) }

  func has(_ key: KeySet) -> Bool { keys.contains(key) }

  var hasMemory: Bool { !last.isEmpty }

  var hash: UInt64 {
    let small =
      UInt64(kind.rawValue) | UInt64(expect.rawValue) << 8 | UInt64(recordType) << 16 | UInt64(childType) << 24
      | UInt64(ownerType) << 32 | UInt64(lastKind.rawValue) << 40 | UInt64(keyCount) << 48
      | UInt64(isImplicit ? 1 : 0) << 56 | UInt64(damage) << 57
    let memory = UInt64(innerType) | (innerIsOwn ? 1 << 8 : 0) | (lastIsInherited ? 1 << 9 : 0)
    var hash = mix(small, UInt64(depth) << 32 | UInt64(keyHash))
    hash = mix(hash, UInt64(patterns) << 32 | UInt64(childPatterns))
    hash = mix(hash, memory)
    for set in [keys, last, beforeLast, inner] { hash = mix(mix(hash, set.low), set.high) }
    return hash
  }
}

func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
  let product = (a ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: b ^ 0xD1B5_4A32_D192_ED03)
  return product.high ^ product.low ^ (a &<< 1) ^ (b &>> 7)
}

/// A frame and those under it. A class because states at leaf boundaries share their lower frames.
// Sendable: `below` changes only in `deinit`, when nothing else refers to this object.
final class FrameLink: @unchecked Sendable {
  let frame: Frame
  private(set) var below: FrameLink?
  let hash: UInt64

  init(_ frame: Frame, below: FrameLink?) {
    self.frame = frame
    self.below = below
    hash = mix(frame.hash, below?.hash ?? 1)
  }

  /// Frees long chains one by one: the default would recurse once for every nested bracket.
  deinit {
    var current = below
    below = nil
    while current != nil, isKnownUniquelyReferenced(&current) {
      let next = current?.below
      current?.below = nil
      current = next
    }
  }

  static func == (a: FrameLink, b: FrameLink) -> Bool {
    guard a.hash == b.hash else { return false }
    var (left, right): (FrameLink?, FrameLink?) = (a, b)
    while let l = left, let r = right {
      if l === r { return true }
      if l.hash != r.hash || l.frame != r.frame { return false }
      (left, right) = (l.below, r.below)
    }
    return left == nil && right == nil
  }
}

/// Everything the parser knows at a boundary between leaves. Compared in constant time for unequal states.
struct ParserState: Sendable {
  /// What the boundary stands inside of.
  enum Mode: Sendable, Hashable {
    case start, normal
    /// A string of more than `Limits.token` bytes.
    case string(isKey: Bool)
    case word(WordScan)
    case lineComment, blockComment
    /// In a table.
    case row(RowPlace)
  }
  /// What a token is, as far as strings behind it care.
  enum Before: UInt8, Sendable { case other, colon, value }
  var mode: Mode
  var before: Before
  var top: FrameLink

  static func == (a: ParserState, b: ParserState) -> Bool { a.mode == b.mode && a.before == b.before && a.top == b.top }
}

enum Limits {
  /// Tokens up to this many bytes are read whole; leaves are cut only between them or inside longer ones.
  static let token = 512
  /// How far behind a token the parser looks.
  static let look = 512
  /// How far behind a token the parser looks for the end of a line.
  static let lineLook = 960
  /// No decision depends on bytes further behind than this.
  static let reach = 1536
  /// How far behind a line end inside quotes a table is searched for the closing quote.
  static let rowLook = 1200
  static let leaf = 2048
  /// A container is read at once up to here, so that most leaves end between records.
  static let widestLeaf = 4 * leaf
  /// How many frames recovery looks through.
  static let climb = 64
}

import Manifest

/// A constant of the schema, ready to compare.
struct Constant: Sendable {
  enum Form: UInt8, Sendable { case null, `false`, `true`, number, string, composite }
  var form: Form
  /// A string's content in `SchemaCode.text`.
  var text = Slice()
  /// Index of a number; for composites the document.
  var index: UInt32 = 0
  /// Node in the document, for messages and composites.
  var document: UInt32
  var node: UInt32
  var hash: UInt64
}

struct ConstantSet: Sendable {
  /// In `constants`, sorted by hash.
  var constants: Slice
  var isConst: Bool
}

struct NumberConstant: Sendable {
  var exact: ExactNumber
  var long: LongNumber?
  var document: UInt32
  var node: UInt32
}

/// A schema document, kept for what it says to people and for composite constants.
struct SchemaDocument: Sendable {
  var uri: String
  var tree: RecordTree
}

/// The tables of a compiled schema. Flat, so that evaluating touches few lines and allocates nothing.
struct SchemaCode: Sendable {
  var documents: [SchemaDocument] = []
  /// What some place says of how values are shown.
  var displays: Set<DisplayUse.Form> = []
  var places: [Place] = []
  var assertions: [Assertion] = []
  var steps: [Step] = []
  var placeList: [UInt32] = []
  var objects: [ObjectTable] = []
  var arrays: [ArrayTable] = []
  var members: [Member] = []
  var keyPatterns: [KeyPattern] = []
  var dependents: [DependentRequirement] = []
  var slotList: [UInt32] = []
  var dependentSchemas: [DependentSchema] = []
  var dynamicReferences: [DynamicReference] = []
  /// By resource, then anchor: the place. Only resources with dynamic anchors have entries.
  var dynamicAnchors: [UInt64: UInt32] = [:]
  var discriminators: [Discriminator] = []
  var discriminatorSlices: [Slice] = []
  /// By discriminator slice; `nil` for choices of few branches, which are simply tried.
  var choiceIndexes: [ChoiceIndex?] = []
  var setList: [UInt32] = []
  var numbers: [NumberConstant] = []
  var constants: [Constant] = []
  var constantSets: [ConstantSet] = []
  var patterns: [Pattern] = []
  var vocabularies: [VocabularyNote] = []
  var rules: [NamedRule] = []
  var names = NameTable()
  var text: [UInt8] = []
  var isDynamic = false
  /// Some place says that it is no longer to be used.
  var warnsOfUse = false

  /// The place a dynamic anchor names in a resource.
  func dynamicPlace(resource: UInt32, anchor: UInt32) -> UInt32? {
    dynamicAnchors[UInt64(resource) << 32 | UInt64(anchor)]
  }

  /// Slot of a name within an object table; `nil` if the table does not know it.
  @inline(__always) func slot(of name: UInt32, in table: ObjectTable) -> Int? {
    var low = Int(table.members.start)
    var high = Int(table.members.end)
    while high - low > 8 {
      let middle = (low + high) / 2
      if members[middle].name <= name { low = middle } else { high = middle }
    }
    while low < high {
      if members[low].name == name { return low - Int(table.members.start) }
      low += 1
    }
    return nil
  }
}

/// Every property name of the schema, once, found by its bytes.
struct NameTable: Sendable {
  private var bytes: [UInt8] = []
  private var entries: [(hash: UInt64, range: Slice)] = []
  /// Open addressing; holds entry index + 1. Its count is a power of two.
  private var buckets: [UInt32] = Array(repeating: 0, count: 64)

  /// Another one in each process, so that no file can be made whose names or values fall together.
  private static let seed = UInt64.random(in: .min ... .max)
  private static let factor = UInt64.random(in: .min ... .max) | 1

  /// Both halves of a product: of the lower one alone, the upper bits of two words tell how to make them fall together, whatever
  /// the seed.
  private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: factor)
    return product.high ^ product.low
  }

  static func hash(_ range: Range<Int>, in bytes: Span<UInt8>) -> UInt64 {
    var hash = seed ^ UInt64(range.count)
    var at = range.lowerBound
    while at + 8 <= range.upperBound {
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
      hash = mix(hash, word)
      at += 8
    }
    var last: UInt64 = 0
    while at < range.upperBound {
      last = last << 8 | UInt64(bytes[at])
      at += 1
    }
    return mix(hash, last)
  }

  /// Index of the name, or `noIndex`.
  func find(_ range: Range<Int>, in text: Span<UInt8>) -> UInt32 {
    let hash = Self.hash(range, in: text)
    let mask = buckets.count - 1
    var bucket = Int(truncatingIfNeeded: hash) & mask
    while true {
      let found = buckets[bucket]
      if found == 0 { return noIndex }
      let entry = entries[Int(found - 1)]
      if entry.hash == hash, isEqual(entry.range, range, text) { return found - 1 }
      bucket = (bucket + 1) & mask
    }
  }

  private func isEqual(_ own: Slice, _ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard Int(own.end - own.start) == range.count else { return false }
    let bytes = bytes.span
    var (at, index) = (Int(own.start), range.lowerBound)
    while index + 8 <= range.upperBound {
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
      guard unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self) == word else { return false }
      at += 8
      index += 8
    }
    while index < range.upperBound {
      if bytes[at] != text[index] { return false }
      at += 1
      index += 1
    }
    return true
  }

  mutating func intern(_ name: [UInt8]) -> UInt32 {
    let found = find(0..<name.count, in: name.span)
    if found != noIndex { return found }
    let start = UInt32(clamping: bytes.count)
    bytes += name
    entries.append((Self.hash(0..<name.count, in: name.span), Slice(start: start, end: UInt32(clamping: bytes.count))))
    if entries.count * 2 > buckets.count { grow() } else { place(entries.count - 1) }
    return UInt32(entries.count - 1)
  }

  private mutating func place(_ entry: Int) {
    let mask = buckets.count - 1
    var bucket = Int(truncatingIfNeeded: entries[entry].hash) & mask
    while buckets[bucket] != 0 { bucket = (bucket + 1) & mask }
    buckets[bucket] = UInt32(entry + 1)
  }

  private mutating func grow() {
    buckets = Array(repeating: 0, count: buckets.count * 2)
    for entry in entries.indices { place(entry) }
  }

  func bytes(of name: UInt32) -> ArraySlice<UInt8> { bytes[entries[Int(name)].range.indices] }
  func text(of name: UInt32) -> String { String(decoding: bytes(of: name), as: UTF8.self) }
  var count: Int { entries.count }
}

/// No place, name, table …: the absent index.
let noIndex = UInt32.max

/// Which kinds of value something is about.
struct TypeMask: OptionSet, Sendable, Hashable {
  let rawValue: UInt8
  static let null = TypeMask(rawValue: 1)
  static let boolean = TypeMask(rawValue: 2)
  static let integer = TypeMask(rawValue: 4)
  static let number = TypeMask(rawValue: 8)
  static let string = TypeMask(rawValue: 16)
  static let array = TypeMask(rawValue: 32)
  static let object = TypeMask(rawValue: 64)
  static let any = TypeMask(rawValue: 127)

  static let names: [(String, TypeMask)] = [
    ("null", .null), ("boolean", .boolean), ("integer", .integer), ("number", .number), ("string", .string),
    ("array", .array), ("object", .object),
  ]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init?(name: String) {
    guard let found = TypeMask.names.first(where: { $0.0 == name }) else { return nil }
    self = found.1
  }
}

extension OptionSet where RawValue == UInt8 {
  /// Whether both have something in common; one instruction, where `contains` may be a call in another module.
  @inline(__always) func has(_ other: Self) -> Bool { rawValue & other.rawValue != 0 }
}

/// A half-open range of a table.
struct Slice: Sendable, Hashable {
  var start: UInt32 = 0
  var end: UInt32 = 0
  var isEmpty: Bool { start == end }
  var indices: Range<Int> { Int(start)..<Int(end) }
}

/// One subschema, compiled. Everything it says stands in tables of `SchemaCode`, by index.
struct Place: Sendable {
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    /// The schema `false`.
    static let never = Flags(rawValue: 1)
    /// Something is to be noted where it applies: a role, a field, a definition …
    static let isMarked = Flags(rawValue: 2)
    /// `unevaluatedItems` or `unevaluatedProperties` stands here.
    static let asksWhatWasSeen = Flags(rawValue: 4)
    /// `x-rule` names what a failure means.
    static let hasRule = Flags(rawValue: 8)
    /// Leads back to itself for the same value.
    static let mayTurn = Flags(rawValue: 16)
  }

  var types: TypeMask = .any
  var flags: Flags = []
  var assertions = Slice()
  var steps = Slice()
  var resource: UInt32 = 0
  var document: UInt32
  /// The subschema's node in its document.
  var node: UInt32
  var vocabulary: UInt32 = noIndex
}

/// A test of one value that looks at no other place.
struct Assertion: Sendable {
  enum Operation: UInt8, Sendable {
    case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
    case minLength, maxLength, pattern
    /// The operand counts in `Format.allCases`.
    case format
    case minItems, maxItems, uniqueItems
    case minProperties, maxProperties
    /// The value is in a set of constants; `const` is a set of one.
    case constants
  }
  var operation: Operation
  /// Values of other kinds pass.
  var types: TypeMask
  /// A count, or the index of a number, pattern or constant set.
  var operand: UInt32
}

/// A keyword that applies other places.
struct Step: Sendable {
  enum Operation: UInt8, Sendable {
    /// `a`: object table.
    case object
    /// `a`: array table.
    case array
    /// `a`: place.
    case reference
    /// `a`: dynamic reference.
    case dynamicReference
    /// `a..<b` in the place list.
    case allOf
    /// The same, and `c` a discriminator slice's index or none.
    case anyOf, oneOf
    /// `a`: place.
    case not
    /// `a`, `b`, `c`: places of if, then, else; the last two may be absent.
    case condition
    /// `a..<b` in the dependent list.
    case dependentSchemas
    /// `a`: place, `b`: least, `c`: most; `sees` says whether what matches counts as seen.
    case contains
    /// `a`: place.
    case unevaluatedItems, unevaluatedProperties
  }
  var operation: Operation
  var a: UInt32
  var b: UInt32 = 0
  var c: UInt32 = noIndex
  var sees = false
}

/// A name an object table knows.
struct Member: Sendable {
  var name: UInt32
  /// Absent if the name is only required.
  var place: UInt32
  var isRequired: Bool
}

struct ObjectTable: Sendable {
  /// In `members`, sorted by name.
  var members = Slice()
  /// In `keyPatterns`.
  var patterns = Slice()
  var additional: UInt32 = noIndex
  var names: UInt32 = noIndex
  /// In `dependents`: member slots that need others.
  var dependents = Slice()
  var needsPresence = false
}

struct KeyPattern: Sendable {
  var pattern: UInt32
  var place: UInt32
}

/// If the member at `slot` is there, those at `needed` (in `slotList`) must be. Slots count within the object table.
struct DependentRequirement: Sendable {
  var slot: UInt32
  var needed: Slice
}

struct DependentSchema: Sendable {
  var name: UInt32
  var place: UInt32
}

struct ArrayTable: Sendable {
  /// In the place list.
  var prefix = Slice()
  var items: UInt32 = noIndex
}

struct DynamicReference: Sendable {
  var fallback: UInt32
  var anchor: UInt32
}

/// A property whose value tells the branches of a choice apart.
struct Discriminator: Sendable {
  var name: UInt32
  /// In `setList`, one for each branch; absent where a branch says nothing of it.
  var sets: Slice
}

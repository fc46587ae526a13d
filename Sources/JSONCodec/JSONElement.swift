import CJSONC

/// One value of a parsed text. Reading it is safe for as long as it is held: it keeps the text's tree alive.
///
/// Not `Sendable`: json-c counts references without a lock. Decode what should travel.
@safe package struct JSONElement {
  private let owner: ParsedJSON
  private let pointer: OpaquePointer?

  package enum Kind: Sendable { case null, bool, integer, double, string, array, object }

  init(owner: ParsedJSON, pointer: OpaquePointer?) {
    self.owner = owner
    unsafe self.pointer = pointer
  }

  package var kind: Kind {
    switch unsafe json_object_get_type(pointer) {
    case json_type_boolean: .bool
    case json_type_int: .integer
    case json_type_double: .double
    case json_type_string: .string
    case json_type_array: .array
    case json_type_object: .object
    default: .null
    }
  }

  package var isNull: Bool { unsafe pointer == nil }

  package var bool: Bool? { kind == .bool ? unsafe json_object_get_boolean(pointer) != 0 : nil }

  /// `nil` unless a number with exactly this integer value (`2.0` is 2).
  package func integer<Integer: FixedWidthInteger>(_ type: Integer.Type = Integer.self) -> Integer? {
    switch kind {
    case .integer:
      let signed = unsafe json_object_get_int64(pointer)
      return signed == .max ? Integer(exactly: unsafe json_object_get_uint64(pointer)) : Integer(exactly: signed)
    case .double: return Integer(exactly: unsafe json_object_get_double(pointer))
    default: return nil
    }
  }

  /// The nearest double; `nil` if not a number or too large for any.
  package var double: Double? {
    switch kind {
    case .integer:
      let signed = unsafe json_object_get_int64(pointer)
      return signed == .max ? Double(unsafe json_object_get_uint64(pointer)) : Double(signed)
    case .double:
      let value = unsafe json_object_get_double(pointer)
      return value.isFinite ? value : nil
    default: return nil
    }
  }

  package var string: String? {
    longString.map { String(decoding: $0, as: UTF8.self) }
      ?? (unsafe withStringBytes { unsafe String(decoding: $0, as: UTF8.self) })
  }

  /// A string's bytes just as they were sent, also where they are not UTF-8.
  package var stringBytes: [UInt8]? { longString ?? (unsafe withStringBytes { unsafe [UInt8]($0) }) }

  private var longString: [UInt8]? {
    guard let long = owner.longStrings else { return nil }
    return unsafe withStringBytes { unsafe long.string(named: $0) } ?? nil
  }

  private func withStringBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value? {
    guard kind == .string, let start = unsafe json_object_get_string(pointer) else { return nil }
    return unsafe body(UnsafeRawBufferPointer(start: start, count: Int(json_object_get_string_len(pointer))))
  }

  /// Elements of an array, members of an object, 0 for the rest.
  package var count: Int {
    switch kind {
    case .array: unsafe json_object_array_length(pointer)
    case .object: unsafe Int(json_object_object_length(pointer))
    default: 0
    }
  }

  /// The element of an array; `nil` outside of it.
  package subscript(index: Int) -> JSONElement? {
    guard kind == .array, index >= 0, index < count else { return nil }
    return unsafe JSONElement(owner: owner, pointer: json_object_array_get_idx(pointer, index))
  }

  /// The member of an object; `nil` where there is none.
  package subscript(key: String) -> JSONElement? {
    guard kind == .object, !key.utf8.contains(0) else { return nil }
    var found: OpaquePointer?
    guard unsafe json_object_object_get_ex(pointer, key, &found) != 0 else { return nil }
    return unsafe JSONElement(owner: owner, pointer: found)
  }

  /// Members in the order of the text.
  package var members: [(key: String, value: JSONElement)] {
    guard kind == .object else { return [] }
    var members: [(key: String, value: JSONElement)] = []
    members.reserveCapacity(count)
    var entry = unsafe concord_json_first(pointer)
    while let current = unsafe entry {
      let key = unsafe String(cString: concord_json_key(current))
      unsafe members.append((key, JSONElement(owner: owner, pointer: concord_json_value(current))))
      unsafe entry = concord_json_next(current)
    }
    return members
  }

  /// The element as a value of `type`.
  package func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws(JSONCodecError) -> Value {
    do {
      return try ElementDecoder(element: self, codingPath: []).unwrap(type)
    } catch {
      throw JSONCodecError(converting: error)
    }
  }
}

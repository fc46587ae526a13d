/// Lets a `Decodable` read one element.
struct ElementDecoder: Decoder {
  let element: JSONElement
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard element.kind == .object else { throw mismatch("an object", [String: Any].self) }
    return KeyedDecodingContainer(KeyedElements(object: element, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard element.kind == .array else { throw mismatch("an array", [Any].self) }
    return UnkeyedElements(array: element, codingPath: codingPath)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  /// The element as `type`, with short ways for what is most common.
  func unwrap<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if type == String.self, let value = try unwrapString() as? Value { return value }
    if type == JSONText.self, let value = JSONText(try unwrapBytes()) as? Value { return value }
    if type == JSONValue.self, let value = try JSONValue(element, codingPath: codingPath) as? Value { return value }
    return try Value(from: self)
  }

  func unwrapBool() throws -> Bool {
    guard let value = element.bool else { throw mismatch("true or false", Bool.self) }
    return value
  }

  func unwrapString() throws -> String {
    guard let value = element.string else { throw mismatch("a string", String.self) }
    return value
  }

  func unwrapBytes() throws -> [UInt8] {
    guard let value = element.stringBytes else { throw mismatch("a string", String.self) }
    return value
  }

  func unwrapDouble() throws -> Double {
    if let value = element.double { return value }
    guard element.kind == .double else { throw mismatch("a number", Double.self) }
    throw JSONCodecError(.numberOutOfRange, "A number of this size can't be used", path: codingPath.pointer)
  }

  func unwrapInteger<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> Integer {
    if let value = element.integer(type) { return value }
    guard element.kind == .integer || element.kind == .double else { throw mismatch("a whole number", type) }
    throw JSONCodecError(
      .numberOutOfRange, "Not a whole number from \(Integer.min) to \(Integer.max)", path: codingPath.pointer)
  }

  private func mismatch(_ wanted: String, _ type: Any.Type) -> any Error {
    let context = DecodingError.Context(
      codingPath: codingPath, debugDescription: "\(wanted) belongs here, not \(found)")
    return element.isNull ? DecodingError.valueNotFound(type, context) : DecodingError.typeMismatch(type, context)
  }

  private var found: String {
    switch element.kind {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .double: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension ElementDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { element.isNull }
  func decode(_ type: Bool.Type) throws -> Bool { try unwrapBool() }
  func decode(_ type: String.Type) throws -> String { try unwrapString() }
  func decode(_ type: Double.Type) throws -> Double { try unwrapDouble() }
  func decode(_ type: Float.Type) throws -> Float { Float(try unwrapDouble()) }
  func decode(_ type: Int.Type) throws -> Int { try unwrapInteger(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try unwrapInteger(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try unwrapInteger(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try unwrapInteger(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try unwrapInteger(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try unwrapInteger(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try unwrapInteger(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try unwrapInteger(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try unwrapInteger(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try unwrapInteger(type) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try unwrap(type) }
}

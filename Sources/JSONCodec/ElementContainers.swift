/// An object's members for a `Decodable`.
struct KeyedElements<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let object: JSONElement
  let codingPath: [any CodingKey]

  var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.key) } }
  func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try member(key).element.isNull }

  private func member(_ key: some CodingKey) throws -> ElementDecoder {
    guard let element = object[key.stringValue] else {
      throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: ""))
    }
    return ElementDecoder(element: element, codingPath: codingPath + [key])
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try member(key).unwrapBool() }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try member(key).unwrapString() }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try member(key).unwrapDouble() }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try member(key).unwrapDouble()) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try member(key).unwrapInteger(type) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try member(key).unwrapInteger(type) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try member(key).unwrapInteger(type) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try member(key).unwrapInteger(type) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try member(key).unwrapInteger(type) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try member(key).unwrapInteger(type) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try member(key).unwrapInteger(type) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try member(key).unwrapInteger(type) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try member(key).unwrapInteger(type) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try member(key).unwrapInteger(type) }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try member(key).unwrap(type) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try member(key).container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key).unkeyedContainer()
  }
  func superDecoder() throws -> any Decoder { try member(AnyCodingKey(stringValue: "super")) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }
}

/// An array's elements for a `Decodable`, one after the other.
struct UnkeyedElements: UnkeyedDecodingContainer {
  let array: JSONElement
  let codingPath: [any CodingKey]
  var currentIndex = 0

  init(array: JSONElement, codingPath: [any CodingKey]) {
    self.array = array
    self.codingPath = codingPath
  }

  var count: Int? { array.count }
  var isAtEnd: Bool { currentIndex >= array.count }

  /// Reads the next element; the index moves on only when that succeeds.
  private mutating func next<Value>(_ read: (ElementDecoder) throws -> Value) throws -> Value {
    guard let element = array[currentIndex] else {
      throw DecodingError.valueNotFound(
        Value.self, .init(codingPath: codingPath, debugDescription: "There are only \(array.count) elements"))
    }
    let value = try read(
      ElementDecoder(element: element, codingPath: codingPath + [AnyCodingKey(intValue: currentIndex)]))
    currentIndex += 1
    return value
  }

  mutating func decodeNil() throws -> Bool {
    guard array[currentIndex]?.isNull == true else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool { try next { try $0.unwrapBool() } }
  mutating func decode(_ type: String.Type) throws -> String { try next { try $0.unwrapString() } }
  mutating func decode(_ type: Double.Type) throws -> Double { try next { try $0.unwrapDouble() } }
  mutating func decode(_ type: Float.Type) throws -> Float { try next { Float(try $0.unwrapDouble()) } }
  mutating func decode(_ type: Int.Type) throws -> Int { try next { try $0.unwrapInteger(type) } }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try next { try $0.unwrapInteger(type) } }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try next { try $0.unwrapInteger(type) } }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try next { try $0.unwrapInteger(type) } }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try next { try $0.unwrapInteger(type) } }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try next { try $0.unwrapInteger(type) } }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next { try $0.unwrapInteger(type) } }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next { try $0.unwrapInteger(type) } }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next { try $0.unwrapInteger(type) } }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next { try $0.unwrapInteger(type) } }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next { try $0.unwrap(type) } }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try next { try $0.container(keyedBy: type) }
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next { try $0.unkeyedContainer() }
  }
  mutating func superDecoder() throws -> any Decoder { try next { $0 } }
}

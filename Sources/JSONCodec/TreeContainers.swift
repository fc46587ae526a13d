/// An object's members from an `Encodable`.
struct KeyedTree<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let object: Handle
  let remainingDepth: Int
  let codingPath: [any CodingKey]

  private func put(_ handle: Handle, _ key: Key) throws { object.set(try name(key), handle) }

  /// json-c ends a key at U+0000, so that such a key can't be written.
  private func name(_ key: some CodingKey) throws -> String {
    let name = key.stringValue
    guard !name.utf8.contains(0) else {
      throw JSONCodecError(.unrepresentable, "A key with U+0000 can't be written", path: codingPath.pointer)
    }
    return name
  }

  private func encoder(_ key: some CodingKey) throws -> TreeEncoder {
    TreeEncoder(
      slot: Slot(member: try name(key), of: object, remainingDepth: remainingDepth - 1), codingPath: codingPath + [key])
  }

  mutating func encodeNil(forKey key: Key) throws { try put(Handle(null: ()), key) }
  mutating func encode(_ value: Bool, forKey key: Key) throws { try put(Handle(value), key) }
  mutating func encode(_ value: String, forKey key: Key) throws { try put(.make(value, codingPath + [key]), key) }
  mutating func encode(_ value: Double, forKey key: Key) throws { try put(.make(value, codingPath + [key]), key) }
  mutating func encode(_ value: Float, forKey key: Key) throws { try put(.make(value, codingPath + [key]), key) }
  mutating func encode(_ value: Int, forKey key: Key) throws { try put(Handle(Int64(value)), key) }
  mutating func encode(_ value: Int8, forKey key: Key) throws { try put(Handle(Int64(value)), key) }
  mutating func encode(_ value: Int16, forKey key: Key) throws { try put(Handle(Int64(value)), key) }
  mutating func encode(_ value: Int32, forKey key: Key) throws { try put(Handle(Int64(value)), key) }
  mutating func encode(_ value: Int64, forKey key: Key) throws { try put(Handle(value), key) }
  mutating func encode(_ value: UInt, forKey key: Key) throws { try put(Handle(UInt64(value)), key) }
  mutating func encode(_ value: UInt8, forKey key: Key) throws { try put(Handle(UInt64(value)), key) }
  mutating func encode(_ value: UInt16, forKey key: Key) throws { try put(Handle(UInt64(value)), key) }
  mutating func encode(_ value: UInt32, forKey key: Key) throws { try put(Handle(UInt64(value)), key) }
  mutating func encode(_ value: UInt64, forKey key: Key) throws { try put(Handle(value), key) }
  mutating func encode(_ value: some Encodable, forKey key: Key) throws { try encoder(key).store(value) }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    KeyedEncodingContainer(
      KeyedTree<Nested>(
        object: nested(Handle(object: ()), key), remainingDepth: remainingDepth - 1, codingPath: codingPath + [key]))
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    UnkeyedTree(
      array: nested(Handle(array: ()), key), remainingDepth: remainingDepth - 1, codingPath: codingPath + [key])
  }

  /// Codable gives no way to refuse here; a key json-c can't hold ends at its U+0000.
  private func nested(_ value: Handle, _ key: Key) -> Handle {
    object.set(key.stringValue, value)
    return value
  }

  mutating func superEncoder() -> any Encoder { inherited(AnyCodingKey(stringValue: "super")) }
  mutating func superEncoder(forKey key: Key) -> any Encoder { inherited(key) }

  private func inherited(_ key: some CodingKey) -> any Encoder {
    TreeEncoder(
      slot: Slot(member: key.stringValue, of: object, remainingDepth: remainingDepth - 1),
      codingPath: codingPath + [key])
  }
}

/// An array's elements from an `Encodable`, one after the other.
struct UnkeyedTree: UnkeyedEncodingContainer {
  let array: Handle
  let remainingDepth: Int
  let codingPath: [any CodingKey]

  var count: Int { array.arrayCount }

  private func append(_ handle: Handle) { array.set(array.arrayCount, handle) }
  private var path: [any CodingKey] { codingPath + [AnyCodingKey(intValue: array.arrayCount)] }

  /// Reserves the next place.
  private func nextEncoder() -> TreeEncoder {
    let path = path
    let index = array.arrayCount
    append(Handle(null: ()))
    return TreeEncoder(
      slot: Slot(element: index, of: array, remainingDepth: remainingDepth - 1), codingPath: path)
  }

  mutating func encodeNil() throws { append(Handle(null: ())) }
  mutating func encode(_ value: Bool) throws { append(Handle(value)) }
  mutating func encode(_ value: String) throws { append(try .make(value, path)) }
  mutating func encode(_ value: Double) throws { append(try .make(value, path)) }
  mutating func encode(_ value: Float) throws { append(try .make(value, path)) }
  mutating func encode(_ value: Int) throws { append(Handle(Int64(value))) }
  mutating func encode(_ value: Int8) throws { append(Handle(Int64(value))) }
  mutating func encode(_ value: Int16) throws { append(Handle(Int64(value))) }
  mutating func encode(_ value: Int32) throws { append(Handle(Int64(value))) }
  mutating func encode(_ value: Int64) throws { append(Handle(value)) }
  mutating func encode(_ value: UInt) throws { append(Handle(UInt64(value))) }
  mutating func encode(_ value: UInt8) throws { append(Handle(UInt64(value))) }
  mutating func encode(_ value: UInt16) throws { append(Handle(UInt64(value))) }
  mutating func encode(_ value: UInt32) throws { append(Handle(UInt64(value))) }
  mutating func encode(_ value: UInt64) throws { append(Handle(value)) }
  mutating func encode(_ value: some Encodable) throws { try nextEncoder().store(value) }

  mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    nextEncoder().container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nextEncoder().unkeyedContainer() }
  mutating func superEncoder() -> any Encoder { nextEncoder() }
}

/// Lets an `Encodable` write one value.
struct TreeEncoder: Encoder {
  let slot: Slot
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(
      KeyedTree(object: slot.object(), remainingDepth: slot.remainingDepth, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    UnkeyedTree(array: slot.array(), remainingDepth: slot.remainingDepth, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  /// Writes `value` here; one that writes nothing is an empty object.
  func store(_ value: some Encodable) throws {
    guard slot.remainingDepth > 0 else {
      throw JSONCodecError(.tooDeep, "Nested too deep to be written", path: codingPath.pointer)
    }
    try value.encode(to: self)
    if slot.isEmpty { _ = slot.object() }
  }
}

extension TreeEncoder: SingleValueEncodingContainer {
  func encodeNil() throws { slot.store(Handle(null: ())) }
  func encode(_ value: Bool) throws { slot.store(Handle(value)) }
  func encode(_ value: String) throws { slot.store(try .make(value, codingPath)) }
  func encode(_ value: Double) throws { slot.store(try .make(value, codingPath)) }
  func encode(_ value: Float) throws { slot.store(try .make(value, codingPath)) }
  func encode(_ value: Int) throws { slot.store(Handle(Int64(value))) }
  func encode(_ value: Int8) throws { slot.store(Handle(Int64(value))) }
  func encode(_ value: Int16) throws { slot.store(Handle(Int64(value))) }
  func encode(_ value: Int32) throws { slot.store(Handle(Int64(value))) }
  func encode(_ value: Int64) throws { slot.store(Handle(value)) }
  func encode(_ value: UInt) throws { slot.store(Handle(UInt64(value))) }
  func encode(_ value: UInt8) throws { slot.store(Handle(UInt64(value))) }
  func encode(_ value: UInt16) throws { slot.store(Handle(UInt64(value))) }
  func encode(_ value: UInt32) throws { slot.store(Handle(UInt64(value))) }
  func encode(_ value: UInt64) throws { slot.store(Handle(value)) }
  func encode(_ value: some Encodable) throws { try store(value) }
}

extension Handle {
  static func make(_ value: String, _ codingPath: @autoclosure () -> [any CodingKey]) throws -> Handle {
    if let handle = Handle(value) { return handle }
    throw JSONCodecError(.tooLarge, "A text above 2 GiB can't be written", path: codingPath().pointer)
  }

  static func make(_ value: Double, _ codingPath: @autoclosure () -> [any CodingKey]) throws -> Handle {
    if value.isFinite { return Handle(finite: value) }
    throw JSONCodecError(.unrepresentable, "\(value) has no form in JSON", path: codingPath().pointer)
  }

  static func make(_ value: Float, _ codingPath: @autoclosure () -> [any CodingKey]) throws -> Handle {
    // Through the text, so that 0.1 stays 0.1 and does not become the double nearest to the float.
    try make(Double(value.description) ?? Double(value), codingPath())
  }
}

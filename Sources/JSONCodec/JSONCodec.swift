/// Codable values to and from JSON text, by json-c.
///
/// Nothing of json-c outlives a call. Objects keep their members' order; of equal keys the last one wins, and a key
/// ends at U+0000. Reading is strict but for what json-c lets pass: keys in single quotes, `1.`, and raw control
/// characters in strings.
package enum JSONCodec {
  package struct Limits: Sendable {
    /// How deep arrays and objects may nest.
    package var depth: Int
    /// The most bytes of one text; json-c itself stops at 2 GiB.
    package var bytes: Int

    package init(depth: Int = 512, bytes: Int = 1 << 30) {
      self.depth = depth
      self.bytes = bytes
    }
  }

  /// The value that `bytes`, one whole JSON text in UTF-8, stand for.
  package static func decode<Value: Decodable>(
    _ type: Value.Type = Value.self, from bytes: [UInt8], limits: Limits = Limits()
  ) throws(JSONCodecError) -> Value {
    try ParsedJSON(bytes, limits: limits).root.decode(type)
  }

  /// The JSON text of `value`, without space, in UTF-8.
  package static func encode(_ value: some Encodable, limits: Limits = Limits()) throws(JSONCodecError) -> [UInt8] {
    guard let value = value as? any JSONWritable else { return try encodeTree(value, limits: limits) }
    return try encode(writable: value, limits: limits)
  }

  /// The JSON text that `value` writes.
  package static func encode(
    writable value: some JSONWritable, limits: Limits = Limits()
  ) throws(JSONCodecError) -> [UInt8] {
    var writer = JSONWriter(limits: limits)
    try value.write(to: &writer)
    return writer.bytes
  }

  /// The JSON text of `value` by its `Encodable` conformance, also where it can write itself.
  package static func encodeTree(_ value: some Encodable, limits: Limits = Limits()) throws(JSONCodecError) -> [UInt8] {
    let slot = Slot(remainingDepth: limits.depth)
    do {
      try TreeEncoder(slot: slot, codingPath: []).store(value)
    } catch {
      throw JSONCodecError(converting: error)
    }
    return slot.serialized()
  }
}

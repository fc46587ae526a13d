/// Any JSON value, for members whose shape is the other side's business.
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A whole number above `Int64.max`.
  case unsigned(UInt64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  /// Members in the order of the text; keys are unique when it was read from a text.
  case object([Member])

  package struct Member: Sendable, Hashable {
    package var key: String
    package var value: JSONValue
    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The member of an object; `nil` where there is none. Cost: linear in the members. Keys compare code points.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  package var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  package var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  package var integer: Int64? {
    guard case .integer(let value) = self else { return nil }
    return value
  }

  package var array: [JSONValue]? {
    guard case .array(let value) = self else { return nil }
    return value
  }

  package var members: [Member]? {
    guard case .object(let value) = self else { return nil }
    return value
  }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .double(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}

extension JSONValue {
  /// Depth is what the parser let pass, so that the recursion here is bounded by its limit.
  init(_ element: JSONElement, codingPath: [any CodingKey]) throws(JSONCodecError) {
    switch element.kind {
    case .null: self = .null
    case .bool: self = .bool(element.bool == true)
    case .integer:
      if let signed = element.integer(Int64.self) {
        self = .integer(signed)
      } else {
        self = .unsigned(element.integer() ?? .max)
      }
    case .double:
      guard let value = element.double else {
        throw JSONCodecError(.numberOutOfRange, "A number of this size can't be used", path: codingPath.pointer)
      }
      self = .double(value)
    case .string: self = .string(element.string ?? "")
    case .array:
      var elements: [JSONValue] = []
      elements.reserveCapacity(element.count)
      for index in 0..<element.count {
        guard let child = element[index] else { break }
        elements.append(try JSONValue(child, codingPath: codingPath + [AnyCodingKey(intValue: index)]))
      }
      self = .array(elements)
    case .object:
      var members: [Member] = []
      for (key, value) in element.members {
        members.append(
          Member(key, try JSONValue(value, codingPath: codingPath + [AnyCodingKey(stringValue: key)])))
      }
      self = .object(members)
    }
  }
}

extension JSONValue: Codable {
  package init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? ElementDecoder else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "Any value is read by JSONCodec alone"))
    }
    self = try JSONValue(decoder.element, codingPath: decoder.codingPath)
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .bool(let value): try value.encode(to: encoder)
    case .integer(let value): try value.encode(to: encoder)
    case .unsigned(let value): try value.encode(to: encoder)
    case .double(let value): try value.encode(to: encoder)
    case .string(let value): try value.encode(to: encoder)
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .object(let members):
      var container = encoder.container(keyedBy: AnyCodingKey.self)
      for member in members { try container.encode(member.value, forKey: AnyCodingKey(stringValue: member.key)) }
    }
  }
}

/// A string's bytes just as they were sent: not checked, not repaired, so that the text of a document stays itself.
///
/// Decodable by `JSONCodec` alone. Cost: one copy.
package struct JSONText: Sendable, Hashable, Decodable {
  package var bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package init(from decoder: any Decoder) throws {
    if let decoder = decoder as? ElementDecoder {
      bytes = try decoder.unwrapBytes()
    } else {
      bytes = Array(try decoder.singleValueContainer().decode(String.self).utf8)
    }
  }
}

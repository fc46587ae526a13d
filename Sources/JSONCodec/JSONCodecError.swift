/// Why bytes could not become a value, or a value could not become bytes.
package struct JSONCodecError: Error, Sendable, Hashable {
  package enum Code: Sendable, Hashable {
    /// Not one well-formed JSON text.
    case malformed
    /// Nested deeper than the limit.
    case tooDeep
    /// More bytes than can be read.
    case tooLarge
    /// A number that has no exact or finite value of the wanted type.
    case numberOutOfRange
    /// A member or element is missing.
    case missing
    /// Well formed, but of another type than wanted.
    case typeMismatch
    /// Of the right type, but refused by the type that reads it.
    case invalidValue
    /// A value that JSON has no form for.
    case unrepresentable
  }

  package var code: Code
  /// One sentence: what is wrong with which part.
  package var message: String
  /// Where, as a JSON pointer; empty for the whole text.
  package var path: String

  package init(_ code: Code, _ message: String, path: String = "") {
    self.code = code
    self.message = message
    self.path = path
  }
}

extension JSONCodecError {
  /// What Codable threw, in our terms.
  init(converting error: any Error) {
    switch error {
    case let error as JSONCodecError: self = error
    case DecodingError.keyNotFound(let key, let context):
      self.init(.missing, "`\(key.stringValue)` is missing", path: context.codingPath.pointer)
    case DecodingError.valueNotFound(_, let context):
      self.init(.missing, context.debugDescription, path: context.codingPath.pointer)
    case DecodingError.typeMismatch(_, let context):
      self.init(.typeMismatch, context.debugDescription, path: context.codingPath.pointer)
    case DecodingError.dataCorrupted(let context):
      self.init(.invalidValue, context.debugDescription, path: context.codingPath.pointer)
    case EncodingError.invalidValue(_, let context):
      self.init(.unrepresentable, context.debugDescription, path: context.codingPath.pointer)
    default: self.init(.invalidValue, "\(error)")
    }
  }
}

extension [any CodingKey] {
  /// The path as a JSON pointer.
  var pointer: String {
    var text = ""
    for key in self {
      text += "/"
      for scalar in key.stringValue.unicodeScalars {
        switch scalar {
        case "~": text += "~0"
        case "/": text += "~1"
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    return text
  }
}

/// A key made from a name or an index.
struct AnyCodingKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) {
    stringValue = String(intValue)
    self.intValue = intValue
  }
}

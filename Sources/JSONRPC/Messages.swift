package import JSONCodec

/// What ties an answer to its request.
package enum RequestID: Sendable, Hashable, Codable {
  case number(Int64)
  case string(String)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int64.self) {
      self = .number(number)
    } else {
      self = .string(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .string(let string): try container.encode(string)
    }
  }

  /// `nil` unless a whole number or a string.
  init?(_ element: JSONElement?) {
    if let string = element?.string {
      self = .string(string)
    } else if let number = element?.integer(Int64.self) {
      self = .number(number)
    } else {
      return nil
    }
  }
}

/// What a request can't be answered with instead.
package struct ResponseError: Error, Sendable, Hashable, Codable {
  package struct Code: Sendable, Hashable, Codable, RawRepresentable {
    package var rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let parseError = Code(rawValue: -32700)
    package static let invalidRequest = Code(rawValue: -32600)
    package static let methodNotFound = Code(rawValue: -32601)
    package static let invalidParams = Code(rawValue: -32602)
    package static let internalError = Code(rawValue: -32603)
    package static let serverNotInitialized = Code(rawValue: -32002)
    package static let requestCancelled = Code(rawValue: -32800)
    package static let contentModified = Code(rawValue: -32801)
    package static let serverCancelled = Code(rawValue: -32802)
    package static let requestFailed = Code(rawValue: -32803)
  }

  package var code: Code
  /// One sentence.
  package var message: String
  package var data: JSONValue?

  package init(_ code: Code, _ message: String, data: JSONValue? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }
}

/// The parameters of an incoming call, already in the type its method wants.
package enum Parameters: Sendable {
  case value(any Sendable)
  case unknownMethod
  case invalid(JSONCodecError)
}

/// What the other side sent.
package enum IncomingMessage: Sendable {
  case request(IncomingRequest)
  case notification(method: String, Parameters)
  /// A message of so many bytes came that was not read, because no more than `limit` are.
  case tooLarge(bytes: Int, limit: Int)
}

/// Knows the types of the parameters of every method that can be called here.
package protocol MethodTable: Sendable {
  /// `nil` when there is no such method. Called on the reading thread.
  func parameters(of method: String, from element: JSONElement?) throws(JSONCodecError) -> (any Sendable)?
}

struct OutgoingCall<Parameters: Encodable>: JSONWritable {
  var id: RequestID?
  var method: String
  var params: Parameters

  func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.object { writer throws(JSONCodecError) in
      writer.key("jsonrpc")
      writer.string("2.0")
      if let id {
        writer.key("id")
        id.write(to: &writer)
      }
      writer.key("method")
      writer.string(method)
      writer.key("params")
      try writer.value(params)
    }
  }
}

/// Writes an id of `null` where the request's could not be read.
struct OutgoingResult<Value: Encodable>: JSONWritable {
  var id: RequestID?
  var result: Result<Value, ResponseError>

  func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.object { writer throws(JSONCodecError) in
      writer.key("jsonrpc")
      writer.string("2.0")
      writer.key("id")
      if let id { id.write(to: &writer) } else { writer.null() }
      switch result {
      case .success(let value):
        writer.key("result")
        try writer.value(value)
      case .failure(let error):
        writer.key("error")
        try writer.value(error)
      }
    }
  }
}

extension RequestID {
  fileprivate func write(to writer: inout JSONWriter) {
    switch self {
    case .number(let number): writer.integer(Int(number))
    case .string(let string): writer.string(string)
    }
  }
}

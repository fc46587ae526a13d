/// Something that reads bytes which somebody else made. It takes any; a trap, or a precondition that does not hold, is a
/// finding, and so is an input on which it does not end.
package struct FuzzTarget: Sendable {
  /// Also the name of its folder of examples.
  package let name: String
  package let read: @Sendable ([UInt8]) -> Void

  init(_ name: String, read: @escaping @Sendable ([UInt8]) -> Void) {
    self.name = name
    self.read = read
  }

  package static let all = [parse, schema, messages, frames, vocabulary, configuration]
}

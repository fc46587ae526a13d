/// The small data a fact carries: at most 256 bytes; a larger one is dropped by the host.
public struct Payload: Sendable, Hashable {
  /// What is carried.
  public var bytes: [UInt8]
  /// Carries bytes as they are.
  public init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  /// Carries nothing.
  public static let none = Payload()
  /// Carries text; read it with `Fact.text`.
  public static func text(_ text: String) -> Payload { Payload(Array(text.utf8)) }
  /// Carries numbers; read them with `Fact.numbers`.
  public static func numbers(_ numbers: Double...) -> Payload { .numbers(numbers) }
  /// Carries numbers; read them with `Fact.numbers`.
  public static func numbers(_ numbers: [Double]) -> Payload {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(numbers.count * 8)
    for number in numbers {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> shift))
      }
    }
    return Payload(bytes)
  }

  static func numbers(in bytes: [UInt8]) -> [Double] {
    guard bytes.count.isMultiple(of: 8) else { return [] }
    return stride(from: 0, to: bytes.count, by: 8).map { start in
      Double(bitPattern: (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) })
    }
  }
}

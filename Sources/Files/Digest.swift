import CDigest

package enum Digest {
  /// SHA-256 as 64 hexadecimal digits.
  package static func sha256(_ bytes: [UInt8]) -> String {
    var out = [CChar](repeating: 0, count: 65)
    unsafe bytes.withUnsafeBufferPointer { input in
      unsafe out.withUnsafeMutableBufferPointer { output in
        guard let target = output.baseAddress else { return }
        unsafe concord_sha256_hex(input.baseAddress, input.count, target)
      }
    }
    return String(decoding: out.prefix(64).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

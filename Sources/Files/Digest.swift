import CDigest

/// SHA-256 of bytes that come in parts.
package struct Digest {
  private var context = sha256_ctx()

  package init() { unsafe nettle_sha256_init(&context) }

  package mutating func add(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBufferPointer { input in
      guard let base = input.baseAddress, input.count > 0 else { return }
      unsafe nettle_sha256_update(&context, input.count, base)
    }
  }

  /// Of everything so far, as 64 hexadecimal digits. Begins anew.
  package mutating func finish() -> String {
    var out = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
    unsafe out.withUnsafeMutableBufferPointer { output in
      guard let base = output.baseAddress else { return }
      unsafe nettle_sha256_digest(&context, output.count, base)
    }
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: out.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// SHA-256 as 64 hexadecimal digits.
  package static func sha256(_ bytes: [UInt8]) -> String {
    var digest = Digest()
    digest.add(bytes)
    return digest.finish()
  }
}

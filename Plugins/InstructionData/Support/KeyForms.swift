/// Keys and tokens that services give out, told by how they begin and how long they are.
enum KeyForms {
  private enum Letters {
    case upper, plain, word, hyphen

    func contains(_ byte: UInt8) -> Bool {
      switch self {
      case .upper: byte.isUpper || byte.isDigit
      case .plain: byte.isLetter || byte.isDigit
      case .word: byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_")
      case .hyphen: byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      }
    }
  }

  private struct Form {
    let head: [UInt8]
    let letters: Letters
    let lengths: ClosedRange<Int>
    init(_ head: String, _ letters: Letters, _ lengths: ClosedRange<Int>) {
      self.head = Array(head.utf8)
      self.letters = letters
      self.lengths = lengths
    }
  }

  /// The more special ones first.
  private static let forms: [Form] =
    ["AKIA", "ASIA", "AGPA", "AIDA", "AROA", "AIPA", "ANPA", "ANVA"].map { Form($0, .upper, 16...16) }
    + ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map { Form($0, .plain, 36...36) }
    + ["xoxb-", "xoxa-", "xoxp-", "xoxr-", "xoxs-"].map { Form($0, .hyphen, 16...128) }
    + [
      Form("github_pat_", .word, 82...82), Form("glpat-", .hyphen, 20...20), Form("AIza", .hyphen, 35...35),
      Form("sk_live_", .plain, 16...128), Form("rk_live_", .plain, 16...128), Form("sk-", .hyphen, 20...256),
      Form("hf_", .plain, 30...64),
    ]
  private static let tokenHead = Array("eyJ".utf8)
  /// By first byte: how what begins with it goes on.
  private static let heads: [[[UInt8]]] = (0..<256).map { byte in
    (forms.map(\.head) + [tokenHead]).filter { Int($0[0]) == byte }
  }
  /// By first byte: a bit for each second byte, of which those share one whose lowest five bits are the same.
  static let seconds: [UInt32] = heads.map { heads in heads.reduce(0) { $0 | 1 << UInt32($1[1] & 31) } }

  /// Whether the beginning of some form stands there. Most words are told from all of them by two letters.
  static func mayBegin(_ text: Span<UInt8>, _ start: Int) -> Bool {
    guard start + 1 < text.count, seconds[Int(text[start])] & 1 << UInt32(text[start + 1] & 31) != 0 else {
      return false
    }
    return heads[Int(text[start])].contains { head in
      start + head.count <= text.count && head.indices.allSatisfy { text[start + $0] == head[$0] }
    }
  }

  /// Just past the key that begins there; `nil` if none does.
  static func end(of text: [UInt8], at start: Int) -> Int? {
    guard mayBegin(text.span, start) else { return nil }
    for form in forms where text[start...].starts(with: form.head) {
      let body = text[(start + form.head.count)...].prefix(form.lengths.upperBound + 1).prefix {
        form.letters.contains($0)
      }
      guard form.lengths.contains(body.count), isRandom(Array(body)) else { continue }
      return body.endIndex
    }
    return token(text, at: start)
  }

  /// Words, rows of one letter and what documentation shows are no keys.
  private static func isRandom(_ body: [UInt8]) -> Bool {
    guard body.contains(where: \.isDigit) else { return false }
    let upper = String(decoding: body, as: UTF8.self).uppercased()
    guard !upper.contains("EXAMPLE"), !upper.contains("XXXX"), !upper.contains("YOUR") else { return false }
    return Set(body).count >= min(10, body.count / 2)
  }

  /// A signed token: three parts in base64url, of which the first says how it is signed.
  private static func token(_ text: [UInt8], at start: Int) -> Int? {
    guard text[start...].starts(with: tokenHead) else { return nil }
    let whole = text[start...].prefix(8192).prefix { Letters.hyphen.contains($0) || $0 == UInt8(ascii: ".") }
    let parts = whole.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.count >= 8 }), let head = decoded(parts[0]) else { return nil }
    return String(decoding: head, as: UTF8.self).contains("\"alg\"") ? whole.endIndex : nil
  }

  private static func decoded(_ part: some Sequence<UInt8>) -> [UInt8]? {
    var out: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in part {
      guard let value = value(of: byte) else { return nil }
      bits = (bits << 6 | value) & 0xFFFF
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return out
  }

  private static func value(of byte: UInt8) -> UInt32? {
    if byte.isUpper { return UInt32(byte - UInt8(ascii: "A")) }
    if byte.isDigit { return UInt32(byte - UInt8(ascii: "0")) + 52 }
    if byte.isLetter { return UInt32(byte - UInt8(ascii: "a")) + 26 }
    return byte == UInt8(ascii: "-") ? 62 : byte == UInt8(ascii: "_") ? 63 : nil
  }
}

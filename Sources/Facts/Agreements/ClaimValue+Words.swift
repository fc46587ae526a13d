extension ClaimValue {
  /// Bytes of a value that messages show.
  static let wordsLimit = 200

  /// The value as messages show it: its text, and its unit behind; long ones are cut, and end in `…`.
  package var words: String {
    let shown = kind == .list ? elements.isEmpty ? Array("[]".utf8) : listed : text
    let end = unit.map { $0.isEmpty ? "" : " " + $0 } ?? ""
    guard shown.count > Self.wordsLimit else { return String(decoding: shown, as: UTF8.self) + end }
    var cut = Self.wordsLimit
    // Back to where a letter begins.
    while cut > Self.wordsLimit - 4, shown[cut] & 0xC0 == 0x80 { cut -= 1 }
    return String(decoding: shown[..<cut], as: UTF8.self) + "…" + end
  }

  private var listed: [UInt8] {
    var out: [UInt8] = []
    for element in elements where out.count <= Self.wordsLimit {
      if !out.isEmpty { out += Array(", ".utf8) }
      out += element.text
    }
    return out
  }
}

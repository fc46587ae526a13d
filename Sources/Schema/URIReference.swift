/// Resolves references between schemas: RFC 3986, as far as that needs no network.
struct URIReference: Sendable {
  var scheme: String?
  var authority: String?
  var path: String
  var query: String?
  var fragment: String?

  init(_ text: String) {
    var rest = Substring(text)
    if let hash = rest.firstIndex(of: "#") {
      fragment = String(rest[rest.index(after: hash)...])
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: "?") {
      query = String(rest[rest.index(after: mark)...])
      rest = rest[..<mark]
    }
    if let colon = rest.firstIndex(of: ":"), !rest[..<colon].isEmpty, !rest[..<colon].contains("/"),
      rest.first.map({ $0.isLetter }) == true
    {
      scheme = String(rest[..<colon])
      rest = rest[rest.index(after: colon)...]
    }
    if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      let slash = rest.firstIndex(of: "/") ?? rest.endIndex
      authority = String(rest[..<slash])
      rest = rest[slash...]
    }
    path = String(rest)
  }

  /// The URI without its fragment.
  var withoutFragment: String {
    var text = ""
    if let scheme { text += scheme + ":" }
    if let authority { text += "//" + authority }
    text += path
    if let query { text += "?" + query }
    return text
  }

  func resolved(against base: URIReference) -> URIReference {
    if scheme != nil { return self }
    var result = self
    result.scheme = base.scheme
    if authority != nil { return result }
    result.authority = base.authority
    if path.isEmpty {
      result.path = base.path
      if query == nil { result.query = base.query }
      return result
    }
    if !path.hasPrefix("/") {
      let folder = base.path.lastIndex(of: "/").map { base.path[...$0] } ?? (base.authority == nil ? "" : "/")
      // A URN has no folders: what stands beside it is named whole.
      result.path = base.authority == nil && base.scheme == "urn" ? path : String(folder) + path
    }
    result.path = Self.withoutDots(result.path)
    return result
  }

  private static func withoutDots(_ path: String) -> String {
    guard path.utf8Contains(".") else { return path }
    var kept: [Substring] = []
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      if part == "." {
        if isLast { kept.append("") }
      } else if part == ".." {
        if kept.count > 1 || (kept.count == 1 && kept[0] != "") { kept.removeLast() }
        if isLast { kept.append("") }
      } else {
        kept.append(part)
      }
    }
    return kept.joined(separator: "/")
  }

  /// `%41` to `A`. A broken one stays as it is.
  static func percentDecoded(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count, let high = JSONText.hexDigit(bytes[at + 1]),
        let low = JSONText.hexDigit(bytes[at + 2])
      {
        out.append(UInt8(high << 4 | low))
        at += 3
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return out
  }
}

/// Keys, numbers and addresses that belong to somebody, found in a text. Never kept, never shown.
struct PersonalData {
  enum Kind: String {
    case key, card, account, email, network, social, phone

    /// Somebody could act with it, not only write to its owner.
    var isSecret: Bool { self == .key || self == .card || self == .account }
    var placeholder: String {
      switch self {
      case .key: "[KEY]"
      case .card: "[CARD NUMBER]"
      case .account: "[ACCOUNT NUMBER]"
      case .email: "[EMAIL]"
      case .network: "[IP ADDRESS]"
      case .social: "[ID NUMBER]"
      case .phone: "[PHONE NUMBER]"
      }
    }
  }

  struct Found {
    let kind: Kind
    let range: Range<Int>
  }

  /// A text with more of them is no talk but a list.
  private static let limit = 64

  let text: [UInt8]

  /// In order of place, at most 64. Cost: one step a byte, and a few for each that begins like something.
  var found: [Found] {
    var out: [Found] = []
    var at = 0
    let text = text
    while out.count < Self.limit, let next = Self.begin(in: text.span, from: at) {
      at = next
      guard let found = self.found(at: at) else {
        at += 1
        continue
      }
      out.append(found)
      at = max(found.range.upperBound, at + 1)
    }
    return out
  }

  private func found(at: Int) -> Found? {
    let byte = text[at]
    if byte == UInt8(ascii: "@") { return email(around: at).map { Found(kind: .email, range: $0) } }
    let isBegin = at == 0 || !text[at - 1].isWordByte
    guard isBegin else { return nil }
    if byte == UInt8(ascii: "-") { return privateKey(at: at).map { Found(kind: .key, range: $0) } }
    if byte.isLetter {
      if let end = KeyForms.end(of: text, at: at) { return Found(kind: .key, range: at..<end) }
      return account(at: at).map { Found(kind: .account, range: $0) }
    }
    if byte == UInt8(ascii: "+") { return phone(at: at).map { Found(kind: .phone, range: $0) } }
    guard byte.isDigit else { return nil }
    if let end = networkAddress(at: at) { return Found(kind: .network, range: at..<end) }
    if let end = socialNumber(at: at) { return Found(kind: .social, range: at..<end) }
    return card(at: at).map { Found(kind: .card, range: $0) }
  }

  // MARK: Addresses

  private func email(around at: Int) -> Range<Int>? {
    var start = at
    while start > 0, at - start < 64, text[start - 1].isWordByte || ".+-%".utf8.contains(text[start - 1]) { start -= 1 }
    var end = at + 1
    while end < text.count, end - at < 254,
      text[end].isWordByte || text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: ".")
    {
      end += 1
    }
    while end > at + 1, !text[end - 1].isWordByte { end -= 1 }
    while start < at, !text[start].isWordByte { start += 1 }
    let labels = text[(at + 1)..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard start < at, labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }), let top = labels.last, top.count >= 2,
      top.allSatisfy(\.isLetter)
    else { return nil }
    let domain = String(decoding: text[(at + 1)..<end], as: UTF8.self).lowercased()
    let isExample = Self.exampleDomains.contains { domain == $0 || domain.hasSuffix("." + $0) }
    return isExample ? nil : start..<end
  }

  /// Kept free for examples (RFC 2606, RFC 6761), and what people write instead.
  private static let exampleDomains = [
    "example.com", "example.org", "example.net", "example", "invalid", "test", "localhost", "yourdomain.com",
    "mydomain.com", "domain.com", "yourcompany.com", "mycompany.com", "company.com", "email.com", "xyz.com", "abc.com",
  ]

  private func networkAddress(at start: Int) -> Int? {
    var at = start
    var parts: [Int] = []
    while parts.count < 4 {
      let digits = text[at...].prefix(4).prefix { $0.isDigit }
      guard (1...3).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0"),
        let number = Int(String(decoding: digits, as: UTF8.self)), number < 256
      else { return nil }
      parts.append(number)
      at += digits.count
      if parts.count < 4 {
        guard at < text.count, text[at] == UInt8(ascii: ".") else { return nil }
        at += 1
      }
    }
    let isEnd =
      at == text.count
      || !text[at].isWordByte && !(text[at] == UInt8(ascii: ".") && at + 1 < text.count && text[at + 1].isDigit)
    // A whole network is nobody's computer.
    let isNetwork = parts[3] == 0 || at + 1 < text.count && text[at] == UInt8(ascii: "/") && text[at + 1].isDigit
    let isVersion = start > 0 && (text[start - 1] == UInt8(ascii: ".") || text[start - 1] == UInt8(ascii: "-"))
    return isEnd && !isVersion && !isNetwork && Self.isPublic(parts) ? at : nil
  }

  /// Neither private, nor kept for examples, nor one of the name servers that everybody names.
  private static func isPublic(_ parts: [Int]) -> Bool {
    let (a, b, c) = (parts[0], parts[1], parts[2])
    // Small numbers throughout are a version, not an address.
    if parts.allSatisfy({ $0 < 20 }) || parts.allSatisfy({ $0 == a }) { return false }
    switch a {
    case 0, 10, 127, 224...: return false
    case 100: return !(64...127).contains(b)
    case 169: return b != 254
    case 172: return !(16...31).contains(b)
    case 192: return !(b == 168 || b == 0 && (c == 0 || c == 2) || b == 88 && c == 99)
    case 198: return !(b == 18 || b == 19 || b == 51 && c == 100)
    case 203: return !(b == 0 && c == 113)
    case 8: return !(b == 8 && (c == 4 || c == 8))
    default: return true
    }
  }

  // MARK: Numbers

  /// The digits from a place on, with single spaces or hyphens between them, and where they end.
  private func digits(at start: Int, limit: Int) -> (digits: [UInt8], groups: [Int], isUniform: Bool, end: Int) {
    var digits: [UInt8] = []
    var groups = [0]
    var separators: Set<UInt8> = []
    var at = start
    while at < text.count, digits.count <= limit {
      if text[at].isDigit {
        digits.append(text[at] - UInt8(ascii: "0"))
        groups[groups.count - 1] += 1
        at += 1
      } else if text[at] == 0x20 || text[at] == UInt8(ascii: "-"), at + 1 < text.count, text[at + 1].isDigit {
        separators.insert(text[at])
        groups.append(0)
        at += 1
      } else {
        break
      }
    }
    return (digits, groups, separators.count <= 1, at)
  }

  private func card(at start: Int) -> Range<Int>? {
    guard start == 0 || text[start - 1] != UInt8(ascii: ".") && text[start - 1] != UInt8(ascii: "-") else { return nil }
    let (digits, groups, isUniform, end) = digits(at: start, limit: 19)
    guard isUniform, CardNumber.groupings.contains(groups) || groups.count == 1, CardNumber.isValid(digits),
      end == text.count || !text[end].isWordByte
    else { return nil }
    // Numbers of thirteen digits are times, sums and ids more often than they are cards, which are no longer made so.
    return groups.count > 1 || digits.count > 13 || isNamedCard(before: start) ? start..<end : nil
  }

  private func isNamedCard(before start: Int) -> Bool {
    let before = String(decoding: text[max(0, start - 32)..<start], as: UTF8.self).lowercased()
    return ["card", "visa", "credit", "thẻ"].contains { before.contains($0) }
  }

  /// Three, two and four digits of which none are all zero.
  private func socialNumber(at start: Int) -> Int? {
    guard start + 11 <= text.count, start == 0 || text[start - 1] != UInt8(ascii: "-") else { return nil }
    let part = Array(text[start..<(start + 11)])
    for (index, byte) in part.enumerated() {
      let isHyphen = index == 3 || index == 6
      guard isHyphen ? byte == UInt8(ascii: "-") : byte.isDigit else { return nil }
    }
    let end = start + 11
    guard end == text.count || !text[end].isWordByte && text[end] != UInt8(ascii: "-") else { return nil }
    let number = String(decoding: part, as: UTF8.self)
    let isUnused =
      ["000", "666"].contains(number.prefix(3)) || number.hasPrefix("9") || number.dropFirst(4).prefix(2) == "00"
      || number.hasSuffix("0000") || ["123-45-6789", "078-05-1120", "219-09-9999"].contains(number)
    return isUnused ? nil : end
  }

  private func account(at start: Int) -> Range<Int>? {
    guard start + 15 <= text.count, text[start].isUpper, text[start + 1].isUpper, text[start + 2].isDigit,
      text[start + 3].isDigit
    else { return nil }
    return AccountNumber.end(of: text, at: start).map { start..<$0 }
  }

  /// With a country in front, and near a word that says what it is.
  private func phone(at start: Int) -> Range<Int>? {
    guard start + 1 < text.count, text[start + 1].isDigit, text[start + 1] != UInt8(ascii: "0") else { return nil }
    let (digits, _, _, end) = digits(at: start + 1, limit: 16)
    guard (9...15).contains(digits.count) else { return nil }
    let before = String(decoding: text[max(0, start - 32)..<start], as: UTF8.self).lowercased()
    let isCued = ["phone", "tel", "call", "mobile", "whatsapp", "fax", "sđt", "điện thoại"].contains {
      before.contains($0)
    }
    // 555 is kept for films and examples.
    let isExample = digits.first == 1 && digits.count == 11 && Array(digits[4..<7]) == [5, 5, 5]
    return isCued && !isExample ? start..<end : nil
  }

  // MARK: Keys

  /// The first line of a private key that is really there.
  private func privateKey(at start: Int) -> Range<Int>? {
    let head = Array("-----BEGIN ".utf8)
    guard text[start...].prefix(head.count).elementsEqual(head) else { return nil }
    let line = text[start...].prefix(64)
    let tail = Array("PRIVATE KEY-----".utf8)
    let last = (line.startIndex...max(line.startIndex, line.endIndex - tail.count)).first {
      line[$0...].starts(with: tail)
    }
    guard let last else { return nil }
    let end = last + tail.count
    let body = text[end...].prefix(256).filter { !($0 <= 0x20) }.prefix { $0.isWordByte || "+/=".utf8.contains($0) }
    return body.count >= 40 ? start..<end : nil
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isUpper: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }
  var isLetter: Bool { isUpper || self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
  /// A letter, a digit or an underscore; bytes of other scripts count as letters.
  var isWordByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") || self >= 0x80 }
}

/// Templates: text with the names of arguments in braces.
extension MessageCatalog {
  /// Puts arguments into a template: `{name}`; `{{` and `}}` are braces; `{name#one|several}` is the first text where the
  /// argument is 1, else the second.
  ///
  /// What stands between braces and is no name is text. Values are put in as they are and never read as templates.
  package static func render(_ template: String, _ arguments: [Message.Argument]) -> String {
    let bytes = Array(template.utf8)
    guard bytes.contains(where: isBrace) else { return template }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + 16 * arguments.count)
    // What stands between braces goes in one piece: a publication has a thousand messages.
    var (index, written) = (0, 0)
    while index < bytes.count {
      guard isBrace(bytes[index]) else {
        index += 1
        continue
      }
      let isDoubled = index + 1 < bytes.count && bytes[index + 1] == bytes[index]
      let isOpening = bytes[index] == UInt8(ascii: "{")
      if isDoubled {
        out += bytes[written...index]
        index += 2
      } else if isOpening, let end = nameEnd(in: bytes, after: index) {
        out += bytes[written..<index]
        out += value(of: bytes[index + 1..<end], arguments)
        index = end + 1
      } else if isOpening, let choice = Choice(in: bytes, after: index) {
        out += bytes[written..<index]
        let isOne = value(of: bytes[choice.name], arguments).elementsEqual("1".utf8)
        out += bytes[isOne ? choice.one : choice.several]
        index = choice.end
      } else {
        index += 1
        continue
      }
      written = index
    }
    out += bytes[written...]
    return String(decoding: out, as: UTF8.self)
  }

  /// A template as a page shows it: names stay in their braces, and choices read as for several.
  package static func asWritten(_ template: String) -> String {
    let bytes = Array(template.utf8)
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "{"), let choice = Choice(in: bytes, after: index) {
        out += bytes[choice.several]
        index = choice.end
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The names a template asks for, in order of appearance.
  package static func names(in template: String) -> [String] {
    var names: [String] = []
    let bytes = Array(template.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "{"), index + 1 < bytes.count, bytes[index + 1] == bytes[index] {
        index += 2
      } else if bytes[index] == UInt8(ascii: "{"), let end = nameEnd(in: bytes, after: index) {
        names.append(String(decoding: bytes[index + 1..<end], as: UTF8.self))
        index = end + 1
      } else if bytes[index] == UInt8(ascii: "{"), let choice = Choice(in: bytes, after: index) {
        names.append(String(decoding: bytes[choice.name], as: UTF8.self))
        index = choice.end
      } else {
        index += 1
      }
    }
    return names
  }

  private static func value(of name: ArraySlice<UInt8>, _ arguments: [Message.Argument]) -> String.UTF8View {
    (arguments.first { $0.name.utf8.elementsEqual(name) }?.value ?? "…").utf8
  }

  /// `name#one|several}`.
  private struct Choice {
    var name: Range<Int>
    var one: Range<Int>
    var several: Range<Int>
    /// Behind the closing brace.
    var end: Int

    init?(in bytes: [UInt8], after open: Int) {
      var hash = open + 1
      while hash < bytes.count, MessageCatalog.isNameByte(bytes[hash]) { hash += 1 }
      guard hash > open + 1, hash < bytes.count, bytes[hash] == UInt8(ascii: "#") else { return nil }
      guard let close = bytes[hash...].firstIndex(of: UInt8(ascii: "}")),
        let bar = bytes[hash..<close].firstIndex(of: UInt8(ascii: "|"))
      else { return nil }
      name = open + 1..<hash
      one = hash + 1..<bar
      several = bar + 1..<close
      end = close + 1
    }
  }

  /// Where the name that begins after an opening brace ends; `nil` if that is no name.
  private static func nameEnd(in bytes: [UInt8], after open: Int) -> Int? {
    var end = open + 1
    while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
    return end > open + 1 && end < bytes.count && bytes[end] == UInt8(ascii: "}") ? end : nil
  }

  private static func isBrace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}

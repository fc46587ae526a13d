/// Ordinary files one behind the other, as `tar` keeps them (POSIX.1-1988, "ustar"). Nothing else: no folders, links, owners or times.
package enum Tar {
  package static let block = 512

  /// What stands in front of a file's bytes; `nil` if the name is too long for it.
  package static func header(_ name: String, size: Int) -> [UInt8]? {
    guard let (prefix, name) = split(Array(name.utf8)), size >= 0, size < 1 << 33 else { return nil }
    var header = [UInt8](repeating: 0, count: block)
    func put(_ bytes: some Sequence<UInt8>, at place: Int) {
      for (offset, byte) in bytes.enumerated() { header[place + offset] = byte }
    }
    put(name, at: 0)
    put("0000644\0".utf8, at: 100)
    put("0000000\0".utf8, at: 108)
    put("0000000\0".utf8, at: 116)
    put((octal(size, digits: 11) + "\0").utf8, at: 124)
    put("00000000000\0".utf8, at: 136)
    put("        0".utf8, at: 148)
    put("ustar\u{0}00".utf8, at: 257)
    put(prefix, at: 345)
    put((octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + "\0 ").utf8, at: 148)
    return header
  }

  /// The zeros that fill a file's last block.
  package static func padding(_ size: Int) -> Int { (block - size % block) % block }

  /// Cuts a name in two at a `/` where it is longer than 100 bytes.
  private static func split(_ name: [UInt8]) -> (prefix: [UInt8], name: [UInt8])? {
    if (1...100).contains(name.count) { return ([], name) }
    for (index, byte) in name.enumerated() where byte == UInt8(ascii: "/") && (1...155).contains(index) {
      let rest = name[(index + 1)...]
      if (1...100).contains(rest.count) { return (Array(name[..<index]), Array(rest)) }
    }
    return nil
  }

  private static func octal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  package struct Entry: Sendable, Hashable {
    /// As written: may be anything.
    package var name: [UInt8]
    package var size: Int
    package var kind: FileSystem.Kind
  }

  /// Reads what stands in front of a file; `nil` for what is no such thing. All zeros, which end the whole, are none either.
  package static func entry(_ header: [UInt8]) -> Entry? {
    guard header.count == block, header[257..<262].elementsEqual("ustar".utf8) else { return nil }
    var sum = 0
    for (index, byte) in header.enumerated() { sum += (148..<156).contains(index) ? 0x20 : Int(byte) }
    guard number(header[148..<156]) == sum, let size = number(header[124..<136]) else { return nil }
    let name = header[..<100].prefix { $0 != 0 }
    let prefix = header[345..<500].prefix { $0 != 0 }
    let kind: FileSystem.Kind =
      switch header[156] {
      case 0, UInt8(ascii: "0"): .file
      case UInt8(ascii: "1"), UInt8(ascii: "2"): .link
      case UInt8(ascii: "5"): .folder
      default: .other
      }
    return Entry(name: prefix.isEmpty ? Array(name) : prefix + [UInt8(ascii: "/")] + name, size: size, kind: kind)
  }

  /// Digits to base 8, with spaces in front and spaces or zeros behind.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
    guard (1...12).contains(digits.count) else { return nil }
    return digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }
  }
}

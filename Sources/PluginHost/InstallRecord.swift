/// What is written beside an installed plugin's folder: the SHA-256 of its library, as `sha256sum` writes and checks it.
package struct InstallRecord: Sendable, Hashable {
  package var sha256: String
  package init(sha256: String) { self.sha256 = sha256 }

  package static func path(ofPlugin folder: String) -> String { folder + ".sha256" }

  /// `library` is the library's path below the folder that the record lies in.
  package func text(library: String) -> String { "\(sha256)  \(library)\n" }

  /// `nil` if there is none, or it is none.
  init?(ofPlugin folder: String) {
    guard let bytes = File.read(Self.path(ofPlugin: folder), limit: 8 << 10), bytes.count > 66,
      bytes[64] == UInt8(ascii: " "), bytes[65] == UInt8(ascii: " ")
    else { return nil }
    let digits = bytes.prefix(64)
    guard digits.allSatisfy({ Self.isDigit($0) }) else { return nil }
    sha256 = String(decoding: digits, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}

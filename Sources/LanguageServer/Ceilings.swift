import JSONRPC
import LanguageServerProtocol
import Logging

/// What the person is told when a ceiling is reached.
extension LanguageServer {
  /// A message that was not read: what it was nobody knows, but only a whole text is so large.
  func sayTooLarge(_ bytes: Int, _ limit: Int) {
    tell(
      "Your editor sent \(Self.megabytes(bytes)) MB at once, and Concord reads at most \(Self.megabytes(limit)) MB. "
        + "A file that you have just opened or replaced is not checked. To allow more, raise the setting `limits.message`."
    )
  }

  /// What a publication says of a file that is not checked.
  func sayUnchecked(_ uri: String, _ words: String) { tell("\(Self.name(of: uri)): \(words)") }

  /// A warning that the editor shows.
  private func tell(_ words: String) {
    logger.warning("\(words)")
    connection.notify("window/showMessage", LogMessageParams(type: 2, message: words))
  }

  /// Rounded up, so that what is too much never reads like what is allowed.
  private static func megabytes(_ bytes: Int) -> Int { bytes >> 20 + (bytes & (1 << 20 - 1) > 0 ? 1 : 0) }

  private static func name(of uri: String) -> String {
    uri.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(uri[uri.utf8.index(after: $0)...]) } ?? uri
  }
}

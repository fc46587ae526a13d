/// Why a path could not be used.
package struct FileError: Error, Sendable, Hashable {
  package enum Code: Sendable, Hashable { case notFound, notPermitted, notAFile, failed }
  package var code: Code
  package var path: String
  /// One sentence in plain words, without the path.
  package var message: String

  package init(_ code: Code, path: String, message: String) {
    self.code = code
    self.path = path
    self.message = message
  }
}

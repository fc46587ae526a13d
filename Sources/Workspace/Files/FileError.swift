/// Why a file could not be used.
package struct FileError: Error, Sendable, Hashable {
  package enum Code: Sendable, Hashable { case notFound, notPermitted, notAFile, tooLarge, changed, failed }
  package var code: Code
  package var path: String
  /// One sentence: what happened.
  package var message: String

  init(_ code: Code, _ path: String, _ message: String) {
    self.code = code
    self.path = path
    self.message = message
  }

  init(errno number: Int32, path: String) {
    self.path = path
    switch number {
    case 2, 20: (code, message) = (.notFound, "`\(path)` is not there")
    case 1, 13: (code, message) = (.notPermitted, "`\(path)` may not be read by this user")
    case 21: (code, message) = (.notAFile, "`\(path)` is a folder")
    default: (code, message) = (.failed, "`\(path)` could not be read (error \(number))")
    }
  }
}

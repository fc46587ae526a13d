import ArgumentParser
import Workspace

/// `URL=DIR` on the command line. An address may hold `=` itself, so the last one counts.
enum SchemaRootArgument {
  static func root(_ text: String) throws -> SchemaRoots.Root {
    guard let equals = text.utf8.lastIndex(of: UInt8(ascii: "=")), equals != text.startIndex,
      text.utf8.index(after: equals) != text.endIndex
    else {
      throw ValidationError("`\(text)` is not written like `https://example.org/schemas/=folder`.")
    }
    return SchemaRoots.Root(url: String(text[..<equals]), folder: String(text[text.utf8.index(after: equals)...]))
  }
}

import Manifest

extension SchemaCompiler {
  /// `format` as a demand. A form nobody here knows says nothing.
  mutating func compileFormat(_ subject: inout Subject) {
    guard let value = subject.value("format") else { return }
    guard let name = subject.tree.plainString(of: value) else {
      report("`format` must be text.", subject.document, value)
      return
    }
    guard let format = Format(rawValue: name), let index = Format.allCases.firstIndex(of: format) else { return }
    subject.assertions.append(Assertion(operation: .format, types: .string, operand: UInt32(clamping: index)))
  }
}

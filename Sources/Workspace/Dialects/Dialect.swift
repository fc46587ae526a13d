package import Manifest
package import Schema

/// A file format ready to check: its schema compiled, its records known.
package final class Dialect: Sendable {
  /// With the plugin: `vision/coco`.
  package let id: String
  package let plugin: String
  package let name: String
  package let syntax: Syntax
  package let program: SchemaProgram
  package let shape: RecordShape
  /// Where each type of record enters the schema, by `RecordType`.
  package let entries: [SchemaEntry]
  /// The engine's number of each of the program's field names.
  package let fieldNumbers: [UInt32]

  init(
    id: String, plugin: String, name: String, syntax: Syntax, program: SchemaProgram, shape: RecordShape,
    fields: inout FieldNames
  ) {
    self.id = id
    self.plugin = plugin
    self.name = name
    self.syntax = syntax
    self.program = program
    self.shape = shape
    entries = [program.entry(for: nil)] + shape.patterns.map { program.entry(for: $0) }
    fieldNumbers = program.fieldNames.map { fields.number(of: $0) }
  }
}

/// Numbers every field name that any format or plugin uses, so that one role table serves them all.
package struct FieldNames: Sendable {
  package private(set) var names: [String] = []
  private var numbers: [String: UInt32] = [:]

  package init() {}

  package mutating func number(of name: String) -> UInt32 {
    if let number = numbers[name] { return number }
    let number = UInt32(names.count)
    names.append(name)
    numbers[name] = number
    return number
  }

  package func existing(_ name: String) -> UInt32? { numbers[name] }
}

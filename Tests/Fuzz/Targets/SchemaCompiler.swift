import Manifest
import Schema

extension FuzzTarget {
  /// A schema and, behind a line of its own (`---`), a value to hold against it. Compiling and evaluating end, and what is
  /// found stands in the value. Steps are few, so that schemas which would take long are told from those that hang.
  static let schema = FuzzTarget("schema") { bytes in
    let (text, value) = split(bytes)
    let source = SchemaSource(uri: "file:///fuzz/schema.json", bytes: text)
    let (program, problems) = SchemaProgram.compile(source, plugin: "fuzz", assertsFormat: true)
    for problem in problems where problem.uri == source.uri {
      precondition(problem.range.upperBound <= text.count, "a problem outside of the schema")
    }
    var options = EvaluationOptions()
    options.maximumSteps = 50_000
    let tree = RecordTree(parsing: value)
    let evaluation = program.evaluate(tree, at: program.entry(for: nil), options: options)
    for finding in evaluation.findings {
      precondition(finding.range.upperBound <= value.count, "a finding outside of the value")
    }
  }

  private static func split(_ bytes: [UInt8]) -> (schema: [UInt8], value: [UInt8]) {
    let mark = Array("\n---\n".utf8)
    guard bytes.count > mark.count,
      let at = (0...bytes.count - mark.count).first(where: { bytes[$0..<$0 + mark.count].elementsEqual(mark) })
    else { return (bytes, bytes) }
    return (Array(bytes[..<at]), Array(bytes[(at + mark.count)...]))
  }
}
